"""Rules of wording in languages that have sentences, but no labelled campaigns."""

from __future__ import annotations

from collections import Counter

import pytest
from stopjihad.catalog.lexicon import lexicons
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.wording import WORDING, check_wording

from support.messages import MESSAGES

LANGUAGES = ("es", "tr", "ru", "ur")
LEAST = 0.95
"""Share of the faults that must be found; the respectful sentences must all pass."""

RULES = [rule for rule in rules().values() if rule.kind in WORDING and rule.kind != "packs"]


def lines(folder: str, language: str) -> list[str]:
    text = (MESSAGES / folder / f"{language}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def broken(language: str, text: str) -> set[str]:
    passage = Passage("x/body", text, "", "x.po", 1, 0, markdown=True)
    return {finding.rule for finding in check_wording(RULES, language, [passage])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_respectful_sentences_raise_no_alarm(language: str) -> None:
    sentences = lines("respectful", language)
    assert len(sentences) >= 50
    alarms = {text: found for text in sentences if (found := broken(language, text))}
    assert alarms == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_harmful_sentences_are_refused(language: str) -> None:
    seeded: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for line in lines("harmful", language):
        rule, _, text = line.partition(" | ")
        seeded[rule] += 1
        missed[rule] += rule not in broken(language, text)
    assert seeded["LNG02"] >= 12
    assert seeded["LNG04"] >= 12
    for rule, count in seeded.items():
        assert 1 - missed[rule] / count >= LEAST, (rule, missed[rule], count)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_what_the_others_have(language: str) -> None:
    known = lexicons()
    assert known[language].sets.keys() == known["en"].sets.keys()
    for rule in RULES:
        assert not rule.languages or language in rule.languages


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
    ],
)
def test_words_that_glorify_are_noticed(language: str, warning: str, plain: str) -> None:
    assert "AMP02" in broken(language, warning)
    assert "AMP02" not in broken(language, plain)
