from __future__ import annotations

import pytest
from stopjihad.view.tempo import letters_a_second, spoken_letters


@pytest.mark.parametrize(("lang", "letters"), [("en", 15), ("fr-CA", 15), ("ar", 12), ("bn", 10)])
def test_scripts_that_say_more_with_a_letter_are_read_slower(lang, letters):
    assert letters_a_second(lang) == letters


def test_marks_and_spaces_at_the_end_of_lines_take_no_time():
    assert spoken_letters("") == 0
    assert spoken_letters("é" * 45) == spoken_letters("e\u0301" * 45) == 45
    assert spoken_letters("a" * 45 + "   \n") == 45


def test_a_digit_takes_as_long_to_say_as_five_letters():
    assert spoken_letters("0800 011 3764") == 11 * 5 + 2
