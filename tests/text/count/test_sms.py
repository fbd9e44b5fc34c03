from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.count.sms import GSM7, GSM7_SHIFTED, measure, plain_marks

from support.oracles import ask, folder_of, recorded
from support.texts import texts


def test_encoding_and_segments_equal_those_of_an_independent_calculator():
    wrong = [
        (text, answer)
        for text, answer in recorded("sms")
        if [measure(text).encoding, measure(text).segments] != answer[:2]
    ]
    assert wrong == []


@pytest.mark.judge
@pytest.mark.skipif(folder_of("sms") is None, reason="node with the calculator is not installed")
def test_long_messages_equal_the_calculator_asked_now():
    short = texts(3000, seed=5)
    plain = ["".join(c for c in t if c in GSM7 | GSM7_SHIFTED) for t in short]
    asked = ["".join(short[i : i + 4]) for i in range(0, len(short), 4)]
    asked += ["".join(plain[i : i + 9]) for i in range(0, len(plain), 9)]
    asked = [text for text in asked if text]
    answers = ask("sms", asked, folder_of("sms"))
    more = 0
    for text, (encoding, segments, _) in zip(asked, answers, strict=True):
        found = measure(text)
        assert found.encoding == encoding, text
        # The calculator's clusters are those of an older Unicode: it may cut where we do not.
        assert found.segments - segments in (0, 1), text
        more += found.segments - segments
    assert more <= len(asked) // 500


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("a" * 152 + "€" + "a" * 8, "GSM-7", 162, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),  # the escape is not cut in two
        ("’", "UCS-2", 1, 1),
        ("ç" * 70, "UCS-2", 70, 1),
        ("ç" * 71, "UCS-2", 71, 2),
        ("Ç", "GSM-7", 1, 1),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 67, "UCS-2", 134, 3),  # 33 pairs fill 66 of 67 units
    ],
)
def test_measure(text, encoding, units, segments):
    found = measure(text)
    assert (found.encoding, found.units, found.segments) == (encoding, units, segments)


@given(st.text(alphabet=st.sampled_from(sorted(GSM7 | GSM7_SHIFTED)), max_size=700))
def test_no_segment_of_a_message_is_over_its_room(text):
    found = measure(text)
    assert found.encoding == "GSM-7"
    room = 160 if found.segments <= 1 else 153
    assert found.units <= room * found.segments


def test_what_a_reader_sees_as_one_is_not_cut_in_two():
    family = "👨‍👩‍👧‍👦"  # 11 units
    assert measure("ç" * 60 + family + "ç" * 60).segments == 3


def test_one_endless_character_still_ends():
    assert measure("e" + "\u0301" * 300).segments in (5, 6)


def test_curly_marks_do_not_cost_a_message_its_encoding():
    assert plain_marks("C’est « faux » – non…") == 'C\'est "faux" - non...'


def test_letters_are_never_changed():
    assert plain_marks("ça n’est pas") == "ça n’est pas"
