"""One pair of eyes is enough for a day where two must sign, and for no moment longer."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from stopjihad.load.ledger import read_ledger
from stopjihad.model.review import Review, encode, text_digest

from support.crisis import Team
from support.targets import real_workspace

TARGETS = "targets:\n  - {id: live, folder: {path: ../web}}\n"
WORDS = ("--language", "en", "neighbours")
NOW = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Publish two talking points in a campaign where two must sign."""
    found = Team(real_workspace(tmp_path / "workspace", TARGETS))
    points = found.campaign / "points"
    text = (points / "neighbours.md").read_text("utf-8")
    (points / "others.md").write_text(text.replace("fact: ", "fact: Then ", 1), "utf-8")
    file = found.campaign / "campaign.yaml"
    rules = "publication: {four_eyes: true, read: open}\n"
    file.write_text(file.read_text("utf-8") + rules, "utf-8")
    for name in ("Nour", "Sami"):
        found.done("review", "approve", "--language", "en", "--by", name, "neighbours", "others")
    publish(found)
    return found


def publish(team: Team) -> str:
    team.done("build", "--jobs", "1")
    result = team.run("publish", "live", "--format", "json")
    assert result.exit_code == 0, result.output
    published: str = json.loads(result.stdout)["published"]["id"]
    return published


def shown(team: Team) -> bool:
    page = team.root.parent / "web/current/en/points/neighbours/index.html"
    return "This answer is not shown any more" not in page.read_text("utf-8")


def told(team: Team) -> list[bool]:
    """Tell of what one person signed whether it is taken down."""
    found = json.loads(team.run("check", "--format", "json").stdout)["problems"]
    urgent = [one["message"] for one in found if one["code"] == "urgent-alone"]
    return ["is taken down" in one for one in urgent]


def refused(result: Result, words: str) -> None:
    assert result.exit_code == 1, result.output
    assert words in result.stderr


def test_it_goes_out_at_once_and_is_taken_down_after_a_day(team: Team) -> None:
    (point,) = team.campaign.glob("points/neighbours.md")
    point.write_text(point.read_text("utf-8").replace("fact: ", "fact: Now ", 1), "utf-8")
    assert team.run("review", "approve", "--urgent", "--by", "Nour", *WORDS).exit_code == 0
    team.later(1)
    corrected = publish(team)
    assert shown(team)
    assert told(team) == [False]
    refused(team.run("publish", "live", "--rollback"), "older than an urgent correction")
    # Whoever signs the same again, or first takes it back, wins no time.
    team.later(60)
    team.done("review", "withdraw", "--by", "Nour", *WORDS)
    team.done("review", "approve", "--urgent", "--by", "Nour", *WORDS)
    team.later(24 * 60 - 62)
    assert told(team) == [False]
    team.done("build", "--jobs", "1")
    team.later(1)
    # No file has changed since that build: the clock alone has.
    assert told(team) == [True]
    refused(team.run("publish", "live"), "publish-stale")
    publish(team)
    assert not shown(team)
    result = team.run("publish", "live", "--rollback", corrected)
    refused(result, "the urgent correction in it")
    team.done("review", "approve", "--by", "Sami", *WORDS)  # it can still be signed
    publish(team)
    assert shown(team)
    assert told(team) == []


def test_haste_is_refused_where_it_is_no_help(team: Team) -> None:
    page = ("--language", "en", "pages/about")
    assert team.run("review", "approve", "--urgent", "--by", "Nour", *page).exit_code == 2
    file = team.campaign / "campaign.yaml"
    file.write_text(file.read_text("utf-8").replace("four_eyes: true", "four_eyes: false"), "utf-8")
    assert team.run("review", "approve", "--urgent", "--by", "Nour", *WORDS).exit_code == 2


def line(**more: Any) -> Review:
    digest = text_digest("en", "a/fact", "So.")
    made: dict[str, Any] = {"language": "en", "context": "a/fact", "digest": digest, "by": "A"}
    made |= {"verdict": "approve", "kind": "editorial", "on": NOW, "urgent": True, "answers": ()}
    return Review(**made | more)


@pytest.mark.parametrize(
    ("hours", "state"),
    [(-1, "ahead"), (0, "open"), (23, "open"), (24, "lapsed"), (10_000, "lapsed")],
)
def test_a_clock_that_is_wrong_gives_no_time(hours: int, state: str) -> None:
    """Behind, the line is from the future and counts for nothing; ahead, its day ends early."""
    ((found,), _) = read_ledger(encode(line()).decode(), "l", NOW + dt.timedelta(hours=hours))
    assert {"ahead": found.ahead, "lapsed": found.lapsed}.get(state, not found.lapsed)
    assert found.ahead == (state == "ahead")
    assert found.line_digest() == line().line_digest()


@pytest.mark.parametrize(
    "more",
    [
        {"context": "pages/about/body"},
        {"context": "alerts/attack/headline"},
        {"kind": "alert"},
        {"kind": "exception", "rule": "LNG05"},
        {"verdict": "withdraw"},
    ],
)
def test_nothing_else_is_urgent_and_nobody_writes_that_it_is_over(more: dict[str, str]) -> None:
    text = encode(line(**more)).decode()
    assert [one.code for one in read_ledger(text, "l", NOW)[1]] == ["review-line"]
    over = json.dumps({**json.loads(encode(line())), "lapsed": False}).replace("false", "true")
    assert [one.code for one in read_ledger(over, "l", NOW)[1]] == ["review-line"]
