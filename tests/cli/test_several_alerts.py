"""Two places and a denial at once: each ends alone, and the others stay."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree
from stopjihad.build import alert_sending
from stopjihad.build.alert_inputs import read_for_alert
from stopjihad.build.request import Request
from stopjihad.problem import Problem, ProblemsFound

from support.crisis import ALARM, BANNER, Team, crisis_workspace, said_in

ATOM = "{http://www.w3.org/2005/Atom}"
ORDER = ["station", "market", "hoax"]
"""Real before denied; of the two attacks the one that was sent last."""


def send(team: Team, name: str, **slots: str) -> None:
    team.write(name, confirmed="[]", **slots)
    for who in ("Nour", "Ida"):
        team.done("alert", "approve", name, "--by", who)
    team.done("alert", "publish", name, "--by", "Ida")


@pytest.fixture
def team(tmp_path: Path, plain_alerts: None) -> Team:
    found = Team(crisis_workspace(tmp_path / "workspace"))
    found.cut_down()
    found.become_authority()
    found.approve_templates("attack-under-way", "hoax-denied")
    found.done("build", "-q")
    send(found, "hoax", template="hoax-denied", place="city-centre")
    found.later(5)
    send(found, "market", place="market-square")
    found.later(5)
    send(found, "station", place="central-station")
    return found


def shown(team: Team, language: str) -> dict[str, list[str]]:
    """Name the alerts that each way shows, in its order."""
    site = team.site
    page = (site / language / "alert/index.html").read_text("utf-8")
    embed = json.loads((site / language / "alert/embed.json").read_text("utf-8"))
    embedded = [embed["notice"], *embed.get("also", ())]
    feed = etree.parse(site / language / "alert/feed.xml").iter(f"{ATOM}entry")
    home = (site / language / "index.html").read_text("utf-8")
    return {
        "embed": [one["id"] for one in embedded if one],
        "feed": [name for name in map(_name, feed) if name in _held(team)],
        "page": [_first(page, embedded[0]), *re.findall(r'<section .*?id="notice-(\w+)"', page)],
        "home": [_first(home, embedded[0]), *re.findall(r"#notice-(\w+)", home)],
        "drafts": sorted(path.parent.name for path in site.parent.glob("alert/*/pause.csv")),
        "pictures": sorted(path.parent.name for path in site.glob(f"{language}/alert/*/og.png")),
    }


def _first(page: str, first: dict[str, str]) -> str:
    """Give the id of the alert whose headline comes first in what stands out."""
    stands = re.split(f"{BANNER}|{ALARM}", page)
    return first["id"] if any(first["headline"] in part for part in stands[1:]) else ""


def _name(entry: etree._Element) -> str:
    return re.sub(r".*#|-\d{8}T.*", "", entry.findtext(f"{ATOM}id"))


def _held(team: Team) -> list[str]:
    return [one["id"] for one in json.loads(team.done("alert", "list", "--format", "json"))]


def same(order: list[str]) -> dict[str, list[str]]:
    ways = dict.fromkeys(("embed", "feed", "page", "home"), order)
    return {**ways, "drafts": sorted(order), "pictures": sorted(order)}


def messages(team: Team) -> tuple[str, list[str]]:
    """Give the first message for machines, and what their list says."""
    first = etree.parse(team.site / "cap.xml").findtext("{*}identifier")
    index = etree.parse(team.site / "alert/feed.xml")
    titles = [one.findtext(f"{ATOM}title") for one in index.iter(f"{ATOM}entry")]
    return re.sub(r"-\d+-\d.*", "", first), [title.partition(":")[0] for title in titles]


def test_two_places_and_a_denial_hold_at_once_and_each_ends_alone(team: Team) -> None:
    for language in ("en", "fr"):
        assert shown(team, language) == same(ORDER), language
    assert _held(team) == ORDER
    assert messages(team) == ("station", ["Alert"] * 3)
    # Places in two countries: nobody is told the number of the wrong one.
    home = (team.site / "en/index.html").read_text("utf-8")
    assert "Call the emergency number of the country you are in." in home
    page = (team.site / "en/alert/index.html").read_text("utf-8")
    assert re.findall('tel:(17|999)"', page.partition('id="notice-market"')[2]) != []
    team.later(5)
    team.done("alert", "end", "market", "--withdraw", "--why", "false-alarm", "--by", "Nour")
    rest = ["station", "hoax"]
    found = shown(team, "en")
    # The drafts and pictures of what was taken back say so; its sheets are gone.
    assert {**found, "pictures": found["pictures"]} == {
        **same(rest), "pictures": sorted(ORDER)
    }  # fmt: skip
    assert messages(team) == ("station", ["Cancel", *["Alert"] * 3])
    told = json.loads((team.site / "en/alert/embed.json").read_text("utf-8"))["past"]
    assert [one["id"] for one in told] == ["market"]
    draft = (team.site.parent / "alert/market/en/sms.txt").read_text("utf-8")
    assert draft.startswith("It was a false alarm.")
    assert speechless(team, "It was a false alarm.") == []
    team.done("alert", "end", "station", "--why", "over", "--by", "Nour")
    assert shown(team, "en")["embed"] == ["hoax"]
    assert messages(team)[0] == "hoax"
    for words in ("It was a false alarm.", "It is over: the authority says so."):
        assert speechless(team, words) == []
    staged = team.root / "dist/after-end" / team.campaign.name / "site"
    assert team.marked(staged) == []  # of the last one the site after its end is ready
    team.done("alert", "end", "hoax", "--why", "over", "--by", "Nour")
    assert team.marked(team.site) == []
    told = json.loads((team.site / "en/alert/embed.json").read_text("utf-8"))["past"]
    assert {one["id"] for one in told} == set(ORDER)


def speechless(team: Team, message: str) -> list[str]:
    """List what of each language does not say why an alert was taken away."""
    ways = ("index.html", "help/index.html", "alert/index.html", "alert/feed.xml", "feed.xml")
    return [
        f"{language}/{way}"
        for language in ("en", "fr", "ar")
        for way in (*ways, "alert/embed.json")
        if said_in(message)[language] not in (team.site / language / way).read_text("utf-8")
    ]


def test_an_end_that_is_cut_off_among_several_is_said_by_the_next_publication(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No site after it is staged: only the ledger knows of it, until a layer is laid."""

    def full(*_: object) -> None:
        raise ProblemsFound((Problem(path="", code="disk-full", message="full", hint="free"),))

    monkeypatch.setattr(alert_sending, "take_alert_off", full)
    done = team.run("alert", "end", "market", "--withdraw", "--why", "false-alarm", "--by", "Nour")
    assert done.exit_code == 1
    assert "the ledger has its end: publish TARGET carries it out." in done.output
    assert shown(team, "en")["embed"] == ORDER
    monkeypatch.undo()
    inputs = read_for_alert(team.root, team.campaign.name)
    request = Request(out=team.root / "dist", today=team.now.date(), code="", now=team.now)
    alert_sending.bring_up_to_date(inputs, request)
    assert shown(team, "en")["embed"] == ["station", "hoax"]
    assert speechless(team, "It was a false alarm.") == []


def test_two_alerts_about_one_place_are_refused(team: Team) -> None:
    team.write("rival", place="market-square", confirmed="[]")
    for who in ("Nour", "Ida"):
        team.done("alert", "approve", "rival", "--by", who)
    refused = team.run("alert", "publish", "rival", "--by", "Ida")
    assert refused.exit_code == 1
    assert "error[alert-live] the alert 'market' about 'market-square' holds" in refused.output
    assert shown(team, "en") == same(ORDER)


def test_one_whose_time_is_over_leaves_the_others(team: Team) -> None:
    team.later(6 * 60 - 10)  # the first one was sent ten minutes before the last
    team.done("build", "-q")
    assert shown(team, "en")["embed"] == ["station", "market"]
