"""Say how long a text is read, or read aloud."""

from __future__ import annotations

import math

from stopjihad.text.unicode.graphemes import clusters

LETTERS = 15
"""Letters a second, spaces included, that adults read in captions, and hear from a calm speaker:
about 150 words a minute."""

SPARSE = 12
"""The same where short vowels are not written: there fewer letters make a word."""

_SPARSE_LANGUAGES = frozenset(("ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur"))

DIGIT = 5
"""Letters that a digit is worth when it is said: 2,521 is six words."""

LEAST = 2
"""Seconds that a picture stays however few its words are."""


def reading_seconds(text: str, lang: str) -> int:
    """Tell how long a text must stay to be read once.

    Args:
        text: plain words.
        lang: BCP 47 tag.

    Returns:
        Whole seconds, at least ``LEAST``.
    """
    return _seconds(len(clusters(" ".join(text.split()))), lang)


def speaking_seconds(text: str, lang: str) -> int:
    """Tell how long it takes to say a text calmly.

    Args:
        text: plain words; numbers are said in full.
        lang: BCP 47 tag.

    Returns:
        Whole seconds, at least ``LEAST``.
    """
    digits = sum(map(str.isdecimal, text))
    return _seconds(len(clusters(" ".join(text.split()))) + (DIGIT - 1) * digits, lang)


def _seconds(letters: int, lang: str) -> int:
    rate = SPARSE if lang.partition("-")[0] in _SPARSE_LANGUAGES else LETTERS
    return max(LEAST, math.ceil(letters / rate))
