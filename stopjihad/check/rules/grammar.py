"""Match phrases of the lexicon in rows of folded words.

A phrase is a row of elements, separated by spaces; each stands for whole words:

    word          this word; ``word*``, ``*word`` and ``*word*`` leave its ends open
    one|other     one of several, each of one word
    {name}        a class of the lexicon: one of its phrases
    ?element      may be left out
    element...    any number of times, also none
    ~3            up to three other words between its neighbours
    =             both neighbours have the article, or none: an Arabic noun with its adjective

Arabic words are met with and without the particles that are written together with them.

Words are looked up in tables instead of compiling one expression of thousands of alternatives:
that would cost half a second for four languages, every time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from stopjihad.text.fold import fold

_NAME = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile(r"~([0-9]{1,2})")
_AND = re.compile("^[وف](?=..)")
_DEFINITE = re.compile("^[وف]?(?:[بكل]?ال|لل)(?=..)")
_PARTICLE = re.compile("^(?:[بكل]?ال|لل|[بكل])(?=..)")


class _Choice(NamedTuple):
    """Stand for one of several words or phrases; ``starts`` are the atoms they may start with."""

    atom: int
    phrases: tuple[Phrase, ...]
    starts: frozenset[int]


class _Element(NamedTuple):
    """Hold one element; ``choice`` is None for a gap of up to ``gap`` words, and for ``=``."""

    choice: _Choice | None
    optional: bool = False
    repeated: bool = False
    gap: int = 0
    agrees: bool = False


class Phrase(NamedTuple):
    """Hold a compiled phrase.

    Attributes:
        elements: its elements in order.
        starts: atoms of which the first word must stand for one.
        needs: atoms of which each must have one somewhere, for every element that cannot be left
            out: most sentences lack one, and nothing more is tried.
    """

    elements: tuple[_Element, ...]
    starts: frozenset[int]
    needs: tuple[frozenset[int], ...]


_NOTHING: frozenset[int] = frozenset()


class Words:
    """Hold the words of a sentence with what they may stand for."""

    __slots__ = ("all", "definite", "first", "following")

    def __init__(
        self,
        first: list[frozenset[int]],
        following: list[frozenset[int]],
        definite: list[bool],
    ) -> None:
        """Keep what each word stands for, at the start of a phrase and within one.

        Args:
            first: atoms of each word at the start of a phrase.
            following: atoms of each word within a phrase.
            definite: whether each word has the Arabic article.
        """
        self.first = first
        self.following = following
        self.definite = definite
        self.all = _NOTHING.union(*first, *following)

    def __len__(self) -> int:
        """Count the words."""
        return len(self.first)

    def without(self, spans: Iterable[tuple[int, int]]) -> Words:
        """Give the same words, those of some spans standing for nothing."""
        first, following = list(self.first), list(self.following)
        for start, end in spans:
            first[start:end] = following[start:end] = [_NOTHING] * (end - start)
        return Words(first, following, self.definite)


class Grammar:
    """Compile the phrases of one language, then tell what each word may stand for."""

    def __init__(self, language: str, words: Mapping[str, Sequence[str]]) -> None:
        """Keep the classes of words.

        Args:
            language: primary subtag.
            words: name of a class to its phrases.
        """
        self.language = language
        self._arabic = language == "ar"
        self._words = words
        self._classes: dict[str, _Choice] = {}
        self._atoms: dict[tuple[str, ...], int] = {}
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._starts: dict[str, set[int]] = defaultdict(set)
        self._open: list[tuple[re.Pattern[str], int]] = []
        self._known: dict[str, tuple[frozenset[int], frozenset[int], bool]] = {}

    def compile(self, phrases: Iterable[str]) -> tuple[Phrase, ...]:
        """Compile phrases; all of a language before the first word is read.

        Args:
            phrases: phrases of the lexicon.

        Returns:
            The compiled phrases.

        Raises:
            KeyError: a phrase names a class that does not exist.
            ValueError: an element is not one word.
        """
        self._known.clear()
        return tuple(self._phrase(text) for text in phrases)

    def anchors(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Find letters of which one is in every text that has a phrase.

        Args:
            texts: letters, or classes in braces, of which every phrase has one.

        Returns:
            Folded letters; none of them holds another.
        """
        found: set[str] = set()
        for text in texts:
            name = _NAME.fullmatch(text)
            found.update(self._letters(name[1]) if name else {fold(text)})
        return tuple(
            one
            for one in sorted(found)
            if not any(other in one and other != one for other in found)
        )

    def _letters(self, name: str) -> Iterator[str]:
        for phrase in self._words[name]:
            nested = _NAME.fullmatch(phrase)
            if nested:
                yield from self._letters(nested[1])
                continue
            # The elements that cannot be left out; of these the longest is the rarest.
            needed = [
                [max(fold(one).split("*"), key=len) for one in part.split("|")]
                for part in phrase.split()
                if not part.startswith(("?", "~", "=", "{")) and not part.endswith("...")
            ]
            yield from max(needed, key=lambda words: min(map(len, words)))

    def read(self, words: Iterable[str]) -> Words:
        """Look up words.

        Args:
            words: folded words of a sentence.

        Returns:
            What they may stand for.
        """
        both = [self._known.get(word) or self._look_up(word) for word in words]
        return Words(
            [one for one, _, _ in both],
            [other for _, other, _ in both],
            [definite for _, _, definite in both],
        )

    def _phrase(self, text: str) -> Phrase:
        made: list[_Element] = []
        for part in text.split():
            gap = _GAP.fullmatch(part)
            if gap:
                made.append(_Element(None, gap=int(gap[1])))
                continue
            if part == "=":
                made.append(_Element(None, agrees=True))
                continue
            bare = part.removeprefix("?").removesuffix("...")
            choice = self._choice(bare.split("|"))
            repeated = part.endswith("...")
            made.append(_Element(choice, optional=part[0] == "?", repeated=repeated))
        return _phrase_of(tuple(made))

    def _choice(self, texts: Sequence[str]) -> _Choice:
        if len(texts) == 1 and (name := _NAME.fullmatch(texts[0])):
            return self._class(name[1])
        texts = [one for text in texts for one in ([text] if " " in text else text.split("|"))]
        single = tuple(text for text in texts if " " not in text and not _NAME.fullmatch(text))
        phrases: list[Phrase] = []
        for text in texts:
            name = _NAME.fullmatch(text)
            if name:
                inner = self._class(name[1])
                phrases.append(_phrase_of((_Element(inner),)))
            elif " " in text:
                phrases.append(self._phrase(text))
        atom = self._atom(single)
        starts = frozenset({atom}).union(*(phrase.starts for phrase in phrases))
        return _Choice(atom, tuple(phrases), starts)

    def _class(self, name: str) -> _Choice:
        if name not in self._classes:
            self._classes[name] = self._choice(self._words[name])
        return self._classes[name]

    def _atom(self, texts: tuple[str, ...]) -> int:
        if texts in self._atoms:
            return self._atoms[texts]
        number = self._atoms[texts] = len(self._atoms)
        for text in texts:
            folded = fold(text)
            if not re.fullmatch(r"[\w*]+", folded):
                raise ValueError(f"not one word: {text!r}")
            if "*" not in folded:
                self._exact[folded].add(number)
            elif folded.index("*") == len(folded) - 1:
                self._starts[folded[:-1]].add(number)
            else:
                expression = r"\w*".join(map(re.escape, folded.split("*")))
                self._open.append((re.compile(expression), number))
        return number

    def _look_up(self, word: str) -> tuple[frozenset[int], frozenset[int], bool]:
        following = self._of(self._forms(word))
        first = following
        if self._arabic and _AND.match(word):
            first |= self._of(self._forms(word[1:]))
        found = (first, following, self._arabic and _DEFINITE.match(word) is not None)
        self._known[word] = found
        return found

    def _forms(self, word: str) -> tuple[str, ...]:
        """Give an Arabic word with and without its particle and its article."""
        if not self._arabic:
            return (word,)
        bare = _PARTICLE.sub("", word)
        # "lil-" melts the article of a word into the particle; "bi-" may be a letter of the word.
        return tuple({word, bare, word[1:] if word[:1] in "بكل" and len(word) > 3 else word})

    def _of(self, forms: Iterable[str]) -> frozenset[int]:
        found: set[int] = set()
        for form in forms:
            found |= self._exact.get(form, _NOTHING)
            for end in range(1, len(form) + 1):
                found |= self._starts.get(form[:end], _NOTHING)
            found.update(number for expression, number in self._open if expression.fullmatch(form))
        return frozenset(found)


