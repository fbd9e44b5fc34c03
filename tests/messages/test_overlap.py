"""The share from which a headline repeats the claim was chosen on pairs labelled by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.claims import repeated_words, written_words

from support.messages import MESSAGES

SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def pairs() -> Iterator[tuple[str, str, str, bool]]:
    raw = yaml.safe_load((MESSAGES / "overlap.yaml").read_text("utf-8"))
    for language, kinds in raw.items():
        for kind, listed in kinds.items():
            for claim, text in listed:
                yield language, claim, text, kind == "leaks"


def rates(params: dict[str, Any]) -> tuple[float, float, list[tuple[str, str]]]:
    right = wrong = missed = 0
    faults = []
    for language, claim, text, leaks in pairs():
        found = bool(repeated_words(text, claim, language, params))
        right += found and leaks
        wrong += found and not leaks
        missed += leaks and not found
        if found != leaks:
            faults.append((claim, text))
    return right / (right + missed), right / max(1, right + wrong), faults


def test_the_words_of_a_finding_stand_as_they_are_written() -> None:
    """A finding said "repeats the claim: isi, protect, muslim, enemi"."""
    claim, text = "ISIS protects Muslims from enemies.", "Our enemies: ISIS is protecting Muslims"
    found = repeated_words(text, claim, "en", rules()["STR02"].params)
    assert written_words(text, found, "en") == ("enemies", "ISIS", "protecting", "Muslims")


def test_there_are_enough_pairs_of_both_kinds() -> None:
    labels = [leaks for _, _, _, leaks in pairs()]
    assert len(labels) >= 100
    assert min(sum(labels), len(labels) - sum(labels)) >= 40


def test_the_share_of_the_rule_is_the_best_one(capsys: pytest.CaptureFixture[str]) -> None:
    params = rules()["STR02"].params
    table = {share: rates({**params, "share": share}) for share in SHARES}
    with capsys.disabled():
        for share, (recall, precision, _) in table.items():
            sys.stdout.write(f"\nshare {share:.1f}: recall {recall:.1%} precision {precision:.1%}")
        sys.stdout.write("\n")
    recall, precision, faults = table[params["share"]]
    assert recall >= 0.95, faults
    assert precision >= 0.95, faults
    best = max(min(recall, precision) for recall, precision, _ in table.values())
    assert min(recall, precision) >= best - 0.02
