"""Colours of the site from the three of the brand, with contrast that is computed, not hoped for.

The style sheet and drawings are published with them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from stopjihad.view.contrast import (
    PART,
    RGB,
    TEXT,
    WHITE,
    Lch,
    read_hex,
    readable_on,
    to_lch,
    to_rgb,
    until,
    write_hex,
)
from stopjihad.view.look import HUES

COMFORT = 5.2
"""Contrast aimed at for small text, so that tints behind it stay above ``TEXT``."""

DAYLIGHT = 0.94
"""Least lightness (OKLCH) of the page in light mode: a darker brand paper is lightened to it."""


class Palette(NamedTuple):
    """The colours of one mode; names are those of the style sheet."""

    paper: RGB
    raised: RGB
    wash: RGB
    ink: RGB
    soft: RGB
    line: RGB
    edge: RGB
    accent: RGB
    on_accent: RGB
    deep: RGB
    on_deep: RGB
    on_sun: RGB
    sky: RGB
    sun: RGB
    clay: RGB
    leaf: RGB
    shade: RGB
    snow: RGB


def make_palette(accent: str, ink: str, paper: str, *, dark: bool = False) -> Palette:
    """Make the colours of one mode.

    Returns:
        A palette in which ``ink``, ``soft`` and ``accent`` reach 4.5:1 on ``paper``, ``raised``,
        ``wash``, ``sky`` and the heads of pages of its mode (``HEADS``); ``on_accent`` reaches
        it on ``accent``, ``on_deep`` on ``deep`` and ``on_sun`` on ``sun``.
    """
    strong, text = to_lch(read_hex(accent)), to_lch(read_hex(ink))
    return _dark(strong, text) if dark else _light(strong, text, read_hex(paper))


def _light(strong: Lch, text: Lch, paper: RGB) -> Palette:
    page = to_lch(paper)
    if page.light < DAYLIGHT:
        page = Lch(DAYLIGHT, min(page.chroma, 0.02), page.hue)
        paper = to_rgb(page)
    raised = to_rgb(Lch(min(1.0, page.light + 0.02), page.chroma * 0.4, page.hue))
    wash = to_rgb(Lch(page.light - 0.035, 0.018, strong.hue))
    sky = to_rgb(Lch(0.925, 0.032, math.radians(222)))
    grounds = (paper, raised, wash, sky, *_skies("light"))
    accent = until(strong, grounds, TEXT)
    ink = until(text, grounds, COMFORT)
    soft = until(Lch(0.5, min(text.chroma, 0.03), text.hue), grounds, COMFORT)
    return Palette(
        paper=paper,
        raised=raised,
        wash=wash,
        ink=ink,
        soft=soft,
        line=to_rgb(Lch(page.light - 0.11, 0.012, text.hue)),
        edge=until(Lch(0.66, 0.02, text.hue), grounds, PART),
        accent=accent,
        on_accent=readable_on(accent, paper, ink),
        deep=accent,
        on_deep=readable_on(accent, paper, ink),
        on_sun=readable_on(_SUN, ink),
        sky=sky,
        sun=_SUN,
        clay=to_rgb(Lch(0.77, 0.085, math.radians(48))),
        leaf=to_rgb(Lch(0.74, 0.07, strong.hue)),
        shade=to_rgb(Lch(0.84, 0.03, math.radians(232))),
        snow=WHITE,
    )


def _dark(strong: Lch, text: Lch) -> Palette:
    paper = to_rgb(Lch(0.215, min(text.chroma, 0.022), text.hue))
    raised = to_rgb(Lch(0.255, min(text.chroma, 0.024), text.hue))
    wash = to_rgb(Lch(0.275, 0.026, math.radians(222)))
    sky = to_rgb(Lch(0.305, 0.036, math.radians(226)))
    grounds = (paper, raised, wash, sky, *_skies("dark", "grave"))
    accent = until(Lch(0.8, min(strong.chroma, 0.1), strong.hue), grounds, COMFORT, up=True)
    return Palette(
        paper=paper,
        raised=raised,
        wash=wash,
        ink=until(Lch(0.94, 0.008, text.hue), grounds, 7.0, up=True),
        soft=until(Lch(0.74, 0.018, text.hue), grounds, COMFORT, up=True),
        line=to_rgb(Lch(0.37, 0.02, text.hue)),
        edge=until(Lch(0.6, 0.02, text.hue), grounds, PART, up=True),
        accent=accent,
        on_accent=readable_on(accent, paper, WHITE),
        deep=sky,
        on_deep=WHITE,
        on_sun=readable_on(_DUSK, paper),
        sky=sky,
        sun=_DUSK,
        clay=to_rgb(Lch(0.68, 0.08, math.radians(48))),
        leaf=to_rgb(Lch(0.58, 0.07, strong.hue)),
        shade=to_rgb(Lch(0.42, 0.035, math.radians(232))),
        snow=to_rgb(Lch(0.86, 0.012, math.radians(232))),
    )


_SUN = to_rgb(Lch(0.86, 0.125, math.radians(86)))
_DUSK = to_rgb(Lch(0.83, 0.115, math.radians(86)))


class Head(NamedTuple):
    """Lightness and chroma (OKLCH) of what the head of a page has in the hue of its theme.

    Attributes:
        sky: its ground.
        art: the main colour of its drawing.
        leaf: the second one.
    """

    sky: tuple[float, float]
    art: tuple[float, float]
    leaf: tuple[float, float]

    def colours(self, hue: float) -> tuple[RGB, RGB, RGB]:
        """Give the three in a hue, in degrees."""
        sky, art, leaf = (to_rgb(Lch(*one, math.radians(hue))) for one in self)
        return sky, art, leaf


HEADS = {
    "light": Head((0.925, 0.032), (0.47, 0.075), (0.73, 0.07)),
    "dark": Head((0.305, 0.03), (0.78, 0.08), (0.56, 0.06)),
    "grave": Head((0.285, 0.03), (0.78, 0.08), (0.56, 0.06)),
}
"""Heads of pages by mode; those of grave texts are as dark as dusk by day, too. All exist in
sRGB in each hue of ``HUES``, so that browsers show what is computed here."""

WARM = {"light": Lch(0.94, 0.05, math.radians(86)), "dark": Lch(0.31, 0.04, math.radians(86))}
"""Ground of the head of hopeful texts by mode, whatever their theme."""


def _skies(*modes: str) -> list[RGB]:
    """Give the grounds of the heads of pages."""
    found = [HEADS[mode].colours(hue)[0] for mode in modes for hue in HUES.values()]
    return [*found, *(to_rgb(WARM[mode]) for mode in modes if mode in WARM)]


_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_VARIABLE = re.compile(r"var\(--([a-z-]+)\)")


def brand_stylesheet(source: str, *, accent: str, ink: str, paper: str) -> str:
    """Put the brand's colours before the style sheet and take out what only people read."""
    light = _variables(make_palette(accent, ink, paper))
    dark = _variables(make_palette(accent, ink, paper, dark=True))
    colours = (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"@supports (color:oklch(0 0 0)){{@media screen{{{_themes()}.grave{{{dark}}}"
        f"{_head('.hue', 'light')}{_head('.hue.grave', 'grave')}{_warm('light')}}}"
        f"@media screen and (prefers-color-scheme:dark){{{_head('.hue', 'dark')}{_warm('dark')}}}}}"
        f"@media print{{:root{{color-scheme:light;{light}}}}}"
    )
    return f"{colours}{shorten(source)}\n"


