"""Turn set lines into coverage with HarfBuzz's rasteriser: the only place that knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stopjihad.render.card.lines import Block, Line
from stopjihad.render.card.shape import GRID
from stopjihad.render.card.shapes import Mask

if TYPE_CHECKING:
    import uharfbuzz as hb

STRIKE = 0.055
"""Thickness of a line that strikes words through, in em."""


def draw(block: Block, lefts: tuple[float, ...], top: float) -> Mask | None:
    """Draw a block of text.

    Args:
        block: the fitted paragraph.
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
        _line(raster, line, block.size / GRID, left, -(top + baseline))
        drawn = drawn or bool(line.glyphs)
    if not drawn:
        return None
    image = raster.render()
    box = image.extents
    if not box.width or not box.height:
        return None
    rows = np.frombuffer(image.buffer, dtype=np.uint8).reshape(box.height, box.stride)
    return Mask(box.x_origin, -(box.y_origin + box.height), rows[::-1, : box.width])


def _line(raster: hb.RasterDraw, line: Line, scale: float, left: float, y: float) -> None:
    for typeface, glyph, dx, dy in line.glyphs:
        raster.transform = (scale, 0.0, 0.0, scale, left + dx * scale, y + dy * scale)
        raster.draw_glyph(typeface.font, glyph)


def strikes(block: Block, lefts: tuple[float, ...], top: float) -> Mask:
    """Draw a bar through the words of every line.

    Args:
        block: the fitted paragraph.
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
