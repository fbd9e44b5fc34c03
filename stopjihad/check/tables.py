"""Check the tables of a talking point: what a chart of them would say wrongly is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from stopjihad.catalog.languages import rank_in
from stopjihad.check.finding import at
from stopjihad.model.point import ChartKind, DataTable, Point
from stopjihad.model.project import Document
from stopjihad.problem import Problem, Severity
from stopjihad.text.language.numbers import PERCENT, numbers
from stopjihad.text.nearest import nearest


class _Needs(NamedTuple):
    """What a kind of chart can show: rows and columns at most, and whether along time."""

    rows: int
    columns: int
    dated: bool = False


NEEDS: dict[ChartKind, _Needs] = {
    "bar": _Needs(8, 1),
    "dot": _Needs(8, 1),
    "line": _Needs(8, 2, dated=True),
    "pictogram": _Needs(4, 1),
    "timeline": _Needs(8, 0, dated=True),
}
"""More rows than these cannot be read on a phone or a card."""

Fault = tuple[str, str, str, str]
"""Field below the table, code, message, hint."""

WARNINGS = frozenset({"data-base", "data-ranks"})
"""What words are looked for in, which a language can say in more ways than the program knows."""

ROUNDING = 0.5
"""Per cent that a share can differ from the number it was rounded from."""

_YEARS = range(1900, 2100)
_NO_COUNT = re.compile(
    r"[%٪]\s?\d[\d.,]*|\d[\d.,]*\s?[%٪]|\b\d{1,2}(?:\.|[a-z]{2})?\s+\S+(?:\s\S+)?\s+(?:19|20)\d\d"
)
"""Shares and days with their month and year: no number that something is a share of."""


def check_tables(document: Document[Point], language: str) -> Iterator[Problem]:
    """Check the tables under ``data``, and shares under ``figures``.

    Args:
        language: BCP 47 tag of its words.

    Yields:
        Problems: ``duplicate`` (an id twice), ``unknown-source``, ``data-axis`` (a start other than
        zero), ``data-rows`` (more than the kind can show), ``data-shape`` (values and columns do
        not match, or a date or label is missing), ``data-order`` (dates that do not rise),
        ``data-units`` (columns of one chart count different things), ``data-negative``,
        ``data-percent`` (a share over 100, or parts that exceed 100 together), ``data-rest``
        (parts of one whole that leave some of it out), ``data-tone`` (a pictogram above deaths),
        and as warnings ``data-base`` (shares of which nothing says what they are shares of) and
        ``data-ranks`` (a rank whose forerunners are not all there).
    """
    point = document.record
    sources = {source.id for source in point.sources}
    seen: set[str] = set()
    for index, table in enumerate(point.data):
        where = f"data.{index}"
        if table.id in seen:
            message = f"two tables have the id '{table.id}'"
            yield at(document, f"{where}.id", "duplicate", message, "give each its own")
        seen.add(table.id)
        named = [("source", table.source)]
        named += [(f"rows.{n}.source", row.source or "") for n, row in enumerate(table.rows)]
        for field, name in named:
            if name and name not in sources:
                message = f"no source has the id '{name}'"
                hint = nearest(name, sources)
                yield at(document, f"{where}.{field}", "unknown-source", message, hint)
        faults = [*_faults(table, grave=point.mood == "grave"), *_ranks(table, language)]
        for field, code, message, hint in faults:
            severity: Severity = "warning" if code in WARNINGS else "error"
            yield at(document, f"{where}.{field}", code, message, hint, severity)
    for index, figure in enumerate(point.figures):
        if figure.unit == PERCENT and not _counts_people(figure.label, figure.beside):
            field = f"figures.{index}.label"
            yield at(document, field, "data-base", _NO_BASE, _NAME_IT, "warning")


def _faults(table: DataTable, *, grave: bool) -> Iterator[Fault]:
    needs = NEEDS[table.kind]
    if table.start:
        message = f"the axis starts at {table.start:g}: a cut axis makes a difference look larger"
        yield "start", "data-axis", message, "delete 'start': every axis starts at zero"
    if len(table.rows) > needs.rows:
        message = f"{len(table.rows)} rows, and a chart of kind {table.kind} shows {needs.rows}"
        yield "rows", "data-rows", message, "join small ones in one row, or make two tables"
    if grave and table.kind == "pictogram":
        message = "a grave tone is for deaths and crimes, and a pictogram counts people one by one"
        yield "kind", "data-tone", message, "choose kind: bar; or another tone if nobody was hurt"
    least = min(1, needs.columns)
    if not least <= len(table.columns) <= needs.columns:
        wanted = f"{least}" if least == needs.columns else f"{least} or {needs.columns}"
        message = f"{len(table.columns)} columns, and a chart of kind {table.kind} has {wanted}"
        yield "columns" if table.columns else "kind", "data-shape", message, "see docs/authors.md"
    if len({column.unit for column in table.columns}) > 1:
        message = "the columns of one chart count different things"
        yield "columns.1.unit", "data-units", message, "make a table for each unit"
    yield from _rows(table, needs)
    yield from _percent(table)


def _rows(table: DataTable, needs: _Needs) -> Iterator[Fault]:
    before: dt.date | None = None
    for index, row in enumerate(table.rows):
        where = f"rows.{index}"
        if len(row.values) != len(table.columns):
            message = (
                f"the row has {len(row.values)} numbers, and the table {len(table.columns)} columns"
            )
            hint = "give each column a number, in digits alone (2200, not 2,200), or drop the row"
            yield (f"{where}.values" if row.values else where), "data-shape", message, hint
        for place, value in enumerate(row.values):
            if value < 0:
                message = f"{value:g} is below zero, where the axis starts"
                hint = "show gains and losses in the text"
                yield f"{where}.values.{place}", "data-negative", message, hint
        missing = "at" if needs.dated and row.at is None else ""
        if not row.label and table.kind != "line":
            missing = "label"
        if missing:
            message = f"a row of a chart of kind {table.kind} needs '{missing}:'"
            yield where, "data-shape", message, "see docs/authors.md"
        if row.at is None:
            continue
        day = day_of(row.at)
        if day is None:
            yield f"{where}.at", "bad-date", f"there is no {row.at}", "2021, 2021-11 or 2021-11-30"
        elif needs.dated and before is not None and day <= before:
            message = f"{row.at} is not after the row before it"
            yield f"{where}.at", "data-order", message, "put the rows in order of time"
        before = day or before


def _percent(table: DataTable) -> Iterator[Fault]:
    if not table.columns or table.columns[0].unit != PERCENT:
        return
    for index, row in enumerate(table.rows):
        for place, value in enumerate(row.values):
            if value > 100:
                message = f"a share of {value:g} % is more than the whole"
                yield f"rows.{index}.values.{place}", "data-percent", message, "check the number"
    texts = (table.title, table.note, *(column.label for column in table.columns))
    if not _counts_people(*texts):
        yield "columns.0.label", "data-base", _NO_BASE, _NAME_IT
    total = sum(row.values[0] for row in table.rows if row.values)
    hint = "bars in per cent are parts of one whole; kind: dot shows shares that stand alone"
    if table.kind not in {"bar", "pictogram"}:
        return
    if total > 100:
        yield "rows", "data-percent", f"the parts are {total:g} % together", hint
    elif total < 100 - ROUNDING * len(table.rows) and not _one_share(table):
        message = f"the parts are {total:g} % together: {100 - total:g} % is not shown"
        yield "rows", "data-rest", message, f"add a row for the rest; {hint}"


_NO_BASE = "nothing says of how many these are per cent"
_NAME_IT = "name the number they are shares of: 'of 4,585 civilians killed or hurt'"


def _one_share(table: DataTable) -> bool:
    """Tell whether a pictogram shows one share, whose rest its pale dots are."""
    return table.kind == "pictogram" and len(table.rows) == 1


def _counts_people(*texts: str) -> bool:
    """Tell whether texts name a number that shares can be shares of: no year, and more than one."""
    found = numbers(_NO_COUNT.sub("", "\n".join(texts)))
    return any(int(number) > 1 and int(number) not in _YEARS for number in found)


def _ranks(table: DataTable, language: str) -> Iterator[Fault]:
    """Look for a rank that is higher than the rows that could stand before it."""
    for index, row in enumerate(table.rows):
        rank = rank_in(row.label or "", language)
        if rank is not None and rank > index + 1:
            message = f"a rank of {rank} in row {index + 1}: not all that rank before it are shown"
            hint = "show them, or leave the rank out and say which rows were chosen and why"
            yield f"rows.{index}.label", "data-ranks", message, hint


def day_of(at: str) -> dt.date | None:
    """Give the first day of a year or month, or the day itself; None when there is none."""
    parts = [int(part) for part in at.split("-")]
    try:
        return dt.date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
