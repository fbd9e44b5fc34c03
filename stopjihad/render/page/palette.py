"""Colours of the site from the three of the brand, with contrast that is computed, not hoped for.

Lightness and chroma are those of OKLCH (Björn Ottosson, 2020), in which equal steps look equal. The
style sheet and drawings are published with them.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

TEXT = 4.5
"""Least contrast of text (WCAG 2.2, 1.4.3, level AA)."""

COMFORT = 5.2
"""Contrast aimed at for small text, so that tints behind it stay above ``TEXT``."""

PART = 3.0
"""Least contrast of parts of the interface (WCAG 2.2, 1.4.11)."""


DAYLIGHT = 0.94
"""Least lightness (OKLCH) of the page in light mode: a darker brand paper is lightened to it."""


class Lch(NamedTuple):
    """An OKLCH colour: lightness 0 to 1, chroma from 0, hue in radians."""

    light: float
    chroma: float
    hue: float


class Palette(NamedTuple):
    """The colours of one mode as ``#rrggbb``; names are those of the style sheet."""

    paper: str
    raised: str
    wash: str
    ink: str
    soft: str
    line: str
    edge: str
    accent: str
    on_accent: str
    deep: str
    on_deep: str
    on_sun: str
    sky: str
    sun: str
    clay: str
    leaf: str
    shade: str
    snow: str


def make_palette(accent: str, ink: str, paper: str, *, dark: bool = False) -> Palette:
    """Make the colours of one mode.

    Args:
        accent: the brand's accent, ``#rrggbb``.
        ink: the brand's text colour.
        paper: the brand's page colour.
        dark: whether to make the dark mode.

    Returns:
        A palette in which ``ink``, ``soft`` and ``accent`` reach 4.5:1 on ``paper``, ``raised``,
        ``wash`` and ``sky``; ``on_accent`` reaches it on ``accent``, ``on_deep`` on ``deep`` and
        ``on_sun`` on ``sun``.
    """
    strong, text, page = to_lch(accent), to_lch(ink), to_lch(paper)
    if dark:
        return _dark(strong, text)
    if page.light < DAYLIGHT:
        page = Lch(DAYLIGHT, min(page.chroma, 0.02), page.hue)
        paper = to_hex(page)
    return _light(strong, text, page, paper)


def _light(strong: Lch, text: Lch, page: Lch, paper: str) -> Palette:
    raised = to_hex(Lch(min(1.0, page.light + 0.02), page.chroma * 0.4, page.hue))
    wash = to_hex(Lch(page.light - 0.035, 0.018, strong.hue))
    sky = to_hex(Lch(0.925, 0.032, math.radians(222)))
    grounds = (paper, raised, wash, sky)
    accent = until(strong, grounds, TEXT)
    ink = until(text, grounds, COMFORT)
    soft = until(Lch(0.5, min(text.chroma, 0.03), text.hue), grounds, COMFORT)
    return Palette(
        paper=paper,
        raised=raised,
        wash=wash,
        ink=ink,
        soft=soft,
        line=to_hex(Lch(page.light - 0.11, 0.012, text.hue)),
        edge=until(Lch(0.66, 0.02, text.hue), grounds, PART),
        accent=accent,
        on_accent=readable_on(accent, paper, ink),
        deep=accent,
        on_deep=readable_on(accent, paper, ink),
        on_sun=readable_on(_SUN, ink),
        sky=sky,
        sun=_SUN,
        clay=to_hex(Lch(0.77, 0.085, math.radians(48))),
        leaf=to_hex(Lch(0.74, 0.07, strong.hue)),
        shade=to_hex(Lch(0.84, 0.03, math.radians(232))),
        snow="#ffffff",
    )


def _dark(strong: Lch, text: Lch) -> Palette:
    paper = to_hex(Lch(0.215, min(text.chroma, 0.022), text.hue))
    raised = to_hex(Lch(0.255, min(text.chroma, 0.024), text.hue))
    wash = to_hex(Lch(0.275, 0.026, math.radians(222)))
    sky = to_hex(Lch(0.305, 0.036, math.radians(226)))
    grounds = (paper, raised, wash, sky)
    accent = until(Lch(0.8, min(strong.chroma, 0.1), strong.hue), grounds, COMFORT, up=True)
    return Palette(
        paper=paper,
        raised=raised,
        wash=wash,
        ink=until(Lch(0.94, 0.008, text.hue), grounds, 7.0, up=True),
        soft=until(Lch(0.74, 0.018, text.hue), grounds, COMFORT, up=True),
        line=to_hex(Lch(0.37, 0.02, text.hue)),
        edge=until(Lch(0.6, 0.02, text.hue), grounds, PART, up=True),
        accent=accent,
        on_accent=readable_on(accent, paper, "#ffffff"),
        deep=sky,
        on_deep="#ffffff",
        on_sun=readable_on(_DUSK, paper),
        sky=sky,
        sun=_DUSK,
        clay=to_hex(Lch(0.68, 0.08, math.radians(48))),
        leaf=to_hex(Lch(0.58, 0.07, strong.hue)),
        shade=to_hex(Lch(0.42, 0.035, math.radians(232))),
        snow=to_hex(Lch(0.86, 0.012, math.radians(232))),
    )


