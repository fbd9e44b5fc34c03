"""Lists are cut into pages that stay as they are when one entry comes or goes."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from stopjihad.render.page.lists import PAGE, STRETCH, split


def test_a_whole_list_fills_its_pages():
    assert [len(page) for page in split(range(60))] == [24, 24, 12]
    assert split(range(24)) == (tuple(range(24)),)
    assert split([]) == ((),)


def test_what_is_not_shown_leaves_its_page_shorter_and_no_other():
    before = split(range(100))
    after = split(range(100), lambda item: item != 30)
    assert [len(page) for page in after] == [24, 23, 24, 24, 4]
    assert [one == other for one, other in zip(before, after, strict=True)] == [
        True,
        False,
        True,
        True,
        True,
    ]


def test_a_language_with_few_translations_has_few_pages():
    """A page a stretch of the whole list would have two entries."""
    assert [len(page) for page in split(range(1000), lambda item: item % 10 == 0)] == [24] * 4 + [4]


def test_what_the_first_translators_leave_out_makes_no_empty_page():
    assert [len(page) for page in split(range(1000), lambda item: item < 30)] == [24, 6]
    assert split(range(1000), lambda _: False) == ((),)


@given(st.sets(st.integers(0, 299)))
def test_pages_hold_what_is_shown_in_its_order_and_none_is_tiny(shown: set[int]):
    pages = split(range(300), shown.__contains__)
    assert [item for page in pages for item in page] == sorted(shown)
    assert all(PAGE - STRETCH < len(page) <= PAGE for page in pages[:-1])
    assert pages[-1] or not shown


def test_nearly_whole_languages_keep_all_other_pages():
    """900 of 1,000 talking points: one of them less changes two pages, where it was 19."""
    chosen = random.Random(1)
    changed = []
    for _ in range(50):
        shown = set(chosen.sample(range(1000), 900))
        before = split(range(1000), shown.__contains__)
        after = split(range(1000), (shown - {chosen.choice(sorted(shown))}).__contains__)
        changed.append(len(set(after) - set(before)))
    assert sum(changed) / len(changed) < 2.5
