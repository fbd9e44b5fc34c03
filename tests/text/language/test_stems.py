"""Stems say whether two texts speak of the same."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import SimpleNamespace

import pytest
from stopjihad.text import po
from stopjihad.text.language import stems as module
from stopjihad.text.language.fold import folded_tokens
from stopjihad.text.language.stems import (
    are_alike,
    fewest_stems,
    may_share,
    shared_stems,
    stem,
    stems,
    words,
)

from support.build import CAMPAIGN, REPOSITORY


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
    assert are_alike(stem(one, language), stem(other, language))


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
    assert not are_alike(stem(one, language), stem(other, language))


def test_slugs_and_hashtags_are_cut_into_words() -> None:
    assert words("they-protect-muslims") == ["they", "protect", "muslims"]
    assert words("#TheyProtectMuslims") == ["They", "Protect", "Muslims"]
    assert words("#ÉcouterVautMieux") == ["Écouter", "Vaut", "Mieux"]


def test_a_soft_hyphen_parts_no_word() -> None:
    """A claim said again with one in each word was not found (STR03)."""
    written = "Sie ver\u00adteidigen die Mus\u00adlime"
    assert stems(written, "de") == stems(written.replace("\u00ad", ""), "de")
    assert may_share(stems(written, "de"), written.replace("\u00ad", ""), "de", 4)


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u200f", "\u2060", "\ufeff"])
def test_what_nobody_sees_parts_no_word_and_hides_no_capital(mark: str) -> None:
    """A claim with one of these between its letters was not found, or only with other words."""
    written, plain = f"Sie ver{mark}teidigen pro{mark}Islam", "Sie verteidigen proIslam"
    said = stems(plain, "de")
    assert stems(written, "de") == said == ("sie", "verteid", "pro", "islam")
    assert may_share(said, written, "de", len(said))
    assert may_share(said, written, "de", len(said), tokens=folded_tokens(written))


def test_words_without_meaning_are_left_out() -> None:
    assert stems("They are with the families", "en", {"they", "are", "with", "the"}) == ("famili",)


def test_a_language_without_algorithm_is_folded_only() -> None:
    assert stems("Qoysaska WAA", "so") == ("qoysaska", "waa")


def test_shared_stems_keep_their_order() -> None:
    claim = stems("Nous protégeons les familles", "fr", {"nous", "les"})
    headline = stems("Les familles ne sont pas protégées", "fr", {"les", "ne", "sont", "pas"})
    assert len(shared_stems(claim, headline)) == 2


def sample_texts(language: str) -> list[str]:
    """Give what the sample campaign says in a language."""
    source = language == "en"
    path = REPOSITORY / f"campaigns/{CAMPAIGN}/locale/{'fr' if source else language}.po"
    entries = po.scan(path.read_text("utf-8")).entries
    return [entry.source if source else entry.translation for entry in entries if entry.context]


@pytest.mark.parametrize("language", ["ar", "de", "en", "fr"])
def test_a_quick_look_misses_no_stem_that_texts_share(language: str) -> None:
    texts = sample_texts(language)[::3]
    cut = [stems(text, language) for text in texts]
    told = set()
    for some in cut[::5]:
        for text, others in zip(texts, cut, strict=True):
            count = len(shared_stems(some, others))
            assert may_share(some, text, language, count), (some, text)
            told.add(may_share(some, text, language, count + 3))
            assert fewest_stems(text, language) <= len(others), text
            tokens = folded_tokens(text)
            more = may_share(some, text, language, count + 1)
            assert may_share(some, text, language, count + 1, tokens=tokens) == more
    assert False in told


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nl", "gehoord in het gezin", "horen van de zin"),  # "ge-" is taken away
        ("ga", "bhfear agus gcat", "fear agus cat"),
        ("sr", "породица и деца", "porodica i deca"),
        ("fr", "vous voyez un ami", "un ami que je vois"),
        ("en", "a dying friend lying", "friends die and lie"),
        ("ar", "والمسلمون يستقبلون ٢٠١٥", "للمسلمين استقبال 2015"),
        ("ar", "المدارس والكتب", "مدرسة وكتاب"),
    ],
)
def test_stems_that_change_how_words_begin_are_not_missed(
    language: str, one: str, other: str
) -> None:
    count = len(shared_stems(stems(one, language), stems(other, language)))
    assert count >= 2
    assert may_share(stems(one, language), other, language, count)


def test_words_that_are_known_are_cut_where_a_capital_rises() -> None:
    tokens = folded_tokens("Watch #JihadTube")
    assert may_share(stems("tube", "en"), "Watch #JihadTube", "en", 1, tokens=tokens)


def _in_python(language: str, some: Iterable[str]) -> list[str]:
    """Stem words as where PyStemmer is not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "Stemmer", None)
        _forget()
        try:
            assert module.stemmer_name() == "snowballstemmer"
            return [stem(word, language) for word in some]
        finally:
            _forget()


def _forget() -> None:
    for kept in (module._in_c, module._stemmer, module.stem):
        kept.cache_clear()


@pytest.mark.parametrize("language", sorted(module._SNOWBALL))
def test_stems_in_c_are_those_in_python(language: str) -> None:
    spoken = (
        language if (REPOSITORY / f"campaigns/{CAMPAIGN}/locale/{language}.po").exists() else "fr"
    )
    some = sorted({word for text in sample_texts(spoken) for word in words(text)})[::3]
    assert module.stemmer_name().endswith("in C"), "PyStemmer is one of our requirements"
    assert [stem(word, language) for word in some] == _in_python(language, some)


def test_another_release_of_snowball_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    other = SimpleNamespace(version=lambda: "3.10.0", Stemmer=None)
    monkeypatch.setitem(sys.modules, "Stemmer", other)
    _forget()
    assert module.stemmer_name() == "snowballstemmer"
    _forget()
