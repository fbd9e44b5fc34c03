"""Patterns of single words, looked up in tables."""

from __future__ import annotations

import time
from collections.abc import Collection
from fnmatch import fnmatchcase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stopjihad.lexicon.grammar import Grammar, search
from stopjihad.lexicon.vocabulary import Vocabulary
from stopjihad.text.language.fold import WORD, fold


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not"),
    [
        ("terror", ["terror"], ["terrors", "terro", "aterror"]),
        ("terror*", ["terror", "terrorist"], ["counterterror"]),
        ("*terror", ["terror", "counterterror"], ["terrorist"]),
        ("*terror*", ["terror", "antiterrorist"], ["tremor"]),
        ("*ab", ["ab", "drab"], ["abc"]),
        ("anti*ist", ["antifascist"], ["antifa"]),
        ("aba*aba", ["abaaba", "aba1aba"], ["aba", "ababa"]),
    ],
)
def test_open_ends(pattern: str, fits: list[str], does_not: list[str]) -> None:
    known = Vocabulary("en")
    number = known.atom([pattern])
    assert [word for word in fits if number not in known.look_up(word).first] == []
    assert [word for word in does_not if number in known.look_up(word).first] == []


@given(
    pattern=st.lists(st.text("ab", max_size=3), min_size=2, max_size=4).map("*".join),
    word=st.text("abc", min_size=1, max_size=9),
)
def test_open_patterns_fit_as_those_of_a_shell(pattern: str, word: str) -> None:
    assume(pattern.strip("*"))
    known = Vocabulary("en")
    number = known.atom([pattern])
    assert (number in known.look_up(word).first) == fnmatchcase(word, pattern)


@given(
    language=st.sampled_from(["en", "ar"]),
    patterns=st.lists(st.text("aoوبال*", min_size=1, max_size=5), min_size=1, max_size=9),
    words=st.lists(st.text("aobوبالم", min_size=1, max_size=7), max_size=20),
)
def test_words_looked_up_together_stand_for_what_each_does_alone(
    language: str, patterns: list[str], words: list[str]
) -> None:
    joined, single = Vocabulary(language), Vocabulary(language)
    for pattern in patterns:
        for known in (joined, single):
            known.atom([pattern])
    found = joined.look_up_all(words)
    assert [joined.look_up(word) for word in words] == [single.look_up(word) for word in words]
    assert found == {word for word in words if single.look_up(word).all}


def test_a_pattern_added_later_is_found_in_words_looked_up_before() -> None:
    known = Vocabulary("en")
    assert known.look_up("mosque").first == frozenset()
    number = known.atom(["mosque*"])
    assert number in known.look_up("mosque").first


def test_arabic_words_are_found_with_their_particles() -> None:
    known = Vocabulary("ar")
    number = known.atom(["مسجد"])
    for word in ("مسجد", "المسجد", "والمسجد", "بالمسجد", "للمسجد", "ومسجد"):
        assert number in known.look_up(word).first, word


@pytest.mark.parametrize("pattern", ["সন্ত্রাসী", "সন্ত্রা*", "*ত্রাসী", "সন*সী"])
def test_words_with_vowel_signs_are_one_word(pattern: str) -> None:
    grammar = Grammar("bn", {})
    words = WORD.findall(fold("তারা সন্ত্রাসী নয়"))
    assert list(search(grammar.compile([pattern]), grammar.read(words))) == [(1, 2)]


def test_more_than_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="not one word"):
        Vocabulary("en").atom(["two words"])


@given(st.text("abc", min_size=1, max_size=6), st.text("abc", min_size=1, max_size=8))
def test_tables_agree_with_plain_comparison(core: str, word: str) -> None:
    known = Vocabulary("en")
    numbers = [known.atom([core]), known.atom([f"{core}*"]), known.atom([f"*{core}*"])]
    found = known.look_up(word).first
    assert [number in found for number in numbers] == [
        word == core,
        word.startswith(core),
        core in word,
    ]


@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        ("a warning sign", 1),
        ("?very clear indicator*", 1),
        ("{many} of danger", 2),
        ("in ~3 it", 0),
    ],
)
def test_the_rarest_word_of_a_phrase(phrase: str, place: int) -> None:
    grammar = Grammar("en", {"many": ("a", "the few")})
    assert grammar.compile([phrase])[0].rarest == place


def test_a_phrase_is_in_a_text_only_if_its_rarest_word_is() -> None:
    grammar = Grammar("en", {})
    text = "a clear warning sign"
    (phrase,) = grammar.compile([text])
    words = grammar.read(text.split())
    assert list(search((phrase,), words)) == [(0, 4)]
    assert not phrase.needs[phrase.rarest].isdisjoint(words.all)


def test_a_run_of_letters_costs_what_its_length_says() -> None:
    vocabulary = Vocabulary("ar")
    vocabulary.atom(["a*"])
    vocabulary.atom(["*b"])
    began = time.process_time()
    for letters in ("a", "ب", "ab"):
        vocabulary.look_up(letters * (300_000 // len(letters)))
    assert time.process_time() - began < 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_another_thread_never_sees_a_word_that_is_half_looked_up(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Vocabulary(language)
    number = known.atom(["bomb*"])
    joined, seen = known._pattern_numbers, []

    def meanwhile(words: Collection[str]) -> dict[str, frozenset[int]]:
        seen.append(known.look_up("bombs").all)
        return joined(words)

    monkeypatch.setattr(known, "_pattern_numbers", meanwhile)
    assert known.look_up_all(["bombs", "trees"]) == {"bombs"}
    assert seen == [{number}]
