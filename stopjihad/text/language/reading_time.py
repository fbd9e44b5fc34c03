"""Say how long a text is read, or read aloud."""

from __future__ import annotations

import math

from stopjihad.text.unicode.graphemes import count

LETTERS = 15
"""Letters a second where nothing else is said: 68 ms a letter read aloud, in 14 alphabetic
languages (Trauzettel-Klosinski and Dietz 2012, IReST); silent reading is a quarter faster."""

SLOWER = {"ar": 12, "fa": 12, "ps": 12, "ur": 12, "bn": 10, "hi": 10}
"""Letters a second of scripts that say more with one letter: Arabic writes no short vowels, in
Bengali and Devanagari a letter is a syllable. Our choice; IReST leaves these out of its mean."""

DIGIT = 5
"""Letters that a digit is worth when it is said: 2,521 is six words."""

LEAST = 2
"""Seconds that a picture stays however few its words are."""


def letters_a_second(lang: str) -> int:
    """Give how fast people read a language, in letters (grapheme clusters) a second."""
    return SLOWER.get(lang.partition("-")[0], LETTERS)


def reading_seconds(text: str, lang: str) -> int:
    """Tell how long a text must stay to be read once.

    Args:
        text: plain words.
        lang: BCP 47 tag.

    Returns:
        Whole seconds, at least ``LEAST``.
    """
    return _seconds(count(" ".join(text.split())), lang)


def speaking_seconds(text: str, lang: str) -> int:
    """Tell how long it takes to say a text calmly.

    Args:
        text: plain words; numbers are said in full.
        lang: BCP 47 tag.

    Returns:
        Whole seconds, at least ``LEAST``.
    """
    return _seconds(spoken_letters(text), lang)


def spoken_letters(text: str) -> int:
    """Count the letters of a text as a voice says it: a digit is ``DIGIT`` of them."""
    return count(" ".join(text.split())) + (DIGIT - 1) * sum(map(str.isdecimal, text))


def _seconds(letters: int, lang: str) -> int:
    return max(LEAST, math.ceil(letters / letters_a_second(lang)))
