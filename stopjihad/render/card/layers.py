"""Paint the layers of a layout that are shapes."""

from __future__ import annotations

import math

from stopjihad.catalog.layout import (
    Circle,
    Gradient,
    Hill,
    Layer,
    Polygon,
    Solid,
    Stroke,
    each,
)
from stopjihad.render.card import shapes
from stopjihad.render.card.canvas import Canvas
from stopjihad.render.card.surface import Surface

BAND = 256
"""Rows of a shape that are drawn at once."""

Shape = Solid | Circle | Hill | Polygon | Stroke


def paint(surface: Surface, layer: Layer, canvas: Canvas) -> None:
    """Paint a shape or a gradient; other layers are left alone.

    Args:
        surface: where it is painted.
        layer: what to paint.
        canvas: format and direction.
    """
    if isinstance(layer, Gradient):
        _gradient(surface, layer, canvas)
    elif isinstance(layer, Shape):
        width, height = canvas.size
        for top in range(0, height, BAND):
            mask = outline(layer, canvas, shapes.View(width, top, min(top + BAND, height)))
            if mask is not None:
                surface.lay(mask, layer.colour, layer.percent)


def outline(layer: Shape, canvas: Canvas, view: shapes.View) -> shapes.Mask | None:
    """Draw the coverage of a shape; None when nothing of it is on the canvas.

    Args:
        layer: the shape of the layout.
        canvas: the canvas of the format.
        view: what of the canvas is drawn.

    Returns:
        The mask in px of the canvas, or None.
    """
    if isinstance(layer, Solid):
        return shapes.panel(view, canvas.rect(layer.box, layer.within), canvas.across(layer.radius))
    if isinstance(layer, Circle):
        middle = canvas.point(each(layer.at, canvas.format.name))
        return shapes.circle(view, middle, canvas.short(layer.radius), canvas.short(layer.ring))
    if isinstance(layer, Hill):
        return shapes.hill(view, canvas.points(layer.points, None))
    points = canvas.points(layer.points, layer.at)
    if isinstance(layer, Polygon):
        return shapes.polygon(view, points)
    curve = shapes.smooth(points) if layer.smooth else points
    return shapes.stroke(view, curve, canvas.short(layer.width))


def _gradient(surface: Surface, layer: Gradient, canvas: Canvas) -> None:
    import numpy as np

    width, height = canvas.size
    angle = math.radians(-layer.angle if canvas.rtl else layer.angle)
    x = np.linspace(-0.5, 0.5, width)[None, :]
    y = np.linspace(-0.5, 0.5, height)[:, None]
    along = x * math.sin(angle) + y * math.cos(angle)
    share = np.clip(along / (abs(math.sin(angle)) + abs(math.cos(angle))) + 0.5, 0, 1)
    surface.blend(share, layer.colours)
