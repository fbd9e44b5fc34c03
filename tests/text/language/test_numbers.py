from __future__ import annotations

import pytest
from stopjihad.text.language.numbers import numbers, roman_numbers


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
