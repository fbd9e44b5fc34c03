"""Arrange the texts and bars of one stack in its box."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from stopjihad.catalog.fonts import FontBook
from stopjihad.catalog.formats import Format
from stopjihad.catalog.layout import Bar, Box, Layer, Stack, Text, each, length
from stopjihad.render.card.content import Contents
from stopjihad.render.card.lines import Block, Room, fit
from stopjihad.render.card.shape import shape
from stopjihad.render.card.typeface import GRID

Rect = tuple[float, float, float, float]


class Place(NamedTuple):
    """Hold one item at its place: px of the canvas; ``lefts`` is the pen's start per line."""

    item: Text | Bar
    rect: Rect
    block: Block | None = None
    lefts: tuple[float, ...] = ()
    top: float = 0.0


class _Sized(NamedTuple):
    item: Text | Bar
    width: float
    height: float
    pad: tuple[float, float]
    block: Block | None


class Setter(NamedTuple):
    """Hold what all stacks of a card share."""

    format: Format
    rtl: bool
    contents: Contents
    fonts: FontBook


def rect_of(box: Box, within: str, form: Format, rtl: bool) -> Rect:
    """Turn a box of insets into left, top, right, bottom in px of the canvas."""
    start, top, end, bottom = (
        length(value, whole, form.unit)
        for value, whole in zip(box, (form.width, form.height) * 2, strict=True)
    )
    if within == "safe":
        safe = form.safe
        start, top = start + safe.start, top + safe.top
        end, bottom = end + safe.end, bottom + safe.bottom
    if rtl:
        start, end = end, start
    return start, top, form.width - end, form.height - bottom


def arrange(stack: Stack, setter: Setter) -> tuple[Place, ...]:
    """Fit and place the items of a stack.

    Items without words are left out. Everything but the growing item takes what it needs; the
    growing one takes the height that is left.

    Args:
        stack: the layer.
        setter: format, direction, words and fonts.

    Returns:
        The items with their places, from top to bottom.
    """
    form = setter.format
    rect = rect_of(each(stack.box, form.name), stack.within, form, setter.rtl)
    rows = _rows(stack, setter)
    gaps = [_gap(row[0], form) if at else 0.0 for at, row in enumerate(rows)]
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    sized: dict[int, list[_Sized]] = {}
    left = height - sum(gaps)
    for at, row in enumerate(rows):
        if not _grows(row):
            sized[at] = _size_row(row, setter, width, height)
            left -= max(one.height for one in sized[at])
    for at, row in enumerate(rows):
        if _grows(row):
            sized[at] = _size_row(row, setter, width, max(left, 1.0))
    ordered = [sized[at] for at in range(len(rows))]
    total = sum(gaps) + sum(max(one.height for one in row) for row in ordered)
    offset = {"top": 0.0, "middle": (height - total) / 2, "bottom": height - total}[stack.valign]
    places: list[Place] = []
    top = rect[1] + max(0.0, offset)
    for gap, row in zip(gaps, ordered, strict=True):
        top += gap
        places += _place_row(row, top, rect, each(stack.align, form.name), setter)
        top += max(one.height for one in row)
    return tuple(places)


def shown(item: Text | Bar, setter: Setter) -> bool:
    """Tell whether an item is drawn: it is for this format and has words."""
    if item.formats and setter.format.name not in item.formats:
        return False
    return isinstance(item, Bar) or item.content in setter.contents


def drawn(layer: Layer, form: Format) -> bool:
    """Tell whether a layer is for this format."""
    return not layer.formats or form.name in layer.formats


def _rows(stack: Stack, setter: Setter) -> list[list[Text | Bar]]:
    rows: list[list[Text | Bar]] = []
    for item in stack.items:
        if not shown(item, setter):
            continue
        if rows and isinstance(item, Text) and item.beside:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _grows(row: list[Text | Bar]) -> bool:
    return any(isinstance(item, Text) and item.grow for item in row)


def _gap(item: Text | Bar, form: Format) -> float:
    return length(each(item.gap, form.name), form.height, form.unit)


def _size_row(
    row: list[Text | Bar], setter: Setter, width: float, height: float
) -> list[_Sized]:
    sized: list[_Sized] = []
    for at, item in enumerate(row):
        if at:
            width -= _gap(item, setter.format)
        one = _size(item, setter, width, height)
        width -= one.width
        sized.append(one)
    return sized


def _size(item: Text | Bar, setter: Setter, width: float, height: float) -> _Sized:
    form = setter.format
    if isinstance(item, Bar):
        across, down = (length(part, form.width, form.unit) for part in item.size)
        return _Sized(item, across, down, (0.0, 0.0), None)
    across, down = (
        (length(part, form.width, form.unit) for part in item.pill.pad)
        if item.pill
        else (0.0, 0.0)
    )
    words = setter.contents[item.content]
    least, most = (size * form.unit for size in each(item.size, form.name))
    room = Room(
        max(1.0, width - 2 * across),
        max(1.0, height - 2 * down),
        least,
        most,
        each(item.lines, form.name),
        item.leading,
    )
    block = fit(shape(words.text, words.lang, words.rtl, setter.fonts, item.weight), room)
    return _Sized(item, block.width + 2 * across, block.height + 2 * down, (across, down), block)


def _place_row(
    row: list[_Sized], top: float, rect: Rect, align: str, setter: Setter
) -> list[Place]:
    """Place a row: items side by side in reading direction, middles in line."""
    gaps = [_gap(one.item, setter.format) if at else 0.0 for at, one in enumerate(row)]
    total = sum(gaps) + sum(one.width for one in row)
    spare = rect[2] - rect[0] - total
    before = {"start": 0.0, "middle": spare / 2, "end": spare}[align]
    tall = max(one.height for one in row)
    places = []
    pen = before
    for gap, one in zip(gaps, row, strict=True):
        pen += gap
        left = rect[2] - pen - one.width if setter.rtl else rect[0] + pen
        y = top + (tall - one.height) / 2
        places.append(_place(one, left, y, align, setter))
        pen += one.width
    return places


def _place(one: _Sized, left: float, top: float, align: str, setter: Setter) -> Place:
    rect = (left, top, left + one.width, top + one.height)
    if one.block is None:
        return Place(one.item, rect)
    across, down = one.pad
    block = one.block
    scale = block.size / GRID
    inner = one.width - 2 * across
    side: Callable[[float], float] = {
        "start": lambda spare: spare if setter.rtl else 0.0,
        "middle": lambda spare: spare / 2,
        "end": lambda spare: 0.0 if setter.rtl else spare,
    }[align]
    lefts = []
    for line in block.lines:
        overhang = min(0, line.left) * scale
        inked = max(line.width, line.right) * scale - overhang
        lefts.append(left + across + side(inner - inked) - overhang)
    return Place(one.item, rect, block, tuple(lefts), top + down)
