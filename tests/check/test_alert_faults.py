"""Nine faults that the schema of CAP lets through, as a person can write them in a workspace.

Each is refused at the file and line that causes it, before a message for machines is made
(``tests/text/test_cap.py`` has the same nine in the message itself).
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from stopjihad.build.check.survey import survey
from stopjihad.model.alert import Alert

INVALID = Path(__file__).parents[1] / "invalid"
ALERT, TEMPLATE, CAMPAIGN = "alerts/one.yaml", "alerts/templates/attack.yaml", "campaign.yaml"
POLYGON = 'polygon: ["48.84,2.37", "48.85,2.37", "48.85,2.38", "48.84,2.38"]'
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A campaign with one alert, and nothing wrong with it."""
    shutil.copytree(INVALID / "_base", tmp_path, dirs_exist_ok=True)
    shutil.copytree(INVALID / "alert-time", tmp_path, dirs_exist_ok=True)
    campaign = tmp_path / "campaigns/demo"
    edit(campaign / ALERT, r"next_update: .*", "next_update: 2026-11-24T13:00:00+01:00")
    assert problems(campaign) == []
    return campaign


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    changed = re.sub(before, after, text, count=1)
    assert changed != text
    path.write_text(changed, "utf-8")


def problems(campaign: Path) -> list[str]:
    found = survey(campaign.parents[1], "demo", dt.date(2026, 11, 24)).problems
    return [str(problem).removeprefix("campaigns/demo/") for problem in found]


FAULTS = {
    "end before the beginning": (
        (ALERT, r"\Z", "expires: 2026-11-24T11:30:00+01:00\n"),
        r"alerts/one\.yaml:8:10: error\[alert-time\] it ends before it was sent",
    ),
    "no end": ((ALERT, r"\Z", "expires: never\n"), r"alerts/one\.yaml:8:10: error\[bad-date\]"),
    "no headline": (
        (TEMPLATE, r"headline: .*\n", ""),
        r"alerts/templates/attack\.yaml:1:1: error\[missing-key\] headline is missing",
    ),
    "an empty headline": (
        (TEMPLATE, r"headline: .*", 'headline: ""'),
        r"alerts/templates/attack\.yaml:2:11: error\[empty\]",
    ),
    "no area": (
        (ALERT, r"place: .*\n", ""),
        r"alerts/one\.yaml:1:1: error\[missing-key\] place is missing",
    ),
    "an area without name": (
        (CAMPAIGN, "name: Station}", 'name: ""}'),
        r"campaign\.yaml:15:30: error\[empty\]",
    ),
    "references of one's own": (
        (ALERT, r"\Z", "references: none\n"),
        r"alerts/one\.yaml:8:1: error\[unknown-key\]",
    ),
    "HTML": (
        (TEMPLATE, "unknown: .*", 'unknown: "<b>Nobody</b> knows why."'),
        r"alerts/templates/attack\.yaml:5:10: error\[CRS03\].*'<b>'",
    ),
    "HTML in a place": (
        (CAMPAIGN, "name: Station}", 'name: "Station &amp; square"}'),
        r"campaign\.yaml:15:30: error\[CRS03\].*'&amp;'",
    ),
    "two blocks of one language": (
        (CAMPAIGN, r"languages: \[en\]", "languages: [en, en]"),
        r"campaign\.yaml:4:12: error\[duplicate\] 'en' stands 2 times",
    ),
    "open polygon": (
        (CAMPAIGN, "name: Station}", f"name: Station, {POLYGON}}}"),
        r"campaign\.yaml:15:48: error\[alert-area\] the corners of 'station' do not close",
    ),
    "markup in a code": (
        (CAMPAIGN, "name: Station}", "name: Station, geocode: {INSEE: <69123>}}"),
        r"campaign\.yaml:15:56: error\[bad-form\] places\.0\.geocode\.INSEE has not the right form",
    ),
    "a list of codes without name": (
        (CAMPAIGN, "name: Station}", "name: Station, geocode: {'': 69123}}"),
        r"campaign\.yaml:15:49: error\[empty\] a key of places\.0\.geocode is empty",
    ),
    "a sender with a comma": (
        (CAMPAIGN, r"base_url: .*", "base_url: https://demo,one.example.org"),
        r"campaign\.yaml:5:11: error\[address-odd\]",
    ),
    "an identifier of one's own": (
        (ALERT, r"\Z", 'id: "one, two"\n'),
        r"alerts/one\.yaml:8:1: error\[",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_the_schema_lets_through_is_refused_where_it_was_written(
    demo: Path, name: str
) -> None:
    (file, before, after), expected = FAULTS[name]
    edit(demo / file, before, after)
    found = problems(demo)
    assert any(re.match(expected, line) for line in found), found


def test_html_in_a_translation_is_refused_at_its_line(demo: Path) -> None:
    edit(demo / CAMPAIGN, r"languages: \[en\]", "languages: [en, fr]")
    words = demo / "locale/fr.po"
    words.parent.mkdir(exist_ok=True)
    words.write_text(
        'msgid ""\nmsgstr "Language: fr\\n"\n\n'
        'msgctxt "alerts/attack/unknown"\n'
        'msgid "Nobody knows why."\nmsgstr "<i>Personne</i> ne sait pourquoi."\n',
        "utf-8",
    )
    assert any(re.match(r"locale/fr\.po:[456]: error\[CRS03\]", line) for line in problems(demo))


def test_the_identifier_is_the_name_of_the_file_which_has_no_space_or_comma(demo: Path) -> None:
    (demo / ALERT).rename(demo / "alerts/one, two.yaml")
    [found] = [line for line in problems(demo) if "file-name" in line]
    assert found.startswith("alerts/one, two.yaml:1: error[file-name]")


def test_an_alert_without_end_ends_after_six_hours() -> None:
    alert = Alert(
        id="one",
        template="attack",
        status="actual",
        place="station",
        since=NOON,
        confirmed_by="police",
        next_update=NOON,
        sent=NOON,
    )
    assert alert.ends == NOON + dt.timedelta(hours=6)
