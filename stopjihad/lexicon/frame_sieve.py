"""Pass over texts without a frame before they are cut into words: nearly all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from stopjihad.lexicon.frames import Frames, frames_of
from stopjihad.lexicon.vocabulary import NOTHING
from stopjihad.model.own_rules import NO_WORDS, AddedWords

_UNREAD: Final = frozenset({-1})
"""What a part meets whose marks must be read to know its words: it may be anything."""

_MOST = 1 << 15
"""Parts of texts from which on those that are remembered of a language are let go of."""


class FrameSieve:
    """Look for what frames need in the parts of texts that stand between spaces.

    A part is looked up once for all texts of a language: most come again and again, and no frame
    is found by them.
    """

    def __init__(self, frames: Frames, *, listing: bool) -> None:
        """Keep the frames of a language, and whether sentences of the reading list count, too."""
        self._frames = frames
        self._listing = listing
        self._keys = (frames.listing_keys if listing else frames.keys) | _UNREAD
        self._met: dict[str, frozenset[int]] = {}
        self._dull: set[str] = set()

    def likely(self, texts: Sequence[str], lead: Callable[[int], str]) -> Iterator[int]:
        """Find the texts that may have something.

        Args:
            texts: as authored, some hundred at a time: their words are looked up together.
            lead: gives what introduces the text at a place; it is asked in order.
        """
        if len(self._met) + len(self._dull) > _MOST:
            self._met, self._dull = {}, set()  # another thread goes on with what it has
        met, dull, frames, listing = self._met, self._dull, self._frames, self._listing
        cut = (text.split() for text in texts)
        left = [(place, parts) for place, parts in enumerate(cut) if not dull.issuperset(parts)]
        every = frozenset[str]().union(*[parts for _, parts in left])
        self._learn(every.difference(met, dull), met, dull)
        for place, parts in left:
            if dull.issuperset(parts):
                continue
            found = NOTHING.union(*filter(None, map(met.get, parts)))
            if (
                not found.isdisjoint(_UNREAD)
                or frames.may_be_in(found)
                or (listing and frames.may_list(found))
                or (frames.may_be_practice(found) and self._announces(lead(place)))
            ):
                yield place

    def _announces(self, lead: str) -> bool:
        """Tell whether what introduces a text announces signs; few such texts have the words."""
        parts, met = lead.split(), self._met
        found = NOTHING.union(*filter(None, map(met.get, parts)))
        looked_at = self._dull.issuperset([part for part in parts if part not in met])
        may_be = not looked_at or not found.isdisjoint(_UNREAD) or self._frames.may_announce(found)
        return may_be and self._frames.announces(lead)

    def _learn(self, parts: Iterable[str], met: dict[str, frozenset[int]], dull: set[str]) -> None:
        """Look up parts of texts: what they meet, and by which no frame is found."""
        frames = self._frames
        words = {part: frames.words_of_part(part) for part in parts}
        known = frames.grammar.look_up_all(word for own in words.values() if own for word in own)
        for part, own in words.items():
            found = _UNREAD if own is None else NOTHING
            if own is not None and not known.isdisjoint(own):
                found = frames.met_by(own)
            if found:
                met[part] = found
            if self._keys.isdisjoint(found):
                dull.add(part)


@lru_cache(maxsize=64)
def _sieve(primary: str, own: AddedWords, *, listing: bool) -> FrameSieve | None:
    known = frames_of(primary, own)
    return FrameSieve(known, listing=listing) if known else None


def likely_texts(
    language: str,
    texts: Sequence[str],
    lead: Callable[[int], str],
    *,
    listing: bool,
    own: AddedWords = NO_WORDS,
) -> Iterator[int]:
    """Find the texts that may have a frame.

    Args:
        language: BCP 47 tag of the texts.
        lead: gives what introduces the text at a place, or nothing; it is asked in order.
        listing: whether those that may have a sentence of the reading list are wanted, too.
    """
    sieve = _sieve(language.partition("-")[0], own, listing=listing)
    if sieve:
        yield from sieve.likely(texts, lead)
