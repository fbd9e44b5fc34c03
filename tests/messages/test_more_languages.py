"""Rules of wording in languages that have no labelled campaigns."""

from __future__ import annotations

import pytest
from stopjihad.catalog.phrases import lexicon

from support.sentences import broken

LANGUAGES = ("es", "tr", "ru", "ur", "nl", "bn", "so", "ps")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_what_the_others_have(language: str) -> None:
    known, english = lexicon(language), lexicon("en")
    assert known
    assert english
    assert known.sets.keys() == english.sets.keys()


@pytest.mark.parametrize(
    ("language", "warning", "plain"),
    [
        (
            "es",
            "El cerebro del atentado vivía aquí.",
            "El hombre que planeó el atentado vivía aquí.",
        ),
        ("tr", "Saldırgan yalnız kurttu.", "Saldırgan yalnız yaşıyordu."),
        ("ru", "Он был солдатом халифата.", "Он был членом группировки."),
        ("ur", "وہ خلافت کا سپاہی تھا۔", "وہ اس گروہ کا رکن تھا۔"),
        ("nl", "Hij was een soldaat van het kalifaat.", "Hij was lid van de groep."),
        ("bn", "তিনি ছিলেন খেলাফতের একজন সৈনিক।", "তিনি ছিলেন গোষ্ঠীটির একজন সদস্য।"),
        (
            "so",
            "Wuxuu ahaa askari ka tirsan ciidanka khilaafada.",
            "Wuxuu ahaa xubin ka mid ah kooxda.",
        ),
        ("ps", "هغه د خلافت سرتېری و.", "هغه د ډلې غړی و."),
    ],
)
def test_words_that_glorify_are_noticed(language: str, warning: str, plain: str) -> None:
    assert "AMP02" in broken(language, warning)
    assert "AMP02" not in broken(language, plain)
