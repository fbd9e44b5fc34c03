"""Find the numbers of a text, however its language writes them."""

from __future__ import annotations

import re

from stopjihad.text.language.typography import ascii_digits

# Digits with what stands between them: separators of thousands and decimals in any language.
_NUMBER = re.compile(
    r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
    r"|\d(?:[\d.,'\u2019\u066b\u066c\u00a0\u202f]*\d)?"
)
_ROMAN = re.compile(r"\b([IVXL]{1,7})(?:er|re|e|ème)?\b")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_APART = re.compile(r"\D")


def numbers(text: str) -> frozenset[str]:
    """Find the numbers of a text.

    Args:
        text: text in any language; digits of any script count.

    Returns:
        Digits of each number as 0 to 9 without separators: ``9,500``, ``9 500`` and ``٩٬٥٠٠`` are
        the same, and so are ``12.5`` and ``12,5``.
    """
    found = (_APART.sub("", match) for match in _NUMBER.findall(ascii_digits(text)))
    return frozenset(number.lstrip("0") or "0" for number in found)


def roman_numbers(text: str) -> frozenset[str]:
    """Find Roman numbers up to 89: ``XXe siècle`` stands for ``20th century``.

    Args:
        text: text in any language.

    Returns:
        Their values as digits.
    """
    return frozenset(str(_roman(match)) for match in _ROMAN.findall(text))


def _roman(letters: str) -> int:
    values = [_VALUES[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )
