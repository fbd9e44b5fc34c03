"""Find phrases in sentences, and leave out what the sentence itself denies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from stopjihad.catalog.lexicon import Denial, Lexicon, PhraseSet, lexicons
from stopjihad.check.rules.grammar import Grammar, Words, search, spans
from stopjihad.text.fold import fold, folded_place
from stopjihad.text.sentences import sentences

BEFORE, AFTER = 12, 8
"""Words before and after a finding in which a denial still holds; chosen on tests/messages."""

_WORD = re.compile(r"\w+")
_OPEN = re.compile(r"[?\u061f]+[\s\"'»”)]*$")


class Hit(NamedTuple):
    """Hold a finding: its words as written, and where they start in the text."""

    words: str
    offset: int


class Phrases:
    """Look for the phrases of one rule in one language."""

    def __init__(self, lexicon: Lexicon, found: PhraseSet, grammar: Grammar) -> None:
        """Compile the phrases.

        Args:
            lexicon: words of the language.
            found: phrases of the rule.
            grammar: of the language.
        """
        self.language = lexicon.language
        self.anchors = grammar.anchors(found.anchors)
        self._grammar = grammar
        self._find = grammar.compile(found.find)
        self._mask = grammar.compile(found.mask)
        self._unless = grammar.compile(found.unless)
        self._lead = grammar.compile(found.lead)
        self._item = grammar.compile(found.item)
        self._but = grammar.compile(lexicon.but)
        self._no = grammar.compile(lexicon.no)
        keep = found.denials == "keep"
        deny = _denial(found.denial, lexicon.denial) if keep else Denial()
        self._before = grammar.compile(deny.before)
        self._inside = grammar.compile(deny.inside)
        self._after = grammar.compile(deny.after)

    def may_be_in(self, folded: str) -> bool:
        """Tell quickly whether a folded text can have a finding at all."""
        return not self.anchors or any(anchor in folded for anchor in self.anchors)

    def hits(self, text: str, lead: str = "") -> Iterator[Hit]:
        """Find phrases.

        Args:
            text: plain words of a passage.
            lead: plain words of the heading or sentence that introduces it.

        Yields:
            Findings from left to right; at most one in each sentence.
        """
        leading = bool(lead) and bool(self._lead) and self.leads(lead)
        pieces = list(_placed(text, self.language))
        for index, (offset, sentence) in enumerate(pieces):
            following = pieces[index + 1][1] if index + 1 < len(pieces) else ""
            found = self._sentence(fold(sentence), fold(following), leading=leading)
            if found is not None:
                whole = f"{sentence} {following}"
                start = folded_place(whole, found[0])
                end = folded_place(whole, found[1] - 1) + 1
                yield Hit(whole[start:end], offset + start)

    def share(self, text: str) -> float:
        """Tell how much of a short text one phrase makes up.

        Args:
            text: a label or a name.

        Returns:
            Share of its words, from 0 to 1, of the longest phrase; denials change nothing.
        """
        words = self._grammar.read(_WORD.findall(fold(text)))
        longest = max((end - start for start, end in spans(self._find, words)), default=0)
        return longest / len(words) if longest else 0.0

    def leads(self, lead: str) -> bool:
        """Tell whether a heading or sentence introduces what ``item`` looks for."""
        for _, sentence in _placed(lead, self.language):
            words = self._grammar.read(_WORD.findall(fold(sentence)))
            if any(not self._denied(words, span) for span in search(self._lead, words)):
                return True
        return False

    def _sentence(self, folded: str, following: str, *, leading: bool) -> tuple[int, int] | None:
        if _OPEN.search(folded):
            # What a question leaves open, the next sentence says: both are read as one.
            answer = self._grammar.read(_WORD.findall(following))
            if any(start == 0 for start, _ in search(self._no, answer, 0, len(answer))):
                return None
            folded = f"{folded} {following}"
        places = [match.span() for match in _WORD.finditer(folded)]
        words = self._grammar.read(folded[start:end] for start, end in places)
        if next(search(self._unless, words), None) is not None:
            return None
        masked = words.without(search(self._mask, words)) if self._mask else words
        for start, end in search(self._find, masked):
            if not self._denied(words, (start, end)):
                return places[start][0], places[end - 1][1]
        for start, end in search(self._item, masked) if leading else ():
            # An item may be long, and what it denies may stand at its end.
            if not self._denied(words, (start, end), len(words)):
                return places[start][0], places[end - 1][1]
        return None

    def _denied(self, words: Words, span: tuple[int, int], reach: int = 0) -> bool:
        start, end = span
        first = max(0, start - (reach or BEFORE))
        for _, turn in search(self._but, words, first, start):
            first = turn
        return any(
            denying and next(search(denying, words, low, high), None) is not None
            for denying, low, high in (
                (self._before, first, start),
                (self._inside, start, end),
                (self._after, end, min(len(words), end + (reach or AFTER))),
            )
        )


@cache
def phrase_sets(primary: str) -> dict[str, Phrases]:
    """Give all phrases of a language.

    Args:
        primary: primary subtag.

    Returns:
        Id of a rule, or another name of a set in the lexicon, to its compiled phrases; empty for
        languages without a lexicon.
    """
    lexicon = lexicons().get(primary)
    if lexicon is None:
        return {}
    grammar = Grammar(lexicon.language, lexicon.words)
    return {name: Phrases(lexicon, found, grammar) for name, found in lexicon.sets.items()}


def phrases(language: str, name: str) -> Phrases | None:
    """Give the phrases of a rule in a language.

    Args:
        language: BCP 47 tag.
        name: id of the rule, or another name of a set in the lexicon.

    Returns:
        The compiled phrases, or None when the lexicon has none.
    """
    return phrase_sets(language.partition("-")[0]).get(name)


@cache
def stop_words(language: str) -> frozenset[str]:
    """Give the folded words that carry no meaning of their own.

    Args:
        language: BCP 47 tag.

    Returns:
        Folded words; none for languages without a lexicon.
    """
    lexicon = lexicons().get(language.partition("-")[0])
    return frozenset(fold(lexicon.stop).split()) if lexicon else frozenset()


def _placed(text: str, language: str) -> Iterator[tuple[int, str]]:
    """Cut a text into sentences with the place where each starts."""
    offset = 0
    for line in text.split("\n"):
        start = 0
        for sentence in sentences(line, language):
            place = line.find(sentence, start)
            yield offset + place, sentence
            start = place + len(sentence)
        offset += len(line) + 1


def _denial(own: Denial, usual: Denial) -> Denial:
    return Denial(
        before=own.before or usual.before,
        inside=own.inside or usual.inside,
        after=own.after or usual.after,
    )
