"""Break a shaped paragraph into balanced lines, at the largest size that fits its box."""

from __future__ import annotations

from typing import NamedTuple

from stopjihad.catalog.scripts import Setting, setting
from stopjihad.render.card.shape import Shaped, snap
from stopjihad.render.card.typeface import GRID, Typeface, extents

STEP = 0.5
"""Type sizes are multiples of this many px: finer steps cannot be seen."""

GAP = 0.06
"""Least space between the ink of two lines, in em."""


class Word(NamedTuple):
    """Hold what stands between two break opportunities; ``last`` ends a line for certain."""

    start: int
    end: int
    stop: int
    last: bool


class Placed(NamedTuple):
    """Place one glyph on its line; grid units from the line's left end and its baseline."""

    typeface: Typeface
    glyph: int
    x: int
    y: int


class Line(NamedTuple):
    """Hold one line: its part of the text, glyphs from left to right, and its ink in grid units."""

    start: int
    end: int
    width: int
    glyphs: tuple[Placed, ...]
    left: int
    right: int
    top: int
    bottom: int


class Block(NamedTuple):
    """Hold a fitted paragraph.

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
    shaped: Shaped
    rules: Setting


class Room(NamedTuple):
    """Say what a paragraph may take: px, and sizes in px per em."""

    width: float
    height: float
    least: float
    most: float
    lines: int
    leading: float = 1.0


def fit(shaped: Shaped, room: Room) -> Block:
    """Set a paragraph as large as its room allows, lines balanced, ink inside.

    The paragraph was shaped once; each size tried costs one pass over the widths of its words.

    Args:
        shaped: the paragraph.
        room: the space and the range of sizes.

    Returns:
        The block; its ``fits`` tells whether it is inside the room.
    """
    words = _words(shaped)
    if not _holds(shaped, words, room, room.least):
        words = _pieces(shaped, words, room.width * GRID / room.least)
    block = _largest(shaped, words, room)
    if len(block.lines) < 3 or not block.fits:
        return block
    fewer = _largest(shaped, words, room._replace(lines=len(block.lines) - 1))
    return max(block, fewer, key=_look) if fewer.fits else block


def _look(block: Block) -> float:
    """Weigh size against raggedness: size times the mean length of lines over the longest."""
    widths = [line.width for line in block.lines]
    return block.size * sum(widths) / len(widths) / max(*widths, 1)


def _largest(shaped: Shaped, words: list[Word], room: Room) -> Block:
    """Search the largest size of a room; the least one when nothing fits."""
    low, high = 0, max(0, int((room.most - room.least) / STEP))
    while low < high:
        middle = (low + high + 1) // 2
        if _holds(shaped, words, room, room.least + middle * STEP):
            low = middle
        else:
            high = middle - 1
    block = _set(shaped, words, room, room.least + low * STEP)
    return block if block.fits else _shrink(shaped, words, room, low)


def _shrink(shaped: Shaped, words: list[Word], room: Room, high: int) -> Block:
    """Search below a size whose advances fit but whose ink does not."""
    low = 0
    block = _set(shaped, words, room, room.least)
    while low + 1 < high:
        middle = (low + high) // 2
        tried = _set(shaped, words, room, room.least + middle * STEP)
        if tried.fits:
            low, block = middle, tried
        else:
            high = middle
    return block


def _words(shaped: Shaped) -> list[Word]:
    """Cut the paragraph at the break opportunities of UAX #14."""
    from stopjihad.text.linebreak import opportunities

    words = []
    start = 0
    for index, mandatory in opportunities(shaped.text):
        stop = index if index == len(shaped.text) else snap(shaped, index)
        if stop > start:
            words.append(_word(shaped.text, start, stop, mandatory and stop < len(shaped.text)))
            start = stop
    if start < len(shaped.text):
        words.append(_word(shaped.text, start, len(shaped.text), last=False))
    return words


def _word(text: str, start: int, stop: int, last: bool) -> Word:
    end = stop
    while end > start and text[end - 1] in " \n\t\u2028\u2029\u3000\u200b\r":
        end -= 1
    return Word(start, end, stop, last)


def _pieces(shaped: Shaped, words: list[Word], width: float) -> list[Word]:
    """Cut words that are wider than the room between clusters: better than off the card."""
    pieces: list[Word] = []
    reach = shaped.reach
    for word in words:
        if reach[word.end] - reach[word.start] <= width:
            pieces.append(word)
            continue
        start = word.start
        cuts = [cut for cut in shaped.clusters if word.start < cut < word.end]
        for cut, after in zip(cuts, [*cuts[1:], word.end], strict=True):
            if reach[after] - reach[start] > width:
                pieces.append(Word(start, cut, cut, last=False))
                start = cut
        pieces.append(Word(start, word.end, word.stop, word.last))
    return pieces


