"""What pages are compared by: digits, typography and directional marks make no difference."""

from __future__ import annotations

import pytest
from stopjihad.check.rules.expectations import plain


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("په ۲۰۱۴ کې", "په 2014 کې"),
        ("২০১৪ সালে", "2014 সালে"),
        ("«\u00a0Trois\u202f?\u00a0»", "« Trois ? »"),
        ("\u2066call 112\u2069  now", "call 112 now"),
    ],
)
def test_what_only_looks_different_is_the_same(page: str, file: str) -> None:
    assert plain(page) == plain(file)


def test_long_texts_are_compared_like_short_ones() -> None:
    assert plain("۲۰۱۴ " * 200) == " ".join(["2014"] * 200)


def test_other_numbers_are_other_words() -> None:
    assert plain("۲۰۱۵") != plain("2014")
