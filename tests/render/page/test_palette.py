"""Colours made from any brand can be read."""

from __future__ import annotations

import colorsys
import random

import pytest
from stopjihad.render.page.palette import (
    TEXT,
    Lch,
    contrast,
    luminance,
    make_palette,
    readable_on,
    to_hex,
    to_lch,
)

PLAIN = ("#0b6b5d", "#14232b", "#fbfaf7")


def brands(count: int = 150) -> list[tuple[str, str, str]]:
    """Make brands of every kind, sensible or not; always the same ones."""
    chance = random.Random(7)
    made = [PLAIN, ("#ffff00", "#ffffff", "#ffffff"), ("#000000", "#777777", "#000000")]
    made += [("#ffffff", "#000000", "#808080"), ("#ff0000", "#00ff00", "#0000ff")]
    while len(made) < count:
        made.append(tuple(f"#{chance.randrange(1 << 24):06x}" for _ in range(3)))
    return made


@pytest.mark.parametrize("dark", [False, True])
def test_text_of_any_brand_reaches_the_contrast_of_level_aa(dark):
    for brand in brands():
        made = make_palette(*brand, dark=dark)
        for ground in (made.paper, made.raised, made.wash, made.sky):
            for text in (made.ink, made.soft, made.accent):
                assert contrast(text, ground) >= TEXT, (brand, text, ground)
            assert contrast(made.edge, ground) >= 3, brand
        assert contrast(made.on_accent, made.accent) >= TEXT, brand
        assert contrast(made.on_deep, made.deep) >= TEXT, brand
        assert contrast(made.on_sun, made.sun) >= TEXT, brand
        assert contrast(made.ink, made.paper) >= TEXT


def test_a_brand_that_can_be_read_is_kept_as_it_is():
    made = make_palette(*PLAIN)
    assert (made.accent, made.ink, made.paper) == PLAIN


def test_dark_is_dark_and_light_is_light():
    for brand in brands(40):
        assert luminance(make_palette(*brand).paper) > 0.7
        assert luminance(make_palette(*brand, dark=True).paper) < 0.05


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_colours_survive_the_way_to_oklch_and_back():
    for step in range(0, 360, 7):
        red, green, blue = colorsys.hls_to_rgb(step / 360, 0.5, 0.9)
        colour = "#" + "".join(f"{round(255 * part):02x}" for part in (red, green, blue))
        assert to_hex(to_lch(colour)) == colour


def test_white_and_black_have_the_lightness_they_are_defined_by():
    assert to_lch("#ffffff").light == pytest.approx(1, abs=1e-6)
    assert to_lch("#000000").light == pytest.approx(0, abs=1e-6)
    assert to_hex(Lch(1.2, 0.4, 1)) == "#ffffff"


def test_text_on_a_colour_falls_back_to_black_or_white():
    assert readable_on("#0b6b5d", "#fbfaf7", "#14232b") == "#fbfaf7"
    assert readable_on("#777777", "#888888", "#666666") in {"#000000", "#ffffff"}
