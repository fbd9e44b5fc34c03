from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from stopjihad.text.language.letters import MARKS, WORD


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
    marks = re.compile(f"[{MARKS}]")
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
