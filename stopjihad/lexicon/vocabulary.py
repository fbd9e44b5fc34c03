"""Tell what a single word may stand for, among thousands of patterns.

A pattern is a word; ``word*``, ``*word`` and ``*word*`` leave its ends open. Words are looked up in
tables instead of compiling one expression of thousands of alternatives, which takes long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from stopjihad.text.language.fold import WORD_MARKS, fold

NOTHING: frozenset[int] = frozenset()
"""What a word stands for that no pattern knows."""

LONGEST = 100
"""Letters of a word whose beginnings are looked up: no pattern is half as long, and all beginnings
of a run of letters would cost the square of its length."""

_KEY = 3
"""Letters by which patterns with an open beginning are found: with 3, German has few in common."""

_PATTERN = re.compile(rf"[\w{WORD_MARKS}*]+")
_AND = re.compile("^[وف](?=..)")
_DEFINITE = re.compile("^[وف]?(?:[بكل]?ال|لل)(?=..)")
_PARTICLE = re.compile("^(?:[بكل]?ال|لل|[بكل])(?=..)")


class VocabularyEntry(NamedTuple):
    """What a word stands for.

    Attributes:
        first: atoms at the start of a phrase, where Arabic writes "and" together with the word.
        following: atoms within a phrase.
        definite: whether the word has the Arabic article.
        all: atoms in either place.
    """

    first: frozenset[int]
    following: frozenset[int]
    definite: bool
    all: frozenset[int]


_UNKNOWN = VocabularyEntry(NOTHING, NOTHING, definite=False, all=NOTHING)


class Vocabulary:
    """Number the patterns of one language, and find those that a word fits.

    Arabic words are met with and without the particles that are written together with them.
    """

    def __init__(self, language: str) -> None:
        """Start without patterns; ``language`` is a primary subtag."""
        self._arabic = language == "ar"
        self._atoms: dict[str, int] = {}
        self._exact: dict[str, tuple[int, ...]] = {}
        self._starts: dict[str, tuple[int, ...]] = {}
        self._ends: dict[str, tuple[int, ...]] = {}
        self._sizes: set[int] = set()  # letters of those
        self._inner: dict[str, list[tuple[Sequence[str], int]]] = defaultdict(list)
        self._short: list[tuple[Sequence[str], int]] = []
        self._others: list[tuple[str, int]] = []
        self._known: dict[str, VocabularyEntry] = {}

    def atom(self, texts: Sequence[str]) -> int:
        """Give patterns a number that they share.

        Raises:
            ValueError: a pattern is not one word.
        """
        key = "|".join(texts)
        number = self._atoms.get(key)
        if number is not None:
            return number
        number = self._atoms[key] = len(self._atoms)
        self._known.clear()
        exact, starts, own = self._exact, self._starts, (number,)
        for folded in fold(key).split("|") if key else ():
            if folded.isalnum():
                exact[folded] = exact[folded] + own if folded in exact else own
            elif folded[:-1].isalnum() and folded[-1] == "*":
                start = folded[:-1]
                starts[start] = starts[start] + own if start in starts else own
            elif not _PATTERN.fullmatch(folded):
                raise ValueError(f"not one word: {folded!r}")
            elif "*" not in folded:  # with marks, as in Bengali
                exact[folded] = (*exact.get(folded, ()), number)
            elif folded.index("*") == len(folded) - 1:
                starts[folded[:-1]] = (*starts.get(folded[:-1], ()), number)
            else:
                self._open(folded, number)
        return number

    def look_up(self, word: str) -> VocabularyEntry:
        """Find what a word stands for.

        Args:
            word: a folded word.
        """
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._entry(word)
        return found

    def look_up_all(self, words: Iterable[str]) -> frozenset[str]:
        """Look up many words at once: tables are joined, which costs a fifth of looking each up.

        Args:
            words: folded words.
        """
        words = frozenset(words)
        new = [word for word in words if word not in self._known]
        if new:
            found = self._arabic_entries(new) if self._arabic else self._entries(new)
            # At once: another thread would remember that a word stands for nothing.
            self._known.update({**dict.fromkeys(new, _UNKNOWN), **found})
        return frozenset([word for word in words if self._known[word].all])

    def entries(self, words: Iterable[str]) -> list[VocabularyEntry]:
        """Look up words in order: those that were looked up before cost little.

        Args:
            words: folded words.
        """
        known, look_up = self._known, self.look_up
        return [known[word] if word in known else look_up(word) for word in words]

    def _entries(self, words: Collection[str]) -> dict[str, VocabularyEntry]:
        return {
            word: VocabularyEntry(found, found, definite=False, all=found)
            for word, found in self._pattern_numbers(words).items()
        }

    def _arabic_entries(self, words: Collection[str]) -> dict[str, VocabularyEntry]:
        forms = {word: _forms(word) for word in words}
        bare = {word: _forms(word[1:]) for word in words if _AND.match(word)}
        found = self._pattern_numbers(frozenset[str]().union(*forms.values(), *bare.values()))
        made: dict[str, VocabularyEntry] = {}
        for word in words:
            following = NOTHING.union(*[found.get(form, NOTHING) for form in forms[word]])
            first = following.union(*[found.get(form, NOTHING) for form in bare.get(word, ())])
            definite = _DEFINITE.match(word) is not None
            made[word] = VocabularyEntry(first, following, definite, first)
        return made

    def _pattern_numbers(self, words: Collection[str]) -> dict[str, frozenset[int]]:
        """Give the numbers of the patterns that words fit, without the words that fit none."""
        every, exact = frozenset(words), self._exact
        found = defaultdict(list, {word: [*exact[word]] for word in exact.keys() & every})
        row = sorted(every)
        for start, numbers in self._starts.items():
            for place in range(bisect_left(row, start), len(row) if start else 0):
                if not row[place].startswith(start):
                    break
                found[row[place]] += numbers
        for word, number in self._open_at_start(row):
            found[word].append(number)
        return {word: frozenset(numbers) for word, numbers in found.items()}

    def _open_at_start(self, words: Sequence[str]) -> Iterator[tuple[str, int]]:
        for size in self._sizes:
            for word in words:
                if word[-size:] in self._ends and len(word) >= size:
                    yield from ((word, number) for number in self._ends[word[-size:]])
        for row in (self._short, *self._inner.values()):
            for parts, number in row:
                longest = max(parts, key=len)
                for word in words:
                    if longest in word and _fits(parts, word):
                        yield word, number

    def _open(self, folded: str, number: int) -> None:
        """Keep a pattern whose beginning is open, below letters that any word of it must have."""
        self._others.append((folded, number))
        parts = folded.split("*")
        if len(parts) == 2 and not parts[0]:
            self._ends[parts[1]] = (*self._ends.get(parts[1], ()), number)
            self._sizes.add(len(parts[1]))
            return
        row = (parts, number)
        longest = max(parts, key=len)
        if len(longest) < _KEY:
            self._short.append(row)
        else:
            self._inner[longest[:_KEY]].append(row)

    def _entry(self, word: str) -> VocabularyEntry:
        if not self._arabic:
            found = self._of((word,))
            return VocabularyEntry(found, found, definite=False, all=found) if found else _UNKNOWN
        following = self._of(_forms(word))
        first = following | self._of(_forms(word[1:])) if _AND.match(word) else following
        return VocabularyEntry(first, following, _DEFINITE.match(word) is not None, first)

    def _of(self, forms: Iterable[str]) -> frozenset[int]:
        found: list[int] = []
        starts, ends, inner = self._starts, self._ends, self._inner
        for form in forms:
            found += self._exact.get(form, ())
            length = len(form)
            for place in range(1, min(length, LONGEST) + 1):
                start = form[:place]
                if start in starts:
                    found += starts[start]
            for size in self._sizes:
                found += ends.get(form[-size:], ()) if size <= length else ()
            likely = list(self._short)
            if inner:
                for key in {form[at : at + _KEY] for at in range(length - _KEY + 1)}:
                    likely += inner.get(key, ())
            found += [number for parts, number in likely if _fits(parts, form)]
        return frozenset(found) if found else NOTHING


def _forms(word: str) -> set[str]:
    """Give an Arabic word with and without its particle and its article."""
    # "lil-" melts the article of a word into the particle; "bi-" may be a letter of the word.
    return {
        word,
        _PARTICLE.sub("", word),
        word[1:] if word[:1] in "بكل" and len(word) > 3 else word,
    }


def _fits(parts: Sequence[str], word: str) -> bool:
    """Tell whether a word has some parts in order, the first at its start, the last at its end."""
    first, *others, last = parts
    place, end = len(first), len(word) - len(last)
    if place > end or not word.startswith(first) or not word.endswith(last):
        return False
    for part in others:
        place = word.find(part, place, end) + len(part)
        if place < len(part):
            return False
    return True
