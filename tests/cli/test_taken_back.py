"""What a reader is told who comes after an alert was taken away: never nothing.

Each row is one who comes so much later, in a language, by one of the ways on which it stood.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree
from stopjihad.view.alert_phrases import CAUSES, NO_ALERT, SOME_TAKEN_BACK

from support.cap import cap_schema
from support.crisis import Team, crisis_workspace, said_in

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = cap_schema()
LANGUAGES = ("en", "fr", "ar")
READ = ("en", "fr")
"""Languages in which the alert was read: nobody has translated it in time into the other one."""

WAYS = ("page", "feed", "embed", "chooser", "home", "news")
LATER = {"1 minute": 1, "1 hour": 60, "47 hours": 47 * 60, "49 hours": 49 * 60}
"""Minutes after the withdrawal."""


class Told(NamedTuple):
    """What one reader reads, as one text."""

    language: str
    way: str
    text: str


def entries(path: Path) -> list[tuple[str, str, str]]:
    """Give id, moment and words of each entry of a feed that is about alerts."""
    found = []
    for one in etree.fromstring(path.read_bytes()).iter(f"{ATOM}entry"):
        name, at = one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated")
        words = f"{one.findtext(f'{ATOM}title')} {one.findtext(f'{ATOM}summary')}"
        if "/alert/#" in str(name):
            found.append((str(name), str(at), words))
    return found


def read(site: Path, language: str, way: str) -> str:
    """Read what stands there for a reader."""
    if way in {"feed", "news"}:
        path = f"{language}/alert/feed.xml" if way == "feed" else f"{language}/feed.xml"
        return " ".join(words for _, _, words in entries(site / path))
    if way == "embed":
        value = json.loads((site / f"{language}/alert/embed.json").read_text("utf-8"))
        return " ".join(f"{one['headline']} {one['said']}" for one in value.get("past", ()))
    names = {"page": f"{language}/alert/index.html", "home": f"{language}/index.html"}
    tree = etree.HTML((site / names.get(way, "index.html")).read_bytes())
    if way == "chooser":
        (tree,) = tree.xpath(f"//li[@lang='{language}']")
    return " ".join("".join(tree.itertext()).split())


def headline(language: str) -> str:
    """Give the words that nobody shall read as true again, as far as they name no place."""
    return {"en": "attack under way", "fr": "attaque en cours", "ar": "هجوم"}[language]


@pytest.fixture
def team(tmp_path: Path, plain_alerts: None) -> Team:
    """Publish an alert in two of three languages, and take it back an hour later."""
    found = Team(crisis_workspace(tmp_path / "workspace"))
    found.cut_down()
    found.become_authority()
    found.approve_template()
    path = found.campaign / "locale/ar.po"
    context = 'msgctxt "alerts/attack-under-way/headline"'
    path.write_text(path.read_text("utf-8").replace(context, f"#, fuzzy\n{context}"), "utf-8")
    found.done("build", "-q")
    found.write("lyon")
    for name in ("Nour", "Ida"):
        found.done("alert", "approve", "lyon", "--by", name)
    found.done("alert", "publish", "lyon", "--by", "Ida")
    return found


def test_nobody_who_comes_later_reads_nothing(team: Team) -> None:
    moments = {tag: [entries(team.site / tag / "alert/feed.xml")[0]] for tag in LANGUAGES}
    assert "English" in moments["ar"][0][2]  # where it can be read, and until when
    embed = json.loads((team.site / "ar/alert/embed.json").read_text("utf-8"))
    assert [one["language"] for one in embed["elsewhere"]["languages"]] == list(READ)
    chosen = read(team.site, "ar", "chooser")
    assert said_in("Current alert")["ar"] in chosen
    assert "English, français" in chosen
    team.later(56)
    refused = team.run("alert", "end", "lyon", "--withdraw", "--by", "Nour")
    assert refused.exit_code == 2
    assert "--why false-alarm|corrected|mistake" in refused.output
    team.done("alert", "end", "lyon", "--withdraw", "--why", "false-alarm", "--by", "Nour")
    note = etree.parse(team.site / "cap.xml").findtext("{*}note")
    assert ".." not in note  # a headline ends by itself
    drafts = team.site.parent / "alert/lyon/en"
    for path in drafts.glob("*.txt"):
        assert CAUSES["false-alarm"] in path.read_text("utf-8"), path
    assert (team.site / "fr/alert/lyon/og.png").stat().st_size > 5000
    team.done("build", "-q", "--only", "site", "-o", str(team.root / "parts"))  # where nothing is
    gone, silent = team.now, []
    for name, minutes in LATER.items():
        team.now = gone
        team.later(minutes)
        if name != "1 minute":
            team.done("build", "-q")
        rows = [Told(tag, way, read(team.site, tag, way)) for tag in LANGUAGES for way in WAYS]
        silent += [(name, *row[:2]) for row in rows if not _is_told(row, minutes)]
        for tag in LANGUAGES:
            moments[tag].append(entries(team.site / tag / "alert/feed.xml")[0])
        # Addresses in messages that nobody can take back.
        messages = sorted((team.site / "alert").glob("*.cap.xml"))
        assert [etree.parse(path).findtext("{*}msgType") for path in messages] == [
            "Alert",
            "Cancel",
        ]
        assert all(SCHEMA.validate(etree.parse(path)) for path in messages)
    assert silent == []
    for found in moments.values():
        assert [at for _, at, _ in found] == sorted(at for _, at, _ in found)  # never back in time
        assert len({name for name, _, _ in found}) == 2  # the alert, and that it was taken back


def _is_told(row: Told, minutes: int) -> bool:
    """Tell whether a reader is told what the table in docs/crisis.md says."""
    language, way, text = row
    if minutes > 48 * 60:
        if headline(language) in text:
            return False
        quiet = way in {"chooser", "home", "news"}  # they say nothing of alerts in quiet times
        return quiet or said_in(NO_ALERT)[language] in text
    known = headline(language) if language in READ else said_in(SOME_TAKEN_BACK)[language]
    why = way == "chooser" or said_in(CAUSES["false-alarm"])[language] in text
    return known in text and why
