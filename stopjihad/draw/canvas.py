"""The canvas of a card: lengths of a layout in px, in either reading direction, and shapes on it.

Shapes are drawn as coverage: how much of each pixel is inside, 0 to 255.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.formats import Format
from stopjihad.catalog.layout import Layer
from stopjihad.catalog.layout_values import Box, Each, Length, Pair, each, length

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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


def widen(rects: Iterable[Rect], by: float) -> list[Rect]:
    """Give rectangles that reach ``by`` px further on each side."""
    return [(left - by, top - by, right + by, bottom + by) for left, top, right, bottom in rects]


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


class Mask(NamedTuple):
    """Coverage of an area whose upper left corner is at (x, y) px of the canvas."""

    x: int
    y: int
    cover: NDArray[np.uint8]


def _coverage(distance: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Turn px outside an edge (negative inside) into coverage with a soft edge of one px."""
    import numpy as np

    return np.asarray(np.clip(0.5 - distance, 0, 1) * 255 + 0.5, dtype=np.uint8)


class View(NamedTuple):
    """Say which rows of a canvas are drawn: whole pictures in parts take a part of the memory."""

    width: int
    top: int
    bottom: int


def whole(size: tuple[int, int]) -> View:
    """View all of a canvas of a width and height in px."""
    return View(size[0], 0, size[1])


class Area(NamedTuple):
    """The part of a canvas that a shape can touch: its corner and the middles of pixels."""

    left: int
    top: int
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def _area(view: View, box: Rect) -> Area | None:
    """Give the pixels of a canvas inside left, top, right, bottom; None when there are none."""
    import numpy as np

    left, top = max(0, int(box[0]) - 1), max(view.top, int(box[1]) - 1)
    right, bottom = min(view.width, int(box[2]) + 2), min(view.bottom, int(box[3]) + 2)
    if right <= left or bottom <= top:
        return None
    across = np.arange(left, right, dtype=np.float64) + 0.5
    down = np.arange(top, bottom, dtype=np.float64) + 0.5
    return Area(left, top, across[None, :], down[:, None])


def panel(view: View, box: Rect, radius: float) -> Mask | None:
    """Draw a rectangle with round corners.

    Args:
        box: left, top, right, bottom, px.
        radius: of the corners, px.

    Returns:
        The coverage; None when nothing is on the canvas.
    """
    import numpy as np

    area = _area(view, box)
    if area is None:
        return None
    left, top, right, bottom = box
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    across = np.abs(area.x - (left + right) / 2) - (right - left) / 2 + radius
    down = np.abs(area.y - (top + bottom) / 2) - (bottom - top) / 2 + radius
    cover = np.minimum(_coverage(across - radius), _coverage(down - radius))
    columns, rows = np.flatnonzero(across > 0), np.flatnonzero(down > 0)
    if columns.size and rows.size:  # only corners are round: a large field is as quick as a pill
        away = np.hypot(across[:, columns], down[rows])
        cover[np.ix_(rows, columns)] = _coverage(away - radius)
    return Mask(area.left, area.top, cover)


def circle(view: View, middle: Point, radius: float, ring: float = 0) -> Mask | None:
    """Draw a disc, or a ring of the given thickness inside the radius; px.

    Args:
        radius: radius in px.
        ring: thickness in px; 0 for a disc.

    Returns:
        The mask, or None when nothing of it is on the canvas.
    """
    import numpy as np

    (x, y), far = middle, radius
    area = _area(view, (x - far, y - far, x + far, y + far))
    if area is None:
        return None
    distance = np.hypot(area.x - x, area.y - y) - radius
    if ring:
        distance = np.maximum(distance, -distance - ring)
    return Mask(area.left, area.top, _coverage(distance))


def hill(view: View, points: tuple[Point, ...]) -> Mask | None:
    """Fill below a smooth curve through points that go from one side to the other; px.

    Args:
        points: points of the curve in px.

    Returns:
        The mask, or None when nothing of it is on the canvas.
    """
    import numpy as np

    curve = np.array(smooth(tuple(sorted(points))))
    area = _area(view, (0, float(curve[:, 1].min()), view.width, view.bottom))
    if area is None:
        return None
    height = np.interp(area.x[0], curve[:, 0], curve[:, 1])[None, :]
    slope = np.gradient(height[0])[None, :]
    return Mask(area.left, area.top, _coverage((height - area.y) / np.sqrt(1 + slope**2)))


def stroke(view: View, points: tuple[Point, ...], width: float) -> Mask | None:
    """Draw a line with round ends through points; px.

    Args:
        points: points of the line in px.
        width: thickness in px.

    Returns:
        The mask, or None when nothing of it is on the canvas.
    """
    import numpy as np

    area = _area(view, _around(points, width))
    if area is None:
        return None
    nearest = np.full((area.y.shape[0], area.x.shape[1]), np.inf)
    for (x1, y1), (x2, y2) in pairwise(points):
        dx, dy = x2 - x1, y2 - y1
        along = ((area.x - x1) * dx + (area.y - y1) * dy) / max(dx * dx + dy * dy, 1e-9)
        along = np.clip(along, 0, 1)
        away = np.hypot(area.x - x1 - along * dx, area.y - y1 - along * dy)
        np.minimum(nearest, away, out=nearest)
    return Mask(area.left, area.top, _coverage(nearest - width / 2))


def polygon(view: View, points: tuple[Point, ...]) -> Mask | None:
    """Fill a shape with straight edges, drawn four times as large and averaged; px.

    Args:
        points: corners in px.

    Returns:
        The mask, or None when nothing of it is on the canvas.
    """
    import numpy as np
    from PIL import Image, ImageDraw

    area = _area(view, _around(points, 0))
    if area is None:
        return None
    over = 4
    height, width = area.y.shape[0], area.x.shape[1]
    image = Image.new("L", (width * over, height * over))
    corners = [((x - area.left) * over, (y - area.top) * over) for x, y in points]
    ImageDraw.Draw(image).polygon(corners, fill=255)
    cover = np.asarray(image, dtype=np.uint16).reshape(height, over, width, over)
    return Mask(area.left, area.top, (cover.mean(axis=(1, 3)) + 0.5).astype(np.uint8))


def _around(points: tuple[Point, ...], width: float) -> Rect:
    """Give the box around points and the thickness of a line through them."""
    xs, ys = zip(*points, strict=True)
    return min(xs) - width, min(ys) - width, max(xs) + width, max(ys) + width


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
