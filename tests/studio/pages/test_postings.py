"""What people posted by hand is said, listed, not offered again, and taken back."""

from __future__ import annotations

import datetime as dt
import html
import json
from typing import Any

import pytest
from stopjihad.load.ledger import read_team_lines
from stopjihad.model.posting import Posting, encode_posting, standing_postings
from stopjihad.plan.calendar import open_moments

from support.build import CAMPAIGN
from support.studio import POINT, Running, day

BASE = f"/c/{CAMPAIGN}"
POST = f"x/fr/{POINT}"
LINK = "https://x.example/deux-rives/1"


def mark(studio: Running, by: str = "Nour", **sent: Any) -> int:
    own = {"origin": studio.address, "content_type": "application/json", "author": by}
    body = json.dumps(sent).encode()
    return studio.ask(f"{BASE}/calendar/posted", "POST", body, **own).status


def page(studio: Running, path: str) -> str:
    return html.unescape(studio.ask(f"{BASE}/{path}&interface=en").body.decode())


def test_what_was_posted_is_shown_on_its_day_and_not_offered_again(own_studio: Running) -> None:
    studio, today = own_studio, day().isoformat()
    offered = json.loads(studio.ask(f"{BASE}/export/json?language=fr&platform=x").body)
    assert mark(studio, post=POST, day=today, link=LINK) == 200
    for by in ("week", "month"):
        shown = page(studio, f"calendar?by={by}&week={today}&platform=x&language=fr")
        own = shown.split(f'data-day="{today}"')[1].split("data-day")[0]
        assert "Posted" in own, by
    listed = page(studio, "calendar?by=list&platform=x&language=fr")
    posted, coming = listed.split('id="l-coming"')
    assert f'href="{LINK}"' in posted
    assert "other words now" not in posted
    assert f'data-post="{POST}"' not in coming
    again = json.loads(studio.ask(f"{BASE}/export/json?language=fr&platform=x").body)
    assert len(again) == len(offered) - 1
    assert POINT not in {one["point"] for one in again}
    assert "it was posted" in page(studio, "export?format=json&language=fr&platform=x")

    line = json.loads((studio.campaign / "postings.jsonl").read_text("utf-8"))
    assert line["link"] == LINK
    about = Posting(**{**line, "on": dt.datetime.fromisoformat(line["on"]), "day": day()})
    assert mark(studio, about="0" * 32) == 409
    assert mark(studio, about=about.line_digest()) == 200
    assert json.loads(studio.ask(f"{BASE}/export/json?language=fr&platform=x").body) == offered
    assert "postings.jsonl merge=union" in (studio.campaign / ".gitattributes").read_text("utf-8")


@pytest.mark.parametrize(
    ("odd", "status"),
    [
        ({"by": ""}, 422),
        ({"day": ""}, 422),
        ({"day": "9999-01-01"}, 422),
        ({"link": "javascript:alert(1)"}, 422),
        ({"link": 'https://a.example/"><b>'}, 422),
        ({"post": "x/fr/nobody"}, 404),
        ({"post": "../fr/x"}, 404),
    ],
)
def test_an_odd_posting_is_refused(studio: Running, odd: dict[str, str], status: int) -> None:
    sent = {"post": POST, "day": day().isoformat(), "link": "", **odd}
    assert mark(studio, **sent) == status
    assert not (studio.campaign / "postings.jsonl").exists()


GOOD = {
    "platform": "x",
    "language": "fr",
    "point": "p",
    "step": "post",
    "by": "Nour",
    "on": "2026-12-01T12:00:00Z",
    "day": "2026-12-01",
}


@pytest.mark.parametrize(
    "odd",
    [
        {"day": None},
        {"platform": "x\n"},
        {"language": "fr\n"},
        {"link": "http://x.example"},
        {"link": "https://x.example/\u202e"},
        {"step": "take-back"},
        {"by": "a@b.example"},
        {"more": 1},
    ],
)
def test_a_line_that_is_no_posting_counts_for_nothing(odd: dict[str, Any]) -> None:
    assert not read_team_lines(json.dumps(GOOD), "", "postings")[1]
    found, problems = read_team_lines(json.dumps({**GOOD, **odd}), "", "postings")
    assert not found
    assert [(one.code, one.severity) for one in problems] == [("review-line", "warning")]


def test_lines_of_two_branches_are_one_where_they_are_the_same() -> None:
    (one,), _ = read_team_lines(json.dumps(GOOD), "", "postings")
    (other,), _ = read_team_lines(json.dumps({**GOOD, "by": "Ana"}), "", "postings")
    back = Posting(
        platform="x", language="fr", point="p", step="take-back", by="Ana", on=one.on,
        about=one.line_digest(),
    )  # fmt: skip
    assert standing_postings((other, one, one)) == standing_postings((one, other))
    assert standing_postings((back, one, other)) == (other,)
    assert read_team_lines(encode_posting(back).decode(), "", "postings")[0] == (back,)


def test_a_day_of_posting_keeps_the_nearest_of_the_planned_times() -> None:
    times = [dt.datetime(2026, 12, number, 12, tzinfo=dt.UTC) for number in (1, 15, 29)]
    assert open_moments(times, (dt.date(2026, 12, 17),)) == (times[0], times[2])
    assert open_moments(times, ()) == tuple(times)
    assert open_moments((), (dt.date(2026, 12, 17),)) == ()
