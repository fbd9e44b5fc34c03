"""Write stopjihad/text/unicode/data.py from the Unicode Character Database that Debian packages.

Run it with ``python scripts/make_unicode_tables.py`` after ``apt-get install unicode-data``; the
same database gives the same bytes. ``--check`` changes nothing and fails when it would differ.
"""  # noqa: INP001 (a script, not a package)

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

DATABASE = Path("/usr/share/unicode")
TARGET = Path(__file__).resolve().parent.parent / "stopjihad" / "text" / "unicode" / "data.py"
CODE_POINTS = 0x110000
WIDTH = 92  # characters of a string literal, so that lines stay within 100 columns

HEADER = '''"""Unicode properties of characters as compact runs, for ``text.unicode.class_table``.

Written by scripts/make_unicode_tables.py; do not edit. Derived from the Unicode Character Database
{version}, copyright 1991-2023 Unicode, Inc., used under the Unicode licence
(https://www.unicode.org/license.txt).
"""

UNICODE_VERSION = "{version}"
'''

BIDI = {
    "L": "L", "R": "R", "AL": "A", "EN": "E", "AN": "N", "ES": "+", "ET": "$", "CS": ",",
    "NSM": "m", "BN": "b", "B": "p", "S": "t", "WS": "s", "ON": "o", "LRE": "e", "LRO": "f",
    "RLE": "g", "RLO": "h", "PDF": "q", "LRI": "i", "RLI": "j", "FSI": "k", "PDI": "x",
}  # fmt: skip

BIDI_LONG = {
    "Left_To_Right": "L", "Right_To_Left": "R", "Arabic_Letter": "AL",
    "European_Terminator": "ET", "Boundary_Neutral": "BN",
}  # fmt: skip


LINE_BREAK = {
    "BK": "K", "CR": "R", "LF": "F", "NL": "N", "SP": "s", "ZW": "z", "WJ": "w", "GL": "g",
    "CM": "m", "ZWJ": "j", "OP": "o", "CL": "c", "CP": "p", "EX": "x", "IS": "i", "SY": "/",
    "QU": "q", "NS": ":", "CJ": ":", "IN": ".", "BA": "b", "HY": "-", "BB": "B", "B2": "=",
    "HL": "h", "AL": "a", "AI": "a", "SG": "a", "XX": "a", "NU": "n", "PR": "$", "PO": "%",
    "ID": "d", "EB": "e", "EM": "E", "CB": "C", "RI": "r", "JL": "L", "JV": "V", "JT": "T",
    "H2": "H", "H3": "I", "AP": "y", "AK": "k", "AS": "S", "VF": "v", "VI": "u", "SA": "t",
}  # fmt: skip
"""LB1 is applied here: AI, SG and XX are AL, CJ is NS."""

LINE_BREAK_LONG = {"Unknown": "XX", "Prefix_Numeric": "PR", "Ideographic": "ID"}
DOTTED_CIRCLE = 0x25CC

GRAPHEME = {
    "CR": "R", "LF": "F", "Control": "c", "Extend": "e", "ZWJ": "j", "Prepend": "p",
    "SpacingMark": "s", "Regional_Indicator": "r", "L": "L", "V": "V", "T": "T", "LV": "H",
    "LVT": "I", "Other": "o",
}  # fmt: skip


def rows(name: str) -> Iterator[tuple[range, list[str]]]:
    """Yield code points and the fields after them, ``@missing`` defaults first as they stand."""
    lines = (DATABASE / name).read_text(encoding="utf-8").splitlines()
    missing = [line.removeprefix("# @missing: ") for line in lines if "@missing: " in line]
    for line in [*missing, *(line.split("#", 1)[0] for line in lines)]:
        fields = [field.strip() for field in line.split(";")]
        if len(fields) > 1:
            first, _, last = fields[0].partition("..")
            yield range(int(first, 16), int(last or first, 16) + 1), fields[1:]


def values(name: str, default: str) -> list[str]:
    """Give the value of a property for each code point."""
    found = [default] * CODE_POINTS
    for codes, fields in rows(name):
        found[codes.start : codes.stop] = [fields[0]] * len(codes)
    return found


def members(name: str, *wanted: str) -> set[int]:
    """Give the code points whose first fields are the wanted ones."""
    return {
        code
        for codes, fields in rows(name)
        if tuple(fields[: len(wanted)]) == wanted
        for code in codes
    }


def version() -> str:
    """Read the version of the database from a file that states it."""
    first = (DATABASE / "LineBreak.txt").read_text(encoding="utf-8").splitlines()[0]
    found = re.search(r"-(\d+\.\d+\.\d+)\.txt", first)
    if found is None:
        raise SystemExit("LineBreak.txt names no version")
    return found[1]


