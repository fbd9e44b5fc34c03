"""The calendar: weeks and months, the words and the pictures of a post."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

from icalendar import Calendar

from support.build import CAMPAIGN, stopjihad
from support.studio import POINT, Running, copy_workspace, running

BASE = f"/c/{CAMPAIGN}"
WEEK = "2026-11-30"


def page(studio: Running, query: str) -> str:
    answer = studio.ask(f"{BASE}/calendar?interface=en&{query}")
    assert answer.status == 200
    return html.unescape(answer.body.decode())


def test_a_month_has_whole_weeks_and_each_post_leads_to_its_week(studio: Running) -> None:
    text = page(studio, f"by=month&week={WEEK}")
    days = re.findall(r'data-day="([^"]+)"', text)
    assert (days[0], days[-1], len(days)) == ("2026-10-26", "2026-12-06", 42)
    assert re.search(r'<a href="\?by=week&platform=&language=&week=2026-12-0\d"><strong>', text)
    assert 'week=2026-10-31" aria-label="Month before"' in text
    assert 'week=2026-12-02" aria-label="Month after"' in text
    last = page(studio, "by=month&week=9999-12-31")
    assert 'data-day="9999-' in last


def test_a_post_leads_to_where_its_words_are_written(studio: Running) -> None:
    text = page(studio, f"by=week&week={WEEK}")
    led = set(re.findall(rf'href="({BASE}/(?:points|translate)/[^"]+)">Its words', text))
    assert f"{BASE}/points/{POINT}#f-posts.x" in led
    assert f"{BASE}/translate/fr?of={POINT}" in led
    for address in led:
        assert studio.ask(address.partition("#")[0]).status == 200, address


def test_all_pictures_of_a_post_are_one_file(studio: Running) -> None:
    text = page(studio, f"by=week&week={WEEK}")
    packed = re.findall(r'href="([^"]+/calendar/pictures[^"]+)"', text)
    assert packed
    answer = studio.ask(packed[0])
    assert answer.status == 200
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        names = archive.namelist()
        assert names
        assert all(archive.read(name)[:4] in {b"\x89PNG", b"\xff\xd8\xff\xe0"} for name in names)
    assert studio.ask(f"{BASE}/calendar/pictures?point=nobody&moment=").status == 404


def send(studio: Running, place: str, **sent: Any) -> int:
    own = {"origin": studio.address, "content_type": "application/json"}
    return studio.ask(f"{BASE}/{place}", "POST", json.dumps(sent).encode(), **own).status


def test_a_quiet_day_says_why_and_how_many_posts_give_way(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    path = workspace / "campaigns" / CAMPAIGN / "campaign.yaml"
    quiet = "  quiet: [{day: 12-03, reason: a day of mourning, languages: [fr]}]\n"
    path.write_text(path.read_text("utf-8").replace("  slots:\n", f"{quiet}  slots:\n", 1), "utf-8")
    with running(workspace) as studio:
        text = page(studio, f"by=week&week={WEEK}&language=fr")
        day = text.split('data-day="2026-12-03"')[1].split("data-day")[0]
        assert "a day of mourning" in day
        assert "data-post" not in day
        assert re.search(r"Posts that give way: [1-9]", day)
        moved = {"post": f"x/fr/{POINT}", "moment": "2026-12-03T12:30"}
        assert send(studio, "calendar", **moved) == 422
        assert send(studio, "calendar", **moved | {"moment": "2026-12-04T12:30"}) == 200


def test_what_is_approved_comes_again_and_is_exported_each_time(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    done = stopjihad(
        "-C", str(workspace), "review", "approve", POINT, "--language", "fr", "--by", "Nour"
    )
    assert done.returncode == 0, done.stderr
    with running(workspace) as studio:
        name = f"x/fr/{POINT}"
        assert send(studio, "calendar/repeat", post=name, weeks="5") == 422
        assert send(studio, "calendar/repeat", post="x/fr/nobody", weeks="4") == 404
        assert send(studio, "calendar/repeat", post=name, weeks="4") == 200
        assert send(studio, "calendar/repeat", post=name.replace("fr", "ar"), weeks="4") == 200
        only = "language=fr&language=ar&platform=x"
        answer = studio.ask(f"{BASE}/export/json?{only}")
        rows = [one for one in json.loads(answer.body) if one["point"] == POINT]
        again = {one["language"]: one["again"] for one in rows}
        assert [len(again["fr"]), again["ar"]] == [3, []]  # the campaign ends, ar is not approved
        found = Calendar.from_ical(studio.ask(f"{BASE}/export/ics?{only}").body)
        names = [str(one["uid"]) for one in found.walk("VEVENT") if POINT in str(one["uid"])]
        assert len(set(names)) == len(names) == 5
        assert page(studio, "by=list&language=fr").count(f'data-post="{name}"') == 4
        answer = studio.ask(f"{BASE}/export/buffer?language=fr&platform=x&first=2027-01-01")
        assert len(list(csv.reader(io.StringIO(answer.body.decode())))) == 1 + 2
        assert send(studio, "calendar/repeat", post=name, weeks="0") == 200
        assert f"{name}: " not in (studio.campaign / "campaign.yaml").read_text("utf-8")
