"""Find in a sentence what its words speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from stopjihad.catalog.senses import sense_words
from stopjihad.check.rules.grammar import Grammar, Phrase, Words, nearest_end
from stopjihad.check.rules.phrases import grammar

Spans = dict[str, list[tuple[int, int]]]
"""Name of a sense to where its words start and end, in words, from left to right."""


class Senses:
    """Look for the words of all senses of a language at once."""

    def __init__(self, words: Mapping[str, Sequence[str]], grammar: Grammar) -> None:
        """Compile the lexicon.

        Args:
            words: name of a sense to its phrases.
            grammar: of the language.
        """
        self.grammar = grammar
        self._single: dict[int, str] = {}
        self._longer: dict[int, list[tuple[str, Phrase]]] = defaultdict(list)
        for name, texts in words.items():
            alone = "|".join(text for text in texts if " " not in text)
            if alone:
                (word,) = grammar.compile([alone])
                self._single |= dict.fromkeys(word.starts, name)
            for phrase in grammar.compile(text for text in texts if " " in text):
                for atom in phrase.starts:
                    self._longer[atom].append((name, phrase))
        self._names = {atom: {name for name, _ in rows} for atom, rows in self._longer.items()}
        for atom, name in self._single.items():
            self._names.setdefault(atom, set()).add(name)
        self._atoms = frozenset(self._names)

    def find(self, words: Words) -> Spans:
        """Find what words speak of.

        Args:
            words: words of a sentence.

        Returns:
            The senses that are there.
        """
        found: Spans = defaultdict(list)
        for place, atoms in enumerate(words.first):
            for name, end in self._at(words, place, atoms & self._atoms):
                found[name].append((place, end))
        return found

    def _at(self, words: Words, place: int, atoms: frozenset[int]) -> set[tuple[str, int]]:
        found: set[tuple[str, int]] = set()
        for atom in atoms:
            if atom in self._single:
                found.add((self._single[atom], place + 1))
            for name, phrase in self._longer.get(atom, ()):
                end = nearest_end(phrase, words, place)
                if end is not None:
                    found.add((name, end))
        return found

    def may_be(self, word: str, names: frozenset[str]) -> bool:
        """Tell quickly whether a word may speak of some of the senses.

        Args:
            word: a folded word.
            names: the senses.

        Returns:
            False when neither the word nor a phrase that starts with it does.
        """
        return any(name in names for atom in self._of(word) for name in self._names[atom])

    def _of(self, word: str) -> frozenset[int]:
        return self.grammar.read((word,)).all & self._atoms


@cache
def senses(primary: str) -> Senses | None:
    """Give the senses of a language.

    Args:
        primary: primary subtag.

    Returns:
        The compiled lexicon; None for languages without one.
    """
    known = sense_words(primary)
    return Senses(known.senses, grammar(primary)) if known else None
