"""What the rules find in sentences that nothing was learnt from, and what they refuse wrongly.

``unseen/`` was written apart from everything else, by writers who knew neither rules nor lexicons,
half of it to be mistaken for something else. ``tools/learn_weights.py`` never reads it. The figures
stand in docs/rules.md; they may only become better.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise

import pytest
from stopjihad.cli.rules_text import UNSEEN

from support.messages import MESSAGES
from support.sentences import REFUSING, RULE, broken, labelled, sets

LANGUAGES = ("en", "fr", "de", "ar")
LABELS = ("blame", "suspicion", "hint", "fair")


@pytest.mark.parametrize("language", LANGUAGES)
def test_unseen_sentences(language: str, capsys: pytest.CaptureFixture[str]) -> None:
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
    assert min(counts[label] for label in LABELS) >= 50
    found = tuple(
        round(100 * row[label] / counts[label]) for row in (refused, doubted) for label in LABELS
    )
    assert found == UNSEEN[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_was_learnt_from_unseen_sentences(language: str) -> None:
    unseen = {text for _, text in labelled(MESSAGES / "unseen" / f"{language}.txt")}
    learnt = {text for path in sets(language) for _, text in labelled(path)}
    assert unseen.isdisjoint(learnt)
    assert {label for label, _ in labelled(MESSAGES / "unseen" / f"{language}.txt")} == {
        *RULE,
        "fair",
    }


def test_more_is_found_when_doubts_count() -> None:
    for figures in UNSEEN.values():
        sure, wide = figures[:4], figures[4:]
        assert all(few <= many for few, many in zip(sure, wide, strict=True))
        assert all(one >= 0 for one, _ in pairwise(figures))
