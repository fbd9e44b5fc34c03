"""What the rules find in sentences that nothing was learnt from, and what they refuse wrongly.

``plain/`` and ``unseen/`` were written apart from rules and lexicons: the first says things
outright, the second makes them hard, and most of its fair sentences were written to be mistaken.
``tools/learn_weights.py`` reads neither.
The figures stand in docs/rules.md.
"""

from __future__ import annotations

import sys
from collections import Counter

import pytest
from stopjihad.cli.rules_text import PLAIN, UNSEEN

from support.messages import MESSAGES
from support.sentences import REFUSING, broken, labelled, sets

FOLDERS = {"plain": PLAIN, "unseen": UNSEEN}
LABELS = {"plain": ("blame", "suspicion", "fair"), "unseen": ("blame", "suspicion", "hint", "fair")}


@pytest.mark.parametrize("language", UNSEEN)
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_figures_of_the_docs(
    folder: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    counts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    doubted: Counter[str] = Counter()
    labels = LABELS[folder]
    for label, text in labelled(MESSAGES / folder / f"{language}.txt"):
        found = broken(language, text)
        counts[label] += 1
        refused[label] += not found.isdisjoint(REFUSING)
        doubted[label] += not found.isdisjoint({*REFUSING, "LNG07"})
    with capsys.disabled():
        for name, row in (("refused", refused), ("refused or doubted", doubted)):
            shares = (f"{label} {row[label]} of {counts[label]}" for label in labels)
            sys.stdout.write(f"\n{folder} {language} {name}: {', '.join(shares)}")
        sys.stdout.write("\n")
    assert min(counts[label] for label in labels) >= 40
    shares = [
        round(100 * row[label] / counts[label]) for row in (refused, doubted) for label in labels
    ]
    assert FOLDERS[folder][language] == tuple(shares)


@pytest.mark.parametrize("language", UNSEEN)
def test_few_fair_sentences_are_refused_and_most_others_are(language: str) -> None:
    blame, suspicion, _, fair = UNSEEN[language][:4]
    assert fair <= 2
    assert min(blame, suspicion) >= 65
    blame, suspicion, fair = PLAIN[language][:3]
    assert fair <= 1
    assert min(blame, suspicion) >= 64


@pytest.mark.parametrize("language", UNSEEN)
@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_was_learnt_from_unseen_sentences(folder: str, language: str) -> None:
    unseen = list(labelled(MESSAGES / folder / f"{language}.txt"))
    learnt = {text for path in sets(language) for _, text in labelled(path)}
    assert learnt.isdisjoint(text for _, text in unseen)
    assert {label for label, _ in unseen} == set(LABELS[folder])


def test_four_languages_are_measured() -> None:
    assert {"en", "fr", "de", "ar"} <= UNSEEN.keys()
