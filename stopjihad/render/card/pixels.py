"""Lay masks of colour onto pixels, in full colour and in palette form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from stopjihad.render.card.canvas import Rect
from stopjihad.render.card.colour import RGB
from stopjihad.render.card.shapes import Mask

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


MOST = 256
"""Colours of a palette."""

BAND = 128
"""Rows that are blended at once: numbers in between take twelve times the memory of pixels."""


class Mark(NamedTuple):
    """One colour and where it goes; ``ink`` is its name in a picture of tints."""

    mask: Mask
    colour: RGB
    percent: int = 100
    ink: str = ""


def clip(mask: Mask, width: int, height: int) -> Mask | None:
    """Cut a mask to the canvas; None when nothing of it is there.

    Args:
        width: px of the canvas.
        height: px of the canvas.

    Returns:
        The part on the canvas, or None.
    """
    rows, columns = mask.cover.shape
    left, top = max(0, -mask.x), max(0, -mask.y)
    right, bottom = min(columns, width - mask.x), min(rows, height - mask.y)
    if right <= left or bottom <= top:
        return None
    return Mask(mask.x + left, mask.y + top, mask.cover[top:bottom, left:right])


def lay(pixels: NDArray[np.uint8], mark: Mark) -> None:
    """Blend a mark into RGB pixels, in place.

    Args:
        pixels: RGB, shape (height, width, 3); changed.
        mark: what is laid on them.
    """
    import numpy as np

    mask = clip(mark.mask, pixels.shape[1], pixels.shape[0])
    if mask is None:
        return
    rows, columns = mask.cover.shape
    colour = np.array(mark.colour, dtype=np.float32)
    for first in range(0, rows, BAND):
        cover = mask.cover[first : first + BAND]
        top = mask.y + first
        area = pixels[top : top + cover.shape[0], mask.x : mask.x + columns]
        share = cover.astype(np.float32)[:, :, None] * np.float32(mark.percent / 25500)
        area[:] = np.rint(area + (colour - area) * share).astype(np.uint8)


def lay_indexed(
    indices: NDArray[np.uint8], mask: Mask, blend: NDArray[np.uint8], first: int
) -> None:
    """Blend a mask into palette indices, in place.

    Args:
        indices: rows of the picture from row ``first`` on.
        mask: the coverage, placed on the whole picture.
        blend: the ink's table (16, 256).
        first: row of the picture with which ``indices`` begins.
    """
    import numpy as np

    cut = clip(mask._replace(y=mask.y - first), indices.shape[1], indices.shape[0])
    if cut is None:
        return
    rows, columns = cut.cover.shape
    area = indices[cut.y : cut.y + rows, cut.x : cut.x + columns]
    at = (cut.cover >> 4).astype(np.uint16)
    at *= MOST
    at += area
    area[:] = blend.reshape(-1).take(at)


def lay_picture(pixels: NDArray[np.uint8], picture: NDArray[np.uint8], x: int, y: int) -> None:
    """Put a picture onto RGB pixels, in place; a fourth channel is its transparency.

    Args:
        pixels: shape (height, width, 3).
        picture: shape (rows, columns, 3 or 4).
        x: px of its left edge.
        y: px of its upper edge.
    """
    import numpy as np

    left, top = max(0, -x), max(0, -y)
    part = picture[top : pixels.shape[0] - y, left : pixels.shape[1] - x]
    rows, columns = part.shape[:2]
    area = pixels[y + top : y + top + rows, x + left : x + left + columns]
    if part.shape[2] == 3:
        area[:] = part
        return
    share = part[:, :, 3:].astype(np.float32) / 255
    area[:] = np.rint(area + (part[:, :, :3].astype(np.float32) - area) * share).astype(np.uint8)


def area(pixels: NDArray[np.uint8], rect: Rect) -> NDArray[np.uint8]:
    """Cut a rectangle out of pixels or indices; at least one px of it.

    Args:
        pixels: shape (height, width) or (height, width, 3).
        rect: left, top, right, bottom in px.

    Returns:
        A view of the pixels.
    """
    height, width = pixels.shape[:2]
    left, top = min(max(0, int(rect[0])), width - 1), min(max(0, int(rect[1])), height - 1)
    right, bottom = max(left + 1, int(rect[2]) + 1), max(top + 1, int(rect[3]) + 1)
    return pixels[top:bottom, left:right]
