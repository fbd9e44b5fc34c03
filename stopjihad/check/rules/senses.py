"""Find in a sentence what its words speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from stopjihad.catalog.senses import SenseRow, sense_index, sense_languages, sense_words
from stopjihad.check.rules.grammar import Grammar, Phrase, Words
from stopjihad.check.rules.search import search
from stopjihad.check.rules.vocabulary import Vocabulary

ALL: frozenset[str] = frozenset()
"""Stands for all senses, where some may be named."""


class _Word(NamedTuple):
    """Hold the senses of a word, and the phrases of which it may be the rarest word."""

    names: tuple[str, ...]
    rows: tuple[int, ...]


Spans = dict[str, list[tuple[int, int]]]
"""Name of a sense to where its words start and end, in words, from left to right."""


class Heard:
    """Hold the words of a sentence, and look them up when a phrase may be among them."""

    def __init__(self, tokens: Sequence[str], grammar: Grammar) -> None:
        """Keep the folded words, and the grammar of their language."""
        self.tokens = tokens
        self._grammar = grammar

    @cached_property
    def words(self) -> Words:
        """What the words may stand for."""
        return self._grammar.read(self.tokens)


class Senses:
    """Look for the words of all senses of a language at once."""

    def __init__(
        self, grammar: Grammar, single: Mapping[str, int], rows: Sequence[SenseRow]
    ) -> None:
        """Take a numbered lexicon; phrases are compiled when a sentence has the words for them.

        Args:
            grammar: of the language; it knows the numbers.
            single: name of a sense to the number of its single words.
            rows: phrases of several words.
        """
        self._grammar = grammar
        self._single = {atom: name for name, atom in single.items()}
        self._rows = rows
        self._longer: dict[int, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            self._longer[row.needs[0]].append(place)
        self._phrases: dict[str, tuple[Phrase, ...]] = {}
        self._words: dict[frozenset[str], dict[str, _Word]] = defaultdict(dict)

    def hear(self, tokens: Sequence[str]) -> Heard:
        """Take words, so that several questions about them cost less.

        Args:
            tokens: folded words of a sentence.

        Returns:
            The words.
        """
        return Heard(tokens, self._grammar)

    def find(self, heard: Heard) -> Spans:
        """Find what words speak of.

        Args:
            heard: the words of a sentence.

        Returns:
            The senses that are there.
        """
        found: dict[str, set[tuple[int, int]]] = defaultdict(set)
        known = [self._look_up(token, ALL) for token in heard.tokens]
        for place, word in enumerate(known):
            for name in word.names:
                found[name].add((place, place + 1))
        for row in self._fitting(known, heard):
            found[row.name].update(search(self._compiled(row.text), heard.words))
        return {name: sorted(spans) for name, spans in found.items() if spans}

    def speaks(self, heard: Heard, names: frozenset[str], telling: frozenset[str]) -> bool:
        """Tell whether words speak of one of some senses.

        Args:
            heard: the words of a sentence.
            names: the senses.
            telling: those of the words that ``among`` found for these senses, and maybe others.

        Returns:
            True when ``find`` would find one of them.
        """
        known = self._telling(heard, names, telling)
        return any(word.names for word in known) or any(
            next(search(self._compiled(row.text), heard.words), None) is not None
            for row in self._fitting(known, heard)
        )

    def may_speak(self, heard: Heard, names: frozenset[str], telling: frozenset[str]) -> bool:
        """Tell quickly whether sentences can speak of one of some senses.

        Args:
            heard: the words of a text, in any order.
            names: the senses.
            telling: as for ``speaks``.

        Returns:
            False only when ``speaks`` is False for each sentence of the text.
        """
        known = self._telling(heard, names, telling)
        return any(word.names for word in known) or any(True for _ in self._fitting(known, heard))

    def _telling(self, heard: Heard, names: frozenset[str], telling: frozenset[str]) -> list[_Word]:
        """Look up the words that may say something of some senses."""
        return [self._look_up(token, names) for token in telling.intersection(heard.tokens)]

    def _fitting(self, known: Iterable[_Word], heard: Heard) -> Iterator[SenseRow]:
        """Give the phrases of some words that the sentence has everything for."""
        rows = {row for word in known for row in word.rows}
        if rows:
            has = heard.words.all.issuperset
            for row in map(self._rows.__getitem__, rows):
                if has(row.needs):
                    yield row

    def _compiled(self, text: str) -> tuple[Phrase, ...]:
        known = self._phrases.get(text)
        if known is None:
            known = self._phrases[text] = self._grammar.compile([text])
        return known

    def _look_up(self, token: str, names: frozenset[str]) -> _Word:
        known = self._words[names].get(token)
        if known is None:
            entry = self._grammar.look_up(token)
            own = {self._single[atom] for atom in entry.first & self._single.keys()}
            rows = {row for atom in entry.all & self._longer.keys() for row in self._longer[atom]}
            if names is not ALL:
                own &= names
                rows = {row for row in rows if self._rows[row].name in names}
            known = self._words[names][token] = _Word(tuple(own), tuple(rows))
        return known

    def among(
        self, words: Iterable[str], groups: Sequence[frozenset[str]]
    ) -> tuple[frozenset[str], ...]:
        """Find the words that may speak of some of the senses.

        Args:
            words: folded words.
            groups: senses, in groups.

        Returns:
            For each group the words that do, or that are the rarest word of a phrase that does.
        """
        own = self._single.keys() | self._longer.keys()
        found: tuple[set[str], ...] = tuple(set() for _ in groups)
        for word in words:
            atoms = self._grammar.look_up(word).all
            names = self._named(atoms & own) if atoms else ()
            for group, made in zip(groups, found, strict=True):
                if not group.isdisjoint(names):
                    made.add(word)
        return tuple(map(frozenset, found))

    def _named(self, atoms: Iterable[int]) -> set[str]:
        names = {self._single[atom] for atom in atoms if atom in self._single}
        names.update(self._rows[row].name for atom in atoms for row in self._longer.get(atom, ()))
        return names


def numbered(
    words: Mapping[str, Sequence[str]], grammar: Grammar
) -> tuple[dict[str, int], list[SenseRow]]:
    """Number a lexicon.

    Args:
        words: name of a sense to its phrases.
        grammar: of the language; it learns the numbers.

    Returns:
        Name of a sense to the number of its single words, and its phrases of several words.

    Raises:
        ValueError: an element of a phrase is not one word, or all may lack.
    """
    single: dict[str, int] = {}
    rows: list[SenseRow] = []
    for name, texts in words.items():
        alone = "|".join(text for text in texts if " " not in text)
        if alone:
            single[name] = grammar.one_of(alone.split("|"))
        rows += [SenseRow(name, text, grammar.needs(text)) for text in texts if " " in text]
    return single, rows


@cache
def senses(primary: str) -> Senses | None:
    """Give the senses of a language.

    Args:
        primary: primary subtag.

    Returns:
        The lexicon; None for languages without one.
    """
    if primary not in sense_languages():
        return None
    index = sense_index(primary)
    if index is not None:
        vocabulary = Vocabulary.restored(primary, index)
        return Senses(Grammar(primary, {}, vocabulary), index.single, index.rows)
    grammar = Grammar(primary, {})
    known = sense_words(primary)
    return Senses(grammar, *numbered(known.phrases() if known else {}, grammar))
