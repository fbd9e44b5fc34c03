"""The brand's logo has a place of its own: no words and no drawing over it, nothing refused."""

from __future__ import annotations

import io
import itertools

import numpy as np
import pytest
from PIL import Image, ImageDraw
from stopjihad.catalog.layout import Logo
from stopjihad.render.card import CardJob
from stopjihad.render.card.base import base
from stopjihad.render.card.canvas import meet
from stopjihad.render.card.card import Card, set_card
from stopjihad.render.card.debug import card_pixels
from stopjihad.render.card.logo import reserved
from stopjihad.render.card.problems import problems_of

from support import cards
from support.card_checks import check_card, inked

MAGENTA = (255, 0, 255)
SHAPES = {"wide": (640, 160), "round": (300, 300), "tall": (160, 480)}
"""Width and height of a banner, a seal, and a flag that hangs; px."""

DESIGNS = (*cards.DESIGNS, *cards.SLIDES)


def logo(shape: str) -> bytes:
    """Paint a logo in a colour that no design has."""
    image = Image.new("RGBA", SHAPES[shape], (0, 0, 0, 0))
    width, height = SHAPES[shape]
    draw = ImageDraw.Draw(image)
    (draw.ellipse if shape == "round" else draw.rectangle)((0, 0, width, height), MAGENTA)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def job(lang: str, design: str, form: str, shape: str, name: str = "letter") -> CardJob:
    made = cards.slide_job if design.startswith("slide-") else cards.told_job
    drawing = cards.drawings()[name]
    return made(lang, design, form, cards.texts(lang)[0], logo=logo(shape), drawing=drawing)


def places(card: Card, one: CardJob) -> list[tuple[slice, slice]]:
    """Give rows and columns of each logo."""
    found = reserved(one.layout, card.canvas, one.logo)
    return [np.s_[int(top) : int(low), int(left) : int(right)] for left, top, right, low in found]


def below(card: Card) -> np.ndarray:
    """Give the picture before words and drawings, shape (height, width, 3)."""
    if card.ground is None or card.scheme is None:
        assert card.pixels is not None
        return card.pixels
    palette = np.array(card.scheme.palette, dtype=np.uint8)
    return palette[base(card.ground.key.base).indices]


def check(one: CardJob) -> int:
    """Judge a card by its pixels; gives the number of its logos."""
    card = set_card(one)
    assert not problems_of(one, card)
    check_card(card)
    whole, ground = card_pixels(card), below(card)
    found = places(card, one)
    for part in found:
        np.testing.assert_array_equal(whole[part], ground[part])
        seen = np.abs(whole[part].astype(int) - MAGENTA).max(axis=2) < 24
        assert seen.mean() > 0.7  # a disc fills 0.785 of its square
    return len(found)


CASES = tuple(itertools.product(DESIGNS, cards.FORMATS))


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_printed_over_a_logo_and_nothing_refused_for_it(shape: str, step: int) -> None:
    """The number of a figure stood on the logo: of a round one half was gone, a wide one stopped
    builds for a contrast that nobody could mend.

    The quick form takes a fifth of designs and formats with each shape, others with the next.
    """
    first = list(SHAPES).index(shape)
    shown = 0
    for place, (design, form) in enumerate(CASES[first % step :: step]):
        for lang in ("en", "ar", "bn") if step == 1 else (("en", "ar", "bn")[place % 3],):
            shown += check(job(lang, design, form, shape))
    assert shown > len(CASES) / step / 3


@pytest.mark.parametrize("form", ["og", "wide"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_big_number_stands_below_the_logo(form: str, shape: str) -> None:
    assert check(job("en", "figure", form, shape)) == 1


@pytest.mark.parametrize("design", ["fact", "figure"])
def test_no_drawing_covers_the_logo(design: str) -> None:
    """A tall one, a microphone, stood over the logo of the design ``fact``."""
    for name in cards.drawings():
        assert check(job("en", design, "og", "wide", name)) == 1


@pytest.mark.parametrize("design", cards.DESIGNS)
def test_the_logo_stands_on_the_cards_of_a_campaign(design: str) -> None:
    assert places(set_card(one := job("en", design, "portrait", "wide")), one)


def test_first_and_last_slide_show_the_logo_and_those_between_do_not() -> None:
    shown = {
        name
        for name in cards.SLIDES
        if any(isinstance(layer, Logo) for layer in cards.layouts()[name].layers)
    }
    assert shown == {"slide-fact", "slide-help"}


def test_words_move_only_where_the_logo_would_touch_them() -> None:
    with_logo = job("en", "claim-and-fact", "og", "wide")
    without = cards.told_job("en", "claim-and-fact", "og", cards.texts("en")[0])
    rects = [[place.rect for place, _ in set_card(one).placed] for one in (with_logo, without)]
    assert rects[0] == rects[1]


def test_words_keep_away_from_a_logo_that_lies_in_their_box() -> None:
    """A team's own design may put the logo anywhere."""
    one = job("en", "fact", "square", "round")
    middle = Logo(box=("40%", "30%", "0", "50%"), align="middle")
    layers = tuple(middle if isinstance(layer, Logo) else layer for layer in one.layout.layers)
    moved = cards.changed(one, layers)
    card = set_card(moved)
    (taken,) = reserved(moved.layout, card.canvas, moved.logo)
    assert not problems_of(moved, card)
    assert not any(meet(place.rect, taken) for place, _ in card.placed)
    assert any(found.place.rect[1] > 0 for found in inked(card))
    check(moved)


def test_what_a_logo_leaves_no_room_for_says_so() -> None:
    """The message named the colours of the brand, which were not to blame."""
    one = job("en", "fact", "og", "round")
    over = Logo(box=("0", "0", "0", "0"), within="canvas")
    filled = cards.changed(one, (*one.layout.layers, over))
    found = problems_of(filled, set_card(filled))
    assert found
    assert {problem.code for problem in found} == {"card-too-long"}
    assert all("logo" in problem.message and "logo" in problem.hint for problem in found)


def test_a_text_that_never_fits_does_not_blame_the_logo() -> None:
    fact = cards.Text("word " * 400, "en")
    one = cards.job(subject=cards.point(fact=fact), logo=logo("wide"))
    assert not any("logo" in problem.message for problem in problems_of(one, set_card(one)))
