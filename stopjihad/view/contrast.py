"""Tell which colours can be read on which (WCAG 2.2), and find the nearest that can.

Lightness and chroma are those of OKLCH (Björn Ottosson, 2020), in which equal steps look equal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

RGB = tuple[int, int, int]
"""Red, green and blue of sRGB, 0 to 255."""

TEXT = 4.5
"""Least contrast of text of any size (WCAG 2.2, 1.4.3, level AA)."""

PART = 3.0
"""Least contrast of parts of the interface (WCAG 2.2, 1.4.11)."""

BLACK: RGB = (0, 0, 0)
WHITE: RGB = (255, 255, 255)


class Lch(NamedTuple):
    """An OKLCH colour: lightness 0 to 1, chroma from 0, hue in radians."""

    light: float
    chroma: float
    hue: float


def read_hex(text: str) -> RGB:
    """Read ``#rrggbb``."""
    red, green, blue = bytes.fromhex(text[1:])
    return red, green, blue


def write_hex(colour: RGB) -> str:
    """Write ``#rrggbb``."""
    return f"#{bytes(colour).hex()}"


def contrast(one: RGB, other: RGB) -> float:
    """Compute the contrast ratio of two colours in any order, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=4096)
def luminance(colour: RGB) -> float:
    """Compute the relative luminance of a colour: 0 for black to 1 for white."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable_on(ground: RGB, *choices: RGB) -> RGB:
    """Choose the colour with the most contrast to a ground.

    Returns:
        The best of the choices, or black or white when none reaches ``TEXT``.
    """
    best = max(choices, key=lambda choice: contrast(choice, ground))
    if contrast(best, ground) >= TEXT:
        return best
    return max((BLACK, WHITE), key=lambda choice: contrast(choice, ground))


def until(colour: Lch, grounds: Iterable[RGB], least: float, *, up: bool = False) -> RGB:
    """Darken (or lighten) a colour until it stands out from every ground.

    Returns:
        The first colour that reaches the ratio, or the end of the scale.
    """
    light = colour.light
    step = 0.01 if up else -0.01
    while 0.0 <= light <= 1.0:
        found = to_rgb(Lch(light, colour.chroma, colour.hue))
        if all(contrast(found, ground) >= least for ground in grounds):
            return found
        light += step
    return WHITE if up else BLACK


def to_lch(colour: RGB) -> Lch:
    """Turn sRGB into OKLCH."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Lch(light, math.hypot(a, b), math.atan2(b, a))


def to_rgb(colour: Lch) -> RGB:
    """Turn OKLCH into sRGB, giving up chroma until the colour exists there."""
    light, chroma, hue = colour
    while True:
        channels = _to_linear(light, chroma, hue)
        if chroma <= 0.0 or all(-0.0005 <= value <= 1.0005 for value in channels):
            break
        chroma = max(0.0, chroma - 0.004)
    red, green, blue = (round(255 * _encode(value)) for value in channels)
    return red, green, blue


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


def _linear(colour: RGB) -> tuple[float, float, float]:
    red, green, blue = colour
    return _decode(red / 255), _decode(green / 255), _decode(blue / 255)


def _decode(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _encode(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return float(12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055)
