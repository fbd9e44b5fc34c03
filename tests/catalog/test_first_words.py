"""Sentences that begin a call: of who does not speak the language of whoever answers."""

from __future__ import annotations

from stopjihad.catalog.first_words import (
    FIRST_WORDS,
    PRONUNCIATIONS,
    URGENT,
    first_words,
)
from stopjihad.text.unicode.script import direction


def test_whoever_reads_arabic_can_begin_a_call_in_french():
    assert first_words("fr", "ar").endswith("Est-ce que quelqu’un parle arabe\u202f?")
    assert first_words("de", "ps").endswith("Spricht bei Ihnen jemand Paschtu?")


def test_no_sentence_is_made_up_where_none_is_known():
    assert first_words("xx", "ar") == ""
    assert all(one.count("%(language)s") == 1 for one in FIRST_WORDS.values())


def test_what_is_read_aloud_is_in_the_letters_of_the_caller():
    """A mother who reads Arabic alone could not read the French sentence that she was given."""
    assert {own for _, own in PRONUNCIATIONS} >= {"ar", "ur", "ps"}
    for (tag, own), sentence in PRONUNCIATIONS.items():
        assert tag in FIRST_WORDS
        assert not any(letter.isascii() and letter.isalpha() for letter in sentence), own
        rtl = any("\u0600" <= letter <= "\u06ff" for letter in sentence)
        assert rtl is (direction(own) == "rtl")


def test_what_cannot_wait_is_said_in_every_language_that_a_call_begins_in():
    """A mother whose son was gone could ask for a speaker of Arabic, and say nothing else."""
    for urgent in URGENT:
        assert urgent.said.keys() == FIRST_WORDS.keys()
        assert urgent.said["en"] == urgent.meaning
        assert urgent.sounds.keys() == PRONUNCIATIONS.keys()
        for sentence in urgent.sounds.values():
            assert not any(letter.isascii() and letter.isalpha() for letter in sentence)
