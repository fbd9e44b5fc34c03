"""Find text that readers would see in another order than the one in which it was checked.

Direction marks reorder what a page, a post or a message shows: a number between U+202E and U+202C
reads backwards, on every platform. Pages set direction themselves, so no author needs the five
embeddings and overrides (Unicode, UAX #9, section 2.7, advises isolates in their place). Isolates
and marks are fine around a number or an address, never inside of one.
"""

from __future__ import annotations

import re

from stopjihad.text.unicode import bidi
from stopjihad.text.unicode.bidi_controls import has_controls, strip_controls

_CONTROL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_OVERRIDE = re.compile("[\u202a-\u202e]")
_NUMBER = re.compile(rf"\d(?:[\d \u00a0\u202f.,:/+()'\u2019\u066b\u066c{_CONTROL}-]*\d)?")
_ISOLATE = re.compile(
    r"\d[ \u00a0\u202f.,:/+()'-]*[\u2066-\u2069]+[ \u00a0\u202f.,:/+()'-]*"
    r"(?:[\u2066-\u2069]+[ \u00a0\u202f.,:/+()'-]*)*\d"
)
_TOKEN = re.compile(r"\S+")
_ENDS = "\u061c\u200e\u200f\u2066\u2067\u2068\u2069.,;:!?()\u060c\u061b\u061f"
_ADDRESS = re.compile(r"://|[^\s@]@[A-Za-z0-9-]|[A-Za-z0-9-]\.[A-Za-z]{2}|\+\d")


def order_fault(text: str) -> str:
    """Find the first thing in a text that is not shown as it is stored.

    Args:
        text: any text; its cost is linear.

    Returns:
        What is wrong, for people; empty when nothing is.
    """
    if not has_controls(text):
        return ""
    found = _OVERRIDE.search(text)
    if found:
        return f"U+{ord(found[0]):04X} changes the order of letters and numbers"
    found = _ISOLATE.search(text)
    if found:
        return f"an isolate stands inside of the number {strip_controls(found[0])[:40]}"
    for token in _TOKEN.findall(text):
        inner = token.strip(_ENDS)
        if has_controls(inner) and _ADDRESS.search(strip_controls(inner)):
            return f"a direction mark stands in {strip_controls(inner)[:60]}"
    for line in text.splitlines():
        number = _turned_number(line) if has_controls(line) else ""
        if number:
            return f"a direction mark turns the number {number[:40]} round"
    return ""


def _turned_number(line: str) -> str:
    """Find a number whose digits do not stand as without marks, nor from left to right."""
    if not re.search(r"\d", line):
        return ""
    shown = _places(line)
    plain = strip_controls(line)
    natural = _places(plain)
    numbers = [match.span() for match in _NUMBER.finditer(plain)]
    kept = [place for place, letter in enumerate(line) if not has_controls(letter)]
    for start, end in numbers:
        digits = [place for place in range(start, end) if plain[place].isdecimal()]
        seen = sorted(digits, key=lambda place: shown[kept[place]])
        if seen != digits and seen != sorted(digits, key=lambda place: natural[place]):
            return plain[start:end]
    return ""


def _places(line: str) -> list[int]:
    """Give the place of each character from left to right, as it is shown."""
    base, found = bidi.levels(line)
    found = bidi.line_levels(line, found, 0, len(line), base)
    places = [0] * len(line)
    at = 0
    for start, end, level in bidi.visual_runs(found):
        for place in reversed(range(start, end)) if level & 1 else range(start, end):
            places[place] = at
            at += 1
    return places
