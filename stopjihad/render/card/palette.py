"""Reduce a ground to a palette that also holds every shade its texts will need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from stopjihad.render.card.colour import RGB, mix

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 256
GROUND = 112
"""Most colours for the ground; what is left is for edges of letters."""

LEVELS = 16
"""Steps of coverage at the edge of a letter; 16 cannot be told from 256 (reference, cards 1.4)."""


PART = 1 << 17
"""Pixels looked up at once."""


class Ink(NamedTuple):
    """A colour of text or pill and the colours it is drawn over, most common first."""

    colour: RGB
    over: tuple[RGB, ...]


class Indexed(NamedTuple):
    """A ground in palette form.

    Attributes:
        indices: shape (height, width).
        palette: shape (n, 3), n at most 256.
        blends: per colour of ink a table (16, 256): coverage and index give the new index.
    """

    indices: NDArray[np.uint8]
    palette: NDArray[np.uint8]
    blends: dict[RGB, NDArray[np.uint8]]


def index(pixels: NDArray[np.uint8], inks: tuple[Ink, ...]) -> Indexed:
    """Turn a ground into palette form.

    Args:
        pixels: RGB, shape (height, width, 3).
        inks: what will be drawn on it.

    Returns:
        The palette and an index per px.
    """
    import numpy as np

    codes = _codes(pixels.reshape(-1, 3))
    unique, counts = np.unique(codes, return_counts=True)
    colours = _colours(unique)
    wanted = _ground(colours, counts)
    palette = np.array(_with_edges(wanted, inks), dtype=np.uint8)
    nearest = _nearest(colours, palette)
    indices = np.empty(len(codes), dtype=np.uint8)
    for start in range(0, len(codes), PART):
        part = slice(start, start + PART)
        indices[part] = nearest[np.searchsorted(unique, codes[part])]
    blends = {ink.colour: _blend(ink.colour, palette) for ink in inks}
    return Indexed(indices.reshape(pixels.shape[:2]), palette, blends)


def commonest(flat: NDArray[np.uint8], most: int) -> tuple[RGB, ...]:
    """Give the most frequent colours, most frequent first and among equals the darkest first.

    Args:
        flat: RGB, shape (n, 3).
        most: how many.

    Returns:
        Colours.
    """
    import numpy as np

    unique, counts = np.unique(_codes(flat), return_counts=True)
    order = np.argsort(-counts, kind="stable")[:most]
    return tuple(_rgb(row) for row in _colours(unique[order]))


def _codes(flat: NDArray[np.uint8]) -> NDArray[np.uint32]:
    import numpy as np

    codes = flat[:, 0].astype(np.uint32)
    for channel in (1, 2):
        codes <<= 8
        codes |= flat[:, channel]
    return codes


def _colours(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    import numpy as np

    return np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1).astype(np.uint8)


def _ground(colours: NDArray[np.uint8], counts: NDArray[np.intp]) -> list[RGB]:
    """Keep large flat areas exact and share the rest among what remains of the ground's part."""
    import numpy as np
    from PIL import Image

    order = np.argsort(-counts, kind="stable")
    if len(order) <= GROUND:
        return [_rgb(colours[at]) for at in order]
    flat = order[: GROUND // 4]
    rest = order[GROUND // 4 :]
    times = np.minimum(counts[rest], 64)
    strip = np.repeat(colours[rest], times, axis=0)
    image = Image.fromarray(strip.reshape(1, -1, 3))
    few = image.quantize(GROUND - len(flat), method=Image.Quantize.MEDIANCUT)
    shades = np.array(few.getpalette() or [], dtype=np.uint8).reshape(-1, 3)
    return list(dict.fromkeys([_rgb(colours[at]) for at in flat] + [_rgb(s) for s in shades]))


def _with_edges(ground: list[RGB], inks: tuple[Ink, ...]) -> list[RGB]:
    """Add ink colours, then shades between ink and what is under it, most needed first."""
    colours = dict.fromkeys([*ground, *(ink.colour for ink in inks)])
    pairs = [
        (ink.colour, ink.over[rank]) for rank in range(8) for ink in inks if rank < len(ink.over)
    ]
    room = MOST - len(colours)
    for over, under in pairs:
        count = min(LEVELS - 2, room)
        for step in range(1, count + 1):
            colours.setdefault(mix(over, under, 100 * step / (count + 1)))
        room = MOST - len(colours)
    return list(colours)[:MOST]


def _nearest(colours: NDArray[np.uint8], palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Find the nearest palette colour; whole numbers below 2**24 are exact in float32."""
    import numpy as np

    found = np.empty(len(colours), dtype=np.uint8)
    wide = palette.astype(np.float32)
    lengths = (wide * wide).sum(axis=1)
    for start in range(0, len(colours), 4096):
        part = colours[start : start + 4096].astype(np.float32)
        distance = lengths - 2 * (part @ wide.T)
        found[start : start + 4096] = distance.argmin(axis=1)
    return found


def _blend(ink: RGB, palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import numpy as np

    steps = np.arange(LEVELS, dtype=np.float64)[:, None, None] / (LEVELS - 1)
    under = palette.astype(np.float64)[None, :, :]
    mixed = under + (np.array(ink, dtype=np.float64) - under) * steps
    table = np.zeros((LEVELS, MOST), dtype=np.uint8)
    flat = np.asarray(mixed.round(), dtype=np.uint8).reshape(-1, 3)
    table[:, : len(palette)] = _nearest(flat, palette).reshape(LEVELS, len(palette))
    return table


def _rgb(row: NDArray[np.uint8]) -> RGB:
    return int(row[0]), int(row[1]), int(row[2])
