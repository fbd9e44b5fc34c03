"""An index of compiled phrases: which of them a text can have, told from its words alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from stopjihad.catalog.frames import FrameWords
from stopjihad.catalog.phrases import stop_words
from stopjihad.lexicon.grammar import Grammar, Phrase, SentenceWords, WordChoice, spans
from stopjihad.lexicon.vocabulary import NOTHING

SUBJECTS = ("people", "them", "to_them", "one", "faith", "faith_is", "believers", "newcomers")
"""Classes of names; few texts have one."""


class Edges(NamedTuple):
    """The words with which clauses begin, and those before which they end."""

    starts: frozenset[int]
    ends: frozenset[int]


NO_EDGES = Edges(frozenset(), frozenset())


class FrameRow(NamedTuple):
    """A compiled phrase of a frame, or of a reason to list a sentence."""

    name: str
    phrase: Phrase
    opens: bool
    closes: bool

    def first(self, words: SentenceWords, edges: Edges) -> tuple[int, int] | None:
        """Find it, where it may stand."""
        size = len(words)
        starts = sorted(place for place in edges.starts if place < size) if self.opens else None
        for start, end in spans((self.phrase,), words, starts):
            if end > start and (not self.closes or end in edges.ends):
                return start, end
        return None


class WordNeeds:
    """Number what phrases need: sets of atoms, of which a text with the phrase has one each."""

    def __init__(self) -> None:
        """Start without any."""
        self._numbers: dict[frozenset[int], int] = {}
        self._met: dict[int, frozenset[int]] = {}

    def number(self, atoms: frozenset[int]) -> int:
        """Give a need its number; equal ones have one."""
        number = self._numbers.get(atoms)
        if number is None:
            number = self._numbers[atoms] = len(self._numbers)
            for atom in atoms:
                self._met[atom] = self._met.get(atom, NOTHING) | {number}
        return number

    def met_by(self, atoms: Iterable[int]) -> frozenset[int]:
        """Give the numbers of the needs that some atoms meet."""
        met = self._met
        return NOTHING.union(*[met[atom] for atom in atoms if atom in met])


class FrameRows:
    """Compiled phrases below the words by which they are found."""

    def __init__(self, rows: Sequence[FrameRow], rare: RarestWord, needs: WordNeeds) -> None:
        """Sort the rows; ``rare`` chooses the word of each to look for first."""
        self._rows = rows
        self._needing: dict[int, list[tuple[frozenset[int], int]]] = defaultdict(list)
        for place, row in enumerate(self._rows):
            key = rare.key(row.phrase)
            every = frozenset(map(needs.number, (key, *row.phrase.needs)))
            self._needing[needs.number(key)].append((every, place))
        self.needs = frozenset(self._needing)

    def has_in(self, met: frozenset[int]) -> bool:
        """Tell whether there are any that words can have: all their needs are ``met``."""
        for key in self.needs & met:
            for every, _ in self._needing[key]:
                if every <= met:
                    return True
        return False

    def likely_in(self, met: frozenset[int]) -> list[FrameRow]:
        """Give those that words can have, in order: all their needs are ``met``."""
        places = [
            place for key in self.needs & met for every, place in self._needing[key] if every <= met
        ]
        return [self._rows[place] for place in sorted(places)]


class RarestWord:
    """Choose the word of a phrase that fewest texts have: a name, else none of the small words."""

    def __init__(self, known: FrameWords, grammar: Grammar) -> None:
        """Look up names and small words."""
        small = (grammar.look_up(word).all for word in stop_words(known.language))
        self._small = NOTHING.union(*small)
        self._names = NOTHING
        self._known: dict[int, frozenset[int]] = {}  # a class is an element of many phrases
        names = grammar.compile([f"{{{name}}}" for name in SUBJECTS if name in known.words])
        self._names = NOTHING.union(*map(self.key, names))

    def key(self, phrase: Phrase) -> frozenset[int]:
        """Give the atoms of which a text with the phrase has one."""
        must = [
            element.choice
            for element in phrase.elements
            if element.choice and not (element.optional or element.repeated)
        ]
        return min(map(self._of_choice, must), key=self._cost)

    def _of_choice(self, choice: WordChoice) -> frozenset[int]:
        if not choice.phrases:
            return choice.starts
        known = self._known.get(id(choice))
        if known is None:
            known = frozenset({choice.atom}).union(*map(self.key, choice.phrases))
            self._known[id(choice)] = known
        return known

    def _cost(self, atoms: frozenset[int]) -> tuple[int, bool, int]:
        return len(atoms & self._small), not atoms <= self._names, len(atoms)


def compile_rows(phrases: Mapping[str, Sequence[str]], grammar: Grammar) -> list[FrameRow]:
    """Compile phrases.

    Args:
        phrases: by the name of what is found; ``^`` opens and ``$`` closes a clause.
    """
    return [
        FrameRow(
            name,
            grammar.compile([text.removeprefix("^ ").removesuffix(" $")])[0],
            opens=text.startswith("^ "),
            closes=text.endswith(" $"),
        )
        for name, texts in phrases.items()
        for text in texts
    ]
