"""Tables of talking points: no chart without a source; each kind refuses what it cannot show."""

from __future__ import annotations

import pytest
from stopjihad.check.tables import check_tables, day_of
from stopjihad.load.documents import SourceFile, markdown_document
from stopjihad.model.point import Point

POINT = """---
mode: alternative
fact: Most people come back.
pull_factor: justice
audiences: [relatives]
messenger: team
action: {label: Talk to someone, kind: helpline}
sources:
  - {id: un, title: A report, publisher: UN, url: "https://example.org/un", accessed: 2026-11-20}
data:
  - id: made
    kind: KIND
    title: People
    head: Who
    columns: [{label: Share, unit: "%"}]
    rows: [{label: These, values: [60], at: 2015}, {label: Those, values: [41], at: 2016}]
    SOURCE
---
Words.
"""


def codes(kind: str, source: str = "source: un") -> list[str]:
    text = POINT.replace("KIND", kind).replace("SOURCE", source)
    document, problems = markdown_document(SourceFile("p.md", text, ""), Point, "p")
    found = problems if document is None else check_tables(document)
    return [f"{one.line}:{one.column} {one.code}" for one in found]


def test_a_table_without_a_source_is_refused_where_it_stands() -> None:
    assert codes("dot", "") == ["11:5 missing-key"]


def test_a_table_names_a_source_of_its_talking_point() -> None:
    assert codes("dot", "source: nu") == ["17:13 unknown-source"]


def test_an_axis_that_does_not_start_at_zero_is_refused() -> None:
    assert codes("dot", "source: un\n    start: 40") == ["18:12 data-axis"]


@pytest.mark.parametrize("kind", ["dot", "line"])
def test_shares_that_stand_alone_may_exceed_100_together(kind: str) -> None:
    assert codes(kind) == []


@pytest.mark.parametrize("kind", ["bar", "pictogram"])
def test_parts_of_a_whole_may_not(kind: str) -> None:
    assert codes(kind) == ["16:11 data-percent"]


def test_a_timeline_has_no_numbers() -> None:
    assert {one.split()[1] for one in codes("timeline")} == {"data-shape"}


def test_days_that_are_none_are_found() -> None:
    assert day_of("2021-02-30") is None
    assert str(day_of("2021")) == "2021-01-01"
