"""Paint the layers of a layout that hold no words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stopjihad.catalog.formats import Format
from stopjihad.catalog.layout import (
    Circle,
    Gradient,
    Hill,
    Layer,
    Polygon,
    Solid,
    Stroke,
    each,
    length,
)
from stopjihad.render.card import shapes
from stopjihad.render.card.colour import RGB, parse
from stopjihad.render.card.pixels import Mark, lay
from stopjihad.render.card.stack import rect_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pixels = "NDArray[np.uint8]"


def paint(  # noqa: PLR0913, PLR0917 -- a layer and what it is painted with
    pixels: NDArray[np.uint8],
    layer: Layer,
    rtl: bool,
    form: Format,
    names: dict[str, RGB],
    logo: bytes,
    link: str,
) -> None:
    """Paint one layer, in place.

    Args:
        pixels: RGB, shape (height, width, 3).
        layer: anything but a stack.
        rtl: whether start is on the right.
        form: the picture format.
        names: colours by name.
        logo: bytes of the brand's logo.
        link: address of a QR code.
    """
    if isinstance(layer, Gradient):
        _gradient(pixels, layer, names, rtl)
        return
    mask = _mask(layer, rtl, form)
    if mask is not None and isinstance(layer, Solid | Circle | Hill | Polygon | Stroke):
        lay(pixels, Mark(mask, parse(layer.colour, names), layer.percent))


def _mask(layer: Layer, rtl: bool, form: Format) -> shapes.Mask | None:
    size = (form.width, form.height)
    unit = form.unit
    if isinstance(layer, Solid):
        rect = rect_of(each(layer.box, form.name), layer.within, form, rtl)
        return shapes.panel(size, rect, length(layer.radius, form.width, unit))
    if isinstance(layer, Circle):
        middle = _point(each(layer.at, form.name), rtl, form)
        radius = length(each(layer.radius, form.name), min(size), unit)
        return shapes.circle(size, middle, radius, length(layer.ring, min(size), unit))
    if isinstance(layer, Hill):
        points = tuple(_point(pair, rtl, form) for pair in each(layer.points, form.name))
        return shapes.hill(size, points)
    if isinstance(layer, Polygon):
        return shapes.polygon(size, _points(layer, rtl, form))
    if isinstance(layer, Stroke):
        points = _points(layer, rtl, form)
        return shapes.stroke(
            size,
            shapes.smooth(points) if layer.smooth else points,
            length(layer.width, min(size), unit),
        )
    return None


def _point(pair: tuple[str, str], rtl: bool, form: Format) -> shapes.Point:
    x = length(pair[0], form.width, form.unit)
    return (form.width - x if rtl else x), length(pair[1], form.height, form.unit)


def _points(layer: Polygon | Stroke, rtl: bool, form: Format) -> tuple[shapes.Point, ...]:
    """Place points on the canvas, or around ``at``."""
    pairs = each(layer.points, form.name)
    if layer.at is None:
        return tuple(_point(pair, rtl, form) for pair in pairs)
    x, y = _point(each(layer.at, form.name), rtl, form)
    side = -1 if rtl else 1
    return tuple(
        (
            x + side * length(across, form.width, form.unit),
            y + length(down, form.height, form.unit),
        )
        for across, down in pairs
    )


def _gradient(
    pixels: NDArray[np.uint8], layer: Gradient, names: dict[str, RGB], rtl: bool
) -> None:
    import math

    import numpy as np

    height, width = pixels.shape[:2]
    first, last = (np.array(parse(text, names), dtype=np.float64) for text in layer.colours)
    angle = math.radians(-layer.angle if rtl else layer.angle)
    x = np.linspace(-0.5, 0.5, width)[None, :, None]
    y = np.linspace(-0.5, 0.5, height)[:, None, None]
    along = x * math.sin(angle) + y * math.cos(angle)
    share = np.clip(along / (abs(math.sin(angle)) + abs(math.cos(angle))) + 0.5, 0, 1)
    pixels[:] = np.rint(first + (last - first) * share).astype(np.uint8)
