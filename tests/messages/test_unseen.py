"""What the rules find in sentences that nothing was learnt from, and what they refuse wrongly.

``unseen/`` was written apart from everything else, by writers who knew neither rules nor lexicons;
most of its fair sentences were written to be mistaken. ``tools/learn_weights.py`` never reads it.
The figures stand in docs/rules.md.
"""

from __future__ import annotations

import sys
from collections import Counter

import pytest
from stopjihad.cli.rules_text import UNSEEN

from support.messages import MESSAGES
from support.sentences import REFUSING, RULE, broken, labelled, sets

LABELS = ("blame", "suspicion", "hint", "fair")


@pytest.mark.parametrize("language", UNSEEN)
def test_the_figures_of_the_docs(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    doubted: Counter[str] = Counter()
    for label, text in labelled(MESSAGES / "unseen" / f"{language}.txt"):
        found = broken(language, text)
        counts[label] += 1
        refused[label] += not found.isdisjoint(REFUSING)
        doubted[label] += not found.isdisjoint({*REFUSING, "LNG07"})
    with capsys.disabled():
        for name, row in (("refused", refused), ("refused or doubted", doubted)):
            shares = (f"{label} {row[label]} of {counts[label]}" for label in LABELS)
            sys.stdout.write(f"\n{language} {name}: {', '.join(shares)}")
        sys.stdout.write("\n")
    assert min(counts[label] for label in LABELS) >= 40
    shares = [
        round(100 * row[label] / counts[label]) for row in (refused, doubted) for label in LABELS
    ]
    assert UNSEEN[language] == tuple(shares)


@pytest.mark.parametrize("language", UNSEEN)
def test_few_fair_sentences_are_refused_and_most_others_are(language: str) -> None:
    blame, suspicion, _, fair = UNSEEN[language][:4]
    assert fair <= 2
    assert min(blame, suspicion) >= 55


@pytest.mark.parametrize("language", UNSEEN)
def test_nothing_was_learnt_from_unseen_sentences(language: str) -> None:
    unseen = list(labelled(MESSAGES / "unseen" / f"{language}.txt"))
    learnt = {text for path in sets(language) for _, text in labelled(path)}
    assert learnt.isdisjoint(text for _, text in unseen)
    assert {label for label, _ in unseen} == {*RULE, "fair"}


def test_four_languages_are_measured() -> None:
    assert {"en", "fr", "de", "ar"} <= UNSEEN.keys()
