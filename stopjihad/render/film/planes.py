"""Pictures as encoders take them: planes of luma and chroma, parts of them, and blends.

Planes are BT.709, limited range, 4:2:0; integers and one rounding per colour make them the same on
every machine (ITU-R BT.709-6, section 3).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from stopjihad.view.contrast import RGB

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Planes: TypeAlias = NDArray[np.uint8]
    """Luma above both chroma planes, shape (3 height / 2, width): as encoders call it, I420."""

    Indices: TypeAlias = NDArray[np.uint8]
    """Places in a palette, shape (height, width)."""


RED, BLUE = 0.2126, 0.0722
"""Shares of red and blue in luma (BT.709)."""

FINE = 64
"""Steps of a chroma value before four of them are averaged: 4 * 240 * 64 fits 16 bits."""


def planes_of(picture: bytes) -> Planes:
    """Decode a picture.

    Args:
        picture: PNG or JPEG; width even, height a multiple of 4.
    """
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        return image_planes(image)


class PaletteLevels(NamedTuple):
    """Luma, and both chroma values times ``FINE``, of each colour of a palette."""

    luma: NDArray[np.uint8]
    blue: NDArray[np.uint16]
    red: NDArray[np.uint16]

    def planes(self, indices: Indices) -> Planes:
        """Convert rows of a picture in its palette: their number is a multiple of 4."""
        return _join_planes(self.luma[indices], self.blue[indices], self.red[indices])


def palette_levels(palette: Sequence[RGB]) -> PaletteLevels:
    """Convert a palette."""
    import numpy as np

    return PaletteLevels(*_levels(np.array(palette, dtype=np.float64)))


def image_planes(image: Image) -> Planes:
    """Convert an open picture, from its palette where it has one; gives its planes."""
    import numpy as np

    if image.mode == "P":
        palette = np.array(image.getpalette(), dtype=np.float64).reshape(-1, 3)
        luma, blue, red = _levels(palette)
        indices = np.asarray(image)
        return _join_planes(luma[indices], blue[indices], red[indices])
    pixels = np.asarray(image.convert("RGB"), dtype=np.float64)
    return _join_planes(*_levels(pixels))


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


def _join_planes(
    luma: NDArray[np.uint8], blue: NDArray[np.uint16], red: NDArray[np.uint16]
) -> Planes:
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


class Patch(NamedTuple):
    """Rows of a still that differ from another: the first of them, and their planes."""

    top: int
    planes: Planes


def onto(still: Planes, patch: Patch) -> Planes:
    """Put a patch onto a still; gives new planes."""
    made = still.copy()
    height = still.shape[0] * 2 // 3
    for target, band in zip(parts(made), parts(patch.planes), strict=True):
        top = patch.top * target.shape[0] // height
        target[top : top + band.shape[0]] = band
    return made


def rows_in_fours(top: float, bottom: float, height: int) -> slice:
    """Widen rows, px, to multiples of 4 within a ``height``: two rows of chroma stand in one."""
    return slice(max(0, int(top)) // 4 * 4, min(height, -(-int(bottom) // 4) * 4))


def blend(before: Planes, after: Planes, share: int) -> Planes:
    """Blend two stills: ``share`` of 256 of the second; gives planes that must not be changed."""
    import numpy as np

    if share in {0, 256} or before is after:
        return after if share else before
    made = before.astype(np.uint16)
    made *= np.uint16(256 - share)
    made += np.uint16(128)
    made += after * np.uint16(share)
    made >>= np.uint16(8)
    return made.astype(np.uint8)
