"""Find the numbers of a text, and write amounts, as its language writes them."""

from __future__ import annotations

import re
import unicodedata

from stopjihad.text.language.typography import ascii_digits

# Digits with what stands between them: separators of thousands and decimals in any language.
_NUMBER = re.compile(
    r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
    r"|\d(?:[\d.,'\u2019\u066b\u066c\u00a0\u202f]*\d)?"
)
_ROMAN = re.compile(r"\b([IVXL]{1,7})(?:er|re|e|ème)?\b")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_DIGIT = re.compile(r"\d")
_APART = re.compile(r"\D")
_KEY = re.compile("\ufe0f?\u20e3")
ODD_DIGITS = (
    "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089"
    "\u2460-\u2468\u2474-\u247c\u24ea\u2776-\u277e"
)
"""Digits that are raised, lowered or in rings, for a set of a pattern."""

_IN_RINGS = re.compile(f"[{ODD_DIGITS}]")
_DIALLED = re.compile(
    r"(?<![\d.,:/])\d{1,4}(?:[ \u00a0\u202f.()\u2010-\u2015-]{1,2}\d{1,4}){3,}(?![\d:/])"
)
"""Four groups of digits and more: dates have three."""


def numbers(text: str) -> frozenset[str]:
    """Find the numbers of a text.

    Args:
        text: text in any language; digits of any script count.

    Returns:
        Digits of each number as 0 to 9 without separators: ``9,500``, ``9 500`` and ``٩٬٥٠٠`` are
        the same, and so are ``12.5`` and ``12,5``.
    """
    if not _DIGIT.search(text):
        return frozenset()  # most texts have none, and to look for one digit takes little
    found = (_APART.sub("", match) for match in _NUMBER.findall(ascii_digits(text)))
    return frozenset(number.lstrip("0") or "0" for number in found)


TELEPHONE = re.compile(r"\+?\d[\d \u00a0\u202f()./-]{4,}\d")
"""What may be a telephone number: at least six digits, with what stands between their groups."""


def digits_alone(written: str) -> str:
    """Give the decimal digits of a text as 0 to 9, without all that stands between them."""
    return _APART.sub("", ascii_digits(written))


def has_odd_digits(text: str) -> bool:
    """Tell whether a text has digits that are raised or in rings."""
    return not text.isascii() and _IN_RINGS.search(text) is not None


def plain_digits(text: str) -> str:
    """Write digits as 0 to 9 that are keys, raised, or in rings: a reader dials them, too.

    Returns:
        The text with ``06`` for ``0\ufe0f\u20e36\ufe0f\u20e3`` and for ``\u24ea\u2465``.
    """
    if text.isascii():
        return text
    return _IN_RINGS.sub(lambda match: str(unicodedata.digit(match[0])), _KEY.sub("", text))


def dialled_numbers(text: str, most: int) -> frozenset[str]:
    """Find what may be dialled: digits in four groups or more that are small numbers by themselves.

    Args:
        text: text in any language; digits of any script count.
        most: the largest of these numbers; `numbers` tells larger ones from others.

    Returns:
        The digits of each, from 0 to 9: ``06 12 11 10`` and ``0-6-1-2``.
    """
    if not _DIGIT.search(text):
        return frozenset()
    found = _DIALLED.findall(ascii_digits(text))
    return frozenset(_APART.sub("", groups) for groups in found if _largest(groups) <= most)


def _largest(groups: str) -> int:
    return max(int(group) for group in _APART.split(groups) if group)


def roman_numbers(text: str) -> frozenset[str]:
    """Find Roman numbers up to 89: ``XXe siècle`` stands for ``20th century``."""
    return frozenset(str(_roman(match)) for match in _ROMAN.findall(text))


def _roman(letters: str) -> int:
    values = [_VALUES[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


PERCENT = "%"

_NARROW, _SPACE = "\u202f", "\u00a0"
_MARKS: dict[str, tuple[str, str]] = {
    "de": (".", ","),
    "es": (_SPACE, ","),
    "fr": (_NARROW, ","),
    "id": (".", ","),
    "it": (".", ","),
    "nl": (".", ","),
    "pt": (".", ","),
    "ps": ("\u066c", "\u066b"),
    "ru": (_SPACE, ","),
    "sv": (_SPACE, ","),
    "tr": (".", ","),
    "uk": (_SPACE, ","),
}
"""Separators of thousands and decimals where they are not ``,`` and ``.``; CLDR 48, and for Spanish
the space that its academies ask for."""

_FOUR_WHOLE = frozenset({"es", "pt"})
"""Languages that write four digits without a separator (CLDR: minimum grouping digits 2)."""

_LAKHS = frozenset({"bn", "hi"})
"""Languages that part thousands first and then hundreds: 1,23,45,678."""

_PERCENT_APART = frozenset({"de", "es", "fr", "ru", "sv", "uk"})
"""Languages with a space before the sign of per cent."""


def write_number(value: float, lang: str, *, percent: bool = False) -> str:
    """Write an amount with digits from 0 to 9.

    Args:
        value: the amount; whole numbers are written without decimals.
        percent: whether it is a share of a hundred.

    Returns:
        For example ``2,521``, in German ``2.521``; ``60 %``, in Turkish ``%60``.
    """
    base = lang.partition("-")[0]
    thousands, point = _MARKS.get(base, (",", "."))
    whole, _, rest = f"{abs(value):.6f}".rstrip("0").rstrip(".").partition(".")
    text = whole if base in _FOUR_WHOLE and len(whole) < 5 else thousands.join(_groups(whole, base))
    text = ("\u2212" if value < 0 else "") + text + (point + rest if rest else "")
    if not percent:
        return text
    if base == "tr":
        return f"%{text}"
    return f"{text}{_SPACE if base in _PERCENT_APART else ''}%"


def _groups(whole: str, base: str) -> list[str]:
    found = [whole[-3:]]
    whole, size = whole[:-3], 2 if base in _LAKHS else 3
    while whole:
        found.insert(0, whole[-size:])
        whole = whole[:-size]
    return found
