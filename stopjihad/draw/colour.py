"""The colours of a card: mixed, compared and made readable."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from stopjihad.view.contrast import BLACK, RGB, TEXT, WHITE, contrast, luminance, read_hex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


SPARE = 0.1
"""Contrast beyond 4.5 that is aimed at, so that a palette's rounding cannot take it away."""

MEASURED = 1 << 17
"""Pixels measured at once: numbers in between take eight times the memory of pixels."""


def mix(over: RGB, under: RGB, percent: float) -> RGB:
    """Lay one colour over another.

    Args:
        under: the lower colour.
        percent: how much of the upper one shows, 0 to 100.
    """
    red, green, blue = (
        round(low + (high - low) * percent / 100) for high, low in zip(over, under, strict=True)
    )
    return red, green, blue


def parse(text: str, names: dict[str, RGB]) -> RGB:
    """Read a colour of a layout.

    Args:
        text: ``#rrggbb``, a name, or ``accent 22% paper`` (22 % of accent on paper).

    Raises:
        KeyError: a name that is not known.
    """
    words = text.split(" ")
    if len(words) == 3:
        return mix(parse(words[0], names), parse(words[2], names), float(words[1].rstrip("%")))
    if text.startswith("#"):
        return read_hex(text)
    return names[text]


def read_colours(palette: dict[str, str], brand: dict[str, RGB]) -> dict[str, RGB]:
    """Read the colours that a layout names; one may be mixed from others in any order.

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


def extremes(pixels: NDArray[np.uint8]) -> tuple[RGB, RGB]:
    """Find the darkest and the lightest colour of an area.

    Args:
        pixels: colours, shape (height, width, 3).
    """
    import numpy as np

    flat = pixels.reshape(-1, 3)
    ends: list[RGB] = []
    for start in range(0, len(flat), MEASURED):
        part = flat[start : start + MEASURED]
        light = lights(part)
        ends += [_rgb(part[int(np.argmin(light))]), _rgb(part[int(np.argmax(light))])]
    return min(ends, key=luminance), max(ends, key=luminance)


def lights(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Give the relative luminance of each of some colours, shape (number, 3)."""
    red, green, blue = _shares()
    found: NDArray[np.float64] = red.take(pixels[:, 0])
    return found + green.take(pixels[:, 1]) + blue.take(pixels[:, 2])


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

    Returns:
        The nearest colour with a contrast of at least 4.5 to both, or None: the area is too
        uneven for any colour.
    """
    for step in range(0, 101, 4):
        for end in (BLACK, WHITE):
            tried = mix(end, wanted, step)
            if min(contrast(tried, dark), contrast(tried, light)) >= TEXT + SPARE:
                return tried
    return None