def until(colour: Lch, grounds: tuple[str, ...], least: float, *, up: bool = False) -> str:
    """Darken (or lighten) a colour until it stands out from every ground.

    Args:
        colour: where to start.
        grounds: colours behind it, ``#rrggbb``.
        least: contrast ratio to reach.
        up: lighten instead.

    Returns:
        The first colour that reaches the ratio, or the end of the scale.
    """
    light = colour.light
    step = 0.01 if up else -0.01
    while 0.0 <= light <= 1.0:
        found = to_hex(Lch(light, colour.chroma, colour.hue))
        if all(contrast(found, ground) >= least for ground in grounds):
            return found
        light += step
    return "#ffffff" if up else "#000000"


def readable_on(ground: str, *choices: str) -> str:
    """Choose the colour with the most contrast to a ground.

    Args:
        ground: the colour behind, ``#rrggbb``.
        *choices: colours to choose from.

    Returns:
        The best of the choices, or black or white when none reaches 4.5:1.
    """
    best = max(choices, key=lambda choice: contrast(choice, ground))
    if contrast(best, ground) >= TEXT:
        return best
    return max(("#000000", "#ffffff"), key=lambda choice: contrast(choice, ground))


def contrast(one: str, other: str) -> float:
    """Compute the contrast ratio of two colours (WCAG 2.2, from 1 to 21).

    Args:
        one: ``#rrggbb``.
        other: ``#rrggbb``.

    Returns:
        The ratio.
    """
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Compute the relative luminance of a colour (WCAG 2.2).

    Args:
        colour: ``#rrggbb``.

    Returns:
        0 for black to 1 for white.
    """
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_lch(colour: str) -> Lch:
    """Turn ``#rrggbb`` into OKLCH.

    Args:
        colour: ``#rrggbb``.

    Returns:
        The colour in OKLCH.
    """
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Lch(light, math.hypot(a, b), math.atan2(b, a))


def to_hex(colour: Lch) -> str:
    """Turn OKLCH into ``#rrggbb``, giving up chroma until the colour exists in sRGB.

    Args:
        colour: the colour in OKLCH.

    Returns:
        ``#rrggbb``.
    """
    light, chroma, hue = colour
    while True:
        channels = _to_linear(light, chroma, hue)
        if chroma <= 0.0 or all(-0.0005 <= value <= 1.0005 for value in channels):
            break
        chroma = max(0.0, chroma - 0.004)
    return "#" + "".join(f"{round(255 * _encode(value)):02x}" for value in channels)


def _to_linear(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _decode(red), _decode(green), _decode(blue)


def _decode(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _encode(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return float(12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055)


_SUN = to_hex(Lch(0.86, 0.125, math.radians(86)))
_DUSK = to_hex(Lch(0.83, 0.115, math.radians(86)))


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_VARIABLE = re.compile(r"var\(--([a-z-]+)\)")


def brand_stylesheet(source: str, *, accent: str, ink: str, paper: str) -> str:
    """Put the brand's colours before the style sheet and take out what only people read.

    Args:
        source: text of ``assets/site.css``.
        accent: the brand's accent, ``#rrggbb``.
        ink: the brand's text colour.
        paper: the brand's page colour.

    Returns:
        The style sheet to publish.
    """
    light = _variables(make_palette(accent, ink, paper))
    dark = _variables(make_palette(accent, ink, paper, dark=True))
    colours = (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"@media print{{:root{{color-scheme:light;{light}}}}}"
    )
    return f"{colours}{shorten(source)}\n"


def brand_drawing(source: str, palette: Palette) -> str:
    """Replace ``var(--accent)`` and the like in a drawing that stands alone.

    Args:
        source: text of an SVG file.
        palette: the colours.

    Returns:
        The SVG file to publish.

    Raises:
        KeyError: when the drawing names a colour that the palette lacks.
    """
    colours = {name.replace("_", "-"): value for name, value in palette._asdict().items()}
    return _VARIABLE.sub(lambda match: colours[match[1]], source)


def shorten(source: str) -> str:
    """Take comments and needless white space out of a style sheet.

    Strings in our style sheets hold no white space that matters, and selectors never need a space
    beside ``{ } ; , >``; spaces around ``:`` and ``+`` stay, for they can matter.

    Args:
        source: the style sheet.

    Returns:
        The same rules in fewer bytes.
    """
    text = _COMMENT.sub("", source)
    text = _AROUND.sub(r"\1", _SPACE.sub(" ", text))
    return text.replace(";}", "}").replace(": ", ":").strip()


def _variables(palette: Palette) -> str:
    return ";".join(
        f"--{name.replace('_', '-')}:{value}" for name, value in palette._asdict().items()
    )
