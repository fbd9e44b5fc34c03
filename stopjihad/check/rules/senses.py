"""Find in a sentence what its words speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from stopjihad.catalog.senses import sense_words
from stopjihad.check.rules.grammar import Grammar, Phrase, search

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
        self._rows: list[tuple[str, Phrase]] = []
        self._longer: dict[int, list[int]] = defaultdict(list)
        for name, texts in words.items():
            alone = "|".join(text for text in texts if " " not in text)
            if alone:
                (word,) = grammar.compile([alone])
                self._single |= dict.fromkeys(word.starts, name)
            longer = [text for text in texts if " " in text]
            for text, phrase in zip(longer, grammar.compile(longer), strict=True):
                for atom in phrase.needs[grammar.rarest(text)]:
                    self._longer[atom].append(len(self._rows))
                self._rows.append((name, phrase))
        self._names = {
            atom: {self._rows[index][0] for index in rows} for atom, rows in self._longer.items()
        }
        for atom, name in self._single.items():
            self._names.setdefault(atom, set()).add(name)

    def find(self, tokens: Sequence[str]) -> Spans:
        """Find what words speak of.

        Args:
            tokens: folded words of a sentence.

        Returns:
            The senses that are there.
        """
        words = self.grammar.read(tokens)
        found: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for place, atoms in enumerate(words.first):
            for atom in atoms & self._single.keys():
                found[self._single[atom]].add((place, place + 1))
        likely = {row for atom in words.all & self._longer.keys() for row in self._longer[atom]}
        for index in likely:
            name, phrase = self._rows[index]
            for need in phrase.needs:
                if need.isdisjoint(words.all):
                    break
            else:
                found[name].update(search((phrase,), words))
        return {name: sorted(spans) for name, spans in found.items() if spans}

    def among(self, words: Iterable[str], names: frozenset[str]) -> frozenset[str]:
        """Find the words that may speak of some of the senses.

        Args:
            words: folded words.
            names: the senses.

        Returns:
            Those that do, or that are the rarest word of a phrase that does.
        """
        atoms = {atom for atom, own in self._names.items() if not names.isdisjoint(own)}
        stands_for = self.grammar.stands_for
        return frozenset(word for word in words if not atoms.isdisjoint(stands_for(word)))


@cache
def senses(primary: str) -> Senses | None:
    """Give the senses of a language.

    Args:
        primary: primary subtag.

    Returns:
        The compiled lexicon; None for languages without one.
    """
    known = sense_words(primary)
    return Senses(known.phrases(), Grammar(primary, {})) if known else None
