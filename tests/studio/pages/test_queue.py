"""The studio shows what is queued elsewhere, how it is stopped, and drafts mails to partners."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import html
import io
import json
import re
import zipfile
from pathlib import Path

from support.build import CAMPAIGN
from support.kits import PARTNER
from support.studio import POINT, Running, copy_workspace, running
from support.timing import until

BASE = f"/c/{CAMPAIGN}"
NOW = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)


def page(studio: Running) -> str:
    return html.unescape(studio.ask(f"{BASE}/queue?interface=en").body.decode())


def note(studio: Running, line: str) -> int:
    own = {"origin": studio.address, "content_type": "application/json"}
    return studio.ask(
        f"{BASE}/queue/done", "POST", json.dumps({"about": line}).encode(), **own
    ).status


def test_what_was_taken_away_is_stopped_and_corrected_by_hand(tmp_path: Path) -> None:
    with running(copy_workspace(tmp_path), now=lambda: NOW) as studio:
        assert "Nothing that was exported is due." in page(studio)
        assert studio.ask(f"{BASE}/queue/ics").status == 404
        assert studio.ask(f"{BASE}/export/ics?language=en").status == 200
        until(lambda: "iCalendar · 5 posts" in page(studio), "nothing is due")
        kept = (studio.campaign / "exports.jsonl").read_text("utf-8")
        assert studio.ask(f"{BASE}/export/ics?language=en").status == 200
        assert (studio.campaign / "exports.jsonl").read_text("utf-8") == kept
        assert "Everything that was exported says what" in page(studio)
        with zipfile.ZipFile(io.BytesIO(studio.ask(f"{BASE}/queue/ics").body)) as archive:
            assert archive.namelist() == ["instead/stop-jihadism.ics", "stop.csv"]
            assert len(archive.read("stop.csv").splitlines()) == 6
            later = archive.read("instead/stop-jihadism.ics").decode()
        assert "DTSTART:20261201" not in later

        _withdraw(studio)
        until(lambda: page(studio).count("Delete it: it is told no more.") == 6, "nothing is wrong")
        known = re.findall(
            r'queue/done"><input type="hidden" name="about" value="(\w+)"', page(studio)
        )
        assert note(studio, "0" * 64) == 409
        assert note(studio, known[0]) == 200
        until(
            lambda: page(studio).count("Delete it: it is told no more.") < 6, "it is listed still"
        )
        assert '"take-out"' in (studio.campaign / "exports.jsonl").read_text("utf-8")
        until(lambda: "club@example.org" in page(studio), "no mail is drafted")
        draft = studio.ask(f"{BASE}/queue/mail/{POINT}/club")
        mail = email.message_from_bytes(draft.body, policy=email.policy.default)
        assert mail["To"] == "club@example.org"
        assert "Its source took it back." in mail.get_content()
        assert "mothers-speak-fr" in mail.get_content()
        assert studio.ask(f"{BASE}/queue/mail/{POINT}/nobody").status == 404


def _withdraw(studio: Running) -> None:
    (studio.campaign / "partners").mkdir()
    (studio.campaign / "partners/club.yaml").write_text(
        PARTNER.replace("[fr]", "[fr, en]"), "utf-8"
    )
    file = studio.campaign / f"points/{POINT}.md"
    head, rest = file.read_text("utf-8").split("\n", 1)
    told = "withdrawn:\n  day: 2026-11-28\n  why: Its source took it back.\n"
    file.write_text(f"{head}\n{told}{rest}", "utf-8")


def test_a_studio_that_changes_nothing_writes_no_line(tmp_path: Path) -> None:
    with running(copy_workspace(tmp_path), read_only=True, now=lambda: NOW) as studio:
        assert studio.ask(f"{BASE}/export/ics?language=en").status == 200
        assert not (studio.campaign / "exports.jsonl").exists()
