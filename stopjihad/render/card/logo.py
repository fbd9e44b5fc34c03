"""The brand's logo on a card: its picture, its place, and what is left of a box beside it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.layout import Align, Layout, Logo, each
from stopjihad.load.pictures import PictureBroken, opened
from stopjihad.render.card.canvas import Canvas, Rect, meet
from stopjihad.render.card.photo import PhotoRefused
from stopjihad.render.card.pixels import area

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLEAR = "16"
"""Units between a logo and the nearest words."""


def logo(data: bytes, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Decode a logo as large as it fits.

    Args:
        data: bytes of a PNG, WebP or JPEG.
        size: most width and height, px.

    Returns:
        Pixels with transparency, shape (height, width, 4).

    Raises:
        PhotoRefused: the logo cannot be decoded.
    """
    import numpy as np
    from PIL import Image, ImageOps

    try:
        with opened(data) as image:
            fitted = ImageOps.contain(image.convert("RGBA"), size, Image.Resampling.LANCZOS)
    except PictureBroken as error:
        raise PhotoRefused("the logo cannot be decoded") from error
    return np.array(fitted, dtype=np.uint8)


drawn = lru_cache(maxsize=64)(logo)
"""The logo as large as it fits; kept, since every card of a format asks where it ends."""


class Emblem(NamedTuple):
    """Hold a logo, pixels of shape (height, width, 4), and the place of its upper left corner."""

    picture: NDArray[np.uint8]
    at: tuple[int, int]

    @property
    def rect(self) -> Rect:
        """Give left, top, right, bottom in px."""
        (x, y), (height, width) = self.at, self.picture.shape[:2]
        return x, y, x + width, y + height


def emblem(layer: Logo, canvas: Canvas, data: bytes) -> Emblem:
    """Place a logo in its box.

    Args:
        layer: where it may stand.
        canvas: format and direction.
        data: bytes of a PNG, WebP or JPEG.

    Returns:
        The logo, at its place.

    Raises:
        PhotoRefused: it cannot be decoded.
    """
    left, top, right, bottom = canvas.rect(layer.box, layer.within)
    picture = drawn(data, (max(1, int(right - left)), max(1, int(bottom - top))))
    height, width = picture.shape[:2]
    spare = right - left - width
    align: Align = each(layer.align, canvas.format.name)
    before = {"start": 0.0, "middle": spare / 2, "end": spare}[align]
    x = left + (spare - before if canvas.rtl else before)
    return Emblem(picture, (int(x), int(top + (bottom - top - height) / 2)))


def reserved(layout: Layout, canvas: Canvas, data: bytes) -> tuple[Rect, ...]:
    """Give what the logos of a card cover: nothing else may stand there.

    Args:
        layout: the design.
        canvas: format and direction.
        data: bytes of the logo; empty without one.

    Returns:
        Rectangles in px; none without a logo.

    Raises:
        PhotoRefused: it cannot be decoded.
    """
    if not data:
        return ()
    layers = (one for one in layout.layers if isinstance(one, Logo) and canvas.shows(one))
    return tuple(emblem(layer, canvas, data).rect for layer in layers)


def outside(pixels: NDArray[np.uint8], rect: Rect, taken: tuple[Rect, ...]) -> NDArray[np.uint8]:
    """Cut a rectangle out of pixels or indices, without what logos cover.

    Args:
        pixels: shape (height, width) or (height, width, 3).
        rect: left, top, right, bottom in px.
        taken: what logos cover, px.

    Returns:
        A view of the rectangle where no logo covers any of it, else what is left, in one row.
    """
    import numpy as np

    left, top = max(0, int(rect[0])), max(0, int(rect[1]))
    part = area(pixels, rect)
    keep = np.ones(part.shape[:2], dtype=bool)
    for one in taken:
        if meet(one, rect):
            x, y, right, bottom = (int(edge) for edge in one)
            keep[max(0, y - top) : bottom - top, max(0, x - left) : right - left] = False
    return part if keep.all() or not keep.any() else part[keep][None]
