"""Find phrases in the sentences of a text, and leave out what the sentence itself denies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from stopjihad.catalog.phrases import Denial, Lexicon, PhraseSet, lexicon
from stopjihad.lexicon.grammar import Grammar, SentenceWords, search, spans, telling_atoms
from stopjihad.lexicon.sentence import Reading, Sentence, grammar
from stopjihad.lexicon.vocabulary import NOTHING
from stopjihad.text.language.fold import PerWord, folded_tokens

BEFORE, AFTER = 12, 8
"""Words before and after a finding in which a denial still holds; chosen on tests/messages."""


_MOST = 1 << 12
"""Most words of which a set remembers whether a phrase may start with them."""


class Hit(NamedTuple):
    """A finding: its words as written, and where they start in the text."""

    words: str
    offset: int


class Phrases:
    """Look for the phrases of one rule in one language."""

    def __init__(self, words: Lexicon, found: PhraseSet, grammar: Grammar) -> None:
        """Compile the phrases."""
        self.grammar = grammar
        self._find = grammar.compile(found.find)
        self._keys = telling_atoms(self._find)
        self._starts = NOTHING.union(*[phrase.starts for phrase in self._find])
        self._starting = PerWord(self._may_start_with, most=_MOST)
        self._mask = grammar.compile(found.mask)
        self._masking = telling_atoms(self._mask)
        self._unless = grammar.compile(found.unless)
        self._but = grammar.compile(words.but)
        self._no = grammar.compile(words.no)
        keep = found.denials == "keep"
        deny = _denial(found.denial, words.denial) if keep else Denial()
        self._before = grammar.compile(deny.before)
        self._inside = grammar.compile(deny.inside)
        self._after = grammar.compile(deny.after)

    def hits(self, text: str) -> Iterator[Hit]:
        """Find phrases.

        Yields:
            Findings from left to right; at most one in each sentence.
        """
        telling = self.among(folded_tokens(text))
        if telling:
            yield from self.hits_in(Reading(text, self.grammar), telling)

    def among(self, words: Collection[str]) -> frozenset[str]:
        """Find the words of which a text with one of the phrases has at least one.

        Args:
            words: folded words.
        """
        read, other = self.grammar.read(words), self._keys.isdisjoint
        if other(read.all):
            return frozenset()
        told = zip(words, read.entries, strict=True)
        return frozenset([word for word, entry in told if not other(entry.all)])

    def hits_in(self, reading: Reading, telling: frozenset[str]) -> Iterator[Hit]:
        """Find phrases in a text that other phrases are looked for in, too.

        Args:
            telling: those of its words that ``among`` finds, and maybe others.
        """
        for sentence in reading.sentences_with(telling):
            found = self._sentence(sentence)
            if found is not None:
                yield Hit(*sentence.original_words(*found))

    def share(self, text: str) -> float:
        """Tell how much of a short text one phrase makes up.

        Returns:
            Share of its words, from 0 to 1, of the longest phrase; denials change nothing.
        """
        words = self.grammar.read(folded_tokens(text))
        longest = max((end - start for start, end in spans(self._find, words)), default=0)
        return longest / len(words) if longest else 0.0

    def may_start(self, text: str) -> bool:
        """Tell quickly whether a phrase can start with one of a few words."""
        return any(map(self._starting.__getitem__, folded_tokens(text)))

    def _may_start_with(self, word: str) -> bool:
        return not self._starts.isdisjoint(self.grammar.look_up(word).all)

    def _sentence(self, sentence: Sentence) -> tuple[int, int] | None:
        words = sentence.words
        if self._keys.isdisjoint(words.all) or not self.may_be_in(words.all):
            return None
        answered = sentence.is_question and any(
            start == 0 for start, _ in search(self._no, sentence.answer)
        )
        if answered or next(search(self._unless, words), None) is not None:
            return None
        shown = self._masking.isdisjoint(words.all)
        masked = words if shown else words.mask_spans(search(self._mask, words))
        found = (span for span in search(self._find, masked) if not self._is_denied(words, span))
        return next(found, None)

    def may_be_in(self, meanings: frozenset[int]) -> bool:
        """Tell quickly whether a sentence, or a whole text, can have a phrase.

        Args:
            meanings: atoms that its words may stand for.
        """
        lacks = meanings.isdisjoint
        return any(not any(map(lacks, phrase.needs)) for phrase in self._find)

    def _is_denied(self, words: SentenceWords, span: tuple[int, int]) -> bool:
        start, end = span
        return self._denied_before(words, start) or any(
            denying and next(search(denying, words, low, high), None) is not None
            for denying, low, high in (
                (self._inside, start, end),
                (self._after, end, min(len(words), end + AFTER)),
            )
        )

    def _denied_before(self, words: SentenceWords, start: int) -> bool:
        first = max(0, start - BEFORE)
        for _, turn in search(self._but, words, first, start):
            first = turn
        return next(search(self._before, words, first, start), None) is not None


@cache
def phrase_sets(primary: str) -> dict[str, Phrases]:
    """Give all phrases of a language.

    Returns:
        Id of a rule, or another name of a set in the lexicon, to its compiled phrases; empty for
        languages without a lexicon.
    """
    words = lexicon(primary)
    if words is None:
        return {}
    known = grammar(primary)
    return {name: Phrases(words, found, known) for name, found in words.sets.items()}


def phrases(language: str, name: str) -> Phrases | None:
    """Give the phrases of a rule in a language.

    Args:
        name: id of the rule, or another name of a set in the lexicon.

    Returns:
        The compiled phrases, or None when the lexicon has none.
    """
    return phrase_sets(language.partition("-")[0]).get(name)


def known_words(language: str, words: Iterable[str]) -> frozenset[str]:
    """Find the words that any phrase of a language may have.

    Args:
        words: folded words.

    Returns:
        Those that its lexicon knows: no other can be the rarest word of a phrase.
    """
    return grammar(language.partition("-")[0]).look_up_all(words)


def _denial(own: Denial, usual: Denial) -> Denial:
    return Denial(
        before=own.before or usual.before,
        inside=own.inside or usual.inside,
        after=own.after or usual.after,
    )
