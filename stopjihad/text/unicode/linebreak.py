"""Find where a line may break: the Unicode Line Breaking Algorithm, UAX #14 (Unicode 15.1).

Numbers are kept whole as example 7 of section 8.2 there does, which Unicode's own test expects.
Thai, Lao, Khmer and Burmese are written without spaces and would need dictionaries; we break them
at syllables that their spelling shows. Authors can mark words with U+200B ZERO WIDTH SPACE and keep
them together with U+2060 WORD JOINER.

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

import operator
import re
from collections.abc import Iterator
from functools import cache
from itertools import compress, count

from stopjihad.text.unicode.class_table import ClassTable
from stopjihad.text.unicode.data import LINE_BREAK

# Pairs of classes between which a line may break. Each rule is about a pair: the context that a
# rule of the standard asks for is written into the letters before.

SPACES_HELD = "("  # SP after an opener, or between closer and NS, or between two B2
SPACES_FREE = "Z"  # SP after ZW
CLOSING_QUOTE = "f"  # final quotation mark before what LB15b names
SECOND_INDICATOR = "Q"  # second of a pair of regional indicators
HEBREW_HYPHEN = "_"  # HY or BA after HL
CONJOINER = "U"  # VI after AK, AS or a dotted circle
BEFORE_FINAL = "W"  # AK, AS or a dotted circle between one of them and VF

_LETTERS = "alht"  # AL, dotted circle, HL, and SA outside marks, which LB1 makes AL
_CLOSERS = "cpPxi/"
_QUOTES = "q<>f"
_AKSARA = "klSW"
_HANGUL = "LVTHI"
_IDEOGRAPHS = "deEX"
_ALL = "KRFNszwgoOcpPxi/q<>:.b-B=halnt$%deEXCrLVTHIykSvu" + "(ZfQ_UW"

_RULES: tuple[tuple[str, str, bool], ...] = (
    # what stands before, what stands after, may a line break there; the first that fits decides
    ("K", _ALL, True),  # LB4
    ("R", "F", False),  # LB5
    ("RFN", _ALL, True),
    (_ALL, "KRFN", False),  # LB6
    (_ALL, "s(Zz", False),  # LB7
    ("zZ", _ALL, True),  # LB8
    (_ALL, "w", False),  # LB11
    ("w", _ALL, False),
    ("g", _ALL, False),  # LB12
    (_ALL.translate(str.maketrans("", "", "s(b-_")), "g", False),  # LB12a
    (_ALL, _CLOSERS, False),  # LB13
    ("oO(", _ALL, False),  # LB14, LB15a, LB16, LB17
    (_ALL, "f", False),  # LB15b
    ("=", "=", False),  # LB17
    ("s", _ALL, True),  # LB18
    (_ALL, _QUOTES, False),  # LB19
    (_QUOTES, _ALL, False),
    (_ALL, "C", True),  # LB20
    ("C", _ALL, True),
    (_ALL, "b-_:", False),  # LB21
    ("B", _ALL, False),
    ("_", _ALL, False),  # LB21a
    ("/", "h", False),  # LB21b
    (_ALL, ".", False),  # LB22
    (_LETTERS, "n", False),  # LB23
    ("n", _LETTERS, False),
    ("$", _IDEOGRAPHS, False),  # LB23a
    (_IDEOGRAPHS, "%", False),
    ("$%", _LETTERS, False),  # LB24
    (_LETTERS, "$%", False),
    ("$%-n", "n", False),  # LB25
    ("n", "$%", False),
    ("L", "LVHI", False),  # LB26
    ("VH", "VT", False),
    ("TI", "T", False),
    (_HANGUL, "%", False),  # LB27
    ("$", _HANGUL, False),
    (_LETTERS, _LETTERS, False),  # LB28
    ("y", _AKSARA, False),  # LB28a
    (_AKSARA, "vuU", False),
    ("U", "klW", False),
    (_AKSARA, "W", False),
    ("i", _LETTERS, False),  # LB29
    (_LETTERS + "n", "o", False),  # LB30
    ("p", _LETTERS + "n", False),
    ("r", "Q", False),  # LB30a
    ("eX", "E", False),  # LB30b
    (_ALL, _ALL, True),  # LB31
)


@cache
def breakable_pairs() -> frozenset[str]:
    """List the pairs of letters between which a line may or must break."""
    found: set[str] = set()
    for before, after, breaks in reversed(_RULES):
        pairs = {left + right for left in before for right in after}
        found = found | pairs if breaks else found - pairs
    return frozenset(found)


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
    return compress(count(1), map(breakable_pairs().__contains__, pairs))


def _with_context(letters: str) -> str:
    """Rewrite letters whose rule looks further than at a pair."""
    if "s" in letters:
        letters = _HELD_SPACES.sub(lambda held: held[0].replace("s", SPACES_HELD), letters)
    if "z" in letters:
        letters = _FREE_SPACES.sub(lambda free: free[0].replace("s", SPACES_FREE), letters)
    if ">" in letters:
        letters = _CLOSING_QUOTE.sub(CLOSING_QUOTE, letters)
    if "n" in letters:
        letters = _IN_NUMBER.sub(lambda inner: "n" * len(inner[0]), letters)
    if "r" in letters:
        letters = letters.replace("rr", "r" + SECOND_INDICATOR)
    if "h" in letters:
        letters = _HEBREW_HYPHEN.sub(HEBREW_HYPHEN, letters)
    if "v" in letters or "u" in letters:
        letters = _CONJOINER.sub(CONJOINER, letters)
        letters = _BEFORE_FINAL.sub(BEFORE_FINAL, letters)
    return letters


@cache
def _classes() -> ClassTable:
    """Decode the table of classes when the first text needs it."""
    return ClassTable(LINE_BREAK)
