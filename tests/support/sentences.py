"""Sentences labelled by hand: ``blame``, ``suspicion``, ``hint`` or ``fair``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stopjihad.catalog.rules import rules
from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.wording import WORDING, check_wording

from support.messages import MESSAGES

RULE = {"blame": "LNG02", "suspicion": "LNG04", "hint": "LNG04"}
"""Label of a sentence to the rule that it breaks; fair ones break none."""

REFUSING = frozenset(RULE.values())
_RULES = [rule for rule in rules().values() if rule.kind in WORDING and rule.kind != "packs"]


def labelled(path: Path) -> Iterator[tuple[str, str]]:
    """Give label and sentence of each line of a file."""
    for line in path.read_text("utf-8").splitlines():
        label, _, text = line.partition(" | ")
        yield label, text


def sets(language: str) -> list[Path]:
    """Give the files of a language that weights are learnt from."""
    return sorted((MESSAGES / "sentences" / language).glob("*.txt"))


def broken(language: str, text: str) -> set[str]:
    """Name the rules of wording that a text breaks."""
    passage = Passage("x/body", text, "", "x.po", 1, 0, markdown=True)
    return {finding.rule for finding in check_wording(_RULES, language, [passage])}
