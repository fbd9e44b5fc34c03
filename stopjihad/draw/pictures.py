"""Bring pictures onto a card: photos, and the brand's logo.

A photo is set upright, made sRGB and cropped around what matters. Where a logo stands, nothing else
does: all know its place, and what is left of a box beside it.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from stopjihad.catalog.layout import Align, Layout, Logo
from stopjihad.catalog.layout_values import each
from stopjihad.draw.canvas import Canvas, Mask, Rect, meet
from stopjihad.draw.colour import extremes, mix
from stopjihad.draw.pixels import area
from stopjihad.load.pictures import PictureBroken, open_picture, upright
from stopjihad.view.contrast import RGB, TEXT, contrast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


SPARE = 0.3
"""Contrast beyond 4.5 that a scrim aims at, so that JPEG's rounding cannot take it away."""


class PhotoRefused(Exception):
    """Say that a photo or logo cannot be decoded; ``load.pictures.photo_problems`` tells why."""


@lru_cache(maxsize=6)
def cover(data: bytes, size: tuple[int, int], focus: tuple[float, float]) -> NDArray[np.uint8]:
    """Decode a photo and crop it so that it covers an area.

    Only pixels are taken: nothing else of the file gets further than this function.

    Args:
        data: bytes of a JPEG, PNG or WebP.
        size: width and height of the area, px.
        focus: the point that stays visible, shares of the upright photo's width and height.

    Returns:
        sRGB pixels of shape (height, width, 3).

    Raises:
        PhotoRefused: the photo cannot be decoded.
    """
    import numpy as np
    from PIL import Image, ImageOps

    fitted = ImageOps.fit(_plain(data, size), size, Image.Resampling.LANCZOS, centering=focus)
    return np.array(fitted, dtype=np.uint8)


def whole(data: bytes, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Decode a photo and scale all of it.

    Args:
        size: width and height to scale it to, px.
    """
    import numpy as np
    from PIL import Image

    return np.array(_plain(data, size).resize(size, Image.Resampling.LANCZOS), dtype=np.uint8)


def _plain(data: bytes, size: tuple[int, int]) -> Any:
    """Decode a photo, upright and in sRGB, at least twice as large as it is shown if it can be."""
    try:
        with open_picture(data) as image:
            side = max(size) * 2
            image.draft("RGB", (side, side))
            return upright(_srgb(image), image)
    except PictureBroken as error:
        raise PhotoRefused("the photo cannot be decoded") from error


def _srgb(image: Any) -> Any:
    """Convert to 8-bit sRGB, by the picture's own profile where it has a usable one."""
    from PIL import Image, ImageCms

    profile = image.info.get("icc_profile")
    if image.mode in {"P", "PA", "LA", "RGBA", "RGBX", "1"}:
        over = image.convert("RGBA")
        plain = Image.new("RGB", image.size, (255, 255, 255))
        plain.paste(over, mask=over.getchannel("A"))
    else:
        plain = image.convert("RGB")
    if profile and image.mode == "RGB":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), inPlace=True)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return plain


def strength(area: NDArray[np.uint8], scrim: RGB, words: RGB) -> int:
    """Find how much of a scrim an area needs for words on it to be read.

    Args:
        area: pixels that words may stand on, shape (height, width, 3).

    Returns:
        The least percentage, 0 to 100, with a contrast of 4.5 and a little more everywhere.
    """
    dark, light = extremes(area)
    for percent in range(0, 101, 2):
        worst = min(contrast(words, mix(scrim, pixel, percent)) for pixel in (dark, light))
        if worst >= TEXT + SPARE:
            return percent
    return 100


def shade(size: tuple[int, int], rect: Rect, feather: float) -> Mask:
    """Draw a field that is whole inside a rectangle and fades out around it; px.

    Args:
        size: width and height of the canvas in px.
        rect: left, top, right, bottom in px.
        feather: px over which it fades out.
    """
    import numpy as np

    width, height = size
    x, y = np.arange(width)[None, :] + 0.5, np.arange(height)[:, None] + 0.5
    left, top, right, bottom = rect
    across = np.maximum(np.maximum(left - x, x - right), 0)
    down = np.maximum(np.maximum(top - y, y - bottom), 0)
    near = np.clip(1 - np.hypot(across, down) / max(feather, 1.0), 0, 1)
    return Mask(0, 0, np.rint(near * near * (3 - 2 * near) * 255).astype(np.uint8))


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
        with open_picture(data) as image:
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


AROUND = 0.14
"""Width of a field around a logo, share of the shorter side of both."""


@lru_cache(maxsize=64)
def _on_field(data: bytes, size: tuple[int, int], field: RGB) -> NDArray[np.uint8]:
    """Put a logo, smaller, onto a field with round corners that is as large as the logo was."""
    import numpy as np
    from PIL import Image, ImageDraw

    height, width = drawn(data, size).shape[:2]
    around = max(1, round(AROUND * min(width, height)))
    large = Image.new("L", (width * SMOOTH, height * SMOOTH), 0)
    corner = (width * SMOOTH - 1, height * SMOOTH - 1)
    ImageDraw.Draw(large).rounded_rectangle((0, 0, *corner), around * SMOOTH, fill=255)
    panel = Image.new("RGBA", (width, height), (*field, 0))
    panel.putalpha(large.resize((width, height), Image.Resampling.BOX))
    small = logo(data, (max(1, width - 2 * around), max(1, height - 2 * around)))
    left, top = (width - small.shape[1]) // 2, (height - small.shape[0]) // 2
    panel.alpha_composite(Image.fromarray(small), (left, top))
    return np.array(panel, dtype=np.uint8)


SMOOTH = 4
"""Times that the corners of a field are drawn larger, so that their edges are smooth."""


def emblem(layer: Logo, canvas: Canvas, data: bytes, field: RGB | None = None) -> Emblem:
    """Place a logo in its box.

    Args:
        data: bytes of a PNG, WebP or JPEG.
        field: colour of a field of its own, which takes the place that the logo would have; None
            where it stands on the card.

    Raises:
        PhotoRefused: it cannot be decoded.
    """
    left, top, right, bottom = canvas.rect(layer.box, layer.within)
    size = (max(1, int(right - left)), max(1, int(bottom - top)))
    picture = drawn(data, size) if field is None else _on_field(data, size, field)
    height, width = picture.shape[:2]
    spare = right - left - width
    align: Align = each(layer.align, canvas.format.name)
    before = {"start": 0.0, "middle": spare / 2, "end": spare}[align]
    x = left + (spare - before if canvas.rtl else before)
    return Emblem(picture, (int(x), int(top + (bottom - top - height) / 2)))


def reserved_areas(layout: Layout, canvas: Canvas, data: bytes) -> tuple[Rect, ...]:
    """Give what the logos of a card cover: nothing else may stand there.

    Args:
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


def cut_outside(
    pixels: NDArray[np.uint8], rect: Rect, taken: tuple[Rect, ...]
) -> NDArray[np.uint8]:
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
