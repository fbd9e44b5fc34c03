"""What cards and films are made with: designs, pictures, and the slides of a talking point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stopjihad.catalog.layout import Layout
from stopjihad.model import input_names
from stopjihad.model.media import UsablePhoto
from stopjihad.model.point import Point
from stopjihad.plan.inputs import Inputs
from stopjihad.view.designs import drawing_of, photo_of
from stopjihad.view.slides import Slide


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
        logo: bytes of the brand's logo; empty without one.
    """
    for name, photo in pictures.items():
        inputs.add(input_names.photo(name), photo.data)
    if logo:
        inputs.add("logo", logo)


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


class Carousel(NamedTuple):
    """The slides of a talking point in one language, and the names of its inputs."""

    lang: str
    point: Point
    slides: tuple[Slide, ...]
    inputs: tuple[str, ...]


def slide_inputs(carousel: Carousel) -> tuple[str, ...]:
    """Name the inputs that the words of slides are made from."""
    designs = {input_names.design(slide.design) for slide in carousel.slides}
    return tuple(sorted({*carousel.inputs, *designs}))
