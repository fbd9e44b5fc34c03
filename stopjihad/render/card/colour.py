"""Mix colours, measure contrast, and find a colour of text that can be read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RGB = tuple[int, int, int]

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of any size."""

SPARE = 0.1
"""Contrast beyond 4.5 that is aimed at, so that a palette's rounding cannot take it away."""

PART = 1 << 17
"""Pixels measured at once: numbers in between take eight times the memory of pixels."""

BLACK: RGB = (0, 0, 0)
WHITE: RGB = (255, 255, 255)


def mix(over: RGB, under: RGB, percent: float) -> RGB:
    """Lay one colour over another.

    Args:
        over: the upper colour.
        under: the lower colour.
        percent: how much of the upper one shows, 0 to 100.

    Returns:
        The colour that is seen.
    """
    red, green, blue = (
        round(low + (high - low) * percent / 100) for high, low in zip(over, under, strict=True)
    )
    return red, green, blue


def parse(text: str, names: dict[str, RGB]) -> RGB:
    """Read a colour of a layout.

    Args:
        text: ``#rrggbb``, a name, or ``accent 22% paper`` (22 % of accent on paper).
        names: colours by name.

    Returns:
        The colour.

    Raises:
        KeyError: a name that is not known.
    """
    words = text.split(" ")
    if len(words) == 3:
        return mix(parse(words[0], names), parse(words[2], names), float(words[1].rstrip("%")))
    if text.startswith("#"):
        red, green, blue = bytes.fromhex(text[1:])
        return red, green, blue
    return names[text]


def named(palette: dict[str, str], brand: dict[str, RGB]) -> dict[str, RGB]:
    """Read the colours that a layout names; one may be mixed from others in any order.

    Args:
        palette: colours of the layout by name.
        brand: colours that are known already.

    Returns:
        All colours by name.

    Raises:
        KeyError: a name that is not known, or names that are mixed from each other.
    """
    known = dict(brand)
    pending = dict(palette)
    while pending:
        ready = [name for name, text in pending.items() if known.keys() >= _uses(text)]
        if not ready:
            raise KeyError(min(_uses(pending[min(pending)]) - known.keys()))
        for name in ready:
            known[name] = parse(pending.pop(name), known)
    return known


def _uses(text: str) -> set[str]:
    words = text.split(" ")
    return {word for word in (words[0], words[-1]) if not word.startswith("#")}


@lru_cache(maxsize=4096)
def luminance(colour: RGB) -> float:
    """Give the relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, two: RGB) -> float:
    """Give the contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    Args:
        one: a colour.
        two: the other, in any order.

    Returns:
        The ratio.
    """
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def extremes(pixels: NDArray[np.uint8]) -> tuple[RGB, RGB]:
    """Find the darkest and the lightest colour of an area.

    Args:
        pixels: colours, shape (height, width, 3).

    Returns:
        The darkest and the lightest.
    """
    import numpy as np

    flat = pixels.reshape(-1, 3)
    red, green, blue = _shares()
    ends: list[RGB] = []
    for start in range(0, len(flat), PART):
        part = flat[start : start + PART]
        light = red.take(part[:, 0]) + green.take(part[:, 1]) + blue.take(part[:, 2])
        ends += [_rgb(part[int(np.argmin(light))]), _rgb(part[int(np.argmax(light))])]
    return min(ends, key=luminance), max(ends, key=luminance)


@lru_cache(maxsize=1)
def _shares() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Tabulate what each value of a channel adds to the luminance."""
    import numpy as np

    red, green, blue = (
        np.array([luminance(_channel(at, value)) for value in range(256)]) for at in range(3)
    )
    return red, green, blue


def _channel(at: int, value: int) -> RGB:
    return (value if at == 0 else 0, value if at == 1 else 0, value if at == 2 else 0)


def _rgb(row: NDArray[np.uint8]) -> RGB:
    return int(row[0]), int(row[1]), int(row[2])


def readable(wanted: RGB, dark: RGB, light: RGB) -> RGB | None:
    """Move a colour towards black or white until text in it can be read.

    Args:
        wanted: the colour a designer chose.
        dark: darkest colour behind the text.
        light: lightest colour behind the text.

    Returns:
        The nearest colour with a contrast of at least 4.5 to both, or None: the area is too
        uneven for any colour.
    """
    for step in range(0, 101, 4):
        for end in (BLACK, WHITE):
            tried = mix(end, wanted, step)
            if min(contrast(tried, dark), contrast(tried, light)) >= LEAST_CONTRAST + SPARE:
                return tried
    return None
