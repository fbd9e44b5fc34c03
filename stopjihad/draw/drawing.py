"""Put a drawing on a card: its place beside the words, its outlines filled once per size.

It moves and shrinks for the words, and steps aside at last. Edges are soft: the exact share of each
pixel that is inside. Its colours stay names, so that one picture serves every look.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.drawing import Path, read_drawing
from stopjihad.catalog.layout import Align, Art, Valign
from stopjihad.catalog.layout_values import each
from stopjihad.draw.canvas import Canvas, Mask, Rect, free_rects, meet, widen
from stopjihad.draw.pixels import ART, Tint, Tints, clip, lay_tint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


PART_BELOW = 0.05
"""Least share of a drawing's box that a shape covers to count as its ground."""

KEPT = 768
"""Drawings kept in a process, compressed: about 5 kB each."""

EDGES = 6
"""Steps of coverage at the edges of a drawing: its colours meet in many pairs."""

SIZE = 16
"""Heights of drawings are multiples of this many px, so that languages share them."""


class Sprite(NamedTuple):
    """Hold a drawing at one size.

    Attributes:
        size: width and height in px.
        tints: its colours; the first stands for whatever is below.
        data: indices of tints, row by row, compressed.
    """

    size: tuple[int, int]
    tints: tuple[Tint, ...]
    data: bytes


class DrawingTints(NamedTuple):
    """A drawing on a card: indices of what it lies on, most of it on the first, and its colours."""

    below: tuple[int, ...]
    tints: tuple[Tint, ...]


def proportion(svg: str) -> float:
    """Give how much wider than high a drawing is."""
    drawing = read_drawing(svg)
    return drawing.width / drawing.height


@lru_cache(maxsize=KEPT)
def sprite(svg: str, height: int, *, mirrored: bool) -> Sprite:
    """Draw a drawing.

    Args:
        height: px.
    """
    import numpy as np

    drawing = read_drawing(svg)
    scale = height / drawing.height
    width = round(drawing.width * scale)
    indices = np.zeros((height, width), dtype=np.uint8)
    tints = Tints(ART, EDGES)
    tints.cover("")
    for shape in drawing.shapes:
        paths = [points(path, scale, width if mirrored else 0) for path in shape.paths]
        if shape.width:
            mask = line(paths, shape.width * scale)
        else:
            mask = fill([close_outline(path) for path in paths])
        if mask is not None:
            lay_tint(indices, mask, tints, f"art.{shape.colour}", shape.percent)
    return Sprite((width, height), tuple(tints.found), zlib.compress(indices.tobytes(), 1))


def put(
    indices: NDArray[np.uint8], drawn: Sprite, at: tuple[int, int], first: int
) -> DrawingTints | None:
    """Put a drawing onto palette indices, in place.

    Args:
        indices: the rows of the card that may change.
        at: its left and upper edge, px of these rows.
        first: index that its own colours begin with.

    Returns:
        Its colours from ``first`` on; None where it lies outside of the rows.
    """
    import numpy as np

    width, height = drawn.size
    codes = np.frombuffer(zlib.decompress(drawn.data), dtype=np.uint8).reshape(height, width)
    cut = clip(Mask(at[0], at[1], codes), indices.shape[1], indices.shape[0])
    if cut is None:
        return None
    rows, columns = cut.cover.shape
    area = indices[cut.y : cut.y + rows, cut.x : cut.x + columns]
    counts = np.bincount(area.reshape(-1))
    order = np.argsort(-counts, kind="stable")
    below = tuple(int(one) for one in order if counts[one] > PART_BELOW * area.size)
    table = (np.arange(256, dtype=np.int64) + first - 1).astype(np.uint8)
    np.copyto(area, table.take(cut.cover), where=cut.cover != 0)
    tints = (
        tint._replace(under=below[0] if tint.under == 0 else tint.under + first - 1)
        if tint.under >= 0
        else tint
        for tint in drawn.tints[1:]
    )
    return DrawingTints(below, tuple(tints))


CORNERS = 14
"""Straight pieces of the round end of a line."""


def fill(paths: Sequence[NDArray[np.float64]]) -> Mask | None:
    """Fill outlines, each closed, by the rule that a hole runs the other way round.

    Args:
        paths: points in px of the canvas, shape (n, 2) each.

    Returns:
        The coverage, or None without area.
    """
    import numpy as np

    points = np.concatenate(paths)
    left, top = (int(np.floor(edge)) for edge in points.min(axis=0))
    right, bottom = (int(np.ceil(edge)) for edge in points.max(axis=0))
    width, height = right - left, bottom - top
    if width <= 0 or height <= 0:
        return None
    starts = np.concatenate([path[:-1] for path in paths]) - (left, top)
    ends = np.concatenate([path[1:] for path in paths]) - (left, top)
    area = _areas(*_rows(starts, ends), (width, height))
    np.cumsum(area, axis=1, out=area)  # in place: drawings are large
    inside = area[:, :width]
    np.abs(inside, out=inside)
    np.minimum(inside, 1, out=inside)
    inside *= 255
    inside += 0.5
    return Mask(left, top, inside.astype(np.uint8))


