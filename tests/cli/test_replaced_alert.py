"""A true alert after a false one about the same place: nobody reads "false alarm" beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree
from stopjihad.view.alert_phrases import BACK_AT, CAUSES, ENDED_AT, NO_ALERT, SENT, UPDATED

from support.crisis import Team, crisis_workspace, said_in

LANGUAGES = ("en", "fr", "ar")
FALSE = said_in(CAUSES["false-alarm"])
OVER = said_in(CAUSES["over"])
WAYS = ("index.html", "help/index.html", "feed.xml", "alert/index.html", "alert/feed.xml")


@pytest.fixture
def team(tmp_path: Path, plain_alerts: None) -> Team:
    found = Team(crisis_workspace(tmp_path / "workspace"))
    found.cut_down()
    found.approve_templates("attack-under-way", "hoax-denied")
    found.done("build", "-q")
    return found


def send(team: Team, name: str, step: str = "publish", **slots: str) -> None:
    team.write(name, confirmed="[]", **slots)
    for who in ("Nour", "Ida"):
        team.done("alert", "approve", name, "--by", who)
    team.done("alert", step, name, "--by", "Ida")
    team.later(5)


def end(team: Team, name: str, why: str, *more: str) -> None:
    team.done("alert", "end", name, "--why", why, "--by", "Nour", *more)
    team.later(5)


def said(team: Team, path: str) -> str:
    """Give the words of a file of the site."""
    data = (team.site / path).read_bytes()
    if path.endswith(".html"):
        data = re.sub(rb"<(script|style).*?</\1>", b"", data, flags=re.DOTALL)
        return " ".join("".join(etree.HTML(data).itertext()).split())
    return " ".join(data.decode().split())


def saying(team: Team, words: dict[str, str]) -> list[str]:
    """List what says ``words`` of a language, with the pages on which no language is chosen."""
    ways = [(tag, f"{tag}/{way}") for tag in LANGUAGES for way in (*WAYS, "alert/embed.json")]
    ways += [(tag, page) for tag in LANGUAGES for page in ("index.html", "404.html")]
    begin = {tag: " ".join(words[tag].partition("%")[0].split()) for tag in LANGUAGES}
    return [path for tag, path in ways if begin[tag] in said(team, path)]


def title(team: Team, tag: str) -> str:
    """Give the largest words of the page of an alert."""
    page = etree.HTML((team.site / tag / "alert/index.html").read_bytes())
    return "".join(page.find(".//h1").itertext())


def test_a_true_alert_after_a_false_one_stands_alone(team: Team) -> None:
    send(team, "first", place="market-square")
    end(team, "first", "false-alarm", "--withdraw")
    assert [title(team, tag) for tag in LANGUAGES] == [FALSE[tag] for tag in LANGUAGES]
    everywhere = saying(team, FALSE)
    assert everywhere == saying(team, said_in(BACK_AT))  # always since when
    assert {f"{tag}/{way}" for tag in LANGUAGES for way in WAYS} < set(everywhere)
    assert "index.html" in everywhere
    assert "404.html" in everywhere
    assert "Taken back: “Market square: " in said(team, "en/alert/index.html")
    draft = (team.site.parent / "alert/first/en/sms.txt").read_text("utf-8")
    assert draft.startswith(FALSE["en"])

    send(team, "second", place="market-square")
    # On the page alone, below, with the times before the reason.
    assert saying(team, FALSE) == [f"{tag}/alert/index.html" for tag in LANGUAGES]
    page = said(team, "en/alert/index.html")
    earlier = "An alert was taken back. Sent: 13:00 (24 November 2026) · Taken back at: 13:05"
    assert page.index("Next update") < page.index(earlier) < page.index(FALSE["en"])
    assert not list(team.site.glob("*/alert/first/*"))
    assert not list(team.site.parent.glob("alert/first/*/*"))
    sent = saying(team, said_in(SENT))
    assert {f"{tag}/{way}" for tag in LANGUAGES for way in WAYS} < set(sent)
    for page in ("index.html", "404.html"):
        assert "Call 17 or 112 (France)." in said(team, page), (
            page
        )  # danger is where the alert says
    updated = {tag: f"{words.partition('%')[0]}13:" for tag, words in said_in(UPDATED).items()}
    assert saying(team, updated) == []
    send(team, "second", "update", place="market-square")
    assert set(saying(team, updated)) == set(sent)

    end(team, "second", "over")
    assert [title(team, tag) for tag in LANGUAGES] == [OVER[tag] for tag in LANGUAGES]
    # Nor is the last word about the place that nothing has happened there.
    assert saying(team, FALSE) == [f"{tag}/alert/index.html" for tag in LANGUAGES]


def test_a_denial_that_ends_is_not_taken_back(team: Team) -> None:
    send(team, "hoax", template="hoax-denied", place="city-centre")
    send(team, "attack", place="market-square")
    end(team, "hoax", "over")
    assert saying(team, OVER) == []
    assert saying(team, said_in(NO_ALERT)) == []  # one holds
    page = said(team, "en/alert/index.html")
    assert "An alert has ended. Sent: 13:00 (24 November 2026) · Ended at: 13:10" in page
    end(team, "attack", "mistake", "--withdraw")
    assert saying(team, OVER) == []
    embed = json.loads((team.site / "en/alert/embed.json").read_text("utf-8"))["past"]
    assert [one["headline"] for one in embed] == [
        (
            "It was a mistake of ours. Taken back: “Market square: attack under way. "
            "Stay away and get to safety.”"
        ),
        "There is no current alert. “City centre: there was no attack. The report was false.”",
    ]
    assert embed[1]["said"].startswith("Sent: 13:00 (24 November 2026) · Ended at: 13:10")
    assert not list(team.site.parent.glob("alert/hoax/*/*"))
    home = said(team, "en/index.html")
    assert "there was no attack" not in home
    assert ENDED_AT.partition("%")[0] not in home
