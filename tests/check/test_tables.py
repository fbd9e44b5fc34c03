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
    columns: [{label: Share of 500 people, unit: "%"}]
    rows: [{label: These, values: [60], at: 2015}, {label: Those, values: [41], at: 2016}]
    SOURCE
---
Words.
"""


ROWS = "[{label: These, values: [60], at: 2015}, {label: Those, values: [41], at: 2016}]"
COLUMNS = '[{label: Share of 500 people, unit: "%"}]'


def codes(
    kind: str,
    source: str = "source: un",
    rows: str = ROWS,
    columns: str = COLUMNS,
    more: str = "",
    lang: str = "en",
) -> list[str]:
    text = POINT.replace("KIND", kind).replace("SOURCE", source).replace(ROWS, rows)
    text = text.replace(COLUMNS, columns).replace("mode: alt", f"{more}mode: alt")
    document, problems = markdown_document(SourceFile("p.md", text, ""), Point, "p")
    found = problems if document is None else check_tables(document, lang)
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


def rows(*values: float, **more: object) -> str:
    told = "".join(f", {name}: {value}" for name, value in more.items())
    made = (f"{{label: Row {n}, values: [{value}]{told}}}" for n, value in enumerate(values))
    return f"[{', '.join(made)}]"


def kinds(found: list[str]) -> list[str]:
    return [one.split()[1] for one in found]


PEOPLE = "[{label: People, unit: people}]"


@pytest.mark.parametrize(("kind", "most"), [("bar", 8), ("dot", 8), ("pictogram", 4)])
def test_a_chart_has_no_more_rows_than_can_be_read(kind: str, most: int) -> None:
    assert kinds(codes(kind, rows=rows(*[5] * most), columns=PEOPLE)) == []
    assert kinds(codes(kind, rows=rows(*[5] * (most + 1)), columns=PEOPLE)) == ["data-rows"]


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("bar", (60, 40), []),
        ("bar", (60, 40.5), ["data-percent"]),
        ("dot", (100, 100), []),
        ("dot", (100.5, 1), ["data-percent"]),
        ("line", (101, 1), ["data-percent"]),
        ("pictogram", (99, 2), ["data-percent"]),
        ("bar", (100, -1), ["data-negative"]),
        ("bar", (60, 30), ["data-rest"]),
        ("bar", (33.3, 33.3, 32.9), []),
        ("pictogram", (60, 30), ["data-rest"]),
        ("pictogram", (60,), []),
    ],
)
def test_shares_are_parts_of_one_whole(
    kind: str, values: tuple[float, ...], told: list[str]
) -> None:
    days = (f"{{label: R, values: [{one}], at: 201{n}}}" for n, one in enumerate(values))
    assert kinds(codes(kind, rows=f"[{', '.join(days)}]")) == told


def test_people_are_no_shares() -> None:
    assert codes("bar", rows=rows(2200, 900), columns=PEOPLE) == []


@pytest.mark.parametrize(
    ("kind", "columns", "told"),
    [
        ("line", "[{label: A, unit: people}, {label: B, unit: people}]", []),
        ("line", '[{label: A, unit: people}, {label: B, unit: "%"}]', ["data-units"]),
        ("bar", "[{label: A, unit: people}, {label: B, unit: people}]", ["data-shape"]),
        ("bar", "[]", ["data-shape", "data-shape", "data-shape"]),
    ],
)
def test_a_chart_has_the_columns_that_it_can_show(kind: str, columns: str, told: list[str]) -> None:
    count = max(1, columns.count("label"))
    values = ", ".join("12"[:count])
    made = (
        f"[{{label: A, values: [{values}], at: 2015}}, {{label: B, values: [{values}], at: 2016}}]"
    )
    assert kinds(codes(kind, rows=made, columns=columns)) == told


@pytest.mark.parametrize(
    ("kind", "made", "told"),
    [
        ("line", "[{values: [1], at: 2015}, {values: [2], at: 2015-06}]", []),
        ("line", "[{values: [1], at: 2015}, {values: [2], at: 2015}]", ["data-order"]),
        ("line", "[{values: [1], at: 2016}, {values: [2], at: 2015}]", ["data-order"]),
        ("line", "[{values: [1], at: 2015}, {values: [2]}]", ["data-shape"]),
        ("line", "[{values: [1], at: 2021-02-30}]", ["bad-date"]),
        ("dot", "[{label: A, values: [1], at: 2016}, {label: B, values: [2], at: 2015}]", []),
        ("dot", "[{values: [1]}]", ["data-shape"]),
        ("dot", "[{label: A, values: [1, 2]}]", ["data-shape"]),
        ("dot", "[{label: A}]", ["data-shape"]),
        ("dot", "[{label: A, values: [1], source: nu}]", ["unknown-source"]),
    ],
)
def test_each_row_is_whole_and_in_its_time(kind: str, made: str, told: list[str]) -> None:
    assert kinds(codes(kind, rows=made, columns=PEOPLE)) == told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", []),
        ("tone: grave\n", ["data-tone"]),
        ("sensitivity: {graphic: true}\n", ["data-tone"]),
        ("sensitivity: {graphic: true}\ntone: calm\n", []),
    ],
)
def test_the_dead_are_not_drawn_one_by_one(more: str, told: list[str]) -> None:
    """A graphic text is grave on cards, though nobody wrote the tone down."""
    assert kinds(codes("pictogram", rows=rows(3), columns=PEOPLE, more=more)) == told
    assert kinds(codes("bar", rows=rows(3), columns=PEOPLE, more=more)) == []


@pytest.mark.parametrize(
    ("lang", "labels", "told"),
    [
        ("en", ("Work, the reason named most", "Religion, in third place"), ["data-ranks"]),
        ("en", ("Work", "Family", "Religion, in third place"), []),
        ("en", ("Work", "Religion (3rd)"), ["data-ranks"]),
        ("en", ("Third countries", "Second-hand clothes", "A third of all"), []),
        ("fr", ("Le travail", "La religion, en troisième place"), ["data-ranks"]),
        ("de", ("Arbeit", "Religion, an dritter Stelle"), ["data-ranks"]),
        ("ar", ("العمل", "الدين في المرتبة الثالثة"), ["data-ranks"]),
        ("xx", ("Work", "Religion, in third place"), []),
    ],
)
def test_no_row_is_left_out_before_a_rank(
    lang: str, labels: tuple[str, ...], told: list[str]
) -> None:
    """A chart of reasons showed the first and the third."""
    said = ", ".join(f'{{label: "{one}", values: [20]}}' for one in labels)
    assert kinds(codes("dot", rows=f"[{said}]", lang=lang)) == told


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Share of 4,585 civilians", []),
        ("Anteil an 4.585 Menschen", []),
        ("نسبة من ٤٬٥٨٥ مدنيًا", []),
        ("Share, 2016 to 2017", ["data-base"]),
        ("Share until 14 October 2017", ["data-base"]),
        ("Share, of whom 60% are women", ["data-base"]),
        ("Share", ["data-base"]),
    ],
)
def test_shares_say_what_they_are_shares_of(label: str, told: list[str]) -> None:
    columns = f'[{{label: "{label}", unit: "%"}}]'
    assert kinds(codes("dot", columns=columns)) == told
    figure = f'figures: [{{value: 60, unit: "%", label: "{label}", source: un}}]\n'
    assert kinds(codes("dot", more=figure)) == told
