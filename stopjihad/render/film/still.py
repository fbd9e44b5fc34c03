"""Turn a card's picture into planes that a film is made of: BT.709, limited range, 4:2:0.

Integers and one rounding per colour: the same planes on every machine (ITU-R BT.709-6, section 3).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TypeAlias

from stopjihad.render.card.base import base
from stopjihad.render.card.card import lay_art

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from stopjihad.render.card.card import Card

    Planes: TypeAlias = NDArray[np.uint8]
    """Luma above both chroma planes, shape (3 height / 2, width): as encoders call it, I420."""

RED, BLUE = 0.2126, 0.0722
"""Shares of red and blue in luma (BT.709)."""

FINE = 64
"""Steps of a chroma value before four of them are averaged: 4 * 240 * 64 fits 16 bits."""


def planes_of(picture: bytes) -> Planes:
    """Decode a picture.

    Args:
        picture: PNG or JPEG; width even, height a multiple of 4.

    Returns:
        Its planes.
    """
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        return image_planes(image)


def wordless(card: Card) -> Planes:
    """Draw what is behind the words of a card, its drawing too.

    Args:
        card: it is set.

    Returns:
        Its planes.
    """
    import numpy as np

    if card.ground is None:
        from PIL import Image

        assert card.pixels is not None
        return image_planes(Image.fromarray(card.pixels))
    indices = base(card.ground.key.base).indices
    palette = np.array(lay_art(card, indices, 0), dtype=np.float64)
    luma, blue, red = _levels(palette)
    return _joined(luma[indices], blue[indices], red[indices])


def image_planes(image: Image) -> Planes:
    """Convert an open picture, from its palette where it has one; gives its planes."""
    import numpy as np

    if image.mode == "P":
        palette = np.array(image.getpalette(), dtype=np.float64).reshape(-1, 3)
        luma, blue, red = _levels(palette)
        indices = np.asarray(image)
        return _joined(luma[indices], blue[indices], red[indices])
    pixels = np.asarray(image.convert("RGB"), dtype=np.float64)
    return _joined(*_levels(pixels))


def _levels(
    colours: NDArray[np.float64],
) -> tuple[NDArray[np.uint8], NDArray[np.uint16], NDArray[np.uint16]]:
    """Give luma, and both chroma values times ``FINE``, of colours on the last axis."""
    import numpy as np

    red, green, blue = (colours[..., at] / 255 for at in range(3))
    luma = RED * red + (1 - RED - BLUE) * green + BLUE * blue
    across = (blue - luma) / (2 - 2 * BLUE)
    down = (red - luma) / (2 - 2 * RED)
    return (
        np.rint(16 + 219 * luma).astype(np.uint8),
        np.rint(FINE * (128 + 224 * across)).astype(np.uint16),
        np.rint(FINE * (128 + 224 * down)).astype(np.uint16),
    )


def _joined(luma: NDArray[np.uint8], blue: NDArray[np.uint16], red: NDArray[np.uint16]) -> Planes:
    import numpy as np

    height, width = luma.shape
    made = np.empty((height * 3 // 2, width), dtype=np.uint8)
    made[:height] = luma
    for at, fine in enumerate((blue, red)):
        total = fine[::2, ::2] + fine[1::2, ::2] + fine[::2, 1::2] + fine[1::2, 1::2]
        mean = ((total + 2 * FINE) // (4 * FINE)).astype(np.uint8)
        made[height + at * height // 4 : height + (at + 1) * height // 4] = mean.reshape(-1, width)
    return made


def parts(planes: Planes) -> tuple[Planes, Planes, Planes]:
    """Give views of luma and both chroma planes, each in its own shape."""
    height, width = planes.shape[0] * 2 // 3, planes.shape[1]
    quarter = height // 4
    return (
        planes[:height],
        planes[height : height + quarter].reshape(height // 2, width // 2),
        planes[height + quarter :].reshape(height // 2, width // 2),
    )
