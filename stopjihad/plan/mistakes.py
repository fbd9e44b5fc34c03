"""Put in order what was wrong with a campaign, so that each kit is told what was wrong since.

A kit names its version: how many mistakes its campaign knew when it was made. Each version has a
page, whatever was corrected since; so the page of an old kit is there as long as mistakes stay in
their files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stopjihad.model.project import Project
from stopjihad.plan.editions import RememberedPoint, deleted_points
from stopjihad.view.localization import mistake_view
from stopjihad.view.records import MistakeView
from stopjihad.view.resolver import Resolver


class Mistake(NamedTuple):
    """A correction of a talking point, by its place there, or that it is told no more (None).

    ``day`` is None where nobody knows since when.
    """

    point: str
    day: dt.date | None
    correction: int | None = None


class KitVersion(NamedTuple):
    """A version of kits: its name, and the mistakes that were found since, the newest first."""

    name: str
    since: tuple[Mistake, ...]


def known_mistakes(project: Project, remembered: Iterable[RememberedPoint]) -> tuple[Mistake, ...]:
    """List all mistakes by day and talking point; those without a day come last."""
    found: list[Mistake] = []
    for point in (one.record for one in project.points):
        found += (Mistake(point.id, one.day, n) for n, one in enumerate(point.corrections))
    for point in (one.record for one in project.withdrawn_points):
        found += (
            Mistake(point.id, one.day) for one in (*point.corrections, point.withdrawn) if one
        )
    found += (Mistake(one.id, one.since) for one in deleted_points(project, remembered))
    return tuple(sorted(found, key=_place))


def _place(mistake: Mistake) -> tuple[dt.date, str, int]:
    number = mistake.correction
    return mistake.day or dt.date.max, mistake.point, -1 if number is None else number


def view_mistakes(
    project: Project, words: Resolver, mistakes: Iterable[Mistake]
) -> Iterator[MistakeView]:
    """Tell mistakes in the resolver's language; one of a point that is gone, as withdrawn."""
    points = {one.record.id: one.record for one in (*project.points, *project.withdrawn_points)}
    for one in mistakes:
        if (point := points.get(one.point)) is None:
            yield MistakeView(id=one.point, day=one.day, withdrawn=True)
        else:
            wrong = None if one.correction is None else point.corrections[one.correction]
            yield mistake_view(point, words, one.day, wrong)


def version_name(mistakes: Sequence[Mistake]) -> str:
    """Name the version of kits whose campaign knows some mistakes: how many, with and without day.

    Returns:
        For example ``3-0``.
    """
    dated = _count_dated(mistakes)
    return f"{dated}-{len(mistakes) - dated}"


def kit_versions(mistakes: Sequence[Mistake]) -> Iterator[KitVersion]:
    """Give every version that there was: that of today is the last one, and knows all mistakes.

    Of several mistakes on one day nobody knows which a kit of that day knew, nor which of those
    without a day: then all of them are told.
    """
    dated = _count_dated(mistakes)
    for number in range(dated + 1):
        first = number
        while 0 < first < dated and mistakes[first - 1].day == mistakes[number].day:
            first -= 1
        for undated in range(len(mistakes) - dated + 1):
            known = undated == len(mistakes) - dated
            told = (*mistakes[first:dated], *(() if known else mistakes[dated:]))
            once = {(one.point, one.correction): one for one in told}  # its last day
            yield KitVersion(f"{number}-{undated}", tuple(once.values())[::-1])


def _count_dated(mistakes: Iterable[Mistake]) -> int:
    return sum(one.day is not None for one in mistakes)
