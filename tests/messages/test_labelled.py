"""How well the rules judge: recall and precision of each on a set labelled by hand.

The set is what ``labelled/`` holds (talking points, posts and campaigns with one seeded fault each,
and good ones as near to a fault as they could be written) and the sentences of
``tests/check/frames``. The rules were mended on this set; how they judge sentences that nobody of
this project wrote says ``bench/foreign.py``.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from stopjihad.catalog.frames import frames
from stopjihad.catalog.rules import rules

from support.build import REPOSITORY
from support.messages import MESSAGES, laid_over, problems_of

LANGUAGES = ("en", "fr", "de", "ar")
NONE = "none"
LEAST = 0.95
"""Recall and precision that every error rule must reach."""

NUMBERS = "SAF07"
"""Rule that finds telephone numbers of no helpline: those of the examples are invented."""

LEAST_SENTENCES = 30
"""Respectful sentences in each language."""


def items(language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each labelled thing: the rule it breaks, or none, and the values laid over."""
    path = REPOSITORY / "tests/check/frames" / f"{language}.yaml"
    for frame, known in yaml.safe_load(path.read_text("utf-8")).items():
        for text in known["refuses"]:
            yield frames()[frame].rule, {"text": text.replace("\n- ", "\n\n- ")}
        for text in known["keeps"]:
            yield NONE, {"text": text.replace("\n- ", "\n\n- ")}
    raw = yaml.safe_load((MESSAGES / "labelled" / f"{language}.yaml").read_text("utf-8"))
    for values in raw:
        yield values.pop("fault"), values


def judged(language: str) -> list[tuple[str, set[str], dict[str, Any]]]:
    """Judge everything of a language: label, rules found, values."""
    found = []
    for label, values in items(language):
        codes = {problem.code for problem in problems_of(laid_over(values, language))}
        breaks = {rule.id for rule in rules().values() if codes & {rule.id, *rule.also}}
        found.append((label, breaks, values))
    return found


@pytest.fixture(scope="module")
def verdicts() -> dict[str, list[tuple[str, set[str], dict[str, Any]]]]:
    return {language: judged(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_respectful_text_raises_no_alarm(language: str, verdicts: Any) -> None:
    fair = [
        (breaks - {NUMBERS}, values["text"])
        for label, breaks, values in verdicts[language]
        if label == NONE and values.keys() == {"text"}
    ]
    assert len(fair) >= LEAST_SENTENCES
    assert [(breaks, text) for breaks, text in fair if breaks] == []


def test_the_set_is_large_enough(verdicts: Any) -> None:
    every = [item for found in verdicts.values() for item in found]
    assert len([item for item in every if "point" in item[2] or "text" in item[2]]) >= 150
    labels = Counter(label for label, _, _ in every)
    assert labels[NONE] >= 100
    errors = {rule.id for rule in rules().values() if rule.severity == "error"}
    errors -= {"SAF06"}  # its sentences stand in promises.yaml
    assert {name: labels[name] for name in errors if labels[name] < 2} == {}


def test_error_rules_reach_95_percent(verdicts: Any, capsys: pytest.CaptureFixture[str]) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: list[str] = []
    for language, found in verdicts.items():
        for label, breaks, values in found:
            for name in rules():
                kind = _kind(wanted=label == name, got=name in breaks)
                # A fault may break a second rule that follows from it.
                if kind == "fp" and name in FOLLOWS.get(label, ()):
                    continue
                counts[name][kind] += 1
                if kind in {"fp", "fn"}:
                    wrong.append(f"{language} {name} {kind}: {values}")
    with capsys.disabled():
        lines = [f"{'rule':<7}{'faults':>7}{'recall':>8}{'precision':>11}"]
        for name, count in counts.items():
            if count["tp"] + count["fn"] or count["fp"]:
                recall, precision = _rates(count)
                faults = count["tp"] + count["fn"]
                lines.append(f"{name:<7}{faults:>7}{recall:>8.1%}{precision:>11.1%}")
        sys.stdout.write("\n".join(["", *lines, *wrong, ""]))
    for rule in rules().values():
        if rule.severity == "error":
            recall, precision = _rates(counts[rule.id])
            assert recall >= LEAST, rule.id
            assert precision >= LEAST, rule.id


FOLLOWS = {
    "STR04": ("STR01", "STR03"),
    "STR01": ("STR02",),
    "EVD04": ("TRN01",),
}
"""Rules that a seeded fault may break as well: a claim that leads a post is also unflagged."""


def _kind(*, wanted: bool, got: bool) -> str:
    return ("tp" if got else "fn") if wanted else ("fp" if got else "tn")


def _rates(count: Counter[str]) -> tuple[float, float]:
    faults, found = count["tp"] + count["fn"], count["tp"] + count["fp"]
    return count["tp"] / faults if faults else 1.0, count["tp"] / found if found else 1.0
