"""Hold the paragraphs that a layout may name, and tell which of them may be left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from stopjihad.draw.content import ready
from stopjihad.draw.job import Words
from stopjihad.view.records import Prose
from stopjihad.view.running_text import running_text


class Said(NamedTuple):
    """Paragraphs that stand under one name.

    ``stays`` tells which may not be left out, ``headings`` which stand above the next, ``entries``
    which are of a list: it is told whole or not at all.
    """

    paragraphs: tuple[Words, ...]
    stays: tuple[bool, ...] = ()
    headings: tuple[bool, ...] = ()
    entries: tuple[bool, ...] = ()

    def without(self, start: int, stop: int) -> Said:
        """Leave paragraphs out, those from one place to before another."""
        return Said(
            self.paragraphs[:start] + self.paragraphs[stop:],
            self.stays[:start] + self.stays[stop:],
            self.headings[:start] + self.headings[stop:],
            self.entries[:start] + self.entries[stop:],
        )


Contents = dict[str, Said]
"""Name in a layout to what is said there; names without words are missing."""


def parts_to_cut(said: Said, *, lists: bool) -> Iterator[tuple[int, int]]:
    """Find what may be left out, from the end: a paragraph or, of ``lists``, a whole list.

    A heading goes with all that stands below it, and with a list the words that announce it.
    """
    stop = len(said.paragraphs)
    while stop > 1:
        first = stop - 1
        while said.entries[first] and first > 0 and said.entries[first - 1]:
            first -= 1
        whole, at = said.entries[first], first
        announced = said.paragraphs[first - 1].text.rstrip().endswith((":", "："))
        if whole and first > 1 and announced and not said.headings[first - 1]:
            first -= 1
        if said.headings[first - 1] and (*said.headings, True)[stop]:
            first -= 1
        stays = any(said.stays[first:stop]) or said.headings[at]
        if whole == lists and first > 0 and not stays:
            yield first, stop
        stop = at


def prose_words(prose: Prose) -> Said:
    """Say prose, with all that decides what of it may be cut."""
    found = running_text(prose)
    return Said(
        tuple(ready(one.text) for one in found),
        tuple(one.stays for one in found),
        tuple(one.heading for one in found),
        tuple(one.entry for one in found),
    )
