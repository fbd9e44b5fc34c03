"""Foreign judge: Unicode's LineBreakTest, from Debian's package unicode-data."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.unicode import linebreak
from stopjihad.text.unicode.linebreak import opportunities

from support.timing import seconds_of
from support.unicode_database import by_share, judge, step_of


def cases() -> list[tuple[str, tuple[int, ...]]]:
    found = []
    for line in judge("auxiliary/LineBreakTest.txt"):
        marks = line.partition("#")[0].split()
        if marks:
            text = "".join(chr(int(code, 16)) for code in marks[1::2])
            breaks = tuple(index for index, mark in enumerate(marks[::2]) if mark == "÷")
            found.append((text, breaks))
    return found


@by_share
def test_breaks_equal_unicodes(share: str) -> None:
    step = step_of(share, linebreak)
    judged = cases()[::step]
    wrong = [
        (text, wanted, found)
        for text, wanted in judged
        if (found := tuple(index for index, _ in opportunities(text))) != wanted
    ]
    assert len(judged) > 10_000 // step
    assert wrong == []


def pieces(text: str) -> list[str]:
    ends = [0, *(index for index, _ in opportunities(text))]
    return [text[start:end] for start, end in itertools.pairwise(ends)]


def test_words_break_after_their_space() -> None:
    assert opportunities("ab cd") == ((3, False), (5, True))
    assert opportunities("") == ()


def test_line_feeds_force_a_break_and_carriage_return_line_feed_is_one() -> None:
    assert opportunities("a\r\nb c\n") == ((3, True), (5, False), (7, True))
    assert opportunities("a\rb\u2028c\u2029") == ((2, True), (4, True), (6, True))


@pytest.mark.parametrize(
    "whole",
    [
        "«\u00a0Oui\u00a0!\u00a0»",
        "1,234.50\u00a0€",
        "(24/7)",
        "$-5",
        "50\u202f%",
        "0800\u00a0123\u00a0456",
        "can’t",
        "…!?",
        "🏳️‍🌈",
        "👩🏽‍🚒",
        "«الآن»",
        "می\u200cخواهم",
        "🇫🇷",
    ],
)
def test_what_belongs_together_stays_on_one_line(whole: str) -> None:
    assert pieces(whole) == [whole]


def test_addresses_may_break_after_slashes_and_ideographs_between_all() -> None:
    assert pieces("https://example.org/help") == ["https://", "example.org/", "help"]
    assert pieces("你好，世界") == ["你", "好，", "世", "界"]


def test_thai_breaks_at_syllables_that_its_spelling_shows() -> None:
    assert pieces("การช่วยเหลือเป็นความลับและไม่มีค่าใช้จ่าย") == [
        "การช่วย",
        "เหลือ",
        "เป็นความลับ",
        "และ",
        "ไม่มีค่า",
        "ใช้จ่าย",
    ]


def test_lao_khmer_and_burmese_break_at_syllables() -> None:
    assert pieces("ຊ່ວຍເຫຼືອໄດ້") == ["ຊ່ວຍ", "ເຫຼືອ", "ໄດ້"]
    assert pieces("សុខភាព") == ["សុខ", "ភាព"]
    assert pieces("မြန်မာနိုင်ငံ") == ["မြန်", "မာ", "နိုင်", "ငံ"]


def test_burmese_stacked_and_silenced_consonants_stay_with_their_syllable() -> None:
    assert all(part[1:2] not in "\u1039\u103a" for part in pieces("ဒုက္ခသည်များအတွက်"))


MIXED = st.text(
    st.characters() | st.sampled_from("a 1(«»“”-/.\n\r\u200b\u200d\u0301ไทยກខမ်🇫🇷👩א—%$")
)


@given(MIXED)
def test_places_ascend_and_the_last_is_the_end(text: str) -> None:
    found = opportunities(text)
    indices = [index for index, _ in found]
    assert indices == sorted(set(indices))
    assert "".join(pieces(text)) == text
    if text:
        assert found[-1] == (len(text), True)
        assert indices[0] > 0


@given(MIXED)
def test_what_must_break_is_what_a_reader_sees_as_lines(text: str) -> None:
    starts = [0, *(index for index, mandatory in opportunities(text) if mandatory)]
    lines = [text[start:end] for start, end in itertools.pairwise(starts)]
    assert "".join(lines) == text
    for line in lines:
        inside = line[:-2] if line.endswith("\r\n") else line[:-1]
        assert not set(inside) & set("\n\r\v\f\x85\u2028\u2029")


@pytest.mark.parametrize(
    "bomb", [" ", "(", "( ", ") ", "— ", "\u0301", "\u200d", "1/", "ไ", "🇫", "” "]
)
def test_ten_thousand_of_anything_take_no_quadratic_time(bomb: str) -> None:
    assert seconds_of(lambda: opportunities("1)" + bomb * 10_000), 2) < 2
