"""Spellings of one word fold into one form, and places lead back."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.language.fold import WORD, WORD_MARKS, PerWord, fold, folded_place

from support.unicode_database import by_share, step_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÉLÈVE", "eleve"),
        ("Straße", "STRASSE"),
        ("Œuvre", "oeuvre"),
        ("مُسْلِم", "مسلم"),
        ("إرهاب", "ارهاب"),
        ("حماية", "حمايه"),
        ("مستشفى", "مستشفي"),
        ("كـــتاب", "كتاب"),
        ("ایک", "ايك"),
        ("İstanbul", "istanbul"),
        ("l’islam", "l'islam"),
        ("\u200fمسلم", "مسلم"),
    ],
)
def test_spellings_of_one_word_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_vowel_signs_of_indic_scripts_stay() -> None:
    assert fold("किताब") != fold("कतब")


@given(st.text())
def test_folding_twice_changes_nothing_and_every_place_leads_into_the_text(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    places = [folded_place(text, offset) for offset in range(len(folded))]
    assert places == sorted(places)
    assert all(place < len(text) for place in places)


def test_a_place_behind_letters_that_fold_to_two_or_none_is_exact() -> None:
    text = "Straße im ÖL مُسلِم da"
    folded = fold(text)
    for word in ("im", "ol", "مسلم", "da"):
        offset = folded.index(word)
        place = folded_place(text, offset)
        assert fold(text[place : place + 1]) == word[0]


@given(st.text(st.sampled_from("ab ßœ\u0301\u0640ﬃ½ﷺ"), max_size=20))
def test_a_place_is_that_of_the_first_letter_whose_folding_reaches_beyond_it(text: str) -> None:
    for offset in range(len(fold(text)) + 2):
        reached = (at for at in range(len(text)) if len(fold(text[: at + 1])) > offset)
        assert folded_place(text, offset) == next(reached, len(text))


@given(st.text(st.sampled_from("abcdefghijkl ÉéßœİıſẞÆøᎠꭰﬁ²½"), max_size=60))
def test_few_accents_are_folded_like_many(text: str) -> None:
    padded = text + "x" * 9 * len(text.encode())
    assert fold(padded) == "".join(map(fold, padded))


@by_share
def test_folding_twice_changes_nothing(share: str) -> None:
    codes = range(0, 0x110000, step_of(share, sys.modules[fold.__module__]) | 1)  # odd: each column
    once = fold("".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000))
    assert fold(once) == once


def test_words_are_remembered_within_bounds() -> None:
    made: list[str] = []

    def make(word: str) -> str:
        made.append(word)
        return word.upper()

    known = PerWord(make)
    assert [known["é"], known["é"]] == ["É", "É"]
    long = "好" * 1000  # a script without spaces: kept, it would fill the memory
    assert [known[long], known[long]] == [long, long]
    assert made == ["é", long, long]
    for number in range(1 << 17):
        known[str(number)]
    assert len(known) <= 1 << 16


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It’s 2014, isn’t it?", 6),
        ("বেশির ভাগ নিহত মানুষই মুসলমান।", 5),
        ("الحقائق أولًا، ثم الكلام.", 4),
        ("می‌خواهم بروم", 2),
        ("सच पहले आता है।", 4),
        ("e\u0301te\u0301", 1),
        ("snake_case", 2),
    ],
)
def test_vowel_signs_do_not_cut_words(text: str, count: int):
    assert len(WORD.findall(text)) == count


def test_only_marks_and_joiners_are_taken_for_marks():
    marks = re.compile(f"[{WORD_MARKS}]")
    odd = [
        hex(code)
        for code in range(sys.maxunicode)
        if marks.match(chr(code))
        and unicodedata.category(chr(code)) not in {"Mn", "Mc", "Cf"}
        # Letters that stand among the vowel signs of their block are word characters anyway.
        and not chr(code).isalnum()
        and unicodedata.category(chr(code)) != "Cn"
    ]
    assert odd == []


def test_every_vowel_sign_of_the_common_scripts_is_known():
    missing = [
        hex(code)
        for code in (*range(0x0300, 0x0370), *range(0x064B, 0x0660), *range(0x0900, 0x0D80))
        if unicodedata.category(chr(code)) in {"Mn", "Mc"} and not WORD.fullmatch(f"x{chr(code)}")
    ]
    assert missing == []
