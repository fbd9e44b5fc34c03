"""Stems say whether two texts speak of the same."""

from __future__ import annotations

import pytest
from stopjihad.text.stems import alike, shared, stem, stems, words


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "protects", "protected"),
        ("en", "families", "family"),
        ("fr", "musulmanes", "musulmans"),
        ("fr", "protéger", "proteger"),
        ("de", "verteidigen", "verteidigt"),
        ("de", "Muslimen", "muslime"),
        ("ar", "والمسلمون", "مسلم"),
        ("ar", "الأطفال", "طفل"),
        ("ar", "العدالة", "عادلة"),
        ("es", "familias", "familia"),
        ("tr", "müslümanlar", "müslüman"),
        ("ru", "мусульмане", "мусульман"),
    ],
)
def test_forms_of_one_word_are_alike(language: str, one: str, other: str) -> None:
    assert alike(stem(one, language), stem(other, language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "protect", "project"),
        ("en", "war", "warm"),
        ("fr", "juste", "jusque"),
        ("de", "Frieden", "fremd"),
        ("ar", "إسلام", "سلاح"),
    ],
)
def test_different_words_are_not(language: str, one: str, other: str) -> None:
    assert not alike(stem(one, language), stem(other, language))


def test_slugs_and_hashtags_are_cut_into_words() -> None:
    assert words("they-protect-muslims") == ["they", "protect", "muslims"]
    assert words("#TheyProtectMuslims") == ["They", "Protect", "Muslims"]
    assert words("#ÉcouterVautMieux") == ["Écouter", "Vaut", "Mieux"]


def test_words_without_meaning_are_left_out() -> None:
    assert stems("They are with the families", "en", {"they", "are", "with", "the"}) == ("famili",)


def test_a_language_without_algorithm_is_folded_only() -> None:
    assert stems("Qoysaska WAA", "so") == ("qoysaska", "waa")


def test_shared_stems_keep_their_order() -> None:
    claim = stems("Nous protégeons les familles", "fr", {"nous", "les"})
    headline = stems("Les familles ne sont pas protégées", "fr", {"les", "ne", "sont", "pas"})
    assert len(shared(claim, headline)) == 2
