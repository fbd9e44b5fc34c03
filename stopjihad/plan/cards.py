"""Plan the share images of a campaign, with the words that stand for them beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from stopjihad.catalog.layout import Art, Layout, Logo, has_photo
from stopjihad.model import input_names
from stopjihad.model.media import UsablePhoto
from stopjihad.model.point import Point
from stopjihad.model.step import Step
from stopjihad.plan.inputs import Inputs
from stopjihad.plan.site import SitePlan, ready_points
from stopjihad.view.designs import CardSet, drawing_of, helpline_of, photo_of


class Deck(NamedTuple):
    """What cards are made with.

    Attributes:
        designs: all designs by name.
        pictures: photos of ``media/`` that can be used, by file name.
        logo: whether the brand has a logo.
        drawings: names of all drawings.
    """

    designs: Mapping[str, Layout]
    pictures: Mapping[str, UsablePhoto]
    logo: bool
    drawings: frozenset[str]


def add_pictures(inputs: Inputs, pictures: Mapping[str, UsablePhoto], logo: bytes) -> None:
    """Add photos and logo to the inputs of a plan, as ``photo/<file>`` and ``logo``.

    Args:
        inputs: of the plan.
        pictures: photos by file name.
        logo: bytes of the brand's logo; empty without one.
    """
    for name, photo in pictures.items():
        inputs.add(input_names.photo(name), photo.data)
    if logo:
        inputs.add("logo", logo)


def plan_cards(plan: SitePlan, deck: Deck) -> Iterator[Step]:
    """Plan the pictures: per language, talking point or helpline, design and format.

    Args:
        plan: the campaign and its inputs.
        deck: designs and pictures.

    Yields:
        One step per picture.
    """
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

    Args:
        plan: the campaign and its inputs.

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


def card_params(point: Point, deck: Deck) -> dict[str, str]:
    """Say which drawing and photo a talking point's cards show, and what of the photo stays."""
    found = {"id": point.id}
    drawing = drawing_of(point, deck.drawings)
    if drawing:
        found["drawing"] = drawing
    name = photo_of(point)
    if name in deck.pictures:
        media = deck.pictures[name].media
        found |= {"focus": f"{media.focus_x},{media.focus_y}", "photo": name}
    return found


def _helpline_cards(plan: SitePlan) -> Iterator[tuple[str, str, CardSet]]:
    """Give language, helpline and cards, where cards are made at all."""
    for edition in plan.editions if plan.formats else ():
        for cards in plan.lines.get(edition.lang, ()):
            yield edition.lang, helpline_of(cards), cards
