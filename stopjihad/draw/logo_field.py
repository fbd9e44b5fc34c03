"""Give the brand's logo a field of its own where next to nothing of it would be seen.

Cards have light and dark grounds, in the colours of eight themes: a logo that is dark all over is
lost on some of them, one that is white all over on others. The field takes no room of anything
else: it fills the place that the logo has, and the logo gets a little smaller.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import Logo
from stopjihad.draw.base import BaseKey, base, layout_of
from stopjihad.draw.canvas import Canvas
from stopjihad.draw.colour import lights
from stopjihad.draw.pictures import emblem, logo
from stopjihad.draw.pixels import area
from stopjihad.draw.scheme import scheme
from stopjihad.view.contrast import RGB, read_hex
from stopjihad.view.look import Look

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEEN = 2.0
"""Least contrast of what is seen of a logo. The 3 that WCAG 2.2 asks of graphics, 1.4.11, exempts
logos: orange ones would stand on a field on three of four cards. Below 2 a word is hard to find."""

LEAST = 0.05
"""Least share of a logo that must be seen. Of logos in one colour all is seen or nothing; a field,
a second colour or an edge of their own leaves a seventh or more of others."""

PART = 0.25
"""Least share of a logo's place that a colour has to fill for the logo to be looked at on it."""

SIDE = 96
"""Longest side at which a logo is looked at, px: an edge of a hundredth still counts."""


def with_field(key: BaseKey, look: Look) -> BaseKey:
    """Say what a logo of a card without a photo stands on.

    Args:
        key: what decides the base, without a field.

    Returns:
        The key, with a field where the logo needs one.

    Raises:
        PhotoRefused: the logo cannot be decoded.
    """
    if not key.logo:
        return key
    palette = scheme(key._replace(logo=b""), look).palette
    grounds = tuple(palette[tint] for tint in _below(key))
    return key._replace(field=field(key.logo, grounds, look))


def field(data: bytes, grounds: tuple[RGB, ...], look: Look) -> RGB | None:
    """Choose the colour of a logo's field.

    Args:
        data: bytes of the logo.
        look: whose paper or ink the field has.

    Returns:
        The one on which more of the logo is seen; None where it is seen without.

    Raises:
        PhotoRefused: the logo cannot be decoded.
    """
    if all(visible_share(data, ground) >= LEAST for ground in grounds):
        return None
    _, ink, paper = look.brand
    return max((read_hex(paper), read_hex(ink)), key=lambda colour: visible_share(data, colour))


@lru_cache(maxsize=1024)
def visible_share(data: bytes, ground: RGB) -> float:
    """Say how much of a logo is seen on a colour.

    Args:
        data: bytes of the logo.

    Returns:
        Share of what it covers whose contrast to the ground is at least ``SEEN``, 0 to 1; 1 for a
        logo that covers nothing.

    Raises:
        PhotoRefused: the logo cannot be decoded.
    """
    import numpy as np

    pixels = _pixels(data)
    cover = pixels[:, 3:].astype(np.float64) / 255
    shown = np.rint(pixels[:, :3] * cover + np.array(ground) * (1 - cover)).astype(np.uint8)
    own, other = lights(shown), float(lights(np.array([ground], dtype=np.uint8))[0])
    contrast = (np.maximum(own, other) + 0.05) / (np.minimum(own, other) + 0.05)
    whole = float(cover.sum())
    return float(cover[contrast >= SEEN].sum()) / whole if whole else 1.0


@lru_cache(maxsize=8)
def _pixels(data: bytes) -> NDArray[np.uint8]:
    pixels = logo(data, (SIDE, SIDE)).reshape(-1, 4)
    return pixels[pixels[:, 3] > 0]


@lru_cache(maxsize=256)
def _below(key: BaseKey) -> tuple[int, ...]:
    """List the tints that fill a good part of the places of a card's logos."""
    import numpy as np

    bare = base(key._replace(logo=b""))
    found: list[int] = []
    for layer in layout_of(key.layout).layers:
        if isinstance(layer, Logo) and bare.canvas.shows(layer):
            place = area(bare.indices, emblem(layer, bare.canvas, key.logo).rect)
            tints, counts = np.unique(place, return_counts=True)
            found += [int(tint) for tint in tints[counts >= PART * place.size]]
    return tuple(dict.fromkeys(found))


def photo_field(key: BaseKey, pixels: NDArray[np.uint8], look: Look) -> BaseKey:
    """Say what the logo of a card with a photo stands on.

    Args:
        key: what decides the base, without a field.
        pixels: RGB of the card without its logo, shape (height, width, 3).

    Returns:
        The key, with a field where the logo would not be seen on the mean colour of its place.

    Raises:
        PhotoRefused: the logo cannot be decoded.
    """
    import numpy as np

    canvas = Canvas(FORMATS[key.format], key.rtl)
    grounds: list[RGB] = []
    for layer in layout_of(key.layout).layers:
        if isinstance(layer, Logo) and canvas.shows(layer):
            place = area(pixels, emblem(layer, canvas, key.logo).rect).reshape(-1, 3)
            red, green, blue = (round(float(one)) for one in np.mean(place, axis=0))
            grounds.append((red, green, blue))
    return key._replace(field=field(key.logo, tuple(grounds), look))
