"""Draw QR codes (ISO/IEC 18004) with whole pixels."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from stopjihad.render.card.canvas import Rect
from stopjihad.render.card.shapes import Mask

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUIET = 4
"""Modules of free space around the code (ISO/IEC 18004, 6.3.8)."""


@lru_cache(maxsize=64)
def modules(text: str) -> NDArray[np.uint8]:
    """Encode text with error correction of at least 15 %.

    Returns:
        One value per module, 0 light or 255 dark, without quiet zone.
    """
    import numpy as np
    import segno

    matrix = segno.make(text, error="m", micro=False, boost_error=True).matrix
    return np.array([[255 if module else 0 for module in row] for row in matrix], dtype=np.uint8)


def code(text: str, rect: Rect) -> Mask:
    """Draw a code as large as whole modules allow in the middle of a square.

    Args:
        text: what is encoded, such as an address.
        rect: room for the code with its quiet zone, px.

    Returns:
        The dark modules.

    Raises:
        ValueError: the room is smaller than one px a module.
    """
    import numpy as np

    grid = modules(text)
    total = grid.shape[0] + 2 * QUIET
    scale = int(min(rect[2] - rect[0], rect[3] - rect[1])) // total
    if scale < 1:
        raise ValueError(f"a code of {total} modules needs at least {total} px")
    side = scale * grid.shape[0]
    x, y = (int((low + high - side) / 2) for low, high in ((rect[0], rect[2]), (rect[1], rect[3])))
    return Mask(x, y, np.kron(grid, np.ones((scale, scale), dtype=np.uint8)))