def _fill(shaped: Shaped, words: list[Word], width: float) -> list[tuple[int, int]] | None:
    """Fill lines greedily; None when a word alone is wider than the width (grid units)."""
    reach = shaped.reach
    lines: list[tuple[int, int]] = []
    start = end = -1
    for word in words:
        if reach[word.end] - reach[word.start] > width:
            return None
        if start < 0:
            start = word.start
        elif reach[word.end] - reach[start] > width:
            lines.append((start, end))
            start = word.start
        end = word.end
        if word.last:
            lines.append((start, end))
            start = -1
    if start >= 0:
        lines.append((start, end))
    return lines


def _holds(shaped: Shaped, words: list[Word], room: Room, size: float) -> bool:
    """Tell from advances alone whether a size can fit; the ink is measured afterwards."""
    lines = _fill(shaped, words, room.width * GRID / size)
    if lines is None or len(lines) > room.lines:
        return False
    rules = setting(shaped.script)
    tall = rules.ascent + rules.descent + (len(lines) - 1) * rules.leading * room.leading
    return tall * size <= room.height


def _balance(
    shaped: Shaped, words: list[Word], width: float, lines: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Keep the number of lines, make the widest as narrow as it can be, and even out the rest."""
    low = max(shaped.reach[word.end] - shaped.reach[word.start] for word in words)
    high = int(width)
    count = len(lines)
    while low < high:
        middle = (low + high) // 2
        tried = _fill(shaped, words, middle)
        if tried is not None and len(tried) <= count:
            high, lines = middle, tried
        else:
            low = middle + 1
    return _even(shaped, words, high, count) or lines


def _even(
    shaped: Shaped, words: list[Word], width: int, count: int
) -> list[tuple[int, int]] | None:
    """Choose breaks so that no line, the last included, is much shorter than the widest.

    Of all ways to set the words in at most ``count`` lines of a width (grid units), take the one
    with the least sum of squared gaps: a short last word then never stands alone.
    """
    reach = shaped.reach
    total = len(words)
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(total)] + [{0: (0.0, total)}]
    for first in range(total - 1, -1, -1):
        for last in range(first, total):
            slack = width - (reach[words[last].end] - reach[words[first].start])
            if slack < 0:
                break
            for lines, (cost, _) in best[last + 1].items():
                if lines >= count:
                    continue
                found = best[first].get(lines + 1)
                sum_ = cost + float(slack) ** 2
                if found is None or sum_ < found[0]:
                    best[first][lines + 1] = (sum_, last + 1)
            if words[last].last:
                break
    if not best[0]:
        return None
    left = max(best[0])
    cuts = []
    first = 0
    while first < total:
        after = best[first][left][1]
        cuts.append((words[first].start, words[after - 1].end))
        first, left = after, left - 1
    return cuts


def _set(shaped: Shaped, words: list[Word], room: Room, size: float) -> Block:
    """Set the paragraph at one size and measure its ink."""
    width = room.width * GRID / size
    cuts = _fill(shaped, words, width)
    fits = cuts is not None and len(cuts) <= room.lines
    cuts = _balance(shaped, words, width, cuts) if cuts and len(cuts) > 1 else cuts
    if cuts is None:
        cuts = [(words[0].start, words[-1].end)] if words else []
    lines = tuple(_line(shaped, start, end) for start, end in cuts)
    rules = setting(shaped.script)
    baselines, height = _baselines(lines, rules, room.leading)
    scale = size / GRID
    inked = max((_inked(line) for line in lines), default=0) * scale
    fits = fits and inked <= room.width + STEP and height * size <= room.height + STEP
    return Block(
        size,
        lines,
        tuple(line * size for line in baselines),
        inked,
        height * size,
        fits,
        shaped,
        rules,
    )


def _inked(line: Line) -> int:
    """Measure a line from its leftmost to its rightmost ink or advance, in grid units."""
    return max(line.width, line.right) - min(0, line.left)


def _baselines(
    lines: tuple[Line, ...], rules: Setting, leading: float
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


def _line(shaped: Shaped, start: int, end: int) -> Line:
    """Put the glyphs of a line into visual order (UAX #9, L2) and measure their ink."""
    from stopjihad.text.bidi import line_levels, visual_runs

    levels = line_levels(shaped.text, shaped.levels, start, end, shaped.base)
    placed: list[Placed] = []
    pen = 0
    left = right = top = bottom = 0
    for first, stop, level in visual_runs(levels):
        first, stop = start + first, start + stop
        runs = [run for run in shaped.runs if run.start < stop and run.end > first]
        for run in reversed(runs) if level & 1 else runs:
            for glyph in run.glyphs:
                if not first <= glyph.cluster < stop:
                    continue
                x, y = pen + glyph.dx, glyph.dy
                pen += glyph.advance
                box = extents(run.typeface, glyph.id)
                if box[2] > box[0]:
                    placed.append(Placed(run.typeface, glyph.id, x, y))
                    left, right = min(left, x + box[0]), max(right, x + box[2])
                    bottom, top = min(bottom, y + box[1]), max(top, y + box[3])
    return Line(start, end, pen, tuple(placed), left, right, top, bottom)
