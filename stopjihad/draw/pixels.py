"""Lay masks of colour onto pixels: in full colour, in palette form, and by name.

Colours of a picture stay names (``Tints``) until it is coloured: one ground serves every theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from stopjihad.draw.canvas import Mask, Rect
from stopjihad.draw.colour import mix
from stopjihad.view.contrast import RGB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    """
    height, width = pixels.shape[:2]
    left, top = min(max(0, int(rect[0])), width - 1), min(max(0, int(rect[1])), height - 1)
    right, bottom = max(left + 1, int(rect[2]) + 1), max(top + 1, int(rect[3]) + 1)
    return pixels[top:bottom, left:right]


ART = 88
"""Colours kept free for the drawing of a card."""

LEVELS = 16
"""Steps of coverage at the edge of a letter; 16 cannot be told from 256 (reference, cards 1.4)."""

FULL = 255

GRADES = 32
"""Steps of a blend over the canvas."""


class Tint(NamedTuple):
    """Hold one colour of a picture: ``share`` of 255 of a named colour over another tint.

    ``under`` is the index of the tint below; -1 for a colour that covers.
    """

    over: str
    under: int
    share: int


class Tints:
    """Collect the colours of a picture as they are needed."""

    def __init__(self, most: int = MOST, levels: int = LEVELS) -> None:
        """Start empty.

        Args:
            levels: steps of coverage at the edges of shapes.
        """
        self.levels = levels
        self.found: list[Tint] = []
        self._places: dict[Tint, int] = {}
        self._most = most

    def cover(self, over: str) -> int:
        """Give the index of a colour that covers what is below."""
        return self._place(Tint(over, -1, FULL))

    def lay(self, over: str, under: int, share: int) -> int:
        """Give the index of a colour laid over a tint.

        Args:
            share: how much of it shows, 0 to 255.

        Returns:
            The index; that of the nearer of the two where there is no room.
        """
        below = self.found[under]
        if not share or (below.over == over and below.under < 0):
            return under
        if share == FULL:
            return self.cover(over)
        made = Tint(over, under, share)
        if made in self._places or len(self.found) < self._most:
            return self._place(made)
        return self.cover(over) if 2 * share > FULL else under

    def _place(self, tint: Tint) -> int:
        if tint not in self._places:
            if len(self.found) >= MOST:
                return 0
            self._places[tint] = len(self.found)
            self.found.append(tint)
        return self._places[tint]


def lay_tint(indices: NDArray[np.uint8], mask: Mask, tints: Tints, over: str, percent: int) -> None:
    """Lay a shape onto a picture of tints, in place."""
    import numpy as np

    cut = clip(mask, indices.shape[1], indices.shape[0])
    if cut is None:
        return
    rows, columns = cut.cover.shape
    area = indices[cut.y : cut.y + rows, cut.x : cut.x + columns]
    top = tints.levels - 1
    level = ((cut.cover.astype(np.uint16) * top + FULL // 2) // FULL).astype(np.uint16)
    if percent == 100:
        area[level == top] = tints.cover(over)
        level[level == top] = 0
    where = level > 0
    keys = level[where] * MOST + area[where]
    table = np.zeros((top + 1) * MOST, dtype=np.uint8)
    for key in np.flatnonzero(np.bincount(keys, minlength=len(table))):
        share = round(int(key) // MOST * FULL / top * percent / 100)
        table[key] = tints.lay(over, int(key) % MOST, share)
    area[where] = table[keys]


def colour_tints(
    tints: Iterable[Tint], colour: Callable[[str], RGB], before: Iterable[RGB] = ()
) -> list[RGB]:
    """Give tints their colours.

    Args:
        before: colours with lower indices, which tints may lie on.
    """
    found = list(before)
    for over, under, share in tints:
        full = colour(over)
        found.append(full if under < 0 else mix(full, found[under], share * 100 / FULL))
    return found


def blend(tints: Tints, over: str, grounds: tuple[int, ...]) -> NDArray[np.uint8]:
    """Prepare to lay letters of a colour onto a picture.

    Args:
        tints: colours of the picture; shades towards the letters are added.
        grounds: indices that get shades of their own, most common first.

    Returns:
        Table (16, 256): coverage and index give the new index.
    """
    import numpy as np

    full = tints.cover(over)
    table = np.empty((LEVELS, MOST), dtype=np.uint8)
    table[: LEVELS // 2] = np.arange(MOST, dtype=np.uint8)
    table[LEVELS // 2 :] = full
    for under in grounds:
        for level in range(1, LEVELS - 1):
            table[level, under] = tints.lay(over, under, round(level * FULL / (LEVELS - 1)))
    return table
