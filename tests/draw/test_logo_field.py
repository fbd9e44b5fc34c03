"""A logo that would be lost on a card stands on a field of its own; no other logo gets one."""

from __future__ import annotations

import io
import itertools

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageDraw
from stopjihad.catalog.layout import Logo
from stopjihad.draw import CardJob
from stopjihad.draw.card import card_pixels, set_card
from stopjihad.draw.logo_field import LEAST, SEEN, visible_share
from stopjihad.draw.pictures import reserved_areas
from stopjihad.draw.problems import problems_of
from stopjihad.view.contrast import RGB, contrast

from support import cards

BLACK, WHITE, NAVY, TEAL = (0, 0, 0), (255, 255, 255), (10, 30, 80), (11, 107, 93)
TONES = ("grave", "calm", "hopeful")
SHOWN = tuple(
    name
    for name in (*cards.DESIGNS, *cards.SLIDES)
    if any(isinstance(layer, Logo) for layer in cards.layouts()[name].layers)
)


def word(
    colour: RGB, ground: RGB | None = None, mark: RGB | None = None, edge: RGB | None = None
) -> bytes:
    """Paint strokes like those of a word, on nothing or on a field, with a mark or an edge."""
    image = Image.new("RGBA", (480, 160), (*ground, 255) if ground else (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for left in range(180, 450, 45):
        if edge:
            draw.rectangle((left - 7, 33, left + 27, 127), fill=edge)
        draw.rectangle((left, 40, left + 20, 120), fill=colour)
    if mark:
        draw.ellipse((20, 30, 120, 130), fill=mark)
    return stored(image)


def seal() -> bytes:
    """Paint a dark ring around white, and something dark in it."""
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for inset, colour in ((5, NAVY), (35, WHITE), (95, NAVY)):
        draw.ellipse((inset, inset, 300 - inset, 300 - inset), fill=colour)
    return stored(image)


def stored(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def job(design: str, logo: bytes, tone: str = "calm", form: str = "og", **more: object) -> CardJob:
    made = cards.slide_job if design.startswith("slide-") else cards.told_job
    one = made("en", design, form, cards.texts("en")[0], logo=logo)
    return msgspec.structs.replace(one, tone=tone, **more)


def place(one: CardJob) -> np.ndarray:
    """Give the pixels of a card where its logo stands, as a reader sees them."""
    card = set_card(one)
    assert not problems_of(one, card)
    ((left, top, right, low),) = reserved_areas(one.layout, card.canvas, one.logo)
    return card_pixels(card)[int(top) : int(low), int(left) : int(right)]


def strongest(pixels: np.ndarray) -> float:
    """Give the contrast of the darkest and the lightest colour."""
    colours = [tuple(map(int, one)) for one in np.unique(pixels.reshape(-1, 3), axis=0)]
    dark, light = (
        by(colours, key=lambda one: contrast(one, (0, 0, 0)))  # type: ignore[operator]
        for by in (min, max)
    )
    return contrast(dark, light)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("colour", "tone", "form"),
    [
        (BLACK, "grave", "og"),
        pytest.param(NAVY, "grave", "story", marks=pytest.mark.long),
        pytest.param(TEAL, "calm", "square", marks=pytest.mark.long),
        pytest.param(WHITE, "calm", "wide", marks=pytest.mark.long),
        (WHITE, "hopeful", "portrait"),
    ],
)
def test_a_logo_in_one_colour_is_seen_on_every_card(colour: RGB, tone: str, form: str) -> None:
    """Black on a grave card had a contrast of 1.2, white on a bright one of 1.0."""
    data = word(colour)
    for design in SHOWN:
        assert strongest(place(job(design, data, tone, form))) > SEEN - 0.1, design


def test_a_field_takes_the_place_of_the_logo_and_no_other() -> None:
    """Words and drawings stand as they did; the field is paper for a dark logo, ink for a light."""
    for logo, tone, brand in ((word(BLACK), "grave", "paper"), (word(WHITE), "hopeful", "ink")):
        one = job("fact", logo, tone)
        other = job("fact", word((255, 0, 160)), tone)
        rects = [[where.rect for where, _ in set_card(each).placed] for each in (one, other)]
        assert rects[0] == rects[1]
        pixels = place(one)
        assert bytes(pixels[4, pixels.shape[1] // 2]).hex() == getattr(one.frame, brand)[1:]
        assert not (pixels[0, 0] == pixels[4, pixels.shape[1] // 2]).all()  # a round corner


ORDINARY = {
    "a field of its own, white": word(BLACK, WHITE),
    "a field of its own, black": word(WHITE, BLACK),
    "a field of its own, in the brand's colour": word(WHITE, TEAL),
    "a light edge": word(BLACK, edge=WHITE),
    "a dark edge": word(WHITE, edge=BLACK),
    "a seal": seal(),
    "two colours": word(NAVY, mark=(120, 180, 230)),
    "white and red": word(WHITE, mark=(200, 16, 46)),
    "nothing": stored(Image.new("RGBA", (300, 300), (0, 0, 0, 0))),
}


@pytest.mark.parametrize("name", ORDINARY)
def test_a_logo_that_is_seen_anywhere_gets_no_field(name: str) -> None:
    for design, tone in itertools.product(SHOWN, TONES):
        card = set_card(job(design, ORDINARY[name], tone))
        if card.ground is not None:
            assert card.ground.key.base.field is None, (design, tone)


def test_a_logo_gets_a_field_only_where_it_needs_one() -> None:
    fields = {
        (design, tone): set_card(job(design, word(BLACK), tone)).ground.key.base.field  # type: ignore[union-attr]
        for design in ("fact", "figure", "steps")
        for tone in TONES
    }
    assert {where for where, colour in fields.items() if colour} == {
        ("fact", "grave"),
        ("figure", "grave"),
    }


@pytest.mark.parametrize("photo", [(20, 24, 30), (240, 240, 235)], ids=["night", "snow"])
def test_a_logo_on_a_photo_is_seen(photo: RGB) -> None:
    out = io.BytesIO()
    Image.new("RGB", (800, 800), photo).save(out, "JPEG", quality=95)
    for colour in (BLACK, WHITE):
        one = job("photo", word(colour), photo=out.getvalue())
        pixels = place(one)
        assert strongest(pixels) > SEEN
        lost = contrast(colour, photo) < SEEN
        assert (contrast(tuple(map(int, pixels[4, 60])), photo) > 1.5) == lost


def test_how_much_of_a_logo_is_seen() -> None:
    assert visible_share(word(BLACK), BLACK) == 0
    assert visible_share(word(BLACK), WHITE) > 0.9  # but for soft edges
    assert visible_share(word(BLACK, mark=WHITE), BLACK) > 0.4
    assert LEAST < visible_share(word(BLACK, WHITE), WHITE) < 0.3
