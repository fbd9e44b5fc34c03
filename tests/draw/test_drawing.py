"""Drawings move, shrink and step aside for words, and are mirrored with the reading direction."""

from __future__ import annotations

import itertools
import zlib

import numpy as np
import pytest
from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import Art
from stopjihad.draw.canvas import Canvas
from stopjihad.draw.card import set_card
from stopjihad.draw.drawing import Sprite, close_outline, fill, line, place_art, sprite
from stopjihad.view.contrast import contrast
from stopjihad.view.look import HUES, SHAPES

from support import cards
from support.card_checks import below_words

SQUARE = Canvas(FORMATS["square"], rtl=False)
LAYER = Art(box=("0", "0", "0", "0"), least="100")


def place(*words: tuple[float, float, float, float], canvas: Canvas = SQUARE):
    return place_art(LAYER, cards.drawings()["letter"], canvas, words)


def test_a_drawing_takes_the_room_that_words_leave() -> None:
    whole, below = place(), place((0, 0, 1080, 500))
    assert whole is not None
    assert below is not None
    assert whole.sprite.size[1] > below.sprite.size[1] >= 500
    assert below.rect[1] > 500
    assert below.rect[2] == pytest.approx(1080, abs=1)


def test_a_drawing_moves_to_the_side_of_words() -> None:
    beside = place((0, 0, 400, 1080))
    assert beside is not None
    assert beside.rect[0] > 400


def test_a_drawing_steps_aside_where_words_take_all() -> None:
    assert place((0, 0, 1000, 1000)) is None


def test_a_drawing_is_mirrored_with_the_reading_direction() -> None:
    arabic = place((0, 0, 1080, 500), canvas=SQUARE._replace(rtl=True))
    assert arabic is not None
    assert arabic.rect[0] == pytest.approx(0, abs=1)
    svg = cards.drawings()["telephone"]
    one, other = (_codes(sprite(svg, 96, mirrored=mirrored)) > 0 for mirrored in (False, True))
    assert (one != other[:, ::-1]).mean() < 0.01


@pytest.mark.parametrize("name", sorted(cards.drawings()))
def test_every_drawing_is_drawn_at_any_size(name: str) -> None:
    for height in (96, 320, 800):
        drawn = sprite(cards.drawings()[name], height, mirrored=False)
        codes = _codes(drawn)
        assert 0.05 < (codes > 0).mean() < 0.999
        assert len(drawn.tints) > 4


def test_every_drawing_has_main_shapes() -> None:
    for name, svg in cards.drawings().items():
        drawn = sprite(svg, 128, mirrored=False)
        codes = _codes(drawn)
        assert _main(drawn)[codes].sum() > 0.07 * (codes > 0).sum(), name


SHOWN = [
    (design, form)
    for design, layout in sorted(cards.layouts().items())
    for form in cards.FORMATS
    if any(isinstance(one, Art) and form in (one.formats or cards.FORMATS) for one in layout.layers)
]
LOOKS = [(theme, tone) for tone in cards.TONES for theme in sorted(HUES)]


@pytest.mark.parametrize("step", [1511, pytest.param(13, marks=pytest.mark.long)])
def test_main_shapes_stand_out_in_every_theme_and_tone(step: int) -> None:
    """A dark green controller stood on dark green; each form takes some of 40,000 cards."""
    cases = list(itertools.product(SHOWN, sorted(cards.drawings().items()), LOOKS))
    seen = 0
    for (design, form), (name, svg), (theme, tone) in cases[::step]:
        look = {"drawing": svg, "theme": theme, "tone": tone}
        made = cards.slide_job if design.startswith("slide-") else cards.job
        words = ("Recruiters.",) if design.startswith("slide-") else ()
        card = set_card(made("en", design, form, *words, **look))
        for one in card.art:
            left, top, right, bottom = (int(edge) for edge in one.rect)
            part = np.s_[top:bottom, left:right]
            main = _main(one.sprite)[_codes(one.sprite)]
            ground = below_words(card._replace(art=()))[part][main]
            pairs = np.concatenate([below_words(card)[part][main], ground], axis=1)
            colours, counts = np.unique(pairs, axis=0, return_counts=True)
            ratios = np.array([contrast(tuple(row[:3]), tuple(row[3:])) for row in colours])
            assert counts[ratios >= 3].sum() > 0.9 * counts.sum(), (name, design, form, theme, tone)
            seen += 1
    assert seen > 0.9 * len(cases) / step


def _main(drawn: Sprite) -> np.ndarray:
    """Tell of each tint of a drawing whether it is the whole colour of a main shape."""
    return np.array([tint.over in SHAPES and tint.under < 0 for tint in drawn.tints])


def test_outlines_have_the_area_they_should() -> None:
    turns = np.linspace(0, 2 * np.pi, 200)
    ring = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    disc = fill([close_outline(ring * 40 + 50.3)])
    hollow = fill([close_outline(ring * 40 + 50.3), close_outline(ring[::-1] * 20 + 50.3)])
    stroke = line([np.array([[20.0, 50.0], [120.0, 50.0]])], 10)
    areas = [one.cover.astype(float).sum() / 255 for one in (disc, hollow, stroke) if one]
    assert areas == pytest.approx([5026.5, 3769.9, 1078.5], rel=0.01)


def _codes(drawn) -> np.ndarray:
    width, height = drawn.size
    return np.frombuffer(zlib.decompress(drawn.data), dtype=np.uint8).reshape(height, width)