def runs(classes: list[str]) -> str:
    """Write one class per code point as ``<class><length>`` runs."""
    parts = []
    for name, group in groupby(classes):
        length = sum(1 for _ in group)
        parts.append(name if length == 1 else f"{name}{length}")
    return "".join(parts)


def constant(name: str, text: str, meaning: str, width: int = WIDTH) -> str:
    """Write a long string constant in lines of a width, with what it means."""
    pieces = [text[start : start + width] for start in range(0, len(text), width)]
    body = "\n".join(f'    "{piece}"' for piece in pieces)
    return f'\n{name} = (\n{body}\n)\n"""{meaning}"""\n'


def bidi() -> str:
    """Write the bidirectional classes and the paired brackets."""
    raw = values("extracted/DerivedBidiClass.txt", "L")
    classes = [BIDI[BIDI_LONG.get(value, value)] for value in raw]
    opening = {
        codes.start: int(fields[0], 16)
        for codes, fields in rows("BidiBrackets.txt")
        if fields[-1] == "o"
    }
    pairs = "".join(f"\\u{first:04x}\\u{last:04x}" for first, last in sorted(opening.items()))
    escapes = 12 * (WIDTH // 12)  # a pair is two escapes of six characters each
    return constant("BIDI", runs(classes), "Bidirectional classes (UAX #9).") + constant(
        "BRACKETS", pairs, "Paired brackets (UAX #9), each opener before its closer.", escapes
    )


def line_break() -> str:
    """Write the line breaking classes, split where a rule asks for another property."""
    raw = values("extracted/DerivedLineBreak.txt", "XX")
    letters = [LINE_BREAK[LINE_BREAK_LONG.get(value, value)] for value in raw]
    category = values("extracted/DerivedGeneralCategory.txt", "Cn")
    wide = set().union(*(members("EastAsianWidth.txt", width) for width in "FWH"))
    pictographic = members("emoji/emoji-data.txt", "Extended_Pictographic")
    for code, letter in enumerate(letters):
        split = {
            "o": "O" if code in wide else "o",  # LB30
            "p": "P" if code in wide else "p",  # LB30
            "q": {"Pi": "<", "Pf": ">"}.get(category[code], "q"),  # LB15a, LB15b
            "t": "m" if category[code] in ("Mn", "Mc") else "t",  # LB1
        }.get(letter, letter)
        if category[code] == "Cn" and code in pictographic:
            split = "X"  # LB30b
        letters[code] = split
    letters[DOTTED_CIRCLE] = "l"  # LB28a
    meaning = "Line breaking classes (UAX #14) after rule LB1."
    return constant("LINE_BREAK", runs(letters), meaning)


def grapheme() -> str:
    """Write the grapheme cluster classes, split where GB9c or GB11 ask for another property."""
    raw = values("auxiliary/GraphemeBreakProperty.txt", "Other")
    letters = [GRAPHEME[value] for value in raw]
    splits = (
        ("x", "o", members("emoji/emoji-data.txt", "Extended_Pictographic")),
        ("k", "o", members("DerivedCoreProperties.txt", "InCB", "Consonant")),
        ("n", "e", members("DerivedCoreProperties.txt", "InCB", "Extend")),
        ("v", "e", members("DerivedCoreProperties.txt", "InCB", "Linker")),
    )
    for letter, whole, codes in splits:
        for code in codes - {0x200D}:  # ZWJ is both InCB=Extend and a class of its own
            if letters[code] != whole:
                raise SystemExit(f"U+{code:04X} is no {whole}: the rules need another look")
            letters[code] = letter
    return constant("GRAPHEME", runs(letters), "Grapheme cluster classes (UAX #29).")


def script() -> str:
    """Write the ISO 15924 code of the script of each character."""
    codes = {fields[1]: fields[0] for fields in aliases("sc")}
    letters = [codes[value] for value in values("Scripts.txt", "Unknown")]
    return constant("SCRIPT", runs(letters), "Scripts (UAX #24) by their ISO 15924 codes.")


def aliases(wanted: str) -> Iterator[list[str]]:
    """Yield the short and long names of the values of a property."""
    for line in (DATABASE / "PropertyValueAliases.txt").read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split("#", 1)[0].split(";")]
        if fields[0] == wanted:
            yield fields[1:]


def main() -> int:
    """Write the file, or with ``--check`` say whether it would differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    head = HEADER.format(version=version())
    text = head + bidi() + grapheme() + line_break() + script()
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    if not check:
        TARGET.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{'stale' if check else 'written'}: {TARGET.name}\n")
    return 1 if check else 0


if __name__ == "__main__":
    raise SystemExit(main())
