"""Break scripts that write no spaces between words, where their spelling shows a syllable.

Finding words in Thai, Lao, Khmer and Burmese takes dictionaries that we do not carry. A line
broken between syllables reads acceptably, one broken inside a syllable does not, so only
boundaries that are certain from the letters count, and neither side is shorter than two
characters:

- Thai and Lao: before a vowel that is written in front of its consonant, and after a vowel or
  sign that ends a syllable.
- Burmese: before a consonant that is neither silenced (asat) nor stacked (virama).
- Khmer: before a consonant that carries its own vowel sign or subscript and is no subscript.

Stretches without such a boundary stay whole; who sets the line may break them between grapheme
clusters when nothing else fits.
"""

from __future__ import annotations

import re

_THAI = (
    "(?<=[\u0e01-\u0e30\u0e32-\u0e3a\u0e45-\u0e4e])(?=[\u0e40-\u0e44])"
    "|(?<=[\u0e2f\u0e30\u0e33\u0e46])(?=[\u0e01-\u0e2e])(?!.\u0e4c)"
)
_LAO = (
    "(?<=[\u0e81-\u0ebd\u0ec6-\u0ecd])(?=[\u0ec0-\u0ec4])"
    "|(?<=[\u0eaf\u0eb0\u0eb3\u0ec6])(?=[\u0e81-\u0eae\u0edc-\u0edf])"
)
_BURMESE_BASE = "\u1000-\u102a\u103f\u104e\u1050-\u1055\u105a-\u105d\u1075-\u1081"
_BURMESE = (
    f"(?<=[\u1000-\u1038\u103a-\u103f\u1050-\u109d])(?=[{_BURMESE_BASE}])"
    "(?!.[\u1037\u1038]?[\u1039\u103a])"
)
_KHMER = "(?<=[\u1780-\u17d1\u17d3\u17dd])(?=[\u1780-\u17b3][\u17b6-\u17d2])"
_BOUNDARY = re.compile(f"{_THAI}|{_LAO}|{_BURMESE}|{_KHMER}")
_STRETCH = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+|[\u0e81-\u0ecd\u0edc-\u0edf]+"
                      "|[\u1000-\u103f\u104e\u1050-\u109d]+|[\u1780-\u17d3\u17dd]+")  # fmt: skip
_SHORTEST = 2


def syllable_breaks(text: str) -> list[int]:
    """Find the certain syllable boundaries.

    Args:
        text: any text.

    Returns:
        Indices in code points, ascending, before which a line may break.
    """
    found: list[int] = []
    for stretch in _STRETCH.finditer(text):
        start, end = stretch.span()
        for match in _BOUNDARY.finditer(text, start, end):
            index = match.start()
            if index - start >= _SHORTEST and end - index >= _SHORTEST:
                found.append(index)
                start = index
    return found
