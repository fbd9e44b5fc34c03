"""Find where a line may break: the Unicode Line Breaking Algorithm, UAX #14 (Unicode 15.1).

Numbers are kept whole as example 7 of section 8.2 there does, which Unicode's own test expects.
Thai, Lao, Khmer and Burmese are written without spaces and would need dictionaries; we break them
at syllables that their spelling shows (:mod:`stopjihad.text.linebreak_syllables`). Authors can
mark words with U+200B ZERO WIDTH SPACE and keep them together with U+2060 WORD JOINER.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from functools import cache
from itertools import compress, count

from stopjihad.text import linebreak_rules as rules
from stopjihad.text.data.linebreak import RUNS
from stopjihad.text.linebreak_syllables import syllable_breaks
from stopjihad.text.unicode_tables import ClassTable

_MANDATORY = re.compile(r"[KFN]|R(?!F)")
_LONE_MARK = re.compile(r"(?<![^KRFNsz])[mj]")
_HELD_SPACES = re.compile(r"(?:[oO]|(?<![^KRFNoOq<>gsz])<|[cpP](?=s+:)|=(?=s+=))s+")
_FREE_SPACES = re.compile(r"zs+")
_CLOSING_QUOTE = re.compile(r"(?<=s)>(?=[sgwcq<>pPxi/KRFNz]|$)")
_IN_NUMBER = re.compile(
    r"(?<=n)(?:[i/]+(?=[n$%])|[i/]*[cpP](?=[$%]))"  # 1,000 and 3/4; (5)% and 5.)%
    r"|(?<=[$%])[oO-](?=n)"  # $(5) and $-5
)
_HEBREW_HYPHEN = re.compile(r"(?<=h)[b-]")
_CONJOINER = re.compile(r"(?<=[kSl])u")
_BEFORE_FINAL = re.compile(r"(?<=[kSl])[kSl](?=v)")


def opportunities(text: str) -> tuple[tuple[int, bool], ...]:
    """Find the places where a line may or must end.

    Args:
        text: any text, in logical order.

    Returns:
        ``(index, mandatory)`` per place, ascending: the line may end before the character of
        that index (counted in code points), or must where mandatory is True, after a line feed
        for example. The last place is the end of the text, mandatory (LB3); empty text has none.
    """
    if not text:
        return ()
    classes = text.translate(_classes())
    if "m" in classes or "j" in classes:
        letters, places = _without_marks(classes)
        found = [places[index] for index in _breaks(letters)]
        if "j" in classes:
            found = [index for index in found if classes[index - 1] != "j"]  # LB8a
    else:
        found = list(_breaks(classes))
    if "t" in classes:
        found = sorted({*found, *syllable_breaks(text)})
    if not _MANDATORY.search(classes):
        return (*[(index, False) for index in found], (len(text), True))
    forced = {match.end() for match in _MANDATORY.finditer(classes)}
    return (*[(index, index in forced) for index in found], (len(text), True))


def _without_marks(classes: str) -> tuple[str, list[int]]:
    """Take combining marks out (LB9, LB10).

    Returns:
        The letters that are left, and the index of each in the text.
    """
    letters = _LONE_MARK.sub("a", classes)
    places = [place for place, letter in enumerate(letters) if letter not in "mj"]
    return letters.replace("m", "").replace("j", ""), places


def _breaks(letters: str) -> Iterator[int]:
    """Apply the rules to letters without combining marks; the end of the text is left out."""
    letters = _with_context(letters)
    pairs = map(operator.add, letters, letters[1:])
    return compress(count(1), map(rules.breakable_pairs().__contains__, pairs))


def _with_context(letters: str) -> str:
    """Rewrite letters whose rule looks further than at a pair."""
    if "s" in letters:
        letters = _HELD_SPACES.sub(lambda held: held[0].replace("s", rules.SPACES_HELD), letters)
    if "z" in letters:
        letters = _FREE_SPACES.sub(lambda free: free[0].replace("s", rules.SPACES_FREE), letters)
    if ">" in letters:
        letters = _CLOSING_QUOTE.sub(rules.CLOSING_QUOTE, letters)
    if "n" in letters:
        letters = _IN_NUMBER.sub(lambda inner: "n" * len(inner[0]), letters)
    if "r" in letters:
        letters = letters.replace("rr", "r" + rules.SECOND_INDICATOR)
    if "h" in letters:
        letters = _HEBREW_HYPHEN.sub(rules.HEBREW_HYPHEN, letters)
    if "v" in letters or "u" in letters:
        letters = _CONJOINER.sub(rules.CONJOINER, letters)
        letters = _BEFORE_FINAL.sub(rules.BEFORE_FINAL, letters)
    return letters


@cache
def _classes() -> ClassTable:
    """Decode the table of classes when the first text needs it."""
    return ClassTable(RUNS)
