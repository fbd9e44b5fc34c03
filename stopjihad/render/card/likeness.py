"""Measure how alike two pictures look at a glance, as neighbours in the grid of a profile."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CELLS = 8
"""Parts of a picture across and down: what remains of it at a glance."""

LEAST = 11.0
"""Least distance of neighbours. The same design with other words measures about 5, another theme
about 15, another design 20 and more."""


def glance(picture: bytes) -> NDArray[np.float64]:
    """Reduce a picture to what is seen at a glance.

    Args:
        picture: PNG or JPEG.

    Returns:
        Colours in OKLab times 100, shape (``CELLS``, ``CELLS``, 3).
    """
    import numpy as np
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").resize((CELLS, CELLS), Image.Resampling.BOX)
    share = np.asarray(few, dtype=np.float64) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    found = np.cbrt(linear @ np.array(_CONES).T) @ np.array(_LAB).T * 100
    return np.asarray(found, dtype=np.float64)


def distance(one: bytes, other: bytes) -> float:
    """Measure how far apart two pictures look.

    Args:
        one: PNG or JPEG.
        other: PNG or JPEG of the same proportions.

    Returns:
        Mean distance of their parts in OKLab times 100: 0 for the same, 100 for black and white.
    """
    import numpy as np

    return float(np.linalg.norm(glance(one) - glance(other), axis=2).mean())


def neighbours(count: int, columns: int) -> list[tuple[int, int]]:
    """List the pairs of a profile that touch, today or after more posts.

    Each new post moves all others on by one place, so that a row may begin with any of them; and
    each language begins with another talking point, so that the last stands before the first.

    Args:
        count: pictures, in the order in which they are posted.
        columns: pictures in a row.

    Returns:
        Indices of each picture and of the next one, and of the one a row later; none twice.
    """
    pairs = (
        (at, (at + step) % count)
        for step in (1, columns)
        for at in range(count if count > 1 else 0)
    )
    found = (tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1])
    return list(dict.fromkeys((one, other) for one, other in found))


_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
"""Matrices of OKLab (Björn Ottosson, 2020)."""
