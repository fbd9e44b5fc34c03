"""Set a shaped paragraph in lines, at the largest size that fits its room, and draw them.

Drawing gives coverage, by HarfBuzz's rasteriser: this is the only place that knows it.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.fonts import ScriptMetrics, script_metrics
from stopjihad.draw.breaks import (
    SOFT_HYPHEN,
    Cut,
    Word,
    balance,
    fill,
    join_hyphened,
    lengthen,
    pieces,
    words_of,
)
from stopjihad.draw.canvas import Mask
from stopjihad.draw.shape import GRID, KEPT, ShapedParagraph, Typeface, extents

if TYPE_CHECKING:
    import uharfbuzz as hb


STEP = 0.5
"""Type sizes are multiples of this many px: finer steps cannot be seen."""

GAP = 0.06
"""Least space between the ink of two lines, in em."""


class PlacedGlyph(NamedTuple):
    """Place one glyph on its line; grid units from the line's left end and its baseline.

    ``cluster`` is the place in the paragraph of the letters that it stands for; -1 for a hyphen.
    """

    typeface: Typeface
    glyph: int
    x: int
    y: int
    cluster: int = -1


class Line(NamedTuple):
    """One line: its part of the text, glyphs from left to right, and its ink in grid units."""

    start: int
    end: int
    width: int
    glyphs: tuple[PlacedGlyph, ...]
    left: int
    right: int
    top: int
    bottom: int


class Block(NamedTuple):
    """A fitted paragraph.

    Attributes:
        size: px per em.
        lines: from top to bottom.
        baselines: px from the top of the block.
        width: px of the widest line, ink included.
        height: px from the top of the block to its bottom.
        fits: False when even the least size was too large; the block then overflows its box.
        shaped: what the lines were cut from.
        rules: proportions of its script.
    """

    size: float
    lines: tuple[Line, ...]
    baselines: tuple[float, ...]
    width: float
    height: float
    fits: bool
    shaped: ShapedParagraph
    rules: ScriptMetrics


class Room(NamedTuple):
    """Say what a paragraph may take: px, sizes in px per em, and the most lines.

    ``steps`` are the sizes between which it may choose, the smallest first; none for any. ``even``
    lines end where all are about as wide; others are filled, as in running text.
    """

    width: float
    height: float
    least: float
    most: float
    lines: int
    leading: float = 1.0
    even: bool = True
    steps: tuple[float, ...] = ()


class _Words:
    """What a paragraph is cut into, and the lines that were made of it, each once.

    A size is tried after the other, in one room after the other, and most of them end lines at the
    same words: nine of ten lines of a campaign's cards had been set before.
    """

    def __init__(self, shaped: ShapedParagraph, words: list[Word], lines: dict[Cut, Line]) -> None:
        self.shaped = shaped
        self.words = words
        self.rules = script_metrics(shaped.script)
        self._lines = lines
        self._balanced: dict[tuple[bool, int], list[Cut]] = {}

    @cached_property
    def _joined_words(self) -> list[Word]:
        return join_hyphened(self.shaped, self.words)

    def cut(self, width: float) -> _Words:
        """Cut words that are wider than a line (grid units)."""
        return _Words(self.shaped, pieces(self.shaped, self.words, width), self._lines)

    def fill_lines(self, width: float) -> list[Cut] | None:
        """Fill lines of a width (grid units); None where a word alone is wider."""
        return fill(self.shaped, self.words, width)

    def balance_lines(self, width: float, count: int) -> list[Cut]:
        """Even out lines of which the words take ``count`` at a width (grid units).

        Lines end after a hyphen only where the words would not fit otherwise.
        """
        words, whole = self.words, False
        if len(self._joined_words) < len(words):
            tried = fill(self.shaped, self._joined_words, width)
            if tried is not None and len(tried) <= count:
                words, whole, count = self._joined_words, True, len(tried)
        found = self._balanced.get((whole, count))
        if found is None:
            found = self._balanced[whole, count] = balance(self.shaped, words, width, count)
        return lengthen(self.shaped, words, found, width)

    def line(self, cut: Cut) -> Line:
        """Give a line of the paragraph."""
        found = self._lines.get(cut)
        if found is None:
            found = self._lines[cut] = _line(self.shaped, cut)
        return found


@lru_cache(maxsize=KEPT)
def _words(shaped: ShapedParagraph) -> _Words:
    """Cut a paragraph into words; kept as long as the paragraph is."""
    return _Words(shaped, words_of(shaped), {})


def fit(shaped: ShapedParagraph, room: Room) -> Block:
    """Set a paragraph as large as its room allows, lines balanced, ink inside.

    The paragraph was shaped once; each size tried costs one pass over the widths of its words.

    Args:
        room: the space and the range of sizes.

    Returns:
        The block; its ``fits`` tells whether it is inside the room.
    """
    text = _words(shaped)
    if not _holds(text, room, room.least):
        text = text.cut(room.width * GRID / room.least)
    block = _largest(text, room)
    if len(block.lines) < 3 or not block.fits:
        return block
    fewer = _largest(text, room._replace(lines=len(block.lines) - 1))
    if not fewer.fits or (room.steps and fewer.size < block.size):
        return block
    return max(block, fewer, key=_look)


def _look(block: Block) -> float:
    """Weigh size against raggedness: how full lines are on average, and the shortest of them."""
    widths = [line.width for line in block.lines]
    longest = max(*widths, 1)
    mean = sum(widths) / len(widths) / longest
    return float(block.size * mean * (min(widths) / longest) ** 0.5)


def _largest(text: _Words, room: Room) -> Block:
    """Search the largest size of a room; the least one when nothing fits."""
    if room.steps:
        tried = (_set(text, room, size) for size in reversed(room.steps))
        return next((block for block in tried if block.fits), _set(text, room, room.least))
    low, high = 0, max(0, int((room.most - room.least) / STEP))
    while low < high:
        middle = (low + high + 1) // 2
        if _holds(text, room, room.least + middle * STEP):
            low = middle
        else:
            high = middle - 1
    block = _set(text, room, room.least + low * STEP)
    return block if block.fits else _shrink(text, room, low)


def _shrink(text: _Words, room: Room, high: int) -> Block:
    """Search below a size whose advances fit but whose ink does not."""
    low = 0
    block = _set(text, room, room.least)
    while low + 1 < high:
        middle = (low + high) // 2
        tried = _set(text, room, room.least + middle * STEP)
        if tried.fits:
            low, block = middle, tried
        else:
            high = middle
    return block


def _holds(text: _Words, room: Room, size: float) -> bool:
    """Tell from advances alone whether a size can fit; the ink is measured afterwards."""
    lines = text.fill_lines(room.width * GRID / size)
    if lines is None or len(lines) > room.lines:
        return False
    rules = text.rules
    tall = rules.ascent + rules.descent + (len(lines) - 1) * rules.leading * room.leading
    return tall * size <= room.height


def _set(text: _Words, room: Room, size: float) -> Block:
    """Set the paragraph at one size and measure its ink."""
    width = room.width * GRID / size
    cuts = text.fill_lines(width)
    fits = cuts is not None and len(cuts) <= room.lines
    if cuts is None:
        cuts = [(text.words[0].start, text.words[-1].end)]
    elif len(cuts) > 1 and room.even:
        cuts = text.balance_lines(width, len(cuts))
    lines = tuple(map(text.line, cuts))
    baselines, height = _baselines(lines, text.rules, room.leading)
    inked = max((_inked_width(line) for line in lines), default=0) * size / GRID
    fits = fits and inked <= room.width + STEP and height * size <= room.height + STEP
    return Block(
        size,
        lines,
        tuple(baseline * size for baseline in baselines),
        inked,
        height * size,
        fits,
        text.shaped,
        text.rules,
    )


def width_with_ink(shaped: ShapedParagraph) -> float:
    """Measure a paragraph that is set on one line, ink included; in em."""
    return _inked_width(_line(shaped, (0, len(shaped.text)))) / GRID


def _inked_width(line: Line) -> int:
    """Measure a line from its leftmost to its rightmost ink or advance, in grid units."""
    return max(line.width, line.right) - min(0, line.left)


def _baselines(
    lines: tuple[Line, ...], rules: ScriptMetrics, leading: float
) -> tuple[list[float], float]:
    """Put lines as close as the script allows, further apart where ink would touch; in em."""
    baselines: list[float] = []
    at = 0.0
    for index, line in enumerate(lines):
        top = line.top / GRID
        if index == 0:
            at = max(rules.ascent, top)
        else:
            ink = -lines[index - 1].bottom / GRID + top + GAP
            at += max(rules.leading * leading, ink)
        baselines.append(at)
    last = -lines[-1].bottom / GRID if lines else 0.0
    return baselines, at + max(rules.descent, last)


def place_glyphs(shaped: ShapedParagraph, cut: Cut) -> tuple[list[PlacedGlyph], int]:
    """Put the glyphs of a line into visual order (UAX #9, L1 and L2), those without ink, too.

    Returns:
        The glyphs from left to right, and the width of the line in grid units.
    """
    from stopjihad.text.unicode.bidi import line_levels, visual_runs

    start, end = cut
    levels = line_levels(shaped.text, shaped.levels, start, end, shaped.base)
    placed: list[PlacedGlyph] = []
    pen = 0
    for first, stop, level in visual_runs(levels):
        pen = _pieces(shaped, (start + first, start + stop), level, placed, pen)
    if end > start and shaped.text[end - 1] == SOFT_HYPHEN and shaped.runs:
        face = shaped.runs[-1].typeface
        placed.append(PlacedGlyph(face, face.font.get_nominal_glyph(ord("-")) or 0, pen, 0))
        pen += shaped.hyphen
    return placed, pen


def _line(shaped: ShapedParagraph, cut: Cut) -> Line:
    """Measure the ink of the glyphs of a line."""
    start, end = cut
    placed, pen = place_glyphs(shaped, cut)
    boxes = [(one, extents(one.typeface, one.glyph)) for one in placed]
    inked = [(one, box) for one, box in boxes if box[2] > box[0]]
    return Line(
        start,
        end,
        pen,
        tuple(one for one, _ in inked),
        min((one.x + box[0] for one, box in inked), default=0),
        max((one.x + box[2] for one, box in inked), default=0),
        max((one.y + box[3] for one, box in inked), default=0),
        min((one.y + box[1] for one, box in inked), default=0),
    )


def _pieces(
    shaped: ShapedParagraph, part: Cut, level: int, placed: list[PlacedGlyph], pen: int
) -> int:
    """Add the glyphs of one visual run from the pen on; gives where the pen stands after it."""
    first, stop = part
    runs = [run for run in shaped.runs if run.start < stop and run.end > first]
    for run in reversed(runs) if level & 1 else runs:
        for glyph in run.glyphs:
            if first <= glyph.cluster < stop:
                x = pen + glyph.dx
                placed.append(PlacedGlyph(run.typeface, glyph.id, x, glyph.dy, glyph.cluster))
                pen += glyph.advance
    return pen


STRIKE = 0.055
"""Thickness of a line that strikes words through, in em."""


def draw_block(block: Block, lefts: tuple[float, ...], top: float) -> Mask | None:
    """Draw a block of text.

    Args:
        lefts: px of the canvas at which the pen of each line starts.
        top: px of the canvas at which the block starts.

    Returns:
        The coverage, or None when nothing has ink.
    """
    import numpy as np
    import uharfbuzz as hb

    raster = hb.RasterDraw()
    drawn = False
    for line, left, baseline in zip(block.lines, lefts, block.baselines, strict=True):
        _draw_line(raster, line, block.size / GRID, left, -(top + baseline))
        drawn = drawn or bool(line.glyphs)
    if not drawn:
        return None
    image = raster.render()
    box = image.extents
    if not box.width or not box.height:
        return None
    rows = np.frombuffer(image.buffer, dtype=np.uint8).reshape(box.height, box.stride)
    return Mask(box.x_origin, -(box.y_origin + box.height), rows[::-1, : box.width])


def _draw_line(raster: hb.RasterDraw, line: Line, scale: float, left: float, y: float) -> None:
    for typeface, glyph, dx, dy, _ in line.glyphs:
        raster.transform = (scale, 0.0, 0.0, scale, left + dx * scale, y + dy * scale)
        raster.draw_glyph(typeface.font, glyph)


def strikes(block: Block, lefts: tuple[float, ...], top: float) -> Mask:
    """Draw a bar through the words of every line.

    Args:
        lefts: px of the canvas at which the pen of each line starts.
        top: px of the canvas at which the block starts.

    Returns:
        The mask in px of the canvas.
    """
    import numpy as np

    scale = block.size / GRID
    left = int(min(lefts))
    right = max(x + line.width * scale for x, line in zip(lefts, block.lines, strict=True))
    cover = np.zeros((int(block.height) + 1, int(right) - left + 2), dtype=np.uint8)
    thick = max(2, round(STRIKE * block.size))
    for line, x, baseline in zip(block.lines, lefts, block.baselines, strict=True):
        y = round(baseline - block.rules.strike * block.size - thick / 2)
        start = int(x) - left
        cover[max(0, y) : y + thick, start : start + round(line.width * scale)] = 255
    return Mask(left, int(top), cover)
