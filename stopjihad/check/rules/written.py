"""Hold a text once for all rules of wording: folded, cut into words, and read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.phrases import grammar
from stopjihad.check.rules.reading import Reading
from stopjihad.text.fold import fold
from stopjihad.text.letters import WORD
from stopjihad.text.words import inline_words

_NOTHING: frozenset[str] = frozenset()


class Text:
    """Hold a passage and what rules ask of it; each is made when it is first asked for."""

    def __init__(self, passage: Passage, folded: str, language: str) -> None:
        """Keep the passage.

        Args:
            passage: the text.
            folded: its letters, folded.
            language: primary subtag.
        """
        self.passage = passage
        self.folded = folded
        self._language = language

    @cached_property
    def words(self) -> frozenset[str]:
        """Its folded words."""
        return frozenset(WORD.findall(self.folded))

    @cached_property
    def lead_words(self) -> frozenset[str]:
        """The folded words of what introduces it."""
        lead = self.passage.lead
        return frozenset(WORD.findall(fold(lead))) if lead else _NOTHING

    @cached_property
    def reading(self) -> Reading:
        """Its sentences."""
        return Reading(self.passage.words(), grammar(self._language))

    @cached_property
    def lead(self) -> Reading | None:
        """The sentences that introduce it."""
        lead = inline_words(self.passage.lead.replace("\n", " "))
        return Reading(lead, grammar(self._language)) if lead else None


def texts(passages: Sequence[Passage], language: str) -> Iterator[Text]:
    """Fold passages: all at once, which is much faster than one by one.

    Args:
        passages: the texts.
        language: primary subtag.

    Yields:
        The texts, in the same order.
    """
    whole = fold("\0".join(passage.text.replace("\0", " ") for passage in passages))
    for passage, folded in zip(passages, whole.split("\0"), strict=bool(passages)):
        yield Text(passage, folded, language)
