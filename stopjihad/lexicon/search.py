"""Find compiled phrases in the words of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stopjihad.lexicon.grammar import Element, Phrase, SentenceWords, WordChoice


def search(
    phrases: Sequence[Phrase], words: SentenceWords, start: int = 0, stop: int | None = None
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


def spans(phrases: Sequence[Phrase], words: SentenceWords) -> Iterator[tuple[int, int]]:
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
    phrases: Sequence[Phrase], words: SentenceWords, start: int, stop: int | None
) -> Iterator[tuple[int, Iterator[int]]]:
    lacks = words.all.isdisjoint
    likely = [phrase for phrase in phrases if not any(map(lacks, phrase.needs))]
    if not likely:
        return
    end = len(words) if stop is None else stop
    for place in range(start, end):
        known = words.entries[place].first
        for phrase in likely:
            if not phrase.starts.isdisjoint(known):
                yield place, _ends(phrase.elements, 0, words, place, end, first=True)


def _ends(
    elements: tuple[Element, ...],
    index: int,
    words: SentenceWords,
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
    if element.agrees or element.differs:
        if 0 < place < stop and _agree(words, place) == element.agrees:
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


def _agree(words: SentenceWords, place: int) -> bool:
    """Tell whether a word and the one before it both have the article, or none of them has."""
    return words.entries[place - 1].definite == words.entries[place].definite


def _choice_ends(
    choice: WordChoice, words: SentenceWords, place: int, stop: int, *, first: bool
) -> Iterator[int]:
    if place >= stop:
        return
    entry = words.entries[place]
    known = entry.first if first else entry.following
    if choice.starts.isdisjoint(known):
        return
    if choice.atom in known:
        yield place + 1
    for phrase in choice.phrases:
        yield from _ends(phrase.elements, 0, words, place, stop, first=first)
