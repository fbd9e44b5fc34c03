"""Embed fonts in a document so that each letter can be read back, in any script.

A font of Arabic draws different letters with one glyph, and one letter with several; a PDF tells of
each code what it stands for, once. So a code here is a glyph together with the letters that it
stands for: several codes may lead to one glyph (ISO 32000-1, 9.7.4: CIDToGIDMap).
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from stopjihad.draw.breaks import Cut
from stopjihad.draw.lines import PlacedGlyph, place_glyphs
from stopjihad.draw.shape import GRID, JOINERS, UNSEEN, ShapedParagraph, Typeface, extents, snap

if TYPE_CHECKING:
    import uharfbuzz as hb

UNIT = 1000
"""Units per em in which a PDF gives widths (ISO 32000-1, 9.7.3)."""

_LEFT_OUT = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "cmap", "name", "kern", "DSIG")
"""Tables that nobody needs who is given glyphs."""

SILENT = UNSEEN - JOINERS
"""Characters that are not read back: marks of direction, and breaks."""


class WrittenGlyph(NamedTuple):
    """A glyph on a line, with the letters that it stands for; positions as in `PlacedGlyph`."""

    typeface: Typeface
    glyph: int
    x: int
    y: int
    text: str


def written_glyphs(shaped: ShapedParagraph, cut: Cut) -> list[WrittenGlyph]:
    """Give the glyphs of a line from left to right, spaces among them.

    Of several glyphs that stand for letters together, the widest has the letters.
    """
    placed, _ = place_glyphs(shaped, cut)
    widest: dict[int, PlacedGlyph] = {}
    for one in placed:
        best = widest.get(one.cluster)
        if best is None or _advance(one) > _advance(best):
            widest[one.cluster] = one
    return [
        WrittenGlyph(
            one.typeface,
            one.glyph,
            one.x,
            one.y,
            _letters(shaped, one.cluster, cut) if widest[one.cluster] is one else "",
        )
        for one in placed
    ]


def _advance(one: PlacedGlyph) -> int:
    return int(one.typeface.font.get_glyph_h_advance(one.glyph))


def _letters(shaped: ShapedParagraph, cluster: int, cut: Cut) -> str:
    """Give the letters of a cluster, in the order in which they are read."""
    if cluster < 0:  # a hyphen that shows at the end of a line is no letter of the word
        return "\u00ad"
    after = snap(shaped, cluster + 1)
    letters = shaped.text[cluster : min(after, cut[1])]
    return "".join(char for char in letters if ord(char) not in SILENT)


class FontCodes:
    """Give codes to the glyphs of one typeface as they are used, and write it with them."""

    def __init__(self, typeface: Typeface) -> None:
        """Start without any."""
        self.typeface = typeface
        self._codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: int, text: str) -> int:
        """Give the code of a glyph that stands for a text, from 1."""
        return self._codes.setdefault((glyph, text), len(self._codes) + 1)

    def width(self, glyph: int) -> float:
        """Give how far the pen moves after a glyph, in thousandths of an em."""
        return float(self.typeface.font.get_glyph_h_advance(glyph)) * UNIT / GRID

    def write(self, pdf: Any) -> Any:
        """Embed the glyphs that were used in a document of pikepdf.

        Returns:
            The font, a dictionary for the resources of a page.
        """
        from pikepdf import Array, Dictionary, Name, Stream, String

        glyphs = sorted({glyph for glyph, _ in self._codes})
        data, places = _subset(self.typeface, tuple(glyphs))
        name = Name("/" + self._name(data))
        widths = Array([self.width(glyph) for glyph, _ in self._codes])
        leads = b"\0\0" + b"".join(places[glyph].to_bytes(2) for glyph, _ in self._codes)
        described = pdf.make_indirect(self._describe(pdf, name, data, glyphs))
        own = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            FontDescriptor=described,
            DW=0,
            W=Array([1, widths]),
            CIDToGIDMap=Stream(pdf, leads),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(own)]),
                ToUnicode=Stream(pdf, _unicode_map(text for _, text in self._codes)),
            )
        )

    def _name(self, data: bytes) -> str:
        """Name a part of a font: six capitals before the name of the whole (9.6.4)."""
        digest = hashlib.sha256(data).digest()
        mark = "".join(string.ascii_uppercase[one % 26] for one in digest[:6])
        family = "".join(char for char in self.typeface.file.family if char.isascii())
        return f"{mark}+{family.replace(' ', '') or 'Font'}"

    def _describe(self, pdf: Any, name: Any, data: bytes, glyphs: list[int]) -> Any:
        from pikepdf import Array, Dictionary, Name, Stream

        boxes = [extents(self.typeface, glyph) for glyph in glyphs]
        sides = zip(*boxes, strict=True)
        box = [round(pick(side) * UNIT / GRID) for pick, side in zip(_PICKS, sides, strict=True)]
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,  # its codes are its own
            FontBBox=Array(box),
            ItalicAngle=0,
            Ascent=max(box[3], 0),
            Descent=min(box[1], 0),
            CapHeight=max(box[3], 0),
            StemV=80,
            FontFile2=Stream(pdf, data, Length1=len(data)),
        )


_PICKS = (min, min, max, max)
"""Which of all left, lower, right and upper edges is that of the whole."""


def is_embeddable(typeface: Typeface) -> bool:
    """Tell whether a font has outlines of TrueType: those of PostScript take one code a glyph."""
    return "glyf" in typeface.font.face.table_tags


@lru_cache(maxsize=256)
def _subset(typeface: Typeface, glyphs: tuple[int, ...]) -> tuple[bytes, dict[int, int]]:
    """Take some glyphs out of a font, at its weight.

    Returns:
        The bytes of a font of its own, and each glyph's place there.
    """
    import uharfbuzz as hb

    face = typeface.font.face
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    for table in _LEFT_OUT:
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).add(int.from_bytes(table.ljust(4).encode()))
    for axis, value in zip(face.axis_infos, _axes(typeface.font), strict=True):
        wanted.pin_axis_location(face, axis.tag, value)
    plan = hb.SubsetPlan(face, wanted)
    data = bytes(plan.execute().blob.data)
    places = plan.old_to_new_glyph_mapping
    return data, {glyph: places[glyph] for glyph in glyphs}


def _axes(font: hb.Font) -> tuple[float, ...]:
    """Give where a variable font stands on its axes; nothing for any other."""
    return tuple(font.get_var_coords_design()) if font.face.axis_infos else ()


_HEAD = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
"""
_FOOT = b"endcmap CMapName currentdict /CMap defineresource pop end end\n"


def _unicode_map(texts: Iterable[str]) -> bytes:
    """Say what each code from 1 on stands for (9.10.3); those without letters are left out."""
    rows = [
        f"<{code:04x}> <{text.encode('utf-16-be').hex()}>"
        for code, text in enumerate(texts, 1)
        if text
    ]
    return _HEAD + b"".join(_hundreds(rows)) + _FOOT


def _hundreds(rows: list[str]) -> Iterator[bytes]:
    """Write a hundred rows at a time: more are not allowed."""
    for at in range(0, len(rows), 100):
        part = rows[at : at + 100]
        yield "\n".join((f"{len(part)} beginbfchar", *part, "endbfchar", "")).encode()
