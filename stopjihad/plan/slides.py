"""Plan carousels: numbered pictures, the words that stand for them, one document of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from stopjihad.catalog.layout import Art, Layout, Logo
from stopjihad.model import input_names
from stopjihad.model.point import Point
from stopjihad.model.step import Step
from stopjihad.plan.cards import Deck, card_params
from stopjihad.plan.editions import Edition
from stopjihad.plan.site import SitePlan, ready_points
from stopjihad.view.digits import native
from stopjihad.view.localize import point_view
from stopjihad.view.resolve import Resolver
from stopjihad.view.slides import (
    FORMAT,
    Slide,
    alts_path,
    document_path,
    slide_path,
    slides,
    told_in_slides,
)

Words = Mapping[str, Mapping[str, str]]
"""Language to theme words by English message."""


class Carousel(NamedTuple):
    """The slides of a talking point in one language, and the names of its inputs."""

    lang: str
    point: Point
    slides: tuple[Slide, ...]
    inputs: tuple[str, ...]


def plan_carousels(plan: SitePlan, words: Words) -> tuple[Carousel, ...]:
    """Cut talking points into slides and add these to the inputs, as ``slides/<lang>/<id>``.

    Args:
        plan: the campaign and its inputs; nothing is made where it makes no cards.
        words: theme words.

    Returns:
        One carousel per language and talking point that is told in slides.
    """
    choice = plan.project.campaign.record.carousels
    found = []
    for edition, point, inputs in ready_points(plan) if plan.formats else ():
        if told_in_slides(point, choice):
            lang = edition.lang
            told = _slides(plan, edition, point, words.get(lang) or words.get(lang[:2], {}))
            name = plan.inputs.add(input_names.slides(lang, point.id), told)
            found.append(Carousel(lang, point, told, (*inputs, name)))
    return tuple(found)


def _slides(
    plan: SitePlan, edition: Edition, point: Point, words: Mapping[str, str]
) -> tuple[Slide, ...]:
    frame = plan.frames[edition.lang]
    messages = plan.inputs.messages(edition.lang, point.id)
    view = point_view(point, Resolver(edition.lang, frame.source_language, messages))
    return slides(native(view, frame.digits, edition.lang), words)


def plan_slides(carousels: tuple[Carousel, ...], deck: Deck) -> Iterator[Step]:
    """Plan the pictures of carousels and their documents.

    Args:
        carousels: from ``plan_carousels``.
        deck: designs and pictures.

    Yields:
        One step per slide, and one per carousel.
    """
    for one in carousels:
        needed: set[str] = set()
        for slide in one.slides:
            params, inputs = _drawn(one, slide, deck)
            needed |= inputs
            path = f"site/{slide_path(one.lang, one.point.id, slide.number)}"
            yield Step(path, "slide", tuple(sorted(inputs)), params)
        drawn = any(input_names.kind_of(name) == "drawing" for name in needed)
        bound = sorted(_params(one, deck, drawn=drawn).items())
        path = f"site/{document_path(one.lang, one.point.id)}"
        yield Step(path, "slide-document", tuple(sorted(needed)), tuple(bound))


def slide_inputs(carousel: Carousel) -> tuple[str, ...]:
    """Name the inputs that the words of slides are made from."""
    designs = {input_names.design(slide.design) for slide in carousel.slides}
    return tuple(sorted({*carousel.inputs, *designs}))


def plan_slide_alts(carousels: tuple[Carousel, ...]) -> Iterator[Step]:
    """Plan the alternative texts: one file beside the slides.

    Args:
        carousels: from ``plan_carousels``.

    Yields:
        One step per carousel.
    """
    for one in carousels:
        params = (("id", one.point.id), ("lang", one.lang))
        path = f"site/{alts_path(one.lang, one.point.id)}"
        yield Step(path, "slide-alts", slide_inputs(one), params)


def _drawn(one: Carousel, slide: Slide, deck: Deck) -> tuple[tuple[tuple[str, str], ...], set[str]]:
    """Say what decides the picture of a slide: parameters and inputs."""
    layout = deck.designs[slide.design]
    needed = {*one.inputs, "fonts", input_names.design(slide.design)}
    if deck.logo and _has(layout, Logo):
        needed.add("logo")
    params = _params(one, deck, drawn=_has(layout, Art)) | {"slide": str(slide.number)}
    if "drawing" in params:
        needed.add(input_names.drawing(params["drawing"]))
    return tuple(sorted(params.items())), needed


def _has(layout: Layout, kind: type) -> bool:
    return any(isinstance(layer, kind) for layer in layout.layers)


def _params(one: Carousel, deck: Deck, *, drawn: bool) -> dict[str, str]:
    params = {"id": one.point.id, "lang": one.lang, "format": FORMAT}
    drawing = card_params(one.point, deck).get("drawing", "")
    return params | ({"drawing": drawing} if drawn and drawing else {})
