"""Compile phrases of the lexicon, and find them in rows of folded words.

A phrase is a row of elements, separated by spaces; each stands for whole words:

    word          this word; ``word*``, ``*word`` and ``*word*`` leave its ends open
    one|other     one of several, each of one word
    {name}        a class of the lexicon: one of its phrases
    ?element      may be left out
    element...    any number of times, also none; more than MOST_REPEATED are not looked at
    ~3            up to three other words between its neighbours
    =             both neighbours have the article, or none: an Arabic noun with its adjective
    ≠             one of its neighbours has the article: an Arabic noun with what is said of it

Single words are looked up in a vocabulary, which knows the particles of Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from stopjihad.lexicon.vocabulary import NOTHING, Vocabulary, VocabularyEntry

_NAME = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile(r"~([0-9]{1,2})")

_COMPOSED = frozenset(" {|")
"""Signs of what is more than one word."""

MOST_REPEATED = 24
"""Times that ``...`` looks for its element: people write three, and all starts pay for each."""


class WordChoice(NamedTuple):
    """Stand for one of several words or phrases.

    Attributes:
        atom: of those that are one word.
        phrases: those of several words.
        starts: the atoms they may start with.
        letters: those of the shortest word, or of the longest word of the shortest phrase.
    """

    atom: int
    phrases: tuple[Phrase, ...]
    starts: frozenset[int]
    letters: int


class Element(NamedTuple):
    """One element; without a ``choice`` it is a gap of up to ``gap`` words, ``=`` or ``≠``."""

    choice: WordChoice | None
    optional: bool = False
    repeated: bool = False
    gap: int = 0
    agrees: bool = False
    differs: bool = False


class Phrase(NamedTuple):
    """A compiled phrase.

    Attributes:
        elements: its elements in order.
        starts: atoms of which the first word must stand for one.
        needs: atoms of which each must have one somewhere, for every element that cannot be left
            out: most sentences lack one, and nothing more is tried.
        rarest: place in ``needs`` of what is likely to be the rarest: that with the most letters.
        letters: how many that has.
    """

    elements: tuple[Element, ...]
    starts: frozenset[int]
    needs: tuple[frozenset[int], ...]
    rarest: int
    letters: int


class SentenceWords:
    """The words of a sentence with what they may stand for."""

    __slots__ = ("all", "entries")

    def __init__(self, entries: Sequence[VocabularyEntry]) -> None:
        """Keep what each word stands for; ``entries`` are those of a vocabulary."""
        self.entries = entries
        self.all = NOTHING.union(*[entry.all for entry in entries])

    def __len__(self) -> int:
        """Count the words."""
        return len(self.entries)

    def mask_spans(self, spans: Iterable[tuple[int, int]]) -> SentenceWords:
        """Give the same words, those of some spans standing for nothing."""
        away = list(spans)
        if not away:
            return self
        entries = list(self.entries)
        for start, end in away:
            for place in range(start, end):
                entries[place] = entries[place]._replace(
                    first=NOTHING, following=NOTHING, all=NOTHING
                )
        return SentenceWords(entries)


class Grammar:
    """Compile the phrases of one language, then tell what each word may stand for."""

    def __init__(self, language: str, words: Mapping[str, Sequence[str]]) -> None:
        """Keep the classes of words.

        Args:
            words: name of a class to its phrases.
        """
        self.language = language
        self._words = words
        self._classes: dict[str, WordChoice] = {}
        self._elements: dict[str, Element] = {}
        self._vocabulary = Vocabulary(language)

    def compile(self, phrases: Iterable[str]) -> tuple[Phrase, ...]:
        """Compile phrases.

        Raises:
            KeyError: a phrase names a class that does not exist.
            ValueError: an element is not one word.
        """
        return tuple(self._phrase(text) for text in phrases)

    def look_up(self, word: str) -> VocabularyEntry:
        """Look up a word.

        Args:
            word: a folded word.
        """
        return self._vocabulary.look_up(word)

    def look_up_all(self, words: Iterable[str]) -> frozenset[str]:
        """Look up many words at once.

        Args:
            words: folded words.
        """
        return self._vocabulary.look_up_all(words)

    def read(self, words: Iterable[str]) -> SentenceWords:
        """Look up words.

        Args:
            words: folded words of a sentence.
        """
        return SentenceWords(self._vocabulary.entries(words))

    def _phrase(self, text: str) -> Phrase:
        known = self._elements
        return _phrase_of(tuple(known.get(part) or self._element(part) for part in text.split()))

    def _element(self, part: str) -> Element:
        gap = _GAP.fullmatch(part) if part[0] == "~" else None
        if gap:
            made = Element(None, gap=int(gap[1]))
        elif part in "=≠":
            made = Element(None, agrees=part == "=", differs=part == "≠")
        else:
            texts, optional, repeated = _taken_apart(part)
            made = Element(self._choice(texts), optional=optional, repeated=repeated)
        self._elements[part] = made
        return made

    def _choice(self, texts: Sequence[str]) -> WordChoice:
        signs = "".join(texts)
        if _COMPOSED.isdisjoint(signs):
            number = self._vocabulary.atom(texts)
            letters = min(map(_letters if "*" in signs else len, texts), default=0)
            return WordChoice(number, (), frozenset((number,)), letters)
        if len(texts) == 1 and (name := _NAME.fullmatch(texts[0])):
            return self._class(name[1])
        texts = [one for text in texts for one in ([text] if " " in text else text.split("|"))]
        single = tuple(text for text in texts if " " not in text and not _NAME.fullmatch(text))
        phrases: list[Phrase] = []
        for text in texts:
            name = _NAME.fullmatch(text)
            if name:
                inner = self._class(name[1])
                phrases.append(_phrase_of((Element(inner),)))
            elif " " in text:
                phrases.append(self._phrase(text))
        atom = self._vocabulary.atom(single)
        starts = frozenset({atom}).union(*(phrase.starts for phrase in phrases))
        letters = min([*map(_letters, single), *(phrase.letters for phrase in phrases)])
        return WordChoice(atom, tuple(phrases), starts, letters)

    def _class(self, name: str) -> WordChoice:
        if name not in self._classes:
            self._classes[name] = self._choice(self._words[name])
        return self._classes[name]


def telling_atoms(phrases: Iterable[Phrase]) -> frozenset[int]:
    """Give atoms of which words with one of some phrases have at least one."""
    rarest = (each.needs[each.rarest] if each.needs else each.starts for each in phrases)
    return NOTHING.union(*rarest)


def _taken_apart(part: str) -> tuple[list[str], bool, bool]:
    """Give the words of an element, and whether it may be left out or stand several times."""
    texts = part.removeprefix("?").removesuffix("...").split("|")
    return texts, part[0] == "?", part.endswith("...")


def _letters(word: str) -> int:
    return len(word) - word.count("*")


def _phrase_of(elements: tuple[Element, ...]) -> Phrase:
    starts, open_ = NOTHING, True
    needs, letters = [], []
    for element in elements:
        choice = element.choice
        if choice and open_:
            starts |= choice.starts
        if not (element.optional or element.repeated):
            open_ = False
            if choice:
                needs.append(choice.starts)
                letters.append(choice.letters)
    most = max(letters, default=0)
    rarest = letters.index(most) if letters else 0
    return Phrase(elements, starts, tuple(needs), rarest, most)


def search(
    phrases: Sequence[Phrase], words: SentenceWords, start: int = 0, stop: int | None = None
) -> Iterator[tuple[int, int]]:
    """Find phrases.

    Args:
        start: first word that may belong to a phrase.
        stop: word before which a phrase must end; None for the end.

    Yields:
        Start and end of each phrase found, in words; the shortest at each start.
    """
    end = len(words) if stop is None else stop
    for place, ends in _find_in_words(phrases, words, range(start, end), stop):
        nearest = next((end for end in ends if end > place), None)
        if nearest is not None:
            yield place, nearest


def spans(
    phrases: Sequence[Phrase], words: SentenceWords, starts: Iterable[int] | None = None
) -> Iterator[tuple[int, int]]:
    """Find phrases in every length they can have.

    Args:
        starts: the words that may be the first of a phrase, in order; None for all.
    """
    places = range(len(words)) if starts is None else starts
    for place, ends in _find_in_words(phrases, words, places, None):
        for end in ends:
            yield place, end


def _find_in_words(
    phrases: Sequence[Phrase], words: SentenceWords, starts: Iterable[int], stop: int | None
) -> Iterator[tuple[int, list[int]]]:
    lacks = words.all.isdisjoint
    likely = [phrase for phrase in phrases if not any(map(lacks, phrase.needs))]
    if not likely:
        return
    end = len(words) if stop is None else stop
    for place in starts:
        known = words.entries[place].first
        for phrase in likely:
            if not phrase.starts.isdisjoint(known):
                ends = _ends(phrase.elements, words, place, end, first=True)
                if ends:
                    yield place, sorted(ends)


def _ends(
    elements: tuple[Element, ...], words: SentenceWords, start: int, stop: int, *, first: bool
) -> set[int]:
    """Find where a row of elements that starts at a word can end, whatever its length."""
    places = {start}
    for element in elements:
        choice = element.choice
        if choice is not None:
            found = _choice_ends(choice, words, places, stop, start if first else -1)
            if element.repeated:
                found = places | _repeated_ends(choice, words, found, stop)
            places = places | found if element.optional else found
        elif element.gap:
            most = element.gap + 1
            places = {place + more for place in places for more in range(most)}
            places = {place for place in places if place <= stop}
        else:
            places = {
                place
                for place in places
                if 0 < place < stop and _agree(words, place) == element.agrees
            }
        if not places:
            break
    return places


def _repeated_ends(
    choice: WordChoice, words: SentenceWords, found: set[int], stop: int
) -> set[int]:
    """Go on from some places as long as the choice can stand there once more."""
    every, new = set(found), found
    for _ in range(MOST_REPEATED):
        new = _choice_ends(choice, words, new, stop, -1) - every
        if not new:
            break
        every |= new
    return every


def _agree(words: SentenceWords, place: int) -> bool:
    """Tell whether a word and the one before it both have the article, or none of them has."""
    return words.entries[place - 1].definite == words.entries[place].definite


def _choice_ends(
    choice: WordChoice, words: SentenceWords, places: set[int], stop: int, opening: int
) -> set[int]:
    """Find where one of several words or phrases ends; ``opening`` is where the whole starts."""
    found: set[int] = set()
    for place in places:
        if place >= stop:
            continue
        entry = words.entries[place]
        first = place == opening
        known = entry.first if first else entry.following
        if choice.starts.isdisjoint(known):
            continue
        if choice.atom in known:
            found.add(place + 1)
        for phrase in choice.phrases:
            if not phrase.starts.isdisjoint(known):
                found |= _ends(phrase.elements, words, place, stop, first=first)
    return found
