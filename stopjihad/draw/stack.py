"""Arrange the texts and bars of one stack in its box."""

from __future__ import annotations

from typing import NamedTuple

from stopjihad.catalog.fonts import FontBook, script_metrics
from stopjihad.catalog.formats import Format
from stopjihad.catalog.layout import Align, Bar, Stack, TextLayer, Valign, sizes_of
from stopjihad.catalog.layout_values import each
from stopjihad.draw.canvas import Canvas, Point, Rect
from stopjihad.draw.chart import Chart
from stopjihad.draw.chart_geometry import ChartMark
from stopjihad.draw.job import Contents
from stopjihad.draw.lines import Block, Room, fit, width_with_ink
from stopjihad.draw.shape import GRID, ShapedParagraph, shape

SHARES = (1.0, 0.8, 0.6, 0.4, 0.2, 0.0)
"""How far towards the largest size fixed items go, tried in turn until a stack holds them."""


LEAST = 16
"""Units per em below which no script is set: at the width of a phone nobody reads it."""

LIST, NUMBER = "step.", "number."
"""Contents of one list: its entries have one size, the largest that all of them fit in; and what
numbers them."""

ON_ONE_LINE = frozenset({"help.address", "source", "sources", "chart.source", "figure.source"})
"""Contents that are better small than on two lines: what people type, and where a fact is from."""

ENTRY_SIZES = 8
"""Steps from the least size of an entry of a list to its largest."""

HEADLINE = 2
"""Which of the four sizes is the least that the face of headlines is for: below it the dots over an
i are lost on a phone."""

GOOD = 0.5
"""Where between its least and its largest size a text is large enough not to need another line."""


class StackItem(NamedTuple):
    """One item at its place, px of the canvas.

    ``lefts`` is where the pen starts on each line; ``fits`` is False when the words, or the
    stack that they stand in, are larger than their box even at the least sizes. ``mark`` is what is
    drawn of a chart, its lines ``thick`` px. ``tail`` has the corners of the tail of a bubble.
    """

    item: TextLayer | Bar
    rect: Rect
    block: Block | None = None
    lefts: tuple[float, ...] = ()
    top: float = 0.0
    fits: bool = True
    mark: ChartMark | None = None
    thick: float = 0.0
    tail: tuple[Point, ...] | None = None


class _SizedItem(NamedTuple):
    item: TextLayer | Bar
    width: float
    height: float
    pad: tuple[float, float]
    block: Block | None

    @property
    def fits(self) -> bool:
        return self.block is None or self.block.fits

    @property
    def baseline(self) -> float:
        """Say how far below its top its first line stands, px; a bar stands on it."""
        return self.height if self.block is None else self.pad[1] + self.block.baselines[0]


class Setter(NamedTuple):
    """What all stacks of a card share."""

    canvas: Canvas
    contents: Contents
    fonts: FontBook
    chart: Chart | None = None
    taken: tuple[Rect, ...] = ()
    """What the logo covers, px."""


def arrange(stack: Stack, setter: Setter, rect: Rect) -> tuple[StackItem, ...]:
    """Fit and place the items of a stack.

    Items without words are left out. Everything but the growing item takes what it needs; the
    growing one takes the height that is left.

    Args:
        rect: the box, px: the stack's own, or what a logo leaves of it.
    """
    canvas = setter.canvas
    rows = _rows(stack, setter)
    gaps = [canvas.down(row[0].gap) if at else 0.0 for at, row in enumerate(rows)]
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    for share in SHARES:
        ordered = _size_rows(rows, setter, width, height - sum(gaps), share)
        total = sum(gaps) + sum(_tall(row) for row in ordered)
        if total <= height + 1 and all(one.fits for row in ordered for one in row):
            break
    valign: Valign = each(stack.valign, canvas.format.name)
    offset = {"top": 0.0, "middle": (height - total) / 2, "bottom": height - total}[valign]
    places: list[StackItem] = []
    top = rect[1] + max(0.0, offset)
    over = total > height + 1
    align: Align = each(stack.align, canvas.format.name)
    for gap, row in zip(gaps, ordered, strict=True):
        top += gap
        placed = _place_row(row, top, rect, align, setter)
        places += [place._replace(fits=place.fits and not over) for place in placed]
        top += _tall(row)
    return tuple(places)


def is_shown(item: TextLayer | Bar, setter: Setter) -> bool:
    """Tell whether an item is drawn: it is for this format and has words."""
    if item.formats and setter.canvas.format.name not in item.formats:
        return False
    return isinstance(item, Bar) or item.stands_among(setter.contents)


