from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stopjihad.text.threads import split
from stopjihad.text.unicode.graphemes import clusters

from support.texts import rejoin, texts


def fits(limit):
    return lambda part: len(part) <= limit


def test_a_short_text_stays_as_it_is():
    assert split("Short.", fits(20), "en") == ("Short.",)


def test_parts_end_at_paragraphs_first():
    text = "One is here. Two is here.\n\nThree is here. Four is here."
    assert split(text, fits(40), "en") == (
        "One is here. Two is here.\n\n1/2",
        "Three is here. Four is here.\n\n2/2",
    )


def test_parts_end_at_sentences_next():
    text = "One is here. Two is here. Three is here."
    assert split(text, fits(31), "en") == (
        "One is here. Two is here.\n\n1/2",
        "Three is here.\n\n2/2",
    )


def test_a_long_sentence_is_cut_between_words():
    parts = split("word " * 30, fits(40), "en")
    assert all(len(part) <= 40 for part in parts)
    assert all(set(rejoin(parts).split()) == {"word"} for _ in parts)


def test_a_break_is_where_the_author_wants_it():
    assert split("First.\n[break]\nSecond.", fits(100), "en") == ("First.\n\n1/2", "Second.\n\n2/2")


def test_an_address_that_is_longer_than_a_part_cannot_be_cut():
    assert split("See https://example.org/" + "a" * 50, fits(40), "en") is None


def test_scripts_without_spaces_are_cut_between_clusters():
    parts = split("人人生而自由在尊严和权利上一律平等" * 4, fits(30), "zh")
    assert len(parts) > 2
    assert all(len(part) <= 30 for part in parts)


@pytest.mark.parametrize("limit", [60, 140, 280])
def test_parts_rejoin_and_break_nothing(limit):
    for text in texts(1500, seed=limit):
        whole = " ".join([text, *texts(6, seed=len(text))]).replace("[break]", "")
        parts = split(whole, fits(limit), "en")
        if parts is None:
            continue
        assert all(len(part) <= limit for part in parts)
        assert "".join(rejoin(parts).split()) == "".join(whole.split())
        before = [cluster for word in whole.split() for cluster in clusters(word)]
        after = [cluster for word in rejoin(parts).split() for cluster in clusters(word)]
        if all(fits(limit - 10)(word) for word in whole.split()):
            assert before == after
        for token in re.findall(r"\S*(?:https?://|[@#])\S*", whole):
            assert any(token in part for part in parts)


@settings(max_examples=60)
@given(st.text(max_size=600), st.integers(20, 80))
def test_any_text_is_cut_into_numbered_parts_or_refused(text, limit):
    parts = split(text, fits(limit), "en")
    if parts and len(parts) > 1:
        assert all(part.endswith(f"{i}/{len(parts)}") for i, part in enumerate(parts, 1))
        assert all(len(part) <= limit for part in parts)
