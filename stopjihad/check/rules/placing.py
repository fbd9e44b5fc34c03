"""Say where in a file the words of a finding stand."""

from __future__ import annotations

from typing import Any

from stopjihad.catalog.rules import Rule
from stopjihad.check.rules.finding import Finding, message
from stopjihad.check.rules.passages import Passage
from stopjihad.lexicon.phrases import Hit
from stopjihad.text.language.sentences import sentences


def finding_at(rule: Rule, passage: Passage, hit: Hit, **values: Any) -> Finding:
    """Make a finding about some words of a text.

    Args:
        rule: the rule that is broken.
        passage: the text.
        hit: the words.
        values: what the rule's message and its hint name in braces.

    Returns:
        The finding, at the line and column of the words as far as the text knows its lines.
    """
    line, column = _place(passage, hit.words)
    mend = rule.mend.format_map(values) if "{" in rule.mend else ""
    text = message(rule, **values)
    return Finding(
        rule.id,
        passage.subject,
        passage.path,
        line,
        column,
        text,
        mend,
        context=passage.context,
        sentence=_sentence(passage, hit),
    )


def _sentence(passage: Passage, hit: Hit) -> str:
    """Find the sentence that some words begin in; the whole text where they are in none."""
    whole = passage.words()
    start = 0
    for line in whole.split("\n"):
        for sentence in sentences(line, ""):
            start = whole.find(sentence, start)
            if hit.offset < start + len(sentence):
                return sentence
            start += len(sentence)
    return whole


def _place(passage: Passage, words: str) -> tuple[int, int]:
    """Find the words in the lines as authored, or say where the text starts."""
    start = words.split("\n", 1)[0]
    for length in (len(start), 24, 12):
        for index, line in enumerate(passage.lines):
            column = line.find(start[:length])
            if column >= 0:
                return passage.line + index, column + 1
    return passage.line, passage.column
