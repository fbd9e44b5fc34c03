"""Pairs of classes between which a line may break: the rules of UAX #14 (Unicode 15.1) as data.

A class is one letter, as in ``stopjihad.text.data.linebreak``; :mod:`stopjihad.text.linebreak`
writes the context that a rule asks for into the letters, so that each rule here is about a pair.
"""

from __future__ import annotations

from functools import cache

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
    """List the pairs of letters between which a line may or must break.

    Returns:
        Strings of two letters.
    """
    found: set[str] = set()
    for before, after, breaks in reversed(_RULES):
        pairs = {left + right for left in before for right in after}
        found = found | pairs if breaks else found - pairs
    return frozenset(found)
