"""Sentences that begin a call: of who does not speak the language of whoever answers."""

from __future__ import annotations

from stopjihad.catalog.first_words import FIRST_WORDS, first_words


def test_whoever_reads_arabic_can_begin_a_call_in_french():
    assert first_words("fr", "ar").endswith("Est-ce que quelqu’un parle arabe\u202f?")
    assert first_words("de", "ps").endswith("Spricht bei Ihnen jemand Paschtu?")


def test_no_sentence_is_made_up_where_none_is_known():
    assert first_words("xx", "ar") == ""
    assert all(one.count("%(language)s") == 1 for one in FIRST_WORDS.values())
