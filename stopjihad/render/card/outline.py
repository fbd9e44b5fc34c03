"""Fill outlines with soft edges: the exact share of each pixel that is inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stopjihad.catalog.drawing import Path
from stopjihad.render.card.shapes import Mask

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    """Bring an outline to px and close it.

    Args:
        path: points of a drawing.
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


def closed(path: NDArray[np.float64]) -> NDArray[np.float64]:
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
