"""How a talking point looks: the colours of its theme and tone, on cards and on pages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from stopjihad.catalog.drawing import COLOURS
from stopjihad.catalog.layout import Tone
from stopjihad.view.contrast import (
    PART,
    RGB,
    WHITE,
    Lch,
    contrast,
    luminance,
    read_hex,
    to_lch,
    to_rgb,
    until,
)

HUES: Mapping[str, float] = {
    "justice": 268,
    "belonging": 168,
    "humanitarian": 232,
    "identity": 330,
    "adventure": 52,
    "status": 118,
    "security": 205,
    "money": 84,
}
"""Hue of each pull factor in degrees of OKLCH: as far apart as eight can be without red."""

STRONG, CHROMA = 0.42, 0.095
"""Lightness and chroma of a theme's colour: white on it has a contrast of about 7."""

_SUN, _CLAY = 86, 48

_MIDDLE = 0.179
"""Luminance with the same contrast to black as to white."""

SHAPES = ("art.accent", "art.ink", "art.edge")
"""Colours of the main shapes of drawings, and of the lines around all others: without them nobody
can tell what is drawn."""

SEEN = 1.6
"""Least contrast of a drawing's other colours on a ground that is not the tone's own; on that, the
lines around them show where they are."""


class Look(NamedTuple):
    """Hold what colours a card.

    Attributes:
        brand: accent, ink and paper as ``#rrggbb``.
        theme: pull factor, or a colour as ``#rrggbb``; empty for the brand's accent.
        tone: grave, calm or hopeful.
    """

    brand: tuple[str, str, str]
    theme: str
    tone: Tone


@lru_cache(maxsize=256)
def colours_of(look: Look) -> dict[str, RGB]:
    """Name the colours that every layout and drawing knows.

    Returns:
        Colours by name: ``catalog.layout.LOOK``, and ``art.<name>`` for those of drawings.
    """
    accent, ink, paper = map(read_hex, look.brand)
    strong = _strong(look)
    found = {"accent": accent, "ink": ink, "paper": paper, "white": WHITE, "theme": to_rgb(strong)}
    return found | {name: to_rgb(one) for name, one in _TONES[look.tone](strong).items()}


@lru_cache(maxsize=1024)
def art_colours(look: Look, grounds: tuple[RGB, ...]) -> dict[str, RGB]:
    """Choose the colours of a drawing for what it stands on.

    Those of a tone are made for its field. On the colour of the theme the main shapes of a drawing
    would be as dark as the ground: they are made as much lighter as they need.

    Args:
        grounds: colours below the drawing, that of most of it first.

    Returns:
        Colours by name as ``colours_of``; those of ``SHAPES`` have a contrast of ``PART`` at least.
    """
    found = dict(colours_of(look))
    dark = luminance(grounds[0]) < _MIDDLE
    strange = _least(found["art.accent"], grounds) < PART
    for name in [f"art.{one}" for one in COLOURS]:
        least = PART if name in SHAPES else SEEN if strange else 1.0
        if _least(found[name], grounds) < least:
            found[name] = until(to_lch(found[name]), grounds, least, up=dark)
    return found


def _least(colour: RGB, grounds: tuple[RGB, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _strong(look: Look) -> Lch:
    if look.theme in HUES:
        return Lch(STRONG, CHROMA, math.radians(HUES[look.theme]))
    chosen = to_lch(read_hex(look.theme or look.brand[0]))
    return Lch(min(chosen.light, STRONG + 0.06), min(chosen.chroma, 0.13), chosen.hue)


def _shade(of: Lch, light: float, share: float) -> Lch:
    return Lch(light, of.chroma * share, of.hue)


def _art(colours: tuple[Lch, ...]) -> dict[str, Lch]:
    return {f"art.{name}": one for name, one in zip(COLOURS, colours, strict=True)}


def _calm(strong: Lch) -> dict[str, Lch]:
    """Daylight: a light field, a foot in the theme's colour."""
    return {
        "field": _shade(strong, 0.945, 0.32),
        "glow": _shade(strong, 0.895, 0.5),
        "words": _shade(strong, 0.25, 0.45),
        "panel": strong,
        "panelwords": _shade(strong, 1.0, 0),
        "mark": strong,
        "deep": _shade(strong, 0.3, 0.8),
    } | _art(
        (
            _shade(strong, 0.47, 1.05),
            Lch(0.86, 0.125, math.radians(_SUN)),
            Lch(0.75, 0.09, math.radians(_CLAY)),
            _shade(strong, 0.73, 0.8),
            _shade(strong, 0.86, 0.5),
            _shade(strong, 0.8, 0.3),
            _shade(strong, 1.0, 0),
            _shade(strong, 0.25, 0.45),
            _shade(strong, 0.55, 0.3),
        )
    )


def _grave(strong: Lch) -> dict[str, Lch]:
    """Dusk: a dark field, quiet colours; nothing shines."""
    return {
        "field": _shade(strong, 0.285, 0.42),
        "glow": _shade(strong, 0.345, 0.45),
        "words": _shade(strong, 0.975, 0.06),
        "panel": _shade(strong, 0.21, 0.4),
        "panelwords": _shade(strong, 0.95, 0.08),
        "mark": _shade(strong, 0.82, 0.55),
        "deep": _shade(strong, 0.24, 0.5),
    } | _art(
        (
            _shade(strong, 0.615, 0.75),
            Lch(0.8, 0.035, math.radians(_SUN)),
            Lch(0.63, 0.035, math.radians(_CLAY)),
            _shade(strong, 0.49, 0.6),
            _shade(strong, 0.42, 0.5),
            _shade(strong, 0.4, 0.35),
            _shade(strong, 0.9, 0.1),
            _shade(strong, 0.73, 0.2),
            _shade(strong, 0.62, 0.2),
        )
    )


def _hopeful(strong: Lch) -> dict[str, Lch]:
    """Morning: a warm field, the theme's colour above it."""
    warm = math.radians(_SUN)
    return {
        "field": Lch(0.94, 0.055, warm),
        "glow": Lch(0.895, 0.095, warm),
        "words": _shade(strong, 0.25, 0.5),
        "panel": _shade(strong, 0.985, 0.06),
        "panelwords": _shade(strong, 0.25, 0.45),
        "mark": _shade(strong, 0.45, 1.15),
        "deep": _shade(strong, 0.33, 0.9),
    } | _art(
        (
            _shade(strong, 0.5, 1.15),
            Lch(0.84, 0.145, warm),
            Lch(0.72, 0.115, math.radians(_CLAY)),
            _shade(strong, 0.72, 0.9),
            _shade(strong, 0.85, 0.5),
            _shade(strong, 0.78, 0.4),
            _shade(strong, 1.0, 0),
            _shade(strong, 0.26, 0.5),
            _shade(strong, 0.55, 0.3),
        )
    )


_TONES = {"calm": _calm, "grave": _grave, "hopeful": _hopeful}
