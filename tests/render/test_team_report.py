"""The report tells the team: problems, exceptions, helplines, coverage."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
from stopjihad.build.campaign import brand_shared
from stopjihad.build.check.survey import CheckedCampaign, survey
from stopjihad.catalog.rules import rules
from stopjihad.disk.cache import NoCache
from stopjihad.load.drills import read_table
from stopjihad.model.options import Options
from stopjihad.model.point import Prevalence
from stopjihad.model.review import Review
from stopjihad.problem import Problem
from stopjihad.render.plan import make_plan
from stopjihad.render.steps import render_batch
from stopjihad.render.team.plan import REPORT

from support.build import REPOSITORY

DAY = dt.date(2026, 11, 24)
UNTIL = dt.date(2027, 5, 1)
WARNING = Problem(
    path="campaigns/stop-jihadism/points/letters-home.md",
    line=7,
    code="LNG06",
    message="a sentence of <31> words",
    hint="make two of it",
    severity="warning",
)


def changed(project: Any, number: int, **fields: Any) -> Any:
    """Change a talking point of a project."""
    points = list(project.points)
    record = msgspec.structs.replace(points[number].record, **fields)
    points[number] = msgspec.structs.replace(points[number], record=record)
    return msgspec.structs.replace(project, points=tuple(points))


@cache
def surveyed() -> CheckedCampaign:
    """Read and check the sample campaign once for this file."""
    return survey(REPOSITORY, "stop-jihadism", DAY, NoCache())


def report(project: Any = None, problems: tuple[Problem, ...] = (), **options: Any) -> str:
    """Give the report of the sample campaign, perhaps changed."""
    found = surveyed()
    chosen = Options(**({"only": ("report", "dossiers", "posts")} | options))
    plan = make_plan(project or found.project, brand_shared(found), chosen, problems)
    (step,) = [step for step in plan.steps if step.output == REPORT]
    (made,) = render_batch([step], plan.inputs)
    assert isinstance(made, bytes), made
    return made.decode()


@pytest.fixture(scope="module")
def project() -> Any:
    return surveyed().project


@pytest.fixture(scope="module")
def plain() -> str:
    return report()


def test_problems_stand_with_place_rule_and_remedy() -> None:
    text = report(problems=(WARNING,))
    assert "a sentence of &lt;31&gt; words" in text
    assert "make two of it" in text
    assert f"{WARNING.path}:7" in text
    assert 'href="#LNG06"' in text


def test_exceptions_stand_with_words_reason_people_and_last_day(project: Any) -> None:
    exception = Review(
        language="en",
        context="letters-home/body",
        digest="a" * 32,
        verdict="approve",
        kind="exception",
        by="Editor",
        on=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        words="Come and be free.",
        rule="STR03",
        reason="A survivor quotes it.",
        until=UNTIL,
    )
    second = msgspec.structs.replace(exception, by="Lawyer")
    text = report(msgspec.structs.replace(project, reviews=(exception, second)))
    row = re.search(r"<tr>(?:(?!</tr>).)*A survivor quotes it\..*?</tr>", text, re.DOTALL)
    assert row
    assert "Editor, Lawyer" in row[0]
    assert "Come and be free." in row[0]
    assert "1 May 2027" in row[0]
    assert "#STR03" in row[0]


def test_exercises_stand_as_a_chart_and_a_table(project: Any, plain: str) -> None:
    rows = read_table(
        "on,id\n"
        "2026-03-03T10:00:00,d1,attack-under-way,18.0,40.0,85.0,12.0,en fr,,\n"
        "2026-05-03T10:00:00,d2,hoax-denied,,,,9.0,en,fr,alert-language\n"
    )
    text = report(msgspec.structs.replace(project, drills=rows))
    section = text.partition('<h2 id="exercises">')[2].partition("</section>")[0]
    chart = ET.fromstring(re.search(r"<svg.*</svg>", section, re.DOTALL)[0])  # type: ignore[index]
    told = chart.find("{http://www.w3.org/2000/svg}desc")
    assert told is not None
    assert told.text == "2026-03-03: 85 minutes; 2026-05-03: the program alone"
    assert len(chart.findall("{http://www.w3.org/2000/svg}rect")) == 1 + 3
    assert [text.split("<")[0] for text in section.split("<td>")[2:5]] == ["18.0", "40.0", "85.0"]
    assert "alert-language" in section
    assert "exercises" not in plain


def test_each_language_shows_its_helplines(plain: str) -> None:
    table = plain.partition('id="shown"')[2].partition("</table>")[0]
    french = next(row for row in table.split("<tr>") if "français" in row)
    assert french.count("SOS Amitié") == 3, "who listens stands on every page, card and post"
    assert "police" not in french, "the police stand where somebody worries alone"


def test_a_language_without_a_line_is_named(project: Any, plain: str) -> None:
    lines = tuple(line for line in project.helplines.record.helplines if "nl" not in line.languages)
    record = msgspec.structs.replace(project.helplines.record, helplines=lines)
    helplines = msgspec.structs.replace(project.helplines, record=record)
    text = report(msgspec.structs.replace(project, helplines=helplines))
    words = "no line stands for this language"
    assert text.count(words) == plain.count(words) + 1


def test_coverage_counts_points_and_drafts_and_names_gaps(plain: str) -> None:
    english = plain.partition('id="coverage-en"')[2].partition("</table>")[0]
    adventure = next(row for row in english.split("<tr>") if ">Adventure<" in row)
    assert adventure.count('class="gap"') == 2
    assert "<strong>1 of 1</strong>, 7 drafts" in adventure
    assert "../dossiers/en/letters-home.html" in adventure


def test_a_niche_claim_is_held_back_and_leaves_a_gap(project: Any, plain: str) -> None:
    place = [document.record.id for document in project.points].index("letters-home")
    niche = Prevalence(level="niche", evidence="One channel.", assessed=DAY)
    text = report(changed(project, place, prevalence=niche))
    lost = 2 * len(project.campaign.record.languages)
    held = text.partition("Held back")[2].partition("</ul>")[0]
    assert "letters-home" in held
    assert text.count('class="gap">gap') == plain.count('class="gap">gap') + lost


def test_a_platform_without_a_time_in_the_schedule_is_named(project: Any, plain: str) -> None:
    known = plain.count("no time in the schedule")  # drafts for WhatsApp are sent when they fit
    campaign = project.campaign.record
    slots = {name: times for name, times in campaign.schedule.slots.items() if name != "x"}
    schedule = msgspec.structs.replace(campaign.schedule, slots=slots)
    record = msgspec.structs.replace(campaign, schedule=schedule)
    document = msgspec.structs.replace(project.campaign, record=record)
    text = report(msgspec.structs.replace(project, campaign=document))
    assert text.count("no time in the schedule") == known + len(campaign.languages)


def test_every_rule_stands_with_its_sources(plain: str) -> None:
    for rule in rules().values():
        row = plain.partition(f'<tr id="{rule.id}">')[2].partition("</tr>")[0]
        assert row, rule.id
        assert row.count("<a href=") == len(rule.sources)


def test_a_report_alone_links_to_no_dossiers() -> None:
    assert "../dossiers/" not in report(only=("report",))


def test_the_published_report_lies_outside_the_site(published: Path) -> None:
    assert (published / "report/index.html").is_file()
    assert not (published / "site/report").exists()
    for path in (published / "site").rglob("*.html"):
        assert "dossiers/" not in path.read_text("utf-8")
