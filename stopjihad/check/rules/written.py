"""Hold a text once for all rules of wording: folded, cut into words, and read."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from stopjihad.check.rules.passages import Passage
from stopjihad.lexicon.phrases import grammar
from stopjihad.lexicon.reading import Reading
from stopjihad.text.language.stems import folded_words


class Text:
    """Hold a passage and what rules ask of it.

    Attributes:
        passage: the text.
        plain: it without marks.
        words: its folded words.
        kept: number of a sentence to what ``Frames`` has read of it, for frames and reading list.
    """

    def __init__(self, passage: Passage, language: str) -> None:
        """Keep the passage.

        Args:
            passage: the text.
            language: primary subtag.
        """
        self.passage = passage
        self.plain = passage.words()
        self.words = folded_words(self.plain)
        self.kept: dict[int, Any] = {}
        self._language = language

    @cached_property
    def reading(self) -> Reading:
        """Its sentences."""
        return Reading(self.plain, grammar(self._language))
