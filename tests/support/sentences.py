"""Judge single sentences by the rules of wording."""

from __future__ import annotations

from stopjihad.catalog.rules import rules
from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.wording import WORDING, check_wording

_RULES = [rule for rule in rules().values() if rule.kind in WORDING and rule.kind != "packs"]


def broken(language: str, text: str) -> set[str]:
    """Name the rules of wording that a text breaks."""
    passage = Passage("x/body", text, "", "x.po", 1, 0, markdown=True)
    return {finding.rule for finding in check_wording(_RULES, language, [passage])}
