"""A text that phrases are looked for in: its words and sentences, each cut once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Any

from stopjihad.catalog.phrases import lexicon
from stopjihad.lexicon.grammar import Grammar, SentenceWords
from stopjihad.text.language.fold import WORD, fold, folded_place, folded_tokens
from stopjihad.text.language.sentences import sentences
from stopjihad.text.markdown.words import BlockText, block_tokens, inline_words


@cache
def grammar(primary: str) -> Grammar:
    """Give the grammar of a language, which all its phrases share.

    Returns:
        The grammar; it knows the classes of the language's lexicon, when there is one.
    """
    known = lexicon(primary)
    return Grammar(primary, known.words if known else {})


_OPEN = re.compile(r"[?\u061f]+[\s\"'»”)]*$")


class Sentence:
    """One sentence, and the one after it when it is a question: both are read as one."""

    def __init__(
        self,
        text: str,
        following: str,
        offset: int,
        grammar: Grammar,
        tokens: Sequence[str] | None = None,
    ) -> None:
        """Read the words.

        Args:
            offset: where it starts in its text, in code points.
            tokens: the folded words of ``text`` where they are known.
        """
        self.offset = offset
        # Most sentences have no such mark, and a look for a letter costs least.
        self.is_question = ("?" in text or "\u061f" in text) and _OPEN.search(text) is not None
        # What a question leaves open, the next sentence says.
        self.text = f"{text} {following}" if self.is_question else text
        self._following = following
        self._grammar = grammar
        known = None if self.is_question else tokens
        self.tokens = folded_tokens(self.text) if known is None else known

    @cached_property
    def words(self) -> SentenceWords:
        """What its words may stand for in phrases."""
        return self._grammar.read(self.tokens)

    @cached_property
    def answer(self) -> SentenceWords:
        """The words of the next sentence."""
        return self._grammar.read(folded_tokens(self._following))

    def original_words(self, start: int, end: int) -> tuple[str, int]:
        """Give words as they were written.

        Returns:
            The text from the first to the last, and where it starts in the whole text.
        """
        low = folded_place(self.text, self._places[start][0])
        high = folded_place(self.text, self._places[end - 1][1] - 1) + 1
        return self.text[low:high], self.offset + low

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """Where its folded words start and end."""
        return [match.span() for match in WORD.finditer(fold(self.text))]


class Reading:
    """A text, cut when it is first asked for."""

    def __init__(self, text: str, grammar: Grammar, tokens: Sequence[str] | None = None) -> None:
        """Keep the text and the grammar of its language.

        Args:
            tokens: the folded words of ``text`` where they are known.
        """
        self.text = text
        self.grammar = grammar
        self._tokens = tokens
        self._known: dict[int, Sentence] = {}

    @cached_property
    def pieces(self) -> tuple[tuple[int, str], ...]:
        """The sentences as they are written, each with its place in code points."""
        return tuple(_place_sentences(self.text, self.grammar.language))

    @cached_property
    def tokens(self) -> tuple[Sequence[str], ...]:
        """The folded words of each of the pieces."""
        if self._tokens is not None and len(self.pieces) == 1:
            return (self._tokens,)
        return tuple(folded_tokens(text) for _, text in self.pieces)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences from first to last."""
        return tuple(map(self._sentence, range(len(self.pieces))))

    def sentences_with(self, telling: frozenset[str]) -> Iterator[Sentence]:
        """Read the sentences that have one of some words, each once for all who ask.

        Args:
            telling: folded words.

        Yields:
            The sentences from first to last; a question has the words of the next one, too.
        """
        tokens = self.tokens
        told = [not telling.isdisjoint(own) for own in tokens]
        for index, own in enumerate(told):
            if own or True in told[index + 1 : index + 2]:
                sentence = self._sentence(index)
                if own or sentence.is_question:
                    yield sentence

    def _sentence(self, index: int) -> Sentence:
        known = self._known.get(index)
        if known is None:
            offset, text = self.pieces[index]
            after = self.pieces[index + 1][1] if index + 1 < len(self.pieces) else ""
            known = Sentence(text, after, offset, self.grammar, self.tokens[index])
            self._known[index] = known
        return known


def _place_sentences(text: str, language: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in text.split("\n"):
        start = 0
        for sentence in sentences(line, language):
            place = line.find(sentence, start)
            yield offset + place, sentence
            start = place + len(sentence)
        offset += len(line) + 1


class ReadText:
    """A text that is cut into words and sentences once, for everything that is looked for in it.

    Attributes:
        lead: the heading and the sentence that introduce it, or nothing.
        item: whether it is an item of a list or the cell of a table.
        tokens: its folded words in order: by them most texts are passed over.
        kept: number of a sentence to what ``Frames`` has read of it, for frames and reading list.
    """

    def __init__(
        self,
        text: str,
        lead: str,
        language: str,
        *,
        markdown: bool,
        item: bool = False,
        known: BlockText | None = None,
    ) -> None:
        """Keep the text.

        Args:
            markdown: whether marks such as ``**`` mean something in it.
            item: whether it is an item of a list or the cell of a table.
            known: the same block where another rule has read it.
        """
        self.lead = lead
        self.item = item
        if known is not None:
            self.tokens = known.tokens
        else:
            self.tokens = block_tokens(text) if markdown else folded_tokens(text)
        self.kept: dict[int, Any] = {}
        self._text = text
        self._markdown = markdown
        self._known = known
        self._language = language

    @cached_property
    def plain(self) -> str:
        """The text without marks."""
        if self._known is not None:
            return self._known.plain
        return inline_words(self._text) if self._markdown else self._text

    @cached_property
    def meanings(self) -> frozenset[int]:
        """All that its words may stand for in phrases: no sentence has what it lacks."""
        return grammar(self._language).read(self.tokens).all

    @cached_property
    def reading(self) -> Reading:
        """Its sentences."""
        return Reading(self.plain, grammar(self._language), self.tokens)

    met: frozenset[int] | None = None
    """What ``Frames`` has found its words to meet, for frames and reading list."""


def words_of(texts: Iterable[ReadText | BlockText]) -> frozenset[str]:
    """Give the words of some ``texts``, each once: they are looked up together."""
    return frozenset[str]().union(*[text.tokens for text in texts])
