"""Sentences that stand after a fact: those that point back are told from those with a noun."""

from __future__ import annotations

import pytest
from stopjihad.catalog.phrases import openings
from stopjihad.catalog.rules import languages_of, rules
from stopjihad.check.rules.openings import may_point_back, points_back
from stopjihad.text.language.sentences import first_sentence
from stopjihad.text.markdown.words import inline_words

from support.messages import MESSAGES

RULE = "STR08"
MUCH = ("en", "fr", "de", "ar")


def examples(language: str) -> list[tuple[str, str]]:
    lines = (MESSAGES / "openings" / f"{language}.txt").read_text("utf-8").splitlines()
    return [(label, text) for label, _, text in (line.partition(" | ") for line in lines)]


@pytest.mark.parametrize("language", languages_of("openings"))
def test_every_labelled_sentence_is_told_right(language: str) -> None:
    wrong = [
        f"{label} | {text}"
        for label, text in examples(language)
        if bool(points_back(text, language)) != (label == "bare")
    ]
    assert wrong == []


@pytest.mark.parametrize("language", languages_of("openings"))
def test_there_are_enough_examples_of_both_kinds(language: str) -> None:
    labels = [label for label, _ in examples(language)]
    assert len(labels) >= (30 if language in MUCH else 12)
    assert min(labels.count("bare"), labels.count("noun")) >= len(labels) // 3


def test_every_language_of_the_theme_has_openings() -> None:
    assert set(rules()[RULE].languages) == set(languages_of("openings"))
    assert set(languages_of("openings")) == set(languages_of("words"))
    assert all(openings(name) for name in languages_of("openings"))


def test_the_words_that_point_back_are_named() -> None:
    assert points_back("But this is false.", "en") == "this is"
    assert points_back("« C’est faux », dit-il.", "fr") == "C"
    assert points_back("Dies ist gelogen.", "de-AT") == "Dies ist"
    assert points_back("وهذا كذب.", "ar") == "هذا كذب"


AROUND = ("{}", "**{}**", "_{}_", "\\*{}", "« {}", "“{}”", "[{}](https://a.org)", "– {}", "1. {}")
STROKES = ("\u0640 {}", "\u0640\u0640\u0640 {}", "\u0640{}", "« \u0640 {}", "\u0640، {}")
"""Arabic writes the stroke that stretches a word also in the place of a dash."""


@pytest.mark.parametrize("language", languages_of("openings"))
def test_nothing_that_points_back_is_passed_over(language: str) -> None:
    texts = [form.format(text) for _, text in examples(language) for form in (*AROUND, *STROKES)]
    # A reference joins the words around it, when its marks are read.
    texts += [text.replace(" ", " [^un]", 1) for _, text in examples(language)]
    texts += [text.replace(" ", " *[^un]*", 1) for _, text in examples(language)]
    told = [
        text
        for text in texts
        if points_back(first_sentence(inline_words(text), language), language)
    ]
    assert len(told) > len(examples(language))
    assert [text for text in told if not may_point_back(text, language)] == []
    assert [text for text in texts if not may_point_back(text, language)] != []


def test_a_language_without_openings_is_left_alone() -> None:
    assert points_back("To jest fałsz.", "pl") == ""
