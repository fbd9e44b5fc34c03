"""Add the words that all cards of one language share, and compress what will not change.

What a card is set on (``ground``) and the picture that it is drawn on (``drawn_ground``) are
made apart: the question whether words fit needs no picture.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.fonts import FontBook
from stopjihad.catalog.layout import Art, Bar, Code, Layout, Stack, TextLayer
from stopjihad.catalog.layout_values import length
from stopjihad.draw.base import Base, BaseKey, bare, base
from stopjihad.draw.canvas import (
    Canvas,
    Mask,
    Point,
    Rect,
    View,
    free_rects,
    meet,
    panel,
    polygon,
    whole,
    widen,
)
from stopjihad.draw.encoder import PngFrame, png_frame
from stopjihad.draw.job import Contents, Words
from stopjihad.draw.lines import draw_block, strikes
from stopjihad.draw.pictures import CLEAR
from stopjihad.draw.pixels import Mark, lay_indexed
from stopjihad.draw.plot import PlotStack, draw_mark, plot_chart
from stopjihad.draw.scheme import Hues, Scheme
from stopjihad.draw.stack import Setter, StackItem, arrange

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLEED = 3
"""Rows around a box that soft edges of its pills and letters may touch, px."""


KEPT = 128
"""Grounds kept in a process, their pictures compressed to some 20 kB each: two designs in five
formats and twelve languages."""


class GroundKey(NamedTuple):
    """All that decides a ground: its base, the shared words, and which words are not."""

    base: BaseKey
    shared: tuple[tuple[str, Words], ...]
    own: tuple[str, ...]
    fonts: FontBook


class PlacedItem(NamedTuple):
    """Hold an item at its place, and the indices of its stack and of the item in it."""

    place: StackItem
    stack: int
    item: int


class Ground(NamedTuple):
    """A base with a language's shared words on it.

    Attributes:
        key: what decides it.
        base: what is below, without its picture.
        own: indices of the stacks whose words change from card to card.
        placed: the shared words, each with the indices of its stack and item.
    """

    key: GroundKey
    base: Base
    own: tuple[int, ...]
    placed: tuple[PlacedItem, ...]


class DrawnGround(NamedTuple):
    """The picture of a ground.

    Attributes:
        frame: the file with its unchanging rows compressed.
        rows: indices of the tints of the rows that may change, compressed.
        width: px of a row.
    """

    frame: PngFrame
    rows: bytes
    width: int


@lru_cache(maxsize=KEPT)
def ground(key: GroundKey) -> Ground:
    """Place what a ground shows; kept for the next cards of the language.

    Args:
        key: what decides it; grounds of equal keys are equal.
    """
    below = bare(key.base)
    own = own_stacks(below.stacks, key.own)
    setter = Setter(below.canvas, dict(key.shared), key.fonts, taken=below.taken)
    placed: list[PlacedItem] = []
    for at in range(len(below.stacks)):
        if at not in own:
            placed += place(below.stacks, at, setter)
    return Ground(key, below, own, tuple(placed))


@lru_cache(maxsize=KEPT)
def drawn_ground(key: GroundKey) -> DrawnGround:
    """Draw a ground; kept for the next cards of the language."""
    on = ground(key)
    below = base(key.base)
    indices = below.indices
    for one in on.placed:
        for mark in marks(one.place, name_hues(below, one)):
            lay_indexed(indices, mark.mask, below.blends[mark.ink], 0)
    top, bottom = _band(below.layout, below.canvas, [below.stacks[at] for at in on.own])
    frame = png_frame(indices, top, bottom)
    rows = zlib.compress(indices[top:bottom].tobytes(), 1)
    return DrawnGround(frame, rows, below.canvas.size[0])


def open_rows(drawn: DrawnGround) -> NDArray[np.uint8]:
    """Unpack the rows of a ground that may change: 0.2 to 0.6 ms, a tenth of a card (measured).

    Returns:
        Indices of tints, shape (rows, width), to be drawn on.
    """
    import numpy as np

    size = (drawn.frame.bottom - drawn.frame.top) * drawn.width
    found = bytearray(zlib.decompress(drawn.rows, bufsize=max(size, 1)))
    return np.frombuffer(found, dtype=np.uint8).reshape(-1, drawn.width)


def own_stacks(stacks: tuple[Stack, ...], own: tuple[str, ...]) -> tuple[int, ...]:
    """Give the indices of stacks with words that change from card to card."""
    return tuple(
        at
        for at, stack in enumerate(stacks)
        if any(isinstance(item, TextLayer) and item.content in own for item in stack.items)
    )


def place(stacks: tuple[Stack, ...], at: int, setter: Setter) -> list[PlacedItem]:
    """Arrange a stack."""
    number = {id(item): index for index, item in enumerate(stacks[at].items)}
    found = _beside_logo(stacks[at], setter)
    return [PlacedItem(one, at, number[id(one.item)]) for one in found]


OTHER_EDGE = 0.75
"""What a part of a box counts that does not begin where the box does: words keep their edge unless
they would lose a quarter of their room by it."""


def _beside_logo(stack: Stack, setter: Setter) -> tuple[StackItem, ...]:
    """Set a stack in its box, or, where a logo would touch its words, in what that leaves of it."""
    box = setter.canvas.rect(stack.box, stack.within)
    found = _set(stack, setter, box)
    taken = widen(setter.taken, setter.canvas.short(CLEAR))
    if not any(meet(one.rect, logo) for one in found for logo in taken):
        return found
    start = 2 if setter.canvas.rtl else 0

    def merit(room: Rect) -> float:
        size = (room[2] - room[0]) * (room[3] - room[1])
        return size if room[start] == box[start] else size * OTHER_EDGE

    rooms = sorted(
        free_rects(box, [one for one in taken if meet(one, box)]), key=merit, reverse=True
    )
    for room in rooms:
        found = _set(stack, setter, room)
        if all(one.fits for one in found):
            return found
    return _set(stack, setter, rooms[0])


def _set(stack: Stack, setter: Setter, rect: Rect) -> tuple[StackItem, ...]:
    if isinstance(stack, PlotStack):
        return plot_chart(stack, setter, rect)
    return arrange(stack, setter, rect)


def colour_item(placed: PlacedItem, scheme: Scheme) -> tuple[StackItem, Hues]:
    """Give an item its colours."""
    return placed.place, scheme.hues[placed.stack][placed.item]


def name_hues(below: Base, placed: PlacedItem) -> Hues:
    """Give an item the names of its colours, for a picture that is not coloured yet."""
    inks = below.inks[placed.stack][placed.item]
    black = (0, 0, 0)
    pill, struck = (black if name else None for name in inks[1:])
    return Hues(black, pill, struck, readable=True, inks=inks)


def marks(where: StackItem, hues: Hues) -> list[Mark]:
    """Draw one item: pill, words, strike, or a bar."""
    main, pill, struck = hues.inks
    found: list[Mark] = []
    field = _field(where)
    if field is not None:
        found.append(Mark(field, hues.pill or hues.main, ink=pill or main))
    if where.block is not None:
        words = draw_block(where.block, where.lefts, where.top)
        if words is not None:
            found.append(Mark(words, hues.main, ink=main))
        if hues.struck is not None:
            line = strikes(where.block, where.lefts, where.top)
            found.append(Mark(line, hues.struck, ink=struck))
    return found


def _field(where: StackItem) -> Mask | None:
    """Draw the rounded field of a bar or a pill."""
    item = where.item
    if where.mark is not None:
        return draw_mark(where.mark, where.thick)
    left, top, right, bottom = where.rect
    height = bottom - top
    if isinstance(item, Bar):
        radius = height / 2
    elif item.pill:
        radius = length(item.pill.radius, height, 1.0)
    else:
        return None
    x, y = int(left), int(top)
    view = View(int(right) - x + 2, 0, int(bottom) - y + 2)
    field = panel(view, (left - x, top - y, right - x, bottom - y), radius)
    if field is None:
        return None
    field = Mask(x + field.x, y + field.y, field.cover)
    return field if where.tail is None else _with_tail(field, where.tail)


def _with_tail(field: Mask, corners: tuple[Point, ...]) -> Mask:
    """Hang the tail of a speech bubble below its field, px of the canvas."""
    import numpy as np

    rows, columns = field.cover.shape
    deep = max(0, int(max(y for _, y in corners)) + 2 - field.y - rows)
    cover = np.pad(field.cover, ((0, deep), (0, 0)))
    places = tuple((x - field.x, y - field.y) for x, y in corners)
    tail = polygon(whole((columns, rows + deep)), places)
    if tail is not None:
        high, wide = tail.cover.shape
        part = cover[tail.y : tail.y + high, tail.x : tail.x + wide]
        np.maximum(part, tail.cover, out=part)
    return Mask(field.x, field.y, cover)


def _band(layout: Layout, canvas: Canvas, own: list[Stack]) -> tuple[int, int]:
    """Give the first row that changes and the row after the last."""
    rects = [canvas.rect(stack.box, stack.within) for stack in own]
    rects += [
        canvas.rect(layer.box, layer.within)
        for layer in layout.layers
        if isinstance(layer, Code | Art) and canvas.shows(layer)
    ]
    if not rects:
        return 0, 0
    top = min(int(rect[1]) for rect in rects) - BLEED
    bottom = max(int(rect[3]) for rect in rects) + BLEED + 1
    return max(0, top), min(canvas.size[1], bottom)


def contents_shared(words: Contents, own: tuple[str, ...]) -> tuple[tuple[str, Words], ...]:
    """Give the words that are the same on all cards of a language, sorted by name."""
    return tuple((name, value) for name, value in sorted(words.items()) if name not in own)
