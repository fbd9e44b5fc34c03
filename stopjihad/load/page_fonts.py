"""Cut the fonts that head cards down to what heads pages: small files that browsers read."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from typing import NamedTuple

import uharfbuzz as hb

from stopjihad.catalog.fonts import PAGE_HEADLINES
from stopjihad.load.fonts import packaged_file

SIGNS = "0020-007E 00A0 00AB 00BB 2010-2014 2018-201E 2026 202F 2039-203A"

NAMES = (0, 1, 2, 4, 5, 6, 13, 14)
"""Copyright, family, style, full name, version, PostScript name, licence, its address: what the
SIL OFL 1.1 asks to keep."""

WEIGHT = 800

DIRECTORY, TABLE = 44, 20
"""Bytes of the header of a WOFF file, and of an entry for a table (W3C WOFF 1.0, sections 3, 4)."""


class Letters(NamedTuple):
    """What is kept of a family: ranges of letters in hexadecimal, features of OpenType."""

    ranges: str
    features: str


LETTERS = {
    "Bricolage Grotesque": Letters(
        f"{SIGNS} 00A1-017F 0218-021B 20AC 2212", "kern mark mkmk ccmp locl liga"
    ),
    "Noto Kufi Arabic": Letters(
        f"{SIGNS} 060C 061B 061F 0621-063A 0640-0652 0660-066C 0670-06D5 06F0-06F9 200C-200F",
        "kern mark mkmk ccmp locl liga init medi fina isol rlig calt curs",
    ),
}


@cache
def page_fonts() -> dict[str, bytes]:
    """Make the fonts in which pages are headed: file name to a WOFF; those installed.

    The letters of Bengali take 41 kB with all that they are joined to, more than a page is worth:
    pages in it keep the letters of the reader's system, and so do those in Urdu, which is read in
    Nastaliq.
    """
    found = {name: packaged_file(family) for name, family in PAGE_HEADLINES.items()}
    return {
        name: woff(subset(path, LETTERS[PAGE_HEADLINES[name]]))
        for name, path in found.items()
        if path
    }


def subset(path: str, letters: Letters) -> bytes:
    """Cut a variable font down to some letters and features, in one weight, for large sizes."""
    whole = hb.Face(hb.Blob.from_file_path(path))
    asked = hb.SubsetInput()
    asked.unicode_set.clear()
    for part in letters.ranges.split():
        first, _, last = part.partition("-")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            asked.unicode_set.add(code)
    tags = (int.from_bytes(tag.encode(), "big") for tag in letters.features.split())
    for kept, values in ((asked.layout_feature_tag_set, tags), (asked.name_id_set, NAMES)):
        kept.clear()
        for value in values:
            kept.add(value)
    for axis in whole.axis_infos:
        asked.pin_axis_location(whole, axis.tag, WEIGHT if axis.tag == "wght" else axis.max_value)
    asked.flags |= hb.SubsetFlags.NO_HINTING
    return bytes(hb.subset(whole, asked).blob.data)


def woff(font: bytes) -> bytes:
    """Pack a font of OpenType as WOFF 1.0 (W3C Recommendation of 13 December 2012)."""
    flavour, count = struct.unpack(">4sH", font[:6])
    rows, tables, start = b"", b"", DIRECTORY + TABLE * count
    for place in range(12, 12 + 16 * count, 16):
        tag, check, at, size = struct.unpack(">4sIII", font[place : place + 16])
        packed = min(zlib.compress(font[at : at + size], 9), font[at : at + size], key=len)
        rows += struct.pack(">4sIIII", tag, start + len(tables), len(packed), size, check)
        tables += packed + bytes(-len(packed) % 4)
    head = struct.pack(
        ">4s4sIHHIHHIIIII",
        *(b"wOFF", flavour, start + len(tables), count, 0, len(font), 1, 0, 0, 0, 0, 0, 0),
    )
    return head + rows + tables
