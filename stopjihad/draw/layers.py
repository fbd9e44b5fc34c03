"""Paint the layers of a layout that are shapes, and QR codes.

Shapes are painted in full colour below a photo, by name everywhere else; a QR code (ISO/IEC 18004)
is drawn with whole pixels.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from stopjihad.catalog.layout import Circle, Gradient, Hill, Layer, Polygon, Solid, Stroke
from stopjihad.catalog.layout_values import each
from stopjihad.draw.canvas import (
    Canvas,
    Mask,
    Rect,
    View,
    circle,
    hill,
    panel,
    polygon,
    smooth,
    stroke,
)
from stopjihad.draw.colour import parse
from stopjihad.draw.pixels import FULL, GRADES, Mark, Tints, lay, lay_picture, lay_tint
from stopjihad.view.contrast import RGB

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


BAND = 256
"""Rows of a shape that are drawn at once."""

Shape = Solid | Circle | Hill | Polygon | Stroke


def paint(surface: Surface, layer: Layer, canvas: Canvas) -> None:
    """Paint a shape or a gradient; other layers are left alone."""
    if isinstance(layer, Gradient):
        _gradient(surface, layer, canvas)
    elif isinstance(layer, Shape):
        width, height = canvas.size
        for top in range(0, height, BAND):
            mask = outline(layer, canvas, View(width, top, min(top + BAND, height)))
            if mask is not None:
                surface.lay(mask, layer.colour, layer.percent)


def outline(layer: Shape, canvas: Canvas, view: View) -> Mask | None:
    """Draw the coverage of a shape; None when nothing of it is on the canvas.

    Returns:
        The mask in px of the canvas, or None.
    """
    if isinstance(layer, Solid):
        return panel(view, canvas.rect(layer.box, layer.within), canvas.across(layer.radius))
    if isinstance(layer, Circle):
        middle = canvas.point(each(layer.at, canvas.format.name))
        return circle(view, middle, canvas.short(layer.radius), canvas.short(layer.ring))
    if isinstance(layer, Hill):
        return hill(view, canvas.points(layer.points, None))
    points = canvas.points(layer.points, layer.at)
    if isinstance(layer, Polygon):
        return polygon(view, points)
    curve = smooth(points) if layer.smooth else points
    return stroke(view, curve, canvas.short(layer.width))


def _gradient(surface: Surface, layer: Gradient, canvas: Canvas) -> None:
    import numpy as np

    width, height = canvas.size
    angle = math.radians(-layer.angle if canvas.rtl else layer.angle)
    x = np.linspace(-0.5, 0.5, width)[None, :]
    y = np.linspace(-0.5, 0.5, height)[:, None]
    along = x * math.sin(angle) + y * math.cos(angle)
    share = np.clip(along / (abs(math.sin(angle)) + abs(math.cos(angle))) + 0.5, 0, 1)
    surface.blend(share, layer.colours)


LOGO_COLOURS = 24
"""Colours that a logo keeps in a palette."""


class Surface(Protocol):
    """Take shapes, blends and pictures; colours are texts of the layout."""

    def lay(self, mask: Mask, colour: str, percent: int = 100) -> None:
        """Lay ``percent`` of a ``colour`` where a shape is."""

    def blend(self, share: NDArray[np.float64], colours: tuple[str, str]) -> None:
        """Fill everything: ``share`` of the second of two ``colours`` over the first, 0 to 1."""

    def picture(self, picture: NDArray[np.uint8], x: int, y: int) -> None:
        """Put a picture, shape (rows, columns, 4), with its upper left corner at ``x``, ``y``."""


class Pixels:
    """Paint in full colour."""

    def __init__(self, pixels: NDArray[np.uint8], names: dict[str, RGB]) -> None:
        """Paint onto pixels, shape (height, width, 3), in place."""
        self.pixels = pixels
        self.names = names

    def lay(self, mask: Mask, colour: str, percent: int = 100) -> None:
        """Lay ``percent`` of a ``colour`` where a shape is."""
        lay(self.pixels, Mark(mask, parse(colour, self.names), percent))

    def blend(self, share: NDArray[np.float64], colours: tuple[str, str]) -> None:
        """Fill everything with a blend of two ``colours``."""
        import numpy as np

        first, last = (np.array(parse(text, self.names), dtype=np.float64) for text in colours)
        self.pixels[:] = np.rint(first + (last - first) * share[:, :, None]).astype(np.uint8)

    def picture(self, picture: NDArray[np.uint8], x: int, y: int) -> None:
        """Put a picture at ``x``, ``y``."""
        lay_picture(self.pixels, picture, x, y)


class TintPainter:
    """Paint by name: the picture holds indices of tints."""

    def __init__(self, size: tuple[int, int], tints: Tints) -> None:
        """Start with the paper; size is width and height in px."""
        import numpy as np

        self.tints = tints
        self.indices = np.full((size[1], size[0]), tints.cover("paper"), dtype=np.uint8)

    def lay(self, mask: Mask, colour: str, percent: int = 100) -> None:
        """Lay ``percent`` of a ``colour`` where a shape is."""
        lay_tint(self.indices, mask, self.tints, colour, percent)

    def blend(self, share: NDArray[np.float64], colours: tuple[str, str]) -> None:
        """Fill everything with a blend of two ``colours``, in ``GRADES`` steps."""
        import numpy as np

        first = self.tints.cover(colours[0])
        steps = [
            self.tints.lay(colours[1], first, round(step * FULL / GRADES))
            for step in range(GRADES + 1)
        ]
        table = np.array(steps, dtype=np.uint8)
        self.indices[:] = table[np.rint(share * GRADES).astype(np.intp)]

    def picture(self, picture: NDArray[np.uint8], x: int, y: int) -> None:
        """Put a picture at ``x``, ``y`` in few colours of its own."""
        import numpy as np
        from PIL import Image

        few = Image.fromarray(picture[:, :, :3]).quantize(LOGO_COLOURS)
        shades = np.array(few.getpalette() or [], dtype=np.uint8).reshape(-1, 3)
        places = np.asarray(few)
        for place in np.unique(places):
            red, green, blue = (int(part) for part in shades[place])
            cover = np.where(places == place, picture[:, :, 3], 0).astype(np.uint8)
            self.lay(Mask(x, y, cover), f"#{red:02x}{green:02x}{blue:02x}")


QUIET = 4
"""Modules of free space around the code (ISO/IEC 18004, 6.3.8)."""


@lru_cache(maxsize=64)
def qr_modules(text: str) -> NDArray[np.uint8]:
    """Encode text with error correction of at least 15 %.

    Returns:
        One value per module, 0 light or 255 dark, without quiet zone.
    """
    import numpy as np
    import segno

    matrix = segno.make(text, error="m", micro=False, boost_error=True).matrix
    return np.array([[255 if module else 0 for module in row] for row in matrix], dtype=np.uint8)


def qr_code(text: str, rect: Rect) -> Mask:
    """Draw a code as large as whole modules allow in the middle of a square.

    Args:
        text: what is encoded, such as an address.
        rect: room for the code with its quiet zone, px.

    Raises:
        ValueError: the room is smaller than one px a module.
    """
    import numpy as np

    grid = qr_modules(text)
    total = grid.shape[0] + 2 * QUIET
    scale = int(min(rect[2] - rect[0], rect[3] - rect[1])) // total
    if scale < 1:
        raise ValueError(f"a code of {total} modules needs at least {total} px")
    side = scale * grid.shape[0]
    x, y = (int((low + high - side) / 2) for low, high in ((rect[0], rect[2]), (rect[1], rect[3])))
    return Mask(x, y, np.kron(grid, np.ones((scale, scale), dtype=np.uint8)))