def _rows(stack: Stack, setter: Setter) -> list[list[TextLayer | Bar]]:
    rows: list[list[TextLayer | Bar]] = []
    for item in stack.items:
        if not is_shown(item, setter):
            continue
        if rows and isinstance(item, TextLayer) and item.beside:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _grows(row: list[TextLayer | Bar]) -> bool:
    return any(isinstance(item, TextLayer) and item.grow for item in row)


def _tall(row: list[_SizedItem]) -> float:
    return _ascent(row) + max(one.height - one.baseline for one in row)


def _ascent(row: list[_SizedItem]) -> float:
    """Give how far below the top of a row its first baseline is."""
    return max(one.baseline for one in row)


def _size_rows(
    rows: list[list[TextLayer | Bar]], setter: Setter, width: float, height: float, share: float
) -> list[list[_SizedItem]]:
    """Fit all rows: first those that do not grow, then the growing one in what is left."""
    sized: dict[int, list[_SizedItem]] = {}
    left = height
    for at, row in enumerate(rows):
        if not _grows(row):
            sized[at] = _size_row(row, setter, width, height, share)
            left -= _tall(sized[at])
    entries = [
        one.block.size for row in sized.values() for one in row if one.block and _is_list(one)
    ]
    for at, row in enumerate(rows):
        if entries and at in sized and any(_is_list(one) for one in sized[at]):
            left += _tall(sized[at])
            sized[at] = _size_row(row, setter, width, height, share, min(entries))
            left -= _tall(sized[at])
    for at, row in enumerate(rows):
        if _grows(row):
            sized[at] = _size_row(row, setter, width, max(left, 1.0), 1.0)
    return [sized[at] for at in range(len(rows))]


def _is_list(one: _SizedItem) -> bool:
    return isinstance(one.item, TextLayer) and one.item.content.startswith(LIST)


def _size_row(
    row: list[TextLayer | Bar],
    setter: Setter,
    width: float,
    height: float,
    share: float,
    listed: float | None = None,
) -> list[_SizedItem]:
    """Fit a row; ``listed`` is the size that entries of a list shall have, px."""
    sized: list[_SizedItem] = []
    for at, item in enumerate(row):
        if at:
            width -= setter.canvas.down(item.gap)
        one = _size(item, setter, (width, height), share, listed)
        width -= one.width
        sized.append(one)
    return sized


def _size(
    item: TextLayer | Bar,
    setter: Setter,
    space: tuple[float, float],
    share: float,
    listed: float | None,
) -> _SizedItem:
    canvas = setter.canvas
    if isinstance(item, Bar):
        across, down = item.size
        return _SizedItem(item, canvas.across(across), canvas.down(down), (0.0, 0.0), None)
    across, down = item.pill.pad if item.pill else ("0", "0")
    pad = canvas.across(across), canvas.down(down)
    inner = min(space[0], canvas.across(item.width)) - 2 * pad[0], space[1] - 2 * pad[1]
    block = _fit(shape_item(item, setter), item, canvas.format, inner, share, listed)
    least = canvas.format.type[HEADLINE] * block.rules.shrink
    if item.face == "headline" and block.size < least:
        block = _fit(_shape_plain(item, setter), item, canvas.format, inner, share, listed)
    width = max(block.width, _widest_number(item, block.size, setter))
    return _SizedItem(item, width + 2 * pad[0], block.height + 2 * pad[1], pad, block)


def _widest_number(item: TextLayer, size: float, setter: Setter) -> float:
    """Say how wide the widest number of a list is, px: what stands beside them is one column."""
    if not item.content.startswith(NUMBER):
        return 0.0
    every = [name for name in setter.contents if name.startswith(NUMBER)]
    shaped = [shape_item(item, setter, name) for name in every]
    return max(width_with_ink(one) for one in shaped) * size


def least_size(size: float, script: str) -> float:
    """Say how small words may be set.

    Args:
        size: least size of the design, units per em.
        script: ISO 15924 code; some may be set smaller.
    """
    return max(size * script_metrics(script).shrink, min(size, LEAST))


