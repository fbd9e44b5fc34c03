"""What planning needs of one campaign, and which talking points each language spreads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from stopjihad.model import input_names
from stopjihad.model.campaign import Campaign
from stopjihad.model.media import UsablePhoto
from stopjihad.model.point import Point
from stopjihad.model.project import Project
from stopjihad.plan.editions import Edition, RememberedPoint
from stopjihad.plan.inputs import Inputs
from stopjihad.plan.mistakes import Mistake
from stopjihad.theme.job import KitZip, PaperFile
from stopjihad.view.designs import CardSet
from stopjihad.view.discussions import DiscussionView, discussions
from stopjihad.view.records import Frame


class SitePlan(msgspec.Struct, frozen=True, kw_only=True):
    """What all that plans outputs needs of one campaign.

    ``sets`` are cards by talking point, ``lines`` cards of helplines by language; ``slides`` are
    names of the inputs that the words of slides are made from, by language and talking point;
    ``films`` are the formats of films that the kit offers, ``voices`` those that somebody speaks,
    as ``<language>/<talking point>``; ``photos`` are those that can be used, by file name.
    ``kits`` are zips that pages offer, ``papers`` documents for paper, ``remembered`` the talking
    points of the ledger, ``mistakes`` what was wrong. ``again`` says that the campaign will be
    planned again.
    """

    project: Project
    editions: tuple[Edition, ...]
    frames: dict[str, Frame]
    inputs: Inputs
    formats: tuple[str, ...]
    platforms: tuple[str, ...]
    sets: dict[str, tuple[CardSet, ...]] = {}
    lines: dict[str, tuple[CardSet, ...]] = {}
    slides: dict[tuple[str, str], tuple[str, ...]] = {}
    films: tuple[str, ...] = ()
    voices: frozenset[str] = frozenset()
    kits: tuple[KitZip, ...] = ()
    papers: tuple[PaperFile, ...] = ()
    remembered: tuple[RememberedPoint, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    photos: dict[str, UsablePhoto] = {}
    again: bool = False

    def alternates(self, key: str) -> str:
        """Name the languages in which a point or page is whole, joined by commas."""
        return ",".join(edition.lang for edition in self.editions if edition.shows(key))


def ready_points(plan: SitePlan) -> Iterator[tuple[Edition, Point, tuple[str, ...]]]:
    """Give each whole talking point of each language with the inputs of its view."""
    source = plan.project.campaign.record.source_language
    for edition in plan.editions:
        lang = edition.lang
        for document in plan.project.points:
            point = document.record
            if not edition.spreads(point):
                continue
            inputs = [input_names.frame(lang), input_names.words(lang), input_names.point(point.id)]
            if lang != source:
                inputs.append(input_names.messages(lang, point.id))
            yield edition, point, tuple(inputs)


def ready_discussions(plan: SitePlan, edition: Edition) -> tuple[DiscussionView, ...]:
    """Give the pages with questions about talking points that a language has."""
    project = plan.project
    return discussions(
        (document.record for document in project.pages if edition.has_page(document.record)),
        (document.record for document in project.points),
        edition.resolver,
    )


def in_order(points: Sequence[Point], campaign: Campaign) -> tuple[Point, ...]:
    """Put talking points into the editor's order.

    Args:
        campaign: its ``order`` names ids of talking points.

    Returns:
        First those with ``featured``, by that number; then those that the campaign's ``order``
        names; then all others by id.
    """
    places = {name: place for place, name in enumerate(campaign.order)}
    last = len(places)

    def place(point: Point) -> tuple[bool, int, int, str]:
        featured = point.featured or 0
        return not featured, featured, places.get(point.id, last), point.id

    return tuple(sorted(points, key=place))
