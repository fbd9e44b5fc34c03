"""Place the marks and labels of a chart: the one geometry of page, card, slide and film.

Lengths are in the unit of the size that is asked for. Everything is placed from the start edge;
a chart that begins on the right is mirrored at the end. Bars, dots and lines start at zero.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from stopjihad.draw.chart import Chart, ChartRow

Tone = Literal["strong", "second", "quiet"]
Anchor = Literal["start", "middle", "end"]
Role = Literal["row", "value", "date", "series", "key"]
Spot = tuple[float, float]
Measure = Callable[[str, int], float]
"""Width of a text at size 1 in a weight: ``PLAIN`` or ``BOLD``."""

PLAIN, BOLD = 400, 700

THIN = 0.14
"""Thickness of a line of a chart, in em; rules are a third of it."""

PLOT = 0.7
"""Height of the room above zero of a line in a tall box, of its width."""


class ChartMark(NamedTuple):
    """One shape.

    Attributes:
        kind: ``bar`` and ``rule`` (a filled box), ``dot`` (a disc in a box) or ``line``.
        tone: its colour.
        spots: upper left and lower right corner of the box, or the points of the line.
        row: index of its row; -1 for none.
    """

    kind: Literal["bar", "dot", "line", "rule"]
    tone: Tone
    spots: tuple[Spot, ...]
    row: int = -1


class ChartLabel(NamedTuple):
    """One line of text.

    Attributes:
        text: its words.
        x: where it is anchored: its start, middle or end, in reading direction.
        top: upper edge of its line.
        width: how wide it is.
        anchor: which part of it stands at ``x``.
        bold: whether it is bold.
        role: what it says.
        row: index of its row; -1 for none.
    """

    text: str
    x: float
    top: float
    width: float
    anchor: Anchor
    bold: bool
    role: Role
    row: int = -1


class ChartPlan(NamedTuple):
    """A placed chart: its size, its height of a line, and what stands where."""

    width: float
    height: float
    size: float
    line: float
    marks: tuple[ChartMark, ...]
    labels: tuple[ChartLabel, ...]


class ChartRoom(NamedTuple):
    """Say what a chart is drawn into.

    Attributes:
        width: how wide it is.
        size: size of its letters.
        leading: height of a line in em.
        measure: how wide words are.
        air: space between rows in em.
        plot: height of the field of a line chart.
    """

    width: float
    size: float
    leading: float
    measure: Measure
    air: float = 0.7
    plot: float = 0.0

    @property
    def line(self) -> float:
        """Height of a line of text."""
        return self.size * self.leading

    def wide(self, text: str, *, bold: bool = False) -> float:
        """Give the width of a text."""
        return self.measure(text, BOLD if bold else PLAIN) * self.size


def place_chart(chart: Chart, room: ChartRoom) -> ChartPlan:
    """Place everything of a chart.

    Args:
        room: width, size of letters and how wide they are.
    """
    page = _Page(room)
    _DRAWN[chart.kind](chart, room, page)
    marks, labels = tuple(page.marks), tuple(page.labels)
    if chart.rtl:
        marks = tuple(_mirror_mark(one, room.width) for one in marks)
        labels = tuple(one._replace(x=room.width - one.x) for one in labels)
    return ChartPlan(room.width, page.top, room.size, room.line, marks, labels)


def fit_chart(
    chart: Chart, room: ChartRoom, height: float, sizes: tuple[float, float]
) -> tuple[ChartPlan, bool]:
    """Place a chart with letters as large as a height allows, and spread its rows over it.

    Args:
        room: width and how wide words are; its size is not used.
    """
    least, most = sizes
    size = most
    while size > least and _try_chart(chart, room, size, height).height > height:
        size = max(least, size - max(0.5, most * 0.03))
    plan = _try_chart(chart, room, size, height)
    spare = (height - plan.height) / (max(len(chart.rows), 2) * size)
    if spare > 0 and chart.kind != "line":
        wider = _try_chart(chart, room._replace(air=room.air + min(spare, 0.8)), size, height)
        plan = wider if wider.height <= height else plan
    return plan, plan.height <= height + 1


def _try_chart(chart: Chart, room: ChartRoom, size: float, height: float) -> ChartPlan:
    line = size * room.leading
    plot = max(2.5 * size, min(height - 3.4 * line, room.width * PLOT))
    return place_chart(chart, room._replace(size=size, plot=plot))


class _Page:
    """Collect marks and labels from top to bottom; ``top`` is how far down they reach."""

    def __init__(self, room: ChartRoom) -> None:
        self.room = room
        self.top = 0.0
        self.marks: list[ChartMark] = []
        self.labels: list[ChartLabel] = []

    def say(self, text: str, at: Spot, role: Role, anchor: Anchor = "start", row: int = -1) -> None:
        """Set one line of text."""
        bold = role in {"value", "date", "series"}
        width = self.room.wide(text, bold=bold)
        self.labels.append(ChartLabel(text, at[0], at[1], width, anchor, bold, role, row))

    def wrap(self, text: str, left: float, role: Role, row: int = -1) -> None:
        """Set words in as many lines as they need, and move down."""
        for words in wrap_words(text, self.room.width - left, self.room):
            self.say(words, (left, self.top), role, row=row)
            self.top += self.room.line

    def box(self, kind: Literal["bar", "dot", "rule"], tone: Tone, *spots: Spot, row: int) -> None:
        """Draw a filled box or disc between two corners."""
        self.marks.append(ChartMark(kind, tone, spots, row))


def wrap_words(text: str, width: float, room: ChartRoom) -> list[str]:
    """Break words into as few lines as there is room for, of much the same length.

    Returns:
        Lines; a word that is wider than the room stands alone.
    """
    words = text.split(" ")
    lines = _fill_lines(words, width, room)
    while len(lines) > 1:
        # No word is left alone on the last line while the one above is full.
        widest = max(room.wide(line) for line in lines)
        closer = _fill_lines(words, widest - room.size / 4, room)
        if len(closer) > len(lines) or max(room.wide(line) for line in closer) >= widest:
            break
        lines = closer
    return lines


def _fill_lines(words: list[str], width: float, room: ChartRoom) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and room.wide(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _scale(chart: Chart) -> float:
    """Give the end of an axis that starts at zero: 100 for shares, else the largest number."""
    largest = max((number for row in chart.rows for number in row.numbers), default=0)
    return chart.most or largest or 1.0


def _tone(row: ChartRow) -> Tone:
    return "strong" if row.loud else "quiet"


def _bars(chart: Chart, room: ChartRoom, page: _Page) -> None:
    """Draw a row below the other: a label, a bar, and the number at its end."""
    size, most = room.size, _scale(chart)
    thick = size * 0.95
    long = room.width - _widest(chart, room) - size * 0.5
    for index, row in enumerate(chart.rows):
        page.top += size * room.air if index else 0
        page.wrap(row.label, 0, "row", index)
        page.top += max(size * 0.1, (room.line - thick) / 2)
        end = long * row.numbers[0] / most
        if end:
            page.box("bar", _tone(row), (0, page.top), (end, page.top + thick), row=index)
        spot = (end + size * 0.4, page.top + (thick - room.line) / 2)
        page.say(row.texts[0], spot, "value", row=index)
        page.top += max(thick, (thick + room.line) / 2)


def _dots(chart: Chart, room: ChartRoom, page: _Page) -> None:
    """Draw a row below the other: a label, a disc at its place from zero, and the number."""
    size, most = room.size, _scale(chart)
    wide = size * 0.9
    long = room.width - _widest(chart, room) - wide - size * 0.4
    for index, row in enumerate(chart.rows):
        page.top += size * room.air if index else 0
        page.wrap(row.label, 0, "row", index)
        end, middle = long * row.numbers[0] / most, page.top + room.line / 2
        half = size * THIN / 2
        if end:
            page.box("rule", "quiet", (0, middle - half), (end, middle + half), row=index)
        corners = (end - wide / 2, middle - wide / 2), (end + wide / 2, middle + wide / 2)
        inner = wide / 2 if end < wide / 2 else 0.0
        moved = tuple((x + inner, y) for x, y in corners)
        page.box("dot", _tone(row), *moved, row=index)
        page.say(row.texts[0], (end + inner + wide / 2 + size * 0.4, page.top), "value", row=index)
        page.top += room.line


def _pictogram(chart: Chart, room: ChartRoom, page: _Page) -> None:
    """Draw dots for every row, 20 in a line; those that are missing to the whole stay pale."""
    size = room.size
    pitch = min(room.width / 20, size * 1.25)
    disc = pitch * 0.78
    for index, row in enumerate(chart.rows):
        page.top += size * room.air if index else 0
        page.say(row.texts[0], (room.width, page.top), "value", "end", index)
        value = page.labels.pop()
        for words in wrap_words(row.label, room.width - value.width - size, room):
            page.say(words, (0, page.top), "row", row=index)
            page.top += room.line
        page.labels.append(value)
        page.top += size * 0.1
        filled = round(row.numbers[0] / chart.each)
        count = max(filled, round(chart.whole / chart.each))
        for dot in range(count):
            left, top = dot % 20 * pitch, page.top + dot // 20 * pitch
            tone: Tone = _tone(row) if dot < filled else "quiet"
            page.box("dot", tone, (left, top), (left + disc, top + disc), row=index)
        page.top += -(-count // 20) * pitch
    page.top += size * 0.4
    page.wrap(chart.key, 0, "key")


def _lines(chart: Chart, room: ChartRoom, page: _Page) -> None:
    """Draw lines over time above zero, each number at its point, each name at its line's end."""
    size, most = room.size, _scale(chart)
    plot = room.plot or room.width * 0.4
    several = len(chart.columns) > 1
    first, last = chart.rows[0].place, chart.rows[-1].place
    side = max(_half(row, room) for row in (chart.rows[0], chart.rows[-1]))
    long = room.width - 2 * side
    above = room.line * (2.2 if several else 1.2)
    zero = above + plot
    across = [side + long * (row.place - first) / ((last - first) or 1) for row in chart.rows]
    page.box("rule", "quiet", (0, zero), (room.width, zero + size * THIN / 3), row=-1)
    upper = max(range(len(chart.columns)), key=lambda at: chart.rows[-1].numbers[at])
    for column, name in enumerate(chart.columns):
        down = [zero - plot * row.numbers[column] / most for row in chart.rows]
        tone: Tone = "strong" if column == upper else "second"
        page.marks.append(ChartMark("line", tone, tuple(zip(across, down, strict=True))))
        gap = size * 0.4 if column != upper else -size * 0.4 - room.line
        for index, (x, y) in enumerate(zip(across, down, strict=True)):
            half = size * 0.28
            page.box("dot", tone, (x - half, y - half), (x + half, y + half), row=index)
            # In a valley the lines to both sides would run through what stands above it.
            valley = (
                not several
                and 0 < index < len(down) - 1
                and y > max(down[index - 1], down[index + 1])
            )
            below = valley and zero - y > room.line * 1.6
            shift = size * 0.4 if below else gap
            page.say(chart.rows[index].texts[column], (x, y + shift), "value", "middle", index)
        if several:
            top = down[-1] + (gap + room.line if column != upper else gap - room.line)
            page.say(name, (room.width, top), "series", "end")
    page.top = zero + size * 0.3 + (room.line * 2.2 if several else 0)
    for index, (row, x) in enumerate(zip(chart.rows, across, strict=True)):
        page.say(row.date, (x, page.top), "row", "middle", index)
    page.top += room.line


