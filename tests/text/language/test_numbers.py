from __future__ import annotations

import pytest
from stopjihad.text.language.numbers import (
    dialled_numbers,
    numbers,
    plain_digits,
    roman_numbers,
    write_number,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9,500 and 12.5", {"9500", "125"}),
        ("9 500 or 9\u202f500", {"9500"}),
        ("In 2014 500 people", {"2014", "500"}),
        ("٩٬٥٠٠ و ۱۲٫۵ ও ১২", {"9500", "125", "12"}),
        ("24/7, 18:30, 007", {"24", "7", "18", "30"}),
        ("no number", set()),
    ],
)
def test_numbers_are_found_however_they_are_written(text: str, found: set[str]):
    assert numbers(text) == found


def test_roman_numbers_are_read():
    assert roman_numbers("Au XXe siècle, Louis XIV et I") == {"20", "14", "1"}
    assert roman_numbers("ILLEGIBLE xx") == frozenset()


@pytest.mark.parametrize(
    ("lang", "value", "expected"),
    [
        ("en", 2521, "2,521"),
        ("de", 2521, "2.521"),
        ("fr", 2521, "2\u202f521"),
        ("es", 2521, "2521"),
        ("es", 12521, "12\u00a0521"),
        ("bn", 1234567, "12,34,567"),
        ("ru", 1234567.5, "1\u00a0234\u00a0567,5"),
        ("en", -3.25, "\u22123.25"),
        ("en", 60, "60"),
    ],
)
def test_amounts(lang: str, value: float, expected: str) -> None:
    assert write_number(value, lang) == expected


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", "60%"), ("de", "60\u00a0%"), ("tr", "%60"), ("ar", "60%")]
)
def test_shares_of_a_hundred(lang: str, expected: str) -> None:
    assert write_number(60, lang, percent=True) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call 0 6 1 2 3 or 06-12-11-10.", {"06123", "06121110"}),
        ("۰ ۶ ۱ ۲", {"0612"}),
        ("On 12.11.2026, from 9-12 and 2-5; 24/7; 1, 2, 3 and 4", set()),
        ("0 800 005 696 is told by its large numbers", set()),
        ("10-12/1-5 and 1.1.1.1", {"1111"}),
    ],
)
def test_what_may_be_dialled_is_found(text: str, found: set[str]) -> None:
    assert dialled_numbers(text, 12) == found


def test_keys_and_rings_are_digits() -> None:
    assert plain_digits("0\ufe0f\u20e36\u20e3 \u24ea\u2776\u00b2\u2080") == "06 0120"
