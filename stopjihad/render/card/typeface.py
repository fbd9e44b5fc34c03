"""Open fonts for shaping: one HarfBuzz font per file and weight, all on one grid."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.fonts import FontBook, FontFile
from stopjihad.load.fonts import font_bytes

if TYPE_CHECKING:
    import uharfbuzz as hb

GRID = 8192
"""Units per em of every font here, whatever its own: positions are whole numbers on this grid."""


class Typeface(NamedTuple):
    """One family at one weight, ready to shape."""

    file: FontFile
    font: hb.Font
    covered: frozenset[int]


@lru_cache(maxsize=128)
def typefaces(book: FontBook, weight: int, lang: str) -> tuple[Typeface, ...]:
    """Open every family of a book at a weight, best first.

    Args:
        book: the fonts.
        weight: usWeightClass, 100 to 900; a family without it gives its nearest.
        lang: BCP 47 tag of the language, which may have its own.

    Returns:
        One typeface per family, in the order of the language.
    """
    families = book.families_of(lang)
    return tuple(_open(_nearest(book, family, weight), weight) for family in families)


def _nearest(book: FontBook, family: str, weight: int) -> FontFile:
    """Choose the variable font, or the static one nearest in weight, the bolder of two."""
    files = [font for font in book.files if font.family == family]
    return min(files, key=lambda font: (font.weight > 0, abs(font.weight - weight), -font.weight))


@lru_cache(maxsize=64)
def _open(file: FontFile, weight: int) -> Typeface:
    import uharfbuzz as hb

    font = hb.Font(_face(file))
    font.scale = (GRID, GRID)
    if file.weight == 0:
        font.set_variations({"wght": float(weight)})
    return Typeface(file, font, _covered(file))


@lru_cache(maxsize=64)
def _face(file: FontFile) -> hb.Face:
    import uharfbuzz as hb

    return hb.Face(hb.Blob(font_bytes(file)), file.index)


@lru_cache(maxsize=64)
def _covered(file: FontFile) -> frozenset[int]:
    return frozenset(_face(file).unicodes)


@lru_cache(maxsize=65536)
def extents(typeface: Typeface, glyph: int) -> tuple[int, int, int, int]:
    """Measure the ink of a glyph.

    Args:
        typeface: the font.
        glyph: number of the glyph in it.

    Returns:
        Left, bottom, right and top of the ink from the pen, in grid units; all 0 without ink.
    """
    box = typeface.font.get_glyph_extents(glyph)
    if box is None or not box.width or not box.height:
        return 0, 0, 0, 0
    bottom, top = sorted((box.y_bearing, box.y_bearing + box.height))
    return box.x_bearing, bottom, box.x_bearing + box.width, top