def _timeline(chart: Chart, room: ChartRoom, page: _Page) -> None:
    """Draw time downwards: a disc, a date and what happened; longer times are longer ways."""
    size = room.size
    disc, left = size * 0.8, size * 1.7
    tall = sum(room.line * (1 + len(wrap_words(row.label, room.width - left, room)))
               for row in chart.rows)  # fmt: skip
    first, last = chart.rows[0].place, chart.rows[-1].place
    long = tall * (0.6 + room.air / 2)
    middles: list[float] = []
    for index, row in enumerate(chart.rows):
        fair = long * (row.place - first) / ((last - first) or 1)
        page.top = max(page.top + size * room.air if index else 0.0, fair)
        middles.append(page.top + room.line / 2)
        page.say(row.date, (left, page.top), "date", row=index)
        page.top += room.line
        page.wrap(row.label, left, "row", index)
    half = size * THIN / 2
    spots = (disc / 2 - half, middles[0]), (disc / 2 + half, middles[-1])
    page.box("rule", "quiet", *spots, row=-1)
    for index, middle in enumerate(middles):
        page.box("dot", "strong", (0, middle - disc / 2), (disc, middle + disc / 2), row=index)


_DRAWN: dict[str, Callable[[Chart, ChartRoom, _Page], None]] = {
    "bar": _bars,
    "dot": _dots,
    "line": _lines,
    "pictogram": _pictogram,
    "timeline": _timeline,
}


def _widest(chart: Chart, room: ChartRoom) -> float:
    return max(room.wide(row.texts[0], bold=True) for row in chart.rows)


def _half(row: ChartRow, room: ChartRoom) -> float:
    """Give half the width of what stands above and below a point."""
    said = [room.wide(text, bold=True) for text in row.texts]
    return max(*said, room.wide(row.date)) / 2


def _mirror_mark(mark: ChartMark, width: float) -> ChartMark:
    """Turn a mark round; boxes keep their left corner first."""
    spots = tuple((width - x, y) for x, y in mark.spots)
    if mark.kind == "line":
        return mark._replace(spots=spots)
    (right, top), (left, bottom) = spots
    return mark._replace(spots=((left, top), (right, bottom)))
