"""Find the place of a drawing beside the words: it moves and shrinks, and steps aside at last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from stopjihad.catalog.layout import Align, Art, Valign, each
from stopjihad.render.card.canvas import Canvas, Rect, free_rects, meet
from stopjihad.render.card.sprite import SIZE, Sprite, proportion, sprite

CLEAR = "20"
"""Units between a drawing and the nearest words."""


class Drawn(NamedTuple):
    """Hold a drawing at its place, px of its left and upper edge."""

    sprite: Sprite
    at: tuple[int, int]

    @property
    def rect(self) -> Rect:
        """Give left, top, right, bottom in px."""
        (x, y), (width, height) = self.at, self.sprite.size
        return x, y, x + width, y + height


def place_art(layer: Art, svg: str, canvas: Canvas, words: Iterable[Rect]) -> Drawn | None:
    """Place a drawing as large as the words leave room in its box.

    Args:
        layer: where it may stand.
        svg: the drawing.
        canvas: format and direction.
        words: where words, and the logo, really stand.

    Returns:
        The drawing, or None where it would be smaller than the layer allows.
    """
    box = canvas.rect(layer.box, layer.within)
    clear = canvas.short(CLEAR)
    wide = proportion(svg)
    taken = [
        (left - clear, top - clear, right + clear, bottom + clear)
        for left, top, right, bottom in words
    ]
    free = max(
        free_rects(box, [one for one in taken if meet(one, box)]),
        key=lambda one: round(_height(one, wide)),
    )
    height = int(min(_height(free, wide), canvas.short(layer.most)) // SIZE * SIZE)
    if height < canvas.short(layer.least):
        return None
    drawn = sprite(svg, height, mirrored=canvas.rtl)
    width, height = drawn.size
    name = canvas.format.name
    align: Align = each(layer.align, name)
    valign: Valign = each(layer.valign, name)
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[align]
    across = 1 - before if canvas.rtl else before
    down = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[valign]
    x = free[0] + (free[2] - free[0] - width) * across
    y = free[1] + (free[3] - free[1] - height) * down
    return Drawn(drawn, (round(x), round(y)))


def _height(rect: Rect, wide: float) -> float:
    return min(rect[3] - rect[1], (rect[2] - rect[0]) / wide)
