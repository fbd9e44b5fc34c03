"""Every area of every drawing is seen on every ground: by day, by night and on paper."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from stopjihad.catalog.drawing import COLOURS
from stopjihad.draw.drawing import sprite
from stopjihad.theme.palette import HEADS, WARM, make_palette
from stopjihad.view.contrast import RGB, WHITE, contrast, to_lch, to_rgb
from stopjihad.view.look import HUES, Look, art_colours, colours_of

from support import cards, sample_site

LEAST = 1.6
"""Contrast below which an area cannot be told from its ground."""

BRANDS = [tuple(sample_site.BRAND.values()), ("#ffd000", "#000000", "#ffffff")]

Standing = tuple[str, RGB, dict[str, RGB]]
"""A ground by name, its colour, and the colours that drawings have on it."""


def at_the_edge(svg: str) -> set[str]:
    """Name the colours of what meets the ground, beyond the soft edge."""
    drawn = sprite(svg, 480, mirrored=False)
    codes = np.frombuffer(zlib.decompress(drawn.data), np.uint8).reshape(drawn.size[::-1])
    ground = np.pad(codes, 2) == 0
    near = ground.copy()
    for _ in range(2):
        near[1:] |= near[:-1].copy()
        near[:-1] |= near[1:].copy()
        near[:, 1:] |= near[:, :-1].copy()
        near[:, :-1] |= near[:, 1:].copy()
    counts = np.bincount(codes[(near & ~ground)[2:-2, 2:-2]], minlength=len(drawn.tints))
    whole = [number for number, tint in enumerate(drawn.tints) if number and tint.under < 0]
    return {drawn.tints[n].over.removeprefix("art.") for n in whole if counts[n] > 24}


@cache
def edges() -> dict[str, set[str]]:
    """Give the colours at the edge of every drawing: who only collects tests draws none."""
    return {name: at_the_edge(svg) for name, svg in sorted(cards.drawings().items())}


def on_pages(brand: tuple[str, str, str]) -> Iterator[Standing]:
    """Give grounds of pages."""
    for dark in (False, True):
        made = make_palette(*brand, dark=dark)
        own = {name: getattr(made, name) for name in COLOURS}
        mode = "dark" if dark else "light"
        grounds = {name: getattr(made, name) for name in ("paper", "raised", "wash", "sky")}
        for name, ground in (grounds if dark else grounds | {"print": WHITE}).items():
            yield f"{mode} {name}", ground, own
        yield f"{mode} warm", to_rgb(WARM[mode]), own
        for theme, hue in HUES.items():
            for head in {mode, "grave"} if dark else {mode}:
                sky, art, leaf = HEADS[head].colours(hue)
                themed = own | {"accent": art, "leaf": leaf}
                for ground in (sky, made.raised, to_rgb(WARM[mode])):
                    yield f"{head} {theme}", ground, themed


def on_cards(brand: tuple[str, str, str]) -> Iterator[Standing]:
    """Give grounds of cards, slides and films."""
    for tone in cards.TONES:
        for theme in ("", *HUES):
            look = Look(brand, theme, tone)
            for part in ("field", "glow", "panel", "theme"):
                ground = colours_of(look)[part]
                found = art_colours(look, (ground,))
                colours = {name: found[f"art.{name}"] for name in COLOURS}
                yield f"card {tone} {theme} {part}", ground, colours


@pytest.mark.parametrize("brand", BRANDS)
def test_every_area_of_every_drawing_is_seen_on_every_ground(brand: tuple[str, str, str]) -> None:
    """A white cup was gone, and steam rose from nothing."""
    grounds = [*on_pages(brand), *on_cards(brand)]
    faint = [
        (name, where, colour)
        for where, ground, colours in grounds
        for name, found in edges().items()
        for colour in found
        if contrast(colours[colour], ground) < LEAST
    ]
    assert not faint, faint[:20]
    assert len(edges()) >= 37
    assert len(grounds) >= 170


def test_an_area_without_its_line_is_found() -> None:
    cup = cards.drawings()["two-cups"].replace('class="sd"', 'class="sp"')
    assert "snow" in at_the_edge(cup)
    assert "snow" not in edges()["two-cups"]


def test_browsers_show_the_colours_that_are_computed() -> None:
    for head in HEADS.values():
        for hue in HUES.values():
            for asked, made in zip(head, head.colours(hue), strict=True):
                light, chroma, _ = to_lch(made)
                assert (light, chroma) == pytest.approx(asked, abs=0.004)