def _fit(
    shaped: ShapedParagraph,
    item: TextLayer,
    form: Format,
    space: tuple[float, float],
    share: float,
    listed: float | None,
) -> Block:
    """Fit words: the growing text as large as it goes, others on few lines, but not too small.

    Words that have a scale get the largest of their sizes that their box holds.

    Entries of a list are as large as they go too, and then, once the size of the smallest of them
    is known, on as few lines as that takes.
    """
    width, height = max(1.0, space[0]), max(1.0, space[1])
    lines, sizes = each(item.lines, form.name), sizes_of(item, form)
    entry = item.content.startswith(LIST)
    if item.scale:
        # A script whose lines take twice the height of Latin ones has all four sizes smaller.
        shrink = script_metrics(shaped.script).shrink
        taken = sizes[: 1 + round((len(sizes) - 1) * share)]
        steps = tuple(size * shrink for size in taken)
        # A headline with the card to itself may take the largest as it is, where it fits.
        steps += taken[-1:] if shrink < 1 and item.face == "headline" and share == 1 else ()
        steps = (listed,) if entry and listed is not None else steps
        room = Room(width, height, steps[0], steps[-1], lines, item.leading, steps=steps)
        return fit(shaped, room)
    least = least_size(sizes[0] / form.unit, shaped.script) * form.unit
    most = least + (sizes[-1] - least) * share
    if entry:
        # Every entry as large as its words allow: on more lines rather than smaller.
        steps = tuple(least + (most - least) * at / ENTRY_SIZES for at in range(ENTRY_SIZES + 1))
        steps = steps if listed is None else (listed,)
        return fit(
            shaped, Room(width, height, steps[0], steps[-1], lines, item.leading, steps=steps)
        )
    good = least + (most - least) * GOOD
    good = least if item.content in ON_ONE_LINE else good
    blocks = []
    for count in (lines,) if item.grow else range(1, lines + 1):
        block = fit(shaped, Room(width, height, least, most, count, item.leading))
        if block.fits and block.size >= good:
            return block
        blocks.append(block)
    return max(blocks, key=lambda block: (block.fits, block.size))


def shape_item(item: TextLayer, setter: Setter, content: str = "") -> ShapedParagraph:
    """Shape the words of an item, or other ``content``, in its face and weight."""
    words = setter.contents[content or item.content]
    return shape(words, setter.fonts, item.weight, headline=item.face == "headline")


def _shape_plain(item: TextLayer, setter: Setter) -> ShapedParagraph:
    """Shape a headline that is not large in the face of texts: dots over an i stay apart there."""
    return shape(setter.contents[item.content], setter.fonts, item.weight)


def _place_row(
    row: list[_SizedItem], top: float, rect: Rect, align: str, setter: Setter
) -> list[StackItem]:
    """Place a row: items side by side in reading direction, their first lines on one baseline."""
    gaps = [setter.canvas.down(one.item.gap) if at else 0.0 for at, one in enumerate(row)]
    total = sum(gaps) + sum(one.width for one in row)
    spare = rect[2] - rect[0] - total
    before = {"start": 0.0, "middle": spare / 2, "end": spare}[align]
    ascent = _ascent(row)
    places = []
    pen = before
    for gap, one in zip(gaps, row, strict=True):
        pen += gap
        far = isinstance(one.item, TextLayer) and one.item.beside and one.item.apart
        pen = max(pen, rect[2] - rect[0] - one.width) if far else pen
        left = rect[2] - pen - one.width if setter.canvas.rtl else rect[0] + pen
        y = top + ascent - one.baseline
        places.append(
            _place(one, left, y, "end" if far else align, setter)._replace(
                tail=_tail(one, left, y, setter)
            )
        )
        pen += one.width
    return places


TAIL = ((-56, -1), (0, -1), (22, 40))
"""Corners of the tail of a speech bubble, units from where it hangs towards the end, and down."""


def _tail(one: _SizedItem, left: float, top: float, setter: Setter) -> tuple[Point, ...] | None:
    """Place the tail of a speech bubble, px; None where an item has none."""
    pill = one.item.pill if isinstance(one.item, TextLayer) else None
    if pill is None or pill.tail is None:
        return None
    canvas = setter.canvas
    hung = canvas.across(pill.tail)
    x, side = (left + hung, -1) if canvas.rtl else (left + one.width - hung, 1)
    unit = canvas.format.unit
    return tuple((x + side * dx * unit, top + one.height + dy * unit) for dx, dy in TAIL)


def _place(one: _SizedItem, left: float, top: float, align: str, setter: Setter) -> StackItem:
    rect = (left, top, left + one.width, top + one.height)
    if one.block is None:
        return StackItem(one.item, rect)
    across, down = one.pad
    block = one.block
    scale = block.size / GRID
    inner = one.width - 2 * across
    # The ink of a block meets the edge: large letters stood inwards. Within it lines keep the room
    # that each letter has beside it: with the ink of every line at the edge, a W looks indented.
    beside = min((line.left for line in block.lines), default=0) * scale
    behind = max((line.right - line.width for line in block.lines), default=0) * scale
    lefts = []
    for line in block.lines:
        if align == "middle":
            start = (inner - (line.left + line.right) * scale) / 2
        elif (align == "end") == setter.canvas.rtl:
            start = -beside
        else:
            start = inner - line.width * scale - behind
        start = max(-line.left * scale, min(start, inner - line.right * scale))  # ink stays inside
        lefts.append(left + across + start)
    return StackItem(one.item, rect, block, tuple(lefts), top + down, block.fits)
