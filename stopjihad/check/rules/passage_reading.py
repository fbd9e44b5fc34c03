"""Read a passage as rules of wording do, and say where in it what they find stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, message
from stopjihad.check.rules.passages import Passage
from stopjihad.lexicon.phrases import Hit
from stopjihad.lexicon.sentence import ReadText
from stopjihad.text.language.sentences import sentences
from stopjihad.text.markdown.words import BlockText

NO_BLOCKS: Mapping[str, BlockText] = MappingProxyType({})
"""What other rules have read where nobody says."""


class ReadPassage(ReadText):
    """A passage as rules of wording read it."""

    def __init__(
        self, passage: Passage, language: str, known: Mapping[str, BlockText] = NO_BLOCKS
    ) -> None:
        """Keep the passage.

        Args:
            known: blocks by their text that other rules have read.
        """
        text, markdown = passage.text, passage.markdown
        block = known.get(text) if markdown else None
        super().__init__(
            text, passage.lead, language, markdown=markdown, item=passage.item, known=block
        )
        self.passage = passage


def finding_at(rule: Rule, passage: Passage, hit: Hit, **values: Any) -> Finding:
    """Make a finding about some words of a text.

    Args:
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
    return next((text for end, text in _cut_text(whole) if hit.offset < end), whole)


@lru_cache(maxsize=4)
def _cut_text(whole: str) -> tuple[tuple[int, str], ...]:
    """Cut a text once for all its findings: the sentences, each with the place of its end."""
    found, start = [], 0
    for line in whole.split("\n"):
        for sentence in sentences(line, ""):
            start = whole.find(sentence, start) + len(sentence)
            found.append((start, sentence))
    return tuple(found)


def _place(passage: Passage, words: str) -> tuple[int, int]:
    """Find the words in the lines as authored, or say where the text starts."""
    start = words.split("\n", 1)[0]
    for length in (len(start), 24, 12):
        for index, line in enumerate(passage.lines):
            column = line.find(start[:length])
            if column >= 0:
                return passage.line + index, column + 1
    return passage.line, passage.column
