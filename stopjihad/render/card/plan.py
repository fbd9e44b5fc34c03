"""Plan share images and carousels of slides, with the words that stand for them beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stopjihad.catalog.layout import Art, Layout, Logo, has_photo
from stopjihad.model import input_names
from stopjihad.model.options import words_for
from stopjihad.model.point import Point
from stopjihad.model.step import Step
from stopjihad.plan.deck import Carousel, Deck, card_params, slide_inputs
from stopjihad.plan.editions import Edition
from stopjihad.plan.planner import Offers, PlannedOutput, PlanRequest
from stopjihad.plan.ready_points import SitePlan, ready_points
from stopjihad.view.designs import CardSet, helpline_of
from stopjihad.view.forms_of_address import words_beside
from stopjihad.view.line_facts import beside_line, without_others
from stopjihad.view.localization import point_view
from stopjihad.view.notation import native
from stopjihad.view.resolver import Resolver
from stopjihad.view.slides import (
    FORMAT,
    Slide,
    alts_path,
    document_path,
    slide_path,
    slides,
    told_in_slides,
)


def plan_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan cards and carousels, and offer them to what shows them."""
    plan, deck = asked.campaign, asked.deck
    carousels = plan_carousels(plan, asked.shared.words)
    cards = tuple(plan_cards(plan, deck))
    slides = tuple(plan_slides(carousels, deck))
    steps = (*cards, *slides, *plan_alts(plan), *plan_slide_alts(carousels))
    return PlannedOutput(steps, offers._replace(cards=cards, slides=slides, carousels=carousels))


def plan_cards(plan: SitePlan, deck: Deck) -> Iterator[Step]:
    """Plan the pictures: per language, talking point or helpline, design and format."""
    for edition, point, inputs in ready_points(plan):
        for cards in plan.sets[point.id] if plan.formats else ():
            yield from _pictures(
                plan, deck, edition.lang, (cards, inputs, card_params(point, deck))
            )
    for lang, line, cards in _helpline_cards(plan):
        inputs = (input_names.frame(lang), input_names.words(lang))
        yield from _pictures(plan, deck, lang, (cards, inputs, {"helpline": line}))


def _pictures(
    plan: SitePlan,
    deck: Deck,
    lang: str,
    what: tuple[CardSet, tuple[str, ...], dict[str, str]],
) -> Iterator[Step]:
    cards, inputs, params = what
    layout = deck.designs[cards.design]
    needed = {*inputs, "fonts", input_names.design(cards.design)}
    if not has_photo(layout):
        params = {name: value for name, value in params.items() if name not in {"photo", "focus"}}
    elif params.get("photo"):
        needed.add(input_names.photo(params["photo"]))
    if deck.logo and any(isinstance(layer, Logo) for layer in layout.layers):
        needed.add("logo")
    drawing = params.get("drawing", "")
    if drawing and any(isinstance(layer, Art) for layer in layout.layers):
        needed.add(input_names.drawing(drawing))
    else:
        params = {name: value for name, value in params.items() if name != "drawing"}
    for form in plan.formats:
        own = params | {"design": cards.design, "format": form, "lang": lang}
        path = f"site/{cards.path(lang, form)}"
        yield Step(path, "card", tuple(sorted(needed)), tuple(sorted(own.items())))


def plan_alts(plan: SitePlan) -> Iterator[Step]:
    """Plan the alternative texts: one file beside the pictures of a design.

    Yields:
        One step per language, talking point or helpline, and design.
    """
    if not plan.formats:
        return
    for edition, point, inputs in ready_points(plan):
        for cards in plan.sets[point.id]:
            yield _alt(cards, edition.lang, inputs, ("id", point.id))
    for lang, line, cards in _helpline_cards(plan):
        yield _alt(
            cards, lang, (input_names.frame(lang), input_names.words(lang)), ("helpline", line)
        )


def _alt(cards: CardSet, lang: str, inputs: tuple[str, ...], subject: tuple[str, str]) -> Step:
    needed = tuple(sorted((*inputs, input_names.design(cards.design))))
    params = tuple(sorted((("design", cards.design), ("lang", lang), subject)))
    return Step(f"site/{cards.alt_path(lang)}", "card-alt", needed, params)


def _helpline_cards(plan: SitePlan) -> Iterator[tuple[str, str, CardSet]]:
    """Give language, helpline and cards, where cards are made at all."""
    for edition in plan.editions if plan.formats else ():
        for cards in plan.lines.get(edition.lang, ()):
            yield edition.lang, helpline_of(cards), cards


Words = Mapping[str, Mapping[str, str]]
"""Language to theme words by English message."""


def plan_carousels(plan: SitePlan, words: Words) -> tuple[Carousel, ...]:
    """Cut talking points into slides and add these to the inputs, as ``slides/<lang>/<id>``.

    Args:
        plan: the campaign and its inputs; nothing is made where it makes no cards.

    Returns:
        One carousel per language and talking point that is told in slides.
    """
    choice = plan.project.campaign.record.carousels
    found = []
    for edition, point, inputs in ready_points(plan) if plan.formats else ():
        if told_in_slides(point, choice):
            lang = edition.lang
            told = _slides(plan, edition, point, words_for(lang, words))
            name = plan.inputs.add(input_names.slides(lang, point.id), told)
            found.append(Carousel(lang, point, told, (*inputs, name)))
    return tuple(found)


def _slides(
    plan: SitePlan, edition: Edition, point: Point, words: Mapping[str, str]
) -> tuple[Slide, ...]:
    frame = plan.frames[edition.lang]
    messages = plan.inputs.messages(edition.lang, point.id)
    view = point_view(point, Resolver(edition.lang, frame.source_language, messages))
    shown = without_others(beside_line(view, point, frame))
    return slides(native(shown, frame.digits, edition.lang), words_beside(point, frame, words))


def plan_slides(carousels: tuple[Carousel, ...], deck: Deck) -> Iterator[Step]:
    """Plan the pictures of carousels and their documents."""
    for one in carousels:
        needed: set[str] = set()
        for slide in one.slides:
            params, inputs = _slide_decisions(one, slide, deck)
            needed |= inputs
            path = f"site/{slide_path(one.lang, one.point.id, slide.number)}"
            yield Step(path, "slide", tuple(sorted(inputs)), params)
        drawn = any(input_names.kind_of(name) == "drawing" for name in needed)
        bound = sorted(_params(one, deck, drawn=drawn).items())
        path = f"site/{document_path(one.lang, one.point.id)}"
        yield Step(path, "slide-document", tuple(sorted(needed)), tuple(bound))


def plan_slide_alts(carousels: tuple[Carousel, ...]) -> Iterator[Step]:
    """Plan the alternative texts: one file beside the slides."""
    for one in carousels:
        params = (("id", one.point.id), ("lang", one.lang))
        path = f"site/{alts_path(one.lang, one.point.id)}"
        yield Step(path, "slide-alts", slide_inputs(one), params)


def _slide_decisions(
    one: Carousel, slide: Slide, deck: Deck
) -> tuple[tuple[tuple[str, str], ...], set[str]]:
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
