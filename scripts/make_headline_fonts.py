"""Write assets/headlines-*.woff2: the letters in which pages are headed, from the fonts of cards.

Run after an update of the font packages, with the package ``brotli`` beside ours, which nothing
else needs: ``python scripts/make_headline_fonts.py``. One weight, the size for large letters, no
hints; the names of the maker and of the licence (SIL OFL 1.1) stay in the file. The letters of
Bengali take 41 kB with all that they are joined to, more than a page is worth: pages in it keep
those of the reader's system, and so do those in Urdu, which is read in Nastaliq.
"""

# ruff: noqa: INP001  a script, no package
from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import NamedTuple

import brotli
import uharfbuzz as hb
from stopjihad.load.fonts import load_fonts

TARGET = Path(__file__).parent.parent / "assets"

SIGNS = "0020-007E 00A0 00AB 00BB 2010-2014 2018-201E 2026 202F 2039-203A"
NAMES = (0, 1, 2, 4, 5, 6, 13, 14)
"""Copyright, family, style, full name, version, PostScript name, licence, its address."""


class Face(NamedTuple):
    """What is kept of a family: ranges of letters, features of OpenType."""

    family: str
    letters: str
    features: str


FACES = {
    "latin": Face(
        "Bricolage Grotesque",
        f"{SIGNS} 00A1-017F 0218-021B 20AC 2212",
        "kern mark mkmk ccmp locl liga",
    ),
    "arabic": Face(
        "Noto Kufi Arabic",
        f"{SIGNS} 060C 061B 061F 0621-063A 0640-0652 0660-066C 0670-06D5 06F0-06F9 200C-200F",
        "kern mark mkmk ccmp locl liga init medi fina isol rlig calt curs",
    ),
}


def main() -> int:
    """Write the files and say how large they are."""
    book, _ = load_fonts(TARGET.parent)
    for name, face in FACES.items():
        path = next(font.path for font in book.files if font.family == face.family)
        data = woff2(subset(path, face))
        (TARGET / f"headlines-{name}.woff2").write_bytes(data)
        sys.stdout.write(f"{name}: {len(data)} bytes\n")
    return 0


def subset(path: str, face: Face) -> bytes:
    """Cut a font down to the letters and features of a face, in its weight 800 for large sizes."""
    whole = hb.Face(hb.Blob.from_file_path(path))
    asked = hb.SubsetInput()
    asked.unicode_set.clear()
    for part in face.letters.split():
        first, _, last = part.partition("-")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            asked.unicode_set.add(code)
    for kept, tags in (
        (asked.layout_feature_tag_set, map(_number, face.features.split())),
        (asked.name_id_set, NAMES),
    ):
        kept.clear()
        for tag in tags:
            kept.add(tag)
    for axis in whole.axis_infos:
        asked.pin_axis_location(whole, axis.tag, 800 if axis.tag == "wght" else axis.max_value)
    asked.flags |= hb.SubsetFlags.NO_HINTING
    return bytes(hb.subset(whole, asked).blob.data)


def _number(tag: str) -> int:
    return int.from_bytes(tag.encode(), "big")


def woff2(font: bytes) -> bytes:
    """Pack a font as WOFF 2.0 (W3C, section 4 and 5), its outlines as they are."""
    flavour, count = struct.unpack(">4sH", font[:6])
    rows, tables = b"", b""
    for place in range(12, 12 + 16 * count, 16):
        tag, _, start, size = struct.unpack(">4sIII", font[place : place + 16])
        # 63: the tag follows; version 3 says of outlines that they were not transformed.
        rows += bytes([63 | (3 << 6 if tag in {b"glyf", b"loca"} else 0)]) + tag + _base128(size)
        tables += font[start : start + size]
    packed = brotli.compress(tables, mode=brotli.MODE_FONT, quality=11)
    whole = 48 + len(rows) + len(packed)
    padding = -whole % 4
    head = struct.pack(
        ">4s4sIHHIIHHIIIII",
        b"wOF2", flavour, whole + padding, count, 0, len(font), len(packed), 1, 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    return head + rows + packed + bytes(padding)


def _base128(number: int) -> bytes:
    """Write a number in groups of seven bits, the highest first (section 4.1)."""
    found = [number & 127]
    while number := number >> 7:
        found.insert(0, number & 127 | 128)
    return bytes(found)


if __name__ == "__main__":
    sys.exit(main())
