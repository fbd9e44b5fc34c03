"""Fold letters that look alike, so that spellings that an eye takes for one are compared as one.

Letters of other scripts stand for the Latin letter that they look like, as capitals or as small
letters; variants of an Arabic letter for the plain one (the idea of UTS #39, section 4). Digits and
pairs of letters are those that a hasty reader takes for each other in most typefaces.
"""

from __future__ import annotations

_PAIRS = (("rn", "m"), ("vv", "w"))

_LATIN = {"0": "o", "1": "l", "i": "l", "ı": "l", "5": "s", "ɑ": "a", "ɡ": "g", "ɩ": "l", "ǀ": "l"}
_CYRILLIC = dict(zip("авеікмнорстухјѕһԁԛԝьӏп", "abelkmhopctyxjshdqwbln", strict=True))
_GREEK = dict(zip("αβεηικνοπρτυχωγ", "abehlkvonptuxwy", strict=True))
_ARMENIAN = dict(zip("օսհոցզք", "ouhngqp", strict=True))
_ARABIC = dict(zip("یىےکہەھۀٱ", "يييكهههها", strict=True))
_DIGITS = {
    chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)
}  # both rows of Arabic digits: ٤ and ۴ are one number

_TABLE = str.maketrans(
    {
        **_LATIN,
        **_CYRILLIC,
        **_GREEK,
        **_ARMENIAN,
        **_ARABIC,
        **{one: _LATIN.get(digit, digit) for one, digit in _DIGITS.items()},
        "ـ": None,
    }
)


_CAPITALS = str.maketrans("ΝΜΖΥ", "NMZY")
"""Greek capitals that look like Latin ones, though their small letters look like others or none."""


def with_latin_capitals(text: str) -> str:
    """Give a text of Latin letters without Greek capitals that look like such.

    Args:
        text: in capitals and small letters; one without Latin letters stays as it is.
    """
    latin = any(letter.isascii() and letter.isalpha() for letter in text)
    return text.translate(_CAPITALS) if latin else text


def fold_lookalikes(text: str) -> str:
    """Give what a hasty reader sees of a text.

    Returns:
        A text to compare with others that were folded, and not to be shown.
    """
    for pair, one in _PAIRS:
        text = text.replace(pair, one)
    return text.translate(_TABLE)
