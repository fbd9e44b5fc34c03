from __future__ import annotations

import pytest
from stopjihad.text.language.reading_time import LEAST, reading_seconds, speaking_seconds


@pytest.mark.parametrize(
    ("text", "lang", "seconds"),
    [("", "en", LEAST), ("a" * 45, "en", 3), ("a" * 46, "en", 4), ("ا" * 48, "ar", 4)],
)
def test_letters_take_time(text, lang, seconds):
    assert reading_seconds(text, lang) == seconds


def test_marks_and_spaces_at_the_end_of_lines_take_none():
    assert reading_seconds("é" * 45, "fr") == reading_seconds("e\u0301" * 45, "fr") == 3
    assert reading_seconds("a" * 45 + "   \n", "en") == 3


def test_a_number_takes_longer_to_say_than_to_read():
    assert reading_seconds("0800 011 3764", "en") == LEAST
    assert speaking_seconds("0800 011 3764", "en") == 4
