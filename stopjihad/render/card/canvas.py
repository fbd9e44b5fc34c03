"""Turn the lengths of a layout into px of one format, in either reading direction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from stopjihad.catalog.formats import Format
from stopjihad.catalog.layout import Box, Each, Layer, Length, Pair, each, length

Point = tuple[float, float]
Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in px."""


class Canvas(NamedTuple):
    """The format and whether its start is on the right."""

    format: Format
    rtl: bool

    @property
    def size(self) -> tuple[int, int]:
        """Give width and height in px."""
        return self.format.width, self.format.height

    def across(self, value: Each[Length]) -> float:
        """Turn a length along the lines into px."""
        return length(each(value, self.format.name), self.format.width, self.format.unit)

    def down(self, value: Each[Length]) -> float:
        """Turn a length down the card into px."""
        return length(each(value, self.format.name), self.format.height, self.format.unit)

    def short(self, value: Each[Length]) -> float:
        """Turn a length into px; a percentage is one of the shorter side."""
        return length(each(value, self.format.name), min(self.size), self.format.unit)

    def rect(self, box: Each[Box], within: str = "canvas") -> Rect:
        """Turn insets into px of the canvas, mirrored where start is on the right.

        Args:
            box: insets of the layout.
            within: ``canvas`` or ``safe``: what the insets are measured from.

        Returns:
            Left, top, right, bottom in px.
        """
        start, top, end, bottom = each(box, self.format.name)
        left, above = self.across(start), self.down(top)
        right, below = self.across(end), self.down(bottom)
        if within == "safe":
            safe = self.format.safe
            left, above = left + safe.start, above + safe.top
            right, below = right + safe.end, below + safe.bottom
        if self.rtl:
            left, right = right, left
        return left, above, self.format.width - right, self.format.height - below

    def point(self, pair: Pair) -> Point:
        """Turn a place into px of the canvas."""
        x = self.across(pair[0])
        return (self.format.width - x if self.rtl else x), self.down(pair[1])

    def points(self, pairs: Each[tuple[Pair, ...]], at: Each[Pair] | None) -> tuple[Point, ...]:
        """Turn places into px of the canvas; around ``at`` when it is given.

        Args:
            pairs: places of the layout.
            at: the middle, or None for the canvas itself.

        Returns:
            Points in px.
        """
        chosen = each(pairs, self.format.name)
        if at is None:
            return tuple(self.point(pair) for pair in chosen)
        x, y = self.point(each(at, self.format.name))
        side = -1 if self.rtl else 1
        return tuple((x + side * self.across(dx), y + self.down(dy)) for dx, dy in chosen)

    def shows(self, layer: Layer) -> bool:
        """Tell whether a layer is for this format."""
        return not layer.formats or self.format.name in layer.formats


def safe_rect(canvas: Canvas) -> Rect:
    """Give the area where text may stand, px."""
    return canvas.rect(("0", "0", "0", "0"), "safe")


def meet(one: Rect, other: Rect) -> bool:
    """Tell whether two rectangles share any area."""
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def free_rects(box: Rect, taken: Iterable[Rect]) -> list[Rect]:
    """List rectangles of a box that nothing else takes, each as wide as its rows allow.

    Args:
        box: left, top, right, bottom in px.
        taken: what stands in the box, px.

    Returns:
        Rectangles; one without width and height where nothing is free.
    """
    taken = tuple(taken)
    edges = {box[1], box[3]}
    for rect in taken:
        edges |= {min(max(rect[1], box[1]), box[3]), min(max(rect[3], box[1]), box[3])}
    found: list[Rect] = []
    for top, bottom in combinations(sorted(edges), 2):
        left = box[0]
        across = sorted(rect for rect in taken if rect[1] < bottom and rect[3] > top)
        for rect in across:
            if rect[0] > left:
                found.append((left, top, rect[0], bottom))
            left = max(left, rect[2])
        if box[2] > left:
            found.append((left, top, box[2], bottom))
    return found or [(box[0], box[1], box[0], box[1])]
