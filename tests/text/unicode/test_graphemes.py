"""Foreign judge: Unicode's GraphemeBreakTest, from Debian's package unicode-data."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.unicode.graphemes import clusters, count

from support.timing import seconds_of
from support.unicode_database import judge

TRICKY = "a\r\n\t\u200d\u0301🇫🇷👩🏽❤\ufe0fक्षि\u0300한ᄀ각\u0600ำ\u200c"


def cases() -> list[list[str]]:
    found = []
    for line in judge("auxiliary/GraphemeBreakTest.txt"):
        parts = line.partition("#")[0].replace("×", " ").split("÷")
        whole = ["".join(chr(int(code, 16)) for code in part.split()) for part in parts]
        if any(whole):
            found.append([part for part in whole if part])
    return found


def test_clusters_equal_unicodes() -> None:
    judged = cases()
    wrong = [wanted for wanted in judged if clusters("".join(wanted)) != wanted]
    assert len(judged) == 1187
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("plain", 5),
        ("a\r\nb", 3),
        ("Zoë", 3),
        ("Zoe\u0308", 3),
        ("👩‍👩‍👧‍👦🏳️‍🌈🇫🇷👍🏽", 4),
        ("ক্ষমা", 2),
        ("मुसलमानों", 5),
        ("می\u200cخواهم", 7),
        ("การช่วยเหลือ", 10),
        ("한국어", 3),
    ],
)
def test_readers_count(text: str, number: int) -> None:
    assert count(text) == number
    assert len(clusters(text)) == number


@given(st.text(st.characters() | st.sampled_from(TRICKY)))
def test_clusters_join_to_the_text_and_none_is_empty(text: str) -> None:
    found = clusters(text)
    assert "".join(found) == text
    assert all(found)
    assert count(text) == len(found)
    assert [part for whole in found for part in clusters(whole)] == found


@given(st.text(st.sampled_from("abc éÄ\u0301ßжلاמ中한👍🏽🇫🇷👩\u200d🚒\n")))
def test_common_text_is_cut_as_another_library_cuts_it(text: str) -> None:
    assert clusters(text) == regex.findall(r"\X", text)


@pytest.mark.parametrize("bomb", ["\u0301", "\u200d", "👩\u200d", "🇫", "क्", "\u0600", "ᄀ", "\r"])
def test_ten_thousand_of_anything_take_no_quadratic_time(bomb: str) -> None:
    assert seconds_of(lambda: count("👩" + bomb * 10_000), 2) < 2
