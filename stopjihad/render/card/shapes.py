"""Draw simple shapes as coverage: how much of each pixel is inside, 0 to 255."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Point = tuple[float, float]


class Mask(NamedTuple):
    """Hold coverage of an area whose upper left corner is at (x, y) px of the canvas."""

    x: int
    y: int
    cover: NDArray[np.uint8]


def _coverage(distance: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Turn px outside an edge (negative inside) into coverage with a soft edge of one px."""
    import numpy as np

    return np.asarray(np.clip(0.5 - distance, 0, 1) * 255 + 0.5, dtype=np.uint8)


def _grid(size: tuple[int, int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the middles of all pixels of a canvas: x as a row, y as a column."""
    import numpy as np

    width, height = size
    return np.arange(width)[None, :] + 0.5, np.arange(height)[:, None] + 0.5


def panel(size: tuple[int, int], box: tuple[float, float, float, float], radius: float) -> Mask:
    """Draw a rectangle with round corners.

    Args:
        size: canvas, px.
        box: left, top, right, bottom, px.
        radius: of the corners, px.
    """
    import numpy as np

    left, top, right, bottom = box
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    x, y = _grid(size)
    across = np.abs(x - (left + right) / 2) - (right - left) / 2 + radius
    down = np.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius
    outside = np.hypot(np.maximum(across, 0), np.maximum(down, 0))
    inside = np.minimum(np.maximum(across, down), 0)
    return Mask(0, 0, _coverage(outside + inside - radius))


def circle(size: tuple[int, int], middle: Point, radius: float, ring: float = 0) -> Mask:
    """Draw a disc, or a ring of the given thickness inside the radius; px."""
    import numpy as np

    x, y = _grid(size)
    distance = np.hypot(x - middle[0], y - middle[1]) - radius
    if ring:
        distance = np.maximum(distance, -distance - ring)
    return Mask(0, 0, _coverage(distance))


def hill(size: tuple[int, int], points: tuple[Point, ...]) -> Mask:
    """Fill below a smooth curve through points that go from one side to the other; px."""
    import numpy as np

    curve = np.array(smooth(tuple(sorted(points))))
    x, y = _grid(size)
    height = np.interp(x[0], curve[:, 0], curve[:, 1])[None, :]
    slope = np.gradient(height[0])[None, :]
    return Mask(0, 0, _coverage((height - y) / np.sqrt(1 + slope**2)))


def stroke(size: tuple[int, int], points: tuple[Point, ...], width: float) -> Mask:
    """Draw a line with round ends through points; px."""
    import numpy as np

    x, y = _grid(size)
    nearest = np.full((size[1], size[0]), np.inf)
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        dx, dy = x2 - x1, y2 - y1
        along = ((x - x1) * dx + (y - y1) * dy) / max(dx * dx + dy * dy, 1e-9)
        along = np.clip(along, 0, 1)
        np.minimum(nearest, np.hypot(x - x1 - along * dx, y - y1 - along * dy), out=nearest)
    return Mask(0, 0, _coverage(nearest - width / 2))


def polygon(size: tuple[int, int], points: tuple[Point, ...]) -> Mask:
    """Fill a shape with straight edges, drawn four times as large and averaged; px."""
    import numpy as np
    from PIL import Image, ImageDraw

    over = 4
    image = Image.new("L", (size[0] * over, size[1] * over))
    ImageDraw.Draw(image).polygon([(x * over, y * over) for x, y in points], fill=255)
    cover = np.asarray(image, dtype=np.uint16).reshape(size[1], over, size[0], over)
    return Mask(0, 0, (cover.mean(axis=(1, 3)) + 0.5).astype(np.uint8))


def smooth(points: tuple[Point, ...], steps: int = 24) -> tuple[Point, ...]:
    """Curve through points (Catmull-Rom), ``steps`` straight pieces between neighbours."""
    if len(points) < 3:
        return points
    padded = (points[0], *points, points[-1])
    curve: list[Point] = []
    for before, here, there, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(
                (
                    _spline(before[0], here[0], there[0], after[0], t),
                    _spline(before[1], here[1], there[1], after[1], t),
                )
            )
    return (*curve, points[-1])


def _spline(before: float, here: float, there: float, after: float, t: float) -> float:
    return 0.5 * (
        2 * here
        + (there - before) * t
        + (2 * before - 5 * here + 4 * there - after) * t * t
        + (3 * here - before - 3 * there + after) * t**3
    )