def search(
    phrases: Sequence[Phrase], words: Words, start: int = 0, stop: int | None = None
) -> Iterator[tuple[int, int]]:
    """Find phrases.

    Args:
        phrases: what to look for.
        words: words of a sentence.
        start: first word that may belong to a phrase.
        stop: word before which a phrase must end; None for the end.

    Yields:
        Start and end of each phrase found, in words; the shortest at each start.
    """
    for place, ends in _found(phrases, words, start, stop):
        nearest = next((end for end in ends if end > place), None)
        if nearest is not None:
            yield place, nearest


def spans(phrases: Sequence[Phrase], words: Words) -> Iterator[tuple[int, int]]:
    """Find phrases in every length they can have.

    Args:
        phrases: what to look for.
        words: words of a text.

    Yields:
        Start and end of each, in words.
    """
    for place, ends in _found(phrases, words, 0, None):
        yield from ((place, end) for end in ends)


def _found(
    phrases: Sequence[Phrase], words: Words, start: int, stop: int | None
) -> Iterator[tuple[int, Iterator[int]]]:
    likely = [
        phrase for phrase in phrases if not any(need.isdisjoint(words.all) for need in phrase.needs)
    ]
    if not likely:
        return
    end = len(words) if stop is None else stop
    for place in range(start, end):
        known = words.first[place]
        for phrase in likely:
            if not phrase.starts.isdisjoint(known):
                yield place, _ends(phrase.elements, 0, words, place, end, first=True)