def _themes() -> str:
    return "".join(f".{name}{{--hue:{hue:g}}}" for name, hue in HUES.items())


def _head(selector: str, mode: str) -> str:
    said = (
        f"--{name}:oklch({light} {chroma} var(--hue))"
        for name, (light, chroma) in HEADS[mode]._asdict().items()
    )
    return f"{selector}{{{';'.join(said)}}}"


def _warm(mode: str) -> str:
    return f".hopeful{{--sky:{write_hex(to_rgb(WARM[mode]))}}}"


_FACE = re.compile(r"@font-face\{[^{}]*?url\(([a-z.0-9-]+)\)[^{}]*\}")


def name_fonts(css: str, addresses: Mapping[str, str]) -> str:
    """Give the fonts that a short style sheet names the addresses under which they are published.

    Args:
        addresses: file name to address, as seen from the style sheet; a font without one is left
            out, and readers see their system's letters.
    """

    def give_address(rule: re.Match[str]) -> str:
        address = addresses.get(rule[1])
        return rule[0].replace(f"({rule[1]})", f"({address})") if address else ""

    return _FACE.sub(give_address, css)


def brand_drawing(source: str, palette: Palette) -> str:
    """Replace ``var(--accent)`` and the like in a drawing that stands alone.

    Raises:
        KeyError: when the drawing names a colour that the palette lacks.
    """
    colours = _colours_by_name(palette)
    return _VARIABLE.sub(lambda match: colours[match[1]], source)


def shorten(source: str) -> str:
    """Take comments and needless white space out of a style sheet.

    Strings in our style sheets hold no white space that matters, and selectors never need a space
    beside ``{ } ; , >``; spaces around ``:`` and ``+`` stay, for they can matter.

    Returns:
        The same rules in fewer bytes.
    """
    text = _COMMENT.sub("", source)
    text = _AROUND.sub(r"\1", _SPACE.sub(" ", text))
    return text.replace(";}", "}").replace(": ", ":").strip()


def _variables(palette: Palette) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in _colours_by_name(palette).items())


def _colours_by_name(palette: Palette) -> dict[str, str]:
    """Give the colours as ``#rrggbb`` by their names in style sheets."""
    return {name.replace("_", "-"): write_hex(one) for name, one in palette._asdict().items()}