def line(paths: Sequence[NDArray[np.float64]], width: float) -> Mask | None:
    """Draw lines with round ends and joints.

    Args:
        paths: points in px of the canvas, shape (n, 2) each.
        width: thickness in px.

    Returns:
        The coverage, or None without area.
    """
    import numpy as np

    turns = np.linspace(0, 2 * np.pi, CORNERS + 1)
    ring = np.stack([np.cos(turns), np.sin(turns)], axis=1) * (width / 2)
    parts: list[NDArray[np.float64]] = []
    for path in paths:
        parts += [ring + point for point in path]
        for start, along in zip(path, np.diff(path, axis=0), strict=False):
            end, length = start + along, float(np.hypot(*along))
            if length:
                side = np.array([-along[1], along[0]]) * (width / 2 / length)
                parts.append(np.stack([start + side, start - side, end - side, end + side]))
                parts[-1] = np.concatenate([parts[-1], parts[-1][:1]])
    return fill(parts) if parts else None


def points(path: Path, scale: float, mirrored: float = 0) -> NDArray[np.float64]:
    """Bring an outline to px.

    Args:
        scale: px per unit.
        mirrored: px of the width in which left and right are exchanged; 0 to leave them.

    Returns:
        Points, shape (n, 2).
    """
    import numpy as np

    found = np.array(path, dtype=np.float64) * scale
    if mirrored:
        found[:, 0] = mirrored - found[:, 0]
    return found


def close_outline(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """End an outline where it began."""
    import numpy as np

    return path if (path[0] == path[-1]).all() else np.concatenate([path, path[:1]])


Edges = tuple[
    "NDArray[np.int64]", "NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.float64]"
]


def _rows(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> Edges:
    """Cut edges where rows meet: row, x at its top and at its bottom, signed height."""
    import numpy as np

    kept = starts[:, 1] != ends[:, 1]
    starts, ends = starts[kept], ends[kept]
    down = ends[:, 1] > starts[:, 1]
    upper = np.where(down[:, None], starts, ends)
    lower = np.where(down[:, None], ends, starts)
    sign = np.where(down, 1.0, -1.0)
    first = np.floor(upper[:, 1]).astype(np.int64)
    count = np.ceil(lower[:, 1]).astype(np.int64) - first
    edge = np.repeat(np.arange(len(count)), count)
    row = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    slope = (lower[:, 0] - upper[:, 0]) / (lower[:, 1] - upper[:, 1])
    above = np.maximum(upper[edge, 1], row)
    below = np.minimum(lower[edge, 1], row + 1)
    x = upper[edge, 0] - upper[edge, 1] * slope[edge]
    at_top, at_bottom = x + above * slope[edge], x + below * slope[edge]
    return row, at_top, at_bottom, (below - above) * sign[edge]


def _areas(
    row: NDArray[np.int64],
    one: NDArray[np.float64],
    other: NDArray[np.float64],
    tall: NDArray[np.float64],
    size: tuple[int, int],
) -> NDArray[np.float64]:
    """Add up how much each edge changes the coverage from its pixel on, shape (height, width + 2).

    An edge that crosses a pixel fills a part of it and all that follow.
    """
    import numpy as np

    width, height = size
    low, high = np.minimum(one, other), np.maximum(one, other)
    first = np.floor(low).astype(np.int64)
    count = np.maximum(np.ceil(high).astype(np.int64) - first, 1)
    edge = np.repeat(np.arange(len(count)), count)
    column = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    begin, end = np.maximum(low[edge], column), np.minimum(high[edge], column + 1)
    span = (high - low)[edge]
    share = np.where(span > 0, (end - begin) / np.where(span > 0, span, 1), 1.0)
    change = tall[edge] * share
    beyond = np.clip((begin + end) / 2 - column, 0, 1)
    place = row[edge] * (width + 2) + np.clip(column, 0, width)
    total = height * (width + 2)
    found = np.bincount(place, change * (1 - beyond), total)
    found += np.bincount(place + 1, change * beyond, total)
    return np.asarray(found[:total], dtype=np.float64).reshape(height, width + 2)


CLEAR = "20"
"""Units between a drawing and the nearest words."""


class CardDrawing(NamedTuple):
    """Hold a drawing at its place, px of its left and upper edge."""

    sprite: Sprite
    at: tuple[int, int]

    @property
    def rect(self) -> Rect:
        """Give left, top, right, bottom in px."""
        (x, y), (width, height) = self.at, self.sprite.size
        return x, y, x + width, y + height


def place_art(layer: Art, svg: str, canvas: Canvas, words: Iterable[Rect]) -> CardDrawing | None:
    """Place a drawing as large as the words leave room in its box.

    Args:
        words: where words, and the logo, really stand.

    Returns:
        The drawing, or None where it would be smaller than the layer allows.
    """
    box = canvas.rect(layer.box, layer.within)
    wide = proportion(svg)
    taken = widen(words, canvas.short(CLEAR))
    name = canvas.format.name
    align: Align = each(layer.align, name)
    valign: Valign = each(layer.valign, name)
    low = {"top": -1, "middle": 0, "bottom": 1}[valign]  # of equal rooms, the one on the ground
    free = max(
        free_rects(box, [one for one in taken if meet(one, box)]),
        key=lambda one: (round(_height(one, wide)), low * one[3]),
    )
    height = int(min(_height(free, wide), canvas.short(layer.most)) // SIZE * SIZE)
    if height < canvas.short(layer.least):
        return None
    drawn = sprite(svg, height, mirrored=canvas.rtl)
    width, height = drawn.size
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[align]
    across = 1 - before if canvas.rtl else before
    down = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[valign]
    x = free[0] + (free[2] - free[0] - width) * across
    y = free[1] + (free[3] - free[1] - height) * down
    return CardDrawing(drawn, (round(x), round(y)))


def _height(rect: Rect, wide: float) -> float:
    return min(rect[3] - rect[1], (rect[2] - rect[0]) / wide)
