"""Lexicons of senses: every language has the same senses, and the weights were learnt from them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from stopjihad.catalog import senses as catalog
from stopjihad.catalog.senses import sense_index, sense_languages, sense_words, weights
from stopjihad.check.rules import senses as rules
from stopjihad.check.rules.scales import HARM, OTHER, PRACTICE, TOPIC
from stopjihad.check.rules.senses import Senses, Spans, senses
from stopjihad.check.rules.traits import DENIALS, NEUTRAL
from stopjihad.check.rules.weighed import DENIALS as TAKING_BACK

from support.build import REPOSITORY

NAMES = tuple(sense_words("en").senses)  # type: ignore[union-attr]


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    folder = REPOSITORY / "tools"
    monkeypatch.syspath_prepend(str(folder))

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    yield load
    sys.modules.pop("logistic", None)


@pytest.mark.parametrize("language", sense_languages())
def test_each_language_has_every_sense(language: str) -> None:
    known = sense_words(language)
    assert known is not None
    assert known.language == language
    assert tuple(known.senses) == NAMES
    assert all(len(phrases) >= 5 for phrases in known.phrases().values())


@pytest.mark.parametrize("language", sense_languages())
def test_each_word_of_a_lexicon_can_be_found(language: str) -> None:
    known = senses(language)
    lexicon = sense_words(language)
    assert known is not None
    assert lexicon is not None
    for name, phrases in lexicon.phrases().items():
        for word in phrases[:20]:
            if " " not in word and word.replace("*", "").isalpha():
                tokens = [word.replace("*", "")] if "*" not in word else None
                assert tokens is None or name in known.find(known.hear([_folded(tokens[0])])), (
                    name,
                    word,
                )


@pytest.mark.parametrize("language", sense_languages())
def test_each_lexicon_is_numbered_as_it_is(language: str, tool: Callable[[str], Any]) -> None:
    """After a change of a lexicon: ``make learn``."""
    assert sense_index(language) == tool("index_senses").index(language)


def test_a_lexicon_that_was_changed_is_numbered_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["das", "ist", "kein", "anzeichen", "einer", "radikalisierung"]
    known = spoken(senses.__wrapped__("de"), words)
    monkeypatch.setattr(catalog, "lexicon_digest", lambda _: "another")
    assert sense_index("de") is None
    monkeypatch.setattr(rules, "sense_index", lambda _: None)
    assert spoken(senses.__wrapped__("de"), words) == known


def spoken(known: Senses, words: list[str]) -> Spans:
    return known.find(known.hear(words))


def test_the_code_names_senses_that_exist() -> None:
    assert {*TOPIC, *HARM, *PRACTICE, *DENIALS, *NEUTRAL, *TAKING_BACK} <= set(NAMES)


def test_the_weights_were_learnt_from_these_sentences(tool: Callable[[str], Any]) -> None:
    """After a change of sentences or lexicons: ``make learn``."""
    assert weights().learnt_from == tool("learn_weights").digest()


def test_the_thresholds_are_in_order() -> None:
    known = weights()
    assert known.refuse.keys() == known.doubt.keys()
    assert OTHER in known.refuse
    for language, refuse in known.refuse.items():
        assert 0 < known.doubt[language] < refuse


def test_a_language_without_a_lexicon_has_no_senses() -> None:
    assert senses("xx") is None


def _folded(word: str) -> str:
    from stopjihad.text.fold import fold

    return fold(word)