def _phrase_of(elements: tuple[_Element, ...]) -> Phrase:
    starts: frozenset[int] = _NOTHING
    for element in elements:
        starts |= element.choice.starts if element.choice else _NOTHING
        if not (element.optional or element.repeated):
            break
    needs = tuple(
        element.choice.starts
        for element in elements
        if element.choice and not (element.optional or element.repeated)
    )
    return Phrase(elements, starts, needs)


def _ends(
    elements: tuple[_Element, ...],
    index: int,
    words: Words,
    place: int,
    stop: int,
    *,
    first: bool,
) -> Iterator[int]:
    """Give the ends of a row of elements that starts at a word, the nearest first."""
    if index == len(elements):
        yield place
        return
    element = elements[index]
    if element.agrees:
        if 0 < place < stop and words.definite[place - 1] == words.definite[place]:
            yield from _ends(elements, index + 1, words, place, stop, first=False)
        return
    if element.choice is None:
        for skipped in range(min(element.gap, stop - place) + 1):
            yield from _ends(elements, index + 1, words, place + skipped, stop, first=False)
        return
    if element.optional or element.repeated:
        yield from _ends(elements, index + 1, words, place, stop, first=first)
    for end in _choice_ends(element.choice, words, place, stop, first=first):
        following = index if element.repeated else index + 1
        yield from _ends(elements, following, words, end, stop, first=False)


def _choice_ends(
    choice: _Choice, words: Words, place: int, stop: int, *, first: bool
) -> Iterator[int]:
    if place >= stop:
        return
    known = (words.first if first else words.following)[place]
    if choice.starts.isdisjoint(known):
        return
    if choice.atom in known:
        yield place + 1
    for phrase in choice.phrases:
        yield from _ends(phrase.elements, 0, words, place, stop, first=first)
