"""Marks after sentences: which sentence they belong to, and that readers never see them."""

from __future__ import annotations

import pytest
from stopjihad.text.language.sentence_marks import (
    marked_sentences,
    sentences_that_stay,
    take_marks_away,
)
from stopjihad.text.markdown.checks import markdown_problems


def marks(paragraph: str, lang: str = "en") -> list[tuple[str, str]]:
    return [
        (one.text, "s" * one.stays + "t" * one.together)
        for one in marked_sentences(paragraph, lang)
    ]


def test_a_mark_belongs_to_the_sentence_before_it() -> None:
    text = "The UN counted. [^un] [^stay] It asked for more. [^un] Nobody came. [^together]"
    assert marks(text) == [
        ("The UN counted.", "s"),
        ("It asked for more.", ""),
        ("Nobody came.", "t"),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "first"),
    [
        (
            "ar",
            "سجّلت الأمم المتحدة 461 قتيلًا. [^un] [^stay] وطلبت التحقيق.",
            "سجّلت الأمم المتحدة 461 قتيلًا.",
        ),
        ("ur", "اقوامِ متحدہ نے گنا۔ [^stay] اس نے تفتیش مانگی۔", "اقوامِ متحدہ نے گنا۔"),
        ("bn", "জাতিসংঘ গুনেছে।[^stay] তারা তদন্ত চেয়েছে।", "জাতিসংঘ গুনেছে।"),
        ("fr", "L’ONU a compté\u202f! [^stay] Elle a demandé.", "L’ONU a compté\u202f!"),
    ],
)
def test_marks_are_found_in_every_script(lang: str, text: str, first: str) -> None:
    found = marks(text, lang)
    assert found[0] == (first, "s")
    assert found[1][1] == ""


def test_two_marks_may_stand_after_one_sentence() -> None:
    assert marks("One. Two. [^stay] [^together]") == [("One.", ""), ("Two.", "st")]


def test_sentences_that_are_alike_keep_their_own_marks() -> None:
    assert marks("No. Yes. No. [^stay]") == [("No.", ""), ("Yes.", ""), ("No.", "s")]


def test_readers_never_see_the_marks() -> None:
    assert take_marks_away("Two. [^un] [^stay] Three.[^together]") == "Two. [^un] Three."
    assert take_marks_away("nothing to do") == "nothing to do"


def test_marks_are_no_sources() -> None:
    assert markdown_problems("One. [^stay] Two. [^together]", sources=["un"]) == []
    assert [one.code for one in markdown_problems("One. [^stai]", sources=["un"])] == [
        "unknown-source"
    ]


def test_what_stays_is_given_with_the_sentence_that_it_is_tied_to() -> None:
    text = "It counted. [^un]\n\nIt named both. The other killed 461. [^together] [^stay] More."
    assert sentences_that_stay(text, "en") == ("It named both.", "The other killed 461.")
    assert sentences_that_stay(text.replace("[^stay]", ""), "en") == ()
