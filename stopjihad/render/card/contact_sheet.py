"""Lay out many cards on one page, for people to look through, and measure which look alike.

Two pictures are compared at a glance, as neighbours in the grid of a profile.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image


THUMB = 360
"""Width of a card on the sheet, px: what a phone shows in a feed."""

GAP = 24
COLUMNS = 5
"""As many as there are formats: one row per language and design."""

GREY = (226, 226, 222)


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """One card of a sheet.

    Attributes:
        label: what it is, such as ``they-protect-muslims · fact · og``.
        lang: BCP 47 tag of its language.
        direction: ``ltr`` or ``rtl``.
        path: where the picture is, relative to the sheet.
        picture: its bytes.
        alt: its words.
    """

    label: str
    lang: str
    direction: str
    path: str
    picture: bytes
    alt: str


def sheet_page(title: str, tiles: Iterable[Tile]) -> str:
    """Write the contact sheet as a page without script.

    Args:
        tiles: cards in the order in which they are looked at; one section per language.

    Returns:
        HTML that shows each card with its label and the words that stand for it.
    """
    sections: dict[str, list[str]] = {}
    for tile in tiles:
        sections.setdefault(tile.lang, []).append(_figure(tile))
    body = "\n".join(
        f'<section><h2 id="{escape(lang)}">{escape(lang)}</h2>\n<div>\n'
        + "\n".join(figures)
        + "\n</div></section>"
        for lang, figures in sections.items()
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>\n{body}\n</body></html>\n"
    )


STYLE = (
    "body{margin:2rem;font:1rem/1.5 system-ui,sans-serif;background:#e2e2de;color:#14232b}"
    "div{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:flex-start}"
    "figure{margin:0;width:22.5rem}img{display:block;width:100%;height:auto}"
    "figcaption{font-size:.875rem;padding-block:.5rem}"
)


def _figure(tile: Tile) -> str:
    width, height = _size(tile.picture)
    return (
        f'<figure><img src="{escape(tile.path)}" alt="{escape(tile.alt)}" width="{width}" '
        f'height="{height}" loading="lazy" lang="{escape(tile.lang)}"><figcaption>'
        f'{escape(tile.label)}<br><span lang="{escape(tile.lang)}" dir="{escape(tile.direction)}">'
        f"{escape(tile.alt)}</span></figcaption></figure>"
    )


def sheet_picture(tiles: Sequence[Tile], columns: int = COLUMNS) -> bytes:
    """Draw the contact sheet as one picture.

    Returns:
        A PNG; cards are ``THUMB`` px wide and stand on one line at their upper edge.
    """
    from PIL import Image

    thumbs = [_thumb(tile.picture) for tile in tiles]
    rows = [thumbs[start : start + columns] for start in range(0, len(thumbs), columns)]
    heights = [max(thumb.height for thumb in row) for row in rows]
    width = columns * (THUMB + GAP) + GAP
    sheet = Image.new("RGB", (width, sum(heights) + GAP * (len(rows) + 1)), GREY)
    y = GAP
    for row, height in zip(rows, heights, strict=True):
        for column, thumb in enumerate(row):
            sheet.paste(thumb, (GAP + column * (THUMB + GAP), y))
        y += height + GAP
    out = io.BytesIO()
    sheet.quantize(256).save(out, "PNG", optimize=True)
    return out.getvalue()


def _thumb(picture: bytes) -> Image.Image:
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        height = round(image.height * THUMB / image.width)
        return image.convert("RGB").resize((THUMB, height), Image.Resampling.LANCZOS)


def _size(picture: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        return image.width, image.height


CELLS = 8
"""Parts of a picture across and down: what remains of it at a glance."""

LEAST = 11.0
"""Least distance of neighbours. The same design with other words measures about 5, another theme
about 15, another design 20 and more."""


def glance(picture: bytes) -> NDArray[np.float64]:
    """Reduce a picture to what is seen at a glance.

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
