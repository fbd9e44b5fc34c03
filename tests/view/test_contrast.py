"""Which colours can be read on which is told as WCAG and OKLCH have it."""

from __future__ import annotations

import colorsys

import pytest
from stopjihad.view.contrast import (
    BLACK,
    WHITE,
    Lch,
    contrast,
    read_hex,
    readable_on,
    to_lch,
    to_rgb,
    write_hex,
)


def test_contrast_is_that_of_wcag():
    grey = read_hex("#777777")
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(grey, WHITE) == pytest.approx(4.478, abs=0.001)
    assert contrast(WHITE, grey) == contrast(grey, WHITE)


def test_colours_survive_the_way_to_oklch_and_back():
    for step in range(0, 360, 7):
        red, green, blue = colorsys.hls_to_rgb(step / 360, 0.5, 0.9)
        colour = (round(255 * red), round(255 * green), round(255 * blue))
        assert to_rgb(to_lch(colour)) == colour


def test_white_and_black_have_the_lightness_they_are_defined_by():
    assert to_lch(WHITE).light == pytest.approx(1, abs=1e-6)
    assert to_lch(BLACK).light == pytest.approx(0, abs=1e-6)
    assert to_rgb(Lch(1.2, 0.4, 1)) == WHITE


def test_text_on_a_colour_falls_back_to_black_or_white():
    green, paper, ink = map(read_hex, ("#0b6b5d", "#fbfaf7", "#14232b"))
    assert readable_on(green, paper, ink) == paper
    assert readable_on((119,) * 3, (136,) * 3, (102,) * 3) in {BLACK, WHITE}


def test_a_colour_is_written_as_it_is_read():
    assert read_hex("#0b6bfd") == (11, 107, 253)
    assert write_hex((11, 107, 253)) == "#0b6bfd"
