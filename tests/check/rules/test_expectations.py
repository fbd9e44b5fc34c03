"""What pages are compared by: digits, typography and directional marks make no difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.check.rules.expectations import plain
from stopjihad.text.language.typography import QUOTES, quoted, space


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


@pytest.mark.parametrize(
    "typed",
    ["Attention: «ils» mentent!", "Pourquoi? Non; voilà.", "À 14h30, à 9 h 30, à 8h; 7 h après."],
)
def test_french_marks_typed_without_their_spaces_are_found_on_the_page(typed: str) -> None:
    page = space(typed, "fr", "FR")
    assert page != typed
    assert plain(page) == plain(typed)


@given(st.lists(st.sampled_from(["NB", "«", "»", ":", "!", "?", ";", " ", "14", "h", "30", "oui"])))
def test_setting_french_spaces_never_makes_other_words(parts: list[str]) -> None:
    typed = "".join(parts)
    for region in ("FR", "CA"):
        assert plain(space(typed, "fr", region)) == plain(typed)


@pytest.mark.parametrize("language", sorted(QUOTES))
def test_straight_marks_are_found_as_the_language_sets_them(language: str) -> None:
    typed = 'The "price" of oil: "too high!"'
    page = space(quoted(typed, language), language.partition("-")[0], "")
    assert page != typed
    assert plain(page) == plain(typed)
