"""Bring photos onto a card: upright, sRGB, cropped around what matters."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from stopjihad.load.pictures import PictureBroken, opened, upright
from stopjihad.render.card.canvas import Rect
from stopjihad.render.card.colour import LEAST_CONTRAST, RGB, contrast, extremes, mix
from stopjihad.render.card.shapes import Mask

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPARE = 0.3
"""Contrast beyond 4.5 that a scrim aims at, so that JPEG's rounding cannot take it away."""


class PhotoRefused(Exception):
    """Say that a photo cannot be decoded; ``load.pictures.photo_problems`` tells why."""


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

    try:
        with opened(data) as image:
            side = max(size) * 2
            image.draft("RGB", (side, side))
            plain = upright(_srgb(image), image)
            fitted = ImageOps.fit(plain, size, Image.Resampling.LANCZOS, centering=focus)
    except PictureBroken as error:
        raise PhotoRefused("the photo cannot be decoded") from error
    return np.array(fitted, dtype=np.uint8)


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
        scrim: colour laid over them.
        words: colour of the words.

    Returns:
        The least percentage, 0 to 100, with a contrast of 4.5 and a little more everywhere.
    """
    dark, light = extremes(area)
    for percent in range(0, 101, 2):
        worst = min(contrast(words, mix(scrim, pixel, percent)) for pixel in (dark, light))
        if worst >= LEAST_CONTRAST + SPARE:
            return percent
    return 100


def shade(size: tuple[int, int], rect: Rect, feather: float) -> Mask:
    """Draw a field that is whole inside a rectangle and fades out around it; px.

    Args:
        size: width and height of the canvas in px.
        rect: left, top, right, bottom in px.
        feather: px over which it fades out.

    Returns:
        The mask.
    """
    import numpy as np

    width, height = size
    x, y = np.arange(width)[None, :] + 0.5, np.arange(height)[:, None] + 0.5
    left, top, right, bottom = rect
    across = np.maximum(np.maximum(left - x, x - right), 0)
    down = np.maximum(np.maximum(top - y, y - bottom), 0)
    near = np.clip(1 - np.hypot(across, down) / max(feather, 1.0), 0, 1)
    return Mask(0, 0, np.rint(near * near * (3 - 2 * near) * 255).astype(np.uint8))
