"""What planners of our outputs are asked and give, and what outputs offer each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from stopjihad.model.options import Options, Shared
from stopjihad.model.step import Step
from stopjihad.plan.deck import Carousel, Deck
from stopjihad.plan.editions import Edition
from stopjihad.plan.ready_points import SitePlan
from stopjihad.plan.selection import Selection
from stopjihad.problem import Problem
from stopjihad.theme.job import KitZip, PaperFile


class PlanRequest(NamedTuple):
    """What planners are asked.

    Attributes:
        campaign: what all of them need; they add inputs to it.
        shared: what comes from templates, assets and fonts.
        deck: what cards and films are made with.
        options: with the alerts in the order of readers.
        beside: what is asked for, and what stands published beside it.
        readable: the languages that have pages.
        problems: what was found in the campaign, for the report.
    """

    campaign: SitePlan
    shared: Shared
    deck: Deck
    options: Options
    beside: Selection
    readable: tuple[Edition, ...]
    problems: tuple[Problem, ...]


class Offers(NamedTuple):
    """What outputs offer each other; each field is empty where its output is not there.

    Attributes:
        cards: steps of the pictures of cards.
        slides: steps of the pictures of slides.
        carousels: talking points that are told in slides.
        scenes: designs of the scenes of films.
        films: formats of films that the kit offers.
        voices: films that somebody speaks, as ``<language>/<talking point>``.
        kits: zips that pages offer.
        papers: documents for paper.
    """

    cards: tuple[Step, ...] = ()
    slides: tuple[Step, ...] = ()
    carousels: tuple[Carousel, ...] = ()
    scenes: tuple[str, ...] = ()
    films: tuple[str, ...] = ()
    voices: frozenset[str] = frozenset()
    kits: tuple[KitZip, ...] = ()
    papers: tuple[PaperFile, ...] = ()


class PlannedOutput(NamedTuple):
    """What a planner gives.

    Attributes:
        steps: a file each.
        offers: those that it was given, with its own.
        parts: steps that are made before all others, as ``model.step.Plan`` says.
    """

    steps: Iterable[Step]
    offers: Offers
    parts: Iterable[Step] = ()


class Planner(Protocol):
    """Plan an output of ours."""

    def __call__(self, asked: PlanRequest, offers: Offers) -> PlannedOutput:
        """Plan it after the outputs whose ``offers`` it reads."""
