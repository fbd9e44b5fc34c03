"""Draw a drawing once per size, its colours still names, and put it on a card."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.drawing import read_drawing
from stopjihad.render.card.outline import closed, fill, line, points
from stopjihad.render.card.pixels import clip
from stopjihad.render.card.shapes import Mask
from stopjihad.render.card.tints import ART, Tint, Tints, lay

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PART_BELOW = 0.05
"""Share of a drawing's box from which on what is there counts as its ground."""

KEPT = 768
"""Drawings kept in a process, compressed: about 5 kB each."""

EDGES = 6
"""Steps of coverage at the edges of a drawing: its colours meet in many pairs."""

SIZE = 16
"""Heights of drawings are multiples of this many px, so that languages share them."""


class Sprite(NamedTuple):
    """Hold a drawing at one size.

    Attributes:
        size: width and height in px.
        tints: its colours; the first stands for whatever is below.
        data: indices of tints, row by row, compressed.
    """

    size: tuple[int, int]
    tints: tuple[Tint, ...]
    data: bytes


class Laid(NamedTuple):
    """A drawing on a card: indices of what it lies on, most of it on the first, and its colours."""

    below: tuple[int, ...]
    tints: tuple[Tint, ...]


def proportion(svg: str) -> float:
    """Give how much wider than high a drawing is."""
    drawing = read_drawing(svg)
    return drawing.width / drawing.height


@lru_cache(maxsize=KEPT)
def sprite(svg: str, height: int, *, mirrored: bool) -> Sprite:
    """Draw a drawing.

    Args:
        svg: the drawing.
        height: px.
        mirrored: whether left and right are exchanged.

    Returns:
        The drawing; the same for the same arguments.
    """
    import numpy as np

    drawing = read_drawing(svg)
    scale = height / drawing.height
    width = round(drawing.width * scale)
    indices = np.zeros((height, width), dtype=np.uint8)
    tints = Tints(ART, EDGES)
    tints.cover("")
    for shape in drawing.shapes:
        paths = [points(path, scale, width if mirrored else 0) for path in shape.paths]
        if shape.width:
            mask = line(paths, shape.width * scale)
        else:
            mask = fill([closed(path) for path in paths])
        if mask is not None:
            lay(indices, mask, tints, f"art.{shape.colour}", shape.percent)
    return Sprite((width, height), tuple(tints.found), zlib.compress(indices.tobytes(), 1))


def put(indices: NDArray[np.uint8], drawn: Sprite, at: tuple[int, int], first: int) -> Laid | None:
    """Put a drawing onto palette indices, in place.

    Args:
        indices: the rows of the card that may change.
        drawn: the drawing.
        at: its left and upper edge, px of these rows.
        first: index that its own colours begin with.

    Returns:
        Its colours from ``first`` on; None where it lies outside of the rows.
    """
    import numpy as np

    width, height = drawn.size
    codes = np.frombuffer(zlib.decompress(drawn.data), dtype=np.uint8).reshape(height, width)
    cut = clip(Mask(at[0], at[1], codes), indices.shape[1], indices.shape[0])
    if cut is None:
        return None
    rows, columns = cut.cover.shape
    area = indices[cut.y : cut.y + rows, cut.x : cut.x + columns]
    counts = np.bincount(area.reshape(-1))
    order = np.argsort(-counts, kind="stable")
    below = tuple(int(one) for one in order if counts[one] > PART_BELOW * area.size)
    table = (np.arange(256, dtype=np.int64) + first - 1).astype(np.uint8)
    np.copyto(area, table.take(cut.cover), where=cut.cover != 0)
    tints = (
        tint._replace(under=below[0] if tint.under == 0 else tint.under + first - 1)
        if tint.under >= 0
        else tint
        for tint in drawn.tints[1:]
    )
    return Laid(below, tuple(tints))
