"""Fold text so that spellings of one word become equal: case, accents, forms of letters.

What a word is made of is said here, too: Python leaves out the vowel signs of many scripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import chain
from typing import Generic, TypeVar

WORD_MARKS = (
    "\u0300-\u036f"  # accents written apart
    "\u0591-\u05bd\u05bf\u05c1\u05c2"  # Hebrew points
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # Arabic
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"  # Devanagari
    "\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3\u09fe"  # Bengali
    "\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a75"  # Gurmukhi
    "\u0a81-\u0a83\u0abc-\u0acd\u0ae2\u0ae3\u0afa-\u0aff"  # Gujarati
    "\u0b01-\u0b03\u0b3c-\u0b57\u0b62\u0b63\u0b82\u0bbe-\u0bcd\u0bd7"  # Oriya, Tamil
    "\u0c00-\u0c04\u0c3c-\u0c56\u0c62\u0c63"  # Telugu
    "\u0c81-\u0c83\u0cbc-\u0cd6\u0ce2\u0ce3\u0cf3"  # Kannada
    "\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d62\u0d63\u0dca-\u0ddf"  # Malayalam, Sinhala
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"  # Thai, Lao
    "\u0f71-\u0f84\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"  # Tibetan, Burmese, Khmer
    "\u200c\u200d"  # joiners: they hold Persian and Indic words together
)
"""Marks that belong to a word, as a part of a regular expression's set. Source: general categories
Mn and Mc of the Unicode Character Database, for scripts that campaigns may be written in."""

WORD = re.compile(rf"[^\W_]+(?:[{WORD_MARKS}]+[^\W_]*)*")
"""A word: letters, digits and their marks; underscores are marks of emphasis."""


_LEFT_OUT = (
    (0x0300, 0x036F),  # Latin, Greek and Cyrillic accents
    (0x0591, 0x05C7),  # Hebrew points
    (0x0610, 0x061A),  # Arabic honorifics and small vowels
    (0x064B, 0x065F),  # Arabic vowel signs
    (0x0670, 0x0670),  # superscript alef
    (0x06D6, 0x06ED),  # Quranic marks
)
"""Marks that readers leave out; vowel signs of Indic scripts are letters to them and stay."""

_SAME = {
    "\u0640": "",  # tatweel only stretches a word
    "\u200c": "",
    "\u200d": "",
    "\u0649": "\u064a",  # alef maksura for yeh, as most keyboards write
    "\u0629": "\u0647",  # teh marbuta for heh
    "\u06cc": "\u064a",  # Persian yeh
    "\u06a9": "\u0643",  # Persian kaf
    "\u06c1": "\u0647",  # Urdu heh
    "\u0671": "\u0627",  # alef wasla
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "\u2019": "'",
    "\u02bc": "'",
    "\u2010": "-",
    "\u2011": "-",
}
"""Letters that are written for each other, and what counts for both; Arabic after the normalization
of light stemmers (Larkey, Ballesteros and Connell 2002)."""


class _FoldTable(dict[int, str]):
    """Fold each character once."""

    def __missing__(self, code: int) -> str:
        folded = "".join(_letter(part) for part in unicodedata.normalize("NFKD", chr(code)))
        self[code] = folded
        return folded


def _letter(character: str) -> str:
    code = ord(character)
    if any(first <= code <= last for first, last in _LEFT_OUT):
        return ""
    if unicodedata.category(character) == "Cf" and character not in _SAME:
        return ""
    lower = character.casefold().lower()  # casefold alone makes Cherokee capitals
    return "".join(_SAME.get(part, part) for part in lower)


T = TypeVar("T")


class PerWord(dict[str, T], Generic[T]):
    """Make something of each word once: texts repeat their words, and a look costs less."""

    def __init__(
        self, make: Callable[[str], T], longest: int | None = None, most: int | None = None
    ) -> None:
        """Remember what ``make`` makes of a word; a word is what stands between two spaces.

        Args:
            longest: most code points of a word that is remembered.
        """
        super().__init__()
        self._make = make
        self._longest = longest or _LONGEST
        self._most = most or _MOST

    def __missing__(self, word: str) -> T:
        """Make it; keep it unless it is long, and forget all others when there are too many."""
        made = self._make(word)
        if len(word) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[word] = made
        return made


_MOST = 1 << 16
"""Most words that are remembered: the sample has 1,700 to 2,700 a language, so 24 of it fit."""

_LONGEST = 64
"""Most code points of a word that is remembered: the longest of the sample, with its marks, has 58;
scripts without spaces have whole sentences, which are rarely said again."""

_TABLE = _FoldTable()
_FOLDED = PerWord(lambda word: word.translate(_TABLE))


def fold(text: str) -> str:
    """Fold a text.

    Returns:
        Lower case without accents and vowel signs, without format characters; ``ß`` is ``ss``.
    """
    if text.isascii():
        return text.lower()
    return " ".join(map(_FOLDED.__getitem__, text.split(" ")))


def part_tokens(word: str) -> tuple[str, ...]:
    """Cut what stands between two spaces into folded words; `folded_tokens` remembers them."""
    folded = word.lower() if word.isascii() else word.translate(_TABLE)
    # Letters and digits alone are one word: most words are.
    return (folded,) if folded.isalnum() else tuple(WORD.findall(folded))


_TOKENS = PerWord(part_tokens)


def folded_tokens(text: str) -> list[str]:
    """Cut a text into words and fold them.

    Returns:
        What ``WORD`` finds in ``fold(text)``, in order: no word reaches across a space.
    """
    return list(chain.from_iterable(map(_TOKENS.__getitem__, text.split())))


def folded_place(text: str, offset: int) -> int:
    """Find the character of a text that a character of the folded text came from.

    Args:
        offset: place in ``fold(text)``, in code points from 0.

    Returns:
        Place in ``text``, in code points from 0; its length when the offset is behind the end.
    """
    if text.isascii():
        return min(offset, len(text))
    passed = place = 0
    for part in text.split(" "):
        size = len(_FOLDED[part])
        if passed + size >= offset:  # in this part, or the space behind it
            break
        passed += size + 1
        place += len(part) + 1
    for index in range(place, len(text)):
        passed += len(_TABLE[ord(text[index])])
        if passed > offset:
            return index
    return len(text)
