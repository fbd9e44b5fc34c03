"""Choose which talking points a list shows, in which order, and on how many pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from stopjihad.view.records import Frame, Headline, Teaser

HOME = 6
"""Talking points on a home page."""

PAGE = 24
"""Most talking points on a page of a list: at 360 px none is taller than 12,000 px, Urdu included
(bench/lists.py measures it with 200 points)."""

STRETCH = 8
"""Items between which no page of a list begins. With 4 a page moves when five of 24 are missing
(5 pages change with one of 900 in 1,000), with 24 some pages have fewer than ten of 24."""

T = TypeVar("T")


class ListPage(NamedTuple):
    """One page of a list.

    Attributes:
        kind: kind of page, ``audience`` or ``pull-factor``.
        topic: the audience's id, or the pull factor.
        number: which page of the list it is, from 1.
        total: how many pages the list has.
        items: the talking points on it.
    """

    kind: str
    topic: str
    number: int
    total: int
    items: tuple[Teaser, ...]

    @property
    def rest(self) -> str:
        """Give the path below the language's folder."""
        return numbered_path(f"{self.kind}s/{self.topic}", self.number)


def teasers(headlines: Iterable[Headline]) -> list[Teaser]:
    """Give what a list shows: a text without a translation must not make every list anew."""
    return [
        Teaser(
            id=item.id,
            fact=item.fact,
            mode=item.mode,
            pull_factor=item.pull_factor,
            audiences=item.audiences,
            question=item.question,
            drawing=item.drawing,
        )
        for item in headlines
    ]


def numbered_path(folder: str, number: int) -> str:
    """Give the path of a page of a list below its language's folder.

    Args:
        number: of the page, from 1.

    Returns:
        ``<folder>/index.html``, and ``<folder>/<number>/index.html`` from the second page on.
    """
    return f"{folder}/index.html" if number == 1 else f"{folder}/{number}/index.html"


def list_pages(frame: Frame, headlines: Sequence[Teaser]) -> Iterator[ListPage]:
    """Give the pages of all lists: one list an audience, one a pull factor.

    Args:
        headlines: of all talking points that lists may show, in the editor's order.

    Yields:
        Each list's pages; a list without talking points has one.
    """
    for audience in frame.audiences:
        items = [item for item in headlines if audience.id in item.audiences]
        chosen = {name: place for place, name in enumerate(audience.first)}
        items.sort(  # what the campaign chose, then what was written for them above others
            key=lambda item: (chosen.get(item.id, len(chosen)), item.audiences[0] != audience.id)
        )
        yield from _pages("audience", audience.id, items)
    for factor in frame.pull_factors:
        items = [item for item in headlines if item.pull_factor == factor]
        yield from _pages("pull-factor", factor, items)


def _pages(kind: str, topic: str, items: Sequence[Teaser]) -> Iterator[ListPage]:
    parts = split(items)
    for number, part in enumerate(parts, start=1):
        yield ListPage(kind, topic, number, len(parts), part)


def _every(_: object) -> bool:
    return True


def split(items: Sequence[T], shown: Callable[[T], bool] = _every) -> tuple[tuple[T, ...], ...]:
    """Cut a list into pages.

    A page begins and ends only where a stretch of `STRETCH` items does, and has as many stretches
    as fit. What a language does not show yet, or no more, leaves its page shorter: the pages after
    it stay as they are. Each page but the last has more than two thirds of what fits.

    Args:
        items: what the list would hold if it showed all of them.
        shown: chooses those that it shows; by default all.

    Returns:
        The items of each page; one empty page when there are none.
    """
    pages: list[tuple[T, ...]] = [()]
    for start in range(0, len(items), STRETCH):
        stretch = tuple(filter(shown, items[start : start + STRETCH]))
        if len(pages[-1]) + len(stretch) > PAGE:
            pages.append(stretch)
        else:
            pages[-1] += stretch
    return tuple(pages)
