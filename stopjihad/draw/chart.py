"""Put the words and numbers of a table together as a chart says them: also what one dot is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from stopjihad.model.point import ChartKind
from stopjihad.text.language.numbers import write_number
from stopjihad.text.language.sentences import end_sentence
from stopjihad.text.language.typography import typeset
from stopjihad.text.unicode.bidi_controls import hold_shares
from stopjihad.view.dates import date_of
from stopjihad.view.notation import native_text
from stopjihad.view.records import DataView, Text

WORDS: dict[str, str] = {
    "at-least": "at least {number}",
    "about": "about {number}",
    "up-to": "up to {number}",
    "dot": "One dot stands for {number}.",
    "comma": ", ",
}
"""Words that charts and numbers add to the campaign's own, in English; themes translate them."""

DOTS = 100
"""Dots of a pictogram at most: more cannot be counted at a glance."""

_STEPS = (1, 2, 5)


class ChartRow(NamedTuple):
    """Hold a row of a chart.

    Attributes:
        label: whose numbers they are, or what happened.
        date: when, as readers of the language write it; empty for none.
        place: years since year 0 of that date, with fractions.
        numbers: one a column.
        texts: the same as readers read them, "at least" included.
        loud: whether it is drawn in the accent: the row that the fact speaks of, or any where none
            is marked.
    """

    label: str
    date: str
    place: float
    numbers: tuple[float, ...]
    texts: tuple[str, ...]
    loud: bool = True


class Chart(NamedTuple):
    """Hold all that a chart shows.

    Attributes:
        kind: how it is drawn.
        columns: names of its lines.
        rows: in the author's order.
        rtl: whether it begins on the right.
        each: what one dot of a pictogram stands for.
        key: the sentence that says so; empty for other kinds, and where a dot is one.
        whole: the number that fills a pictogram: 100 where its only row is a share; else 0.
        most: where the axis ends: at 100 for shares, so that a quarter fills a quarter; else 0, for
            the largest number.
        lang: BCP 47 tag of its words.
        comma: what stands between the parts of a row that is said.
    """

    kind: ChartKind
    columns: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    rtl: bool
    each: float = 1.0
    key: str = ""
    whole: float = 0.0
    most: float = 0.0
    lang: str = "en"
    comma: str = ", "


class Speech(NamedTuple):
    """Say how a language speaks of numbers and days.

    Attributes:
        words: ``WORDS`` in that language.
        lang: BCP 47 tag.
        rtl: whether it runs from right to left.
        digits: numbering system; empty for 0 to 9.
    """

    words: Mapping[str, str]
    lang: str
    rtl: bool
    digits: str = ""


def chart_of(view: DataView, speech: Speech) -> Chart | None:
    """Make the chart of a table.

    Args:
        view: the table, as readers of the language see it.

    Returns:
        The chart; None where the table is not whole (checks have said so), or its words are in
        another language.
    """
    wide = all(len(row.numbers) == len(view.columns) for row in view.rows)
    dated = view.kind not in {"line", "timeline"} or all(row.at for row in view.rows)
    numbers = [number for row in view.rows for number in row.numbers]
    if not wide or not dated or min(numbers, default=0) < 0 or view.title.lang != speech.lang:
        return None
    held = hold_shares if speech.rtl else str
    marked = any(row.main for row in view.rows)
    rows = tuple(
        ChartRow(
            typeset(row.label.value, speech.lang) if row.label else "",
            date_of(row.at, speech.lang, speech.digits) if row.at else "",
            _years(row.at),
            row.numbers,
            tuple(
                held(qualify_number(cell.value, row.qualifier, speech.words)) for cell in row.cells
            ),
            row.main or not marked,
        )
        for row in view.rows
    )
    chart = Chart(
        view.kind,
        tuple(one.label.value for one in view.columns),
        rows,
        speech.rtl,
        most=100.0 if view.percent else 0.0,
        lang=speech.lang,
        comma=speech.words["comma"],
    )
    if view.kind != "pictogram":
        return chart
    whole = 100.0 if view.percent and len(rows) == 1 else 0.0
    each = _each(whole or sum(numbers))
    shown = native_text(write_number(each, speech.lang, percent=view.percent), speech.digits)
    key = held(speech.words["dot"].replace("{number}", shown)) if each != 1 else ""
    return chart._replace(each=each, key=key, whole=whole)


def counted_note(view: DataView) -> Text | None:
    """Say what the numbers of a table count, for pictures that have no head of a column.

    Returns:
        The name of its only column, with its unit; None where the title says it word for word, and
        for several columns, whose lines have their names.
    """
    if len(view.columns) != 1:
        return None
    (column,) = view.columns
    label = column.label.value
    if label.casefold() in view.title.value.casefold():
        return None
    return Text(f"{label} ({column.unit.value})" if column.unit else label, column.label.lang)


def qualify_number(text: str, qualifier: str | None, words: Mapping[str, str]) -> str:
    """Say how exact a written number is.

    Args:
        qualifier: a key of ``WORDS``, or None.

    Returns:
        For example ``at least 32``.
    """
    return words[qualifier].replace("{number}", text) if qualifier else text


def say_chart(chart: Chart) -> str:
    """Say a chart in sentences, row by row, as alternative texts and descriptions do.

    Returns:
        For example ``Al-Shabaab: 60 %. Clan militias: 13 %.``, with the full stops and commas of
        the language; with several columns their names stand before the numbers.
    """
    return " ".join(end_sentence(one, chart.lang) for one in _lines(chart))


def _lines(chart: Chart) -> Iterator[str]:
    for row in chart.rows:
        told = row.texts
        if len(chart.columns) > 1:
            pairs = zip(chart.columns, row.texts, strict=True)
            told = tuple(f"{name} {text}" for name, text in pairs)
        elif chart.kind == "timeline":
            told = (*row.texts, row.label)
        name = row.date if chart.kind in {"line", "timeline"} else row.label
        yield typeset(f"{name}: {chart.comma.join(told)}", chart.lang)


def _years(at: str) -> float:
    if not at:
        return 0.0
    parts = [int(part) for part in at.split("-")] + [1, 1]
    return parts[0] + (parts[1] - 1) / 12 + (parts[2] - 1) / 365


def _each(total: float) -> float:
    """Give what one dot stands for: 1, 2, 5, 10, 20 and so on, ``DOTS`` dots at most."""
    power = 1.0
    while True:
        for step in _STEPS:
            if total <= DOTS * step * power:
                return step * power
        power *= 10
