"""Draw what all cards of one design, format and language share, once per process."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.fonts import FontBook
from stopjihad.catalog.formats import FORMATS, Format
from stopjihad.catalog.layout import Bar, Layout, Stack, Text, each, length
from stopjihad.render.card import colour as colours
from stopjihad.render.card import png
from stopjihad.render.card.colour import RGB
from stopjihad.render.card.content import Words
from stopjihad.render.card.layers import paint
from stopjihad.render.card.palette import Indexed, Ink, index
from stopjihad.render.card.pixels import Mark, lay
from stopjihad.render.card.raster import draw, strikes
from stopjihad.render.card.shapes import Mask, panel
from stopjihad.render.card.stack import Place, Rect, Setter, arrange, drawn, rect_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLEED = 3
"""Rows around a box that soft edges of its pills and letters may touch, px."""


class Key(NamedTuple):
    """Hold all that decides a ground; ``layout`` is its canonical JSON."""

    layout: bytes
    format: str
    rtl: bool
    brand: tuple[tuple[str, RGB], ...]
    static: tuple[tuple[str, Words], ...]
    own: tuple[str, ...]
    fonts: FontBook
    logo: bytes
    link: str


class Hues(NamedTuple):
    """Hold the colours of one item: of its words, its pill and its strike."""

    main: RGB
    pill: RGB | None
    struck: RGB | None
    readable: bool


class Ground(NamedTuple):
    """Hold the shared part of a card in palette form, and how to draw the rest.

    Attributes:
        format: the picture format.
        stacks: layers whose words change, with the colours of their items.
        indexed: pixels and palette.
        frame: compressed rows around the band that changes.
        places: what stands on it already, for problems and overlays.
        hues: colours of what stands on it, in the order of ``places``.
    """

    format: Format
    stacks: tuple[tuple[Stack, tuple[Hues, ...]], ...]
    indexed: Indexed
    frame: png.Frame
    places: tuple[Place, ...]
    hues: tuple[Hues, ...]


@lru_cache(maxsize=24)
def ground(key: Key) -> Ground:
    """Draw a ground and reduce it to a palette; kept for the next cards.

    Args:
        key: what decides it; grounds of equal keys are equal.
    """
    form = FORMATS[key.format]
    pixels, places, hues = painted(key)
    stacks = []
    inks: list[Ink] = []
    top, bottom = form.height, 0
    for stack in own_stacks(key):
        rect = rect_of(each(stack.box, form.name), stack.within, form, key.rtl)
        area = _area(pixels, rect)
        shades = tuple(hues_of(item, area, key) for item in stack.items)
        stacks.append((stack, shades))
        inks += _inks(shades, area)
        top = min(top, max(0, int(rect[1]) - BLEED))
        bottom = max(bottom, min(form.height, int(rect[3]) + BLEED + 1))
    indexed = index(pixels, tuple(inks))
    rows = png.frame(indexed.indices, indexed.palette.tobytes(), min(top, bottom), bottom)
    return Ground(form, tuple(stacks), indexed, rows, places, hues)


@lru_cache(maxsize=64)
def layout_of(data: bytes) -> Layout:
    """Read a layout from its canonical JSON; kept, since every card of a design asks."""
    import msgspec

    return msgspec.json.decode(data, type=Layout)


def painted(key: Key) -> tuple[NDArray[np.uint8], tuple[Place, ...], tuple[Hues, ...]]:
    """Draw the ground in full colour.

    Args:
        key: what decides it.

    Returns:
        Pixels of shape (height, width, 3), the places of its words and their colours.
    """
    import numpy as np

    form = FORMATS[key.format]
    pixels = np.empty((form.height, form.width, 3), dtype=np.uint8)
    pixels[:] = dict(key.brand)["paper"]
    setter = Setter(form, key.rtl, dict(key.static), key.fonts)
    places: list[Place] = []
    hues: list[Hues] = []
    own = own_stacks(key)
    for layer in layout_of(key.layout).layers:
        if not drawn(layer, form) or layer in own:
            continue
        if isinstance(layer, Stack):
            for place in arrange(layer, setter):
                shade = hues_of(place.item, _area(pixels, place.rect), key)
                for mark in marks(place, shade):
                    lay(pixels, mark)
                places.append(place)
                hues.append(shade)
        else:
            paint(pixels, layer, key.rtl, form, names(key), key.logo, key.link)
    return pixels, tuple(places), tuple(hues)


def own_stacks(key: Key) -> tuple[Stack, ...]:
    """Give the stacks whose words change from card to card."""
    form = FORMATS[key.format]
    return tuple(
        layer
        for layer in layout_of(key.layout).layers
        if isinstance(layer, Stack)
        and drawn(layer, form)
        and any(isinstance(item, Text) and item.content in key.own for item in layer.items)
    )


def names(key: Key) -> dict[str, RGB]:
    """Give the colours by name: the brand's and the layout's own."""
    return colours.named(layout_of(key.layout).palette, dict(key.brand))


def hues_of(item: Text | Bar, area: NDArray[np.uint8], key: Key) -> Hues:
    """Choose the colours of an item so that its words can be read on the area behind it."""
    known = names(key)
    wanted = colours.parse(item.colour, known)
    if isinstance(item, Bar):
        return Hues(wanted, None, None, readable=True)
    pill = colours.parse(item.pill.colour, known) if item.pill else None
    dark, light = (pill, pill) if pill else colours.extremes(area)
    main = colours.readable(wanted, dark, light)
    struck = colours.parse(item.struck, known) if item.struck else None
    return Hues(main or wanted, pill, struck, readable=main is not None)


def marks(place: Place, shade: Hues) -> list[Mark]:
    """Draw one item: pill, words, strike, or a bar."""
    item = place.item
    left, top, right, bottom = place.rect
    size = (int(right - left) + 2, int(bottom - top) + 2)
    found: list[Mark] = []
    if isinstance(item, Bar) or item.pill:
        x, y = int(left), int(top)
        inside = (left - x, top - y, right - x, bottom - y)
        radius = (bottom - top) / 2 if isinstance(item, Bar) else _radius(item, bottom - top)
        field = panel(size, inside, radius)
        if field is not None:
            found.append(Mark(Mask(x, y, field.cover), shade.pill or shade.main))
    if place.block is not None:
        words = draw(place.block, place.lefts, place.top)
        if words is not None:
            found.append(Mark(words, shade.main))
        if shade.struck is not None:
            found.append(Mark(strikes(place.block, place.lefts, place.top), shade.struck))
    return found


def _radius(item: Text, height: float) -> float:
    """Give a pill's radius in px: a share of its height when written as a percentage."""
    assert item.pill is not None
    return length(item.pill.radius, height, 1.0)


def _area(pixels: NDArray[np.uint8], rect: Rect) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    left, top = min(max(0, int(rect[0])), width - 1), min(max(0, int(rect[1])), height - 1)
    right, bottom = max(left + 1, int(rect[2]) + 1), max(top + 1, int(rect[3]) + 1)
    return pixels[top:bottom, left:right]


def _inks(shades: tuple[Hues, ...], area: NDArray[np.uint8]) -> list[Ink]:
    """Say which colours will be drawn over which."""
    flat = area.reshape(-1, 3)[::7]
    common = Counter(map(tuple, flat.tolist())).most_common(6)
    under = tuple((int(c[0]), int(c[1]), int(c[2])) for c, _ in common)
    inks = []
    for shade in shades:
        if shade.pill:
            inks.append(Ink(shade.pill, under[:2]))
        inks.append(Ink(shade.main, (shade.pill,) if shade.pill else under))
        if shade.struck:
            inks.append(Ink(shade.struck, (*under[:2], shade.main)))
    return inks
