"""Draw what all cards of a design and format share in every look, or on a photo."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import Art, Bar, Code, Layout, Logo, Photo, Plot, Stack, TextLayer
from stopjihad.draw import colour as colours
from stopjihad.draw.canvas import Canvas, Rect, panel, whole
from stopjihad.draw.layers import Pixels, Surface, TintPainter, paint, qr_code
from stopjihad.draw.pictures import cover, cut_outside, emblem, reserved_areas, shade, strength
from stopjihad.draw.pixels import (
    ART,
    BAND,
    MOST,
    Mark,
    Tint,
    Tints,
    area,
    blend,
    lay,
    lay_picture,
)
from stopjihad.draw.plot import plot_stack
from stopjihad.view.contrast import RGB
from stopjihad.view.look import Look, colours_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


UNDER = 3
"""Colours of a stack's ground that get shades towards its inks; more do not fit into a palette."""

PACKED = 128
"""Bases kept in a process, their pictures compressed to some KB: unpacking one for the next
language takes a tenth of the time that painting does."""


class BaseKey(NamedTuple):
    """All that decides a base; ``layout`` is canonical JSON, ``draw_code`` tells of a QR code.

    ``field``: colour of what the logo stands on; None where that is the card.
    """

    layout: bytes
    format: str
    rtl: bool
    logo: bytes
    coded: bool
    field: RGB | None = None


class Base(NamedTuple):
    """A base whose colours are still names.

    Attributes:
        canvas: format and direction.
        layout: the design.
        stacks: its stacks for this format.
        behind: per stack, the tints that lie in its box, by index.
        inks: per stack and item, names of the colours of words, pill and strike.
        tints: the colours of the picture.
        indices: the picture, shape (height, width).
        blends: per name of an ink the table that lays it on.
        taken: what the logo covers, px; none without one.
    """

    canvas: Canvas
    layout: Layout
    stacks: tuple[Stack, ...]
    behind: tuple[tuple[int, ...], ...]
    inks: tuple[tuple[tuple[str, str, str], ...], ...]
    tints: tuple[Tint, ...]
    indices: NDArray[np.uint8]
    blends: dict[str, NDArray[np.uint8]]
    taken: tuple[Rect, ...] = ()


@lru_cache(maxsize=64)
def layout_of(data: bytes) -> Layout:
    """Read a layout from its canonical JSON; kept, since every card of a design asks."""
    import msgspec

    return msgspec.json.decode(data, type=Layout)


def stacks_of(layout: Layout, canvas: Canvas) -> tuple[Stack, ...]:
    """Give the stacks of a layout that are for a format."""
    return tuple(
        plot_stack(layer) if isinstance(layer, Plot) else layer
        for layer in layout.layers
        if isinstance(layer, Stack | Plot) and canvas.shows(layer)
    )


def base(key: BaseKey) -> Base:
    """Draw a base; kept compressed for the next language.

    Args:
        key: what decides it; its layout holds no photo.

    Returns:
        The base, with a picture of its own to draw on.
    """
    import numpy as np

    below, packed = _pack_base(key)
    width, height = below.canvas.size
    pixels = np.frombuffer(bytearray(zlib.decompress(packed)), dtype=np.uint8)
    return below._replace(indices=pixels.reshape(height, width))


@lru_cache(maxsize=PACKED)
def _pack_base(key: BaseKey) -> tuple[Base, bytes]:
    """Give a base without its picture, and that compressed."""
    drawn = _draw(key)
    packed = zlib.compress(drawn.indices.tobytes(), 1)
    return drawn._replace(indices=drawn.indices[:0].copy()), packed


def _draw(key: BaseKey) -> Base:
    canvas = Canvas(FORMATS[key.format], key.rtl)
    layout = layout_of(key.layout)
    tints = Tints(MOST - ART)
    surface = TintPainter(canvas.size, tints)
    paint_all(surface, key)
    stacks = stacks_of(layout, canvas)
    taken = reserved_areas(layout, canvas, key.logo)
    behind = tuple(
        _common(cut_outside(surface.indices, canvas.rect(stack.box, stack.within), taken))
        for stack in stacks
    )
    inks, over = _inks(stacks, behind, tints)
    blends = {name: blend(tints, name, grounds) for name, grounds in over.items()}
    for layer in layout.layers:
        if isinstance(layer, Code):
            blends[layer.colour] = blend(tints, layer.colour, (tints.cover(layer.ground),))
    return Base(
        canvas, layout, stacks, behind, inks, tuple(tints.found), surface.indices, blends, taken
    )


def paint_all(surface: Surface, key: BaseKey) -> None:
    """Paint everything of a layout that holds neither words nor the photo.

    Raises:
        PhotoRefused: the logo cannot be decoded.
    """
    canvas = Canvas(FORMATS[key.format], key.rtl)
    for layer in layout_of(key.layout).layers:
        if canvas.shows(layer):
            _paint(surface, layer, canvas, key)


def _paint(surface: Surface, layer: object, canvas: Canvas, key: BaseKey) -> None:
    if isinstance(layer, Logo):
        if key.logo:
            found = emblem(layer, canvas, key.logo, key.field)
            surface.picture(found.picture, *found.at)
    elif isinstance(layer, Code):
        mask = panel(whole(canvas.size), square(layer, canvas), canvas.short("12"))
        if key.coded and mask is not None:
            surface.lay(mask, layer.ground)
    elif not isinstance(layer, Photo | Stack | Art | Plot):
        paint(surface, layer, canvas)  # type: ignore[arg-type]


def _common(picture: NDArray[np.uint8]) -> tuple[int, ...]:
    """List the tints of an area, most frequent first."""
    import numpy as np

    counts = np.zeros(MOST, dtype=np.int64)
    for first in range(0, len(picture), BAND):  # numbers to count take eight times the memory
        counts += np.bincount(picture[first : first + BAND].reshape(-1), minlength=MOST)
    order = np.argsort(-counts, kind="stable")
    return tuple(int(at) for at in order if counts[at])


def _inks(
    stacks: tuple[Stack, ...], behind: tuple[tuple[int, ...], ...], tints: Tints
) -> tuple[tuple[tuple[tuple[str, str, str], ...], ...], dict[str, tuple[int, ...]]]:
    """Name the inks of all items, and say which tints each is laid on."""
    named: list[tuple[tuple[str, str, str], ...]] = []
    over: dict[str, tuple[int, ...]] = {}
    for number, (stack, under) in enumerate(zip(stacks, behind, strict=True)):
        first = behind.index(under)
        rows = []
        for item in stack.items:
            pill = item.pill.colour if isinstance(item, TextLayer) and item.pill else ""
            struck = item.struck or "" if isinstance(item, TextLayer) else ""
            name = f"{item.colour}@{pill or min(first, number)}"
            if isinstance(item, Bar):
                name = item.colour
            grounds = under[:UNDER]
            _add(over, pill, grounds)
            _add(over, name, (tints.cover(pill),) if pill else grounds)
            _add(over, struck, (*grounds, tints.cover(name)))
            rows.append((name, pill, struck))
        named.append(tuple(rows))
    return tuple(named), over


def _add(over: dict[str, tuple[int, ...]], name: str, grounds: tuple[int, ...]) -> None:
    if name:
        over[name] = tuple(dict.fromkeys((*over.get(name, ()), *grounds)))


def bare(key: BaseKey) -> Base:
    """Give a base without its picture: what cards need of it when their ground is drawn."""
    return _pack_base(key)[0]


def paint_layout(
    key: BaseKey, look: Look, photo: bytes, focus: tuple[float, float]
) -> NDArray[np.uint8]:
    """Paint everything of a layout with a photo that holds no words.

    Args:
        photo: bytes of the photo.
        focus: the point of the photo that stays visible, shares of width and height.

    Returns:
        RGB pixels, shape (height, width, 3).

    Raises:
        PhotoRefused: photo or logo cannot be decoded.
    """
    import numpy as np

    canvas = Canvas(FORMATS[key.format], key.rtl)
    layout = layout_of(key.layout)
    names = colours.read_colours(layout.palette, colours_of(look))
    pixels = np.empty((canvas.size[1], canvas.size[0], 3), dtype=np.uint8)
    pixels[:] = names["paper"]
    surface = Pixels(pixels, names)
    for layer in layout.layers:
        if not canvas.shows(layer):
            continue
        if isinstance(layer, Photo):
            if photo:
                _photo(pixels, layer, canvas, names, cover_of(layer, canvas, photo, focus))
        else:
            _paint(surface, layer, canvas, key)
    return pixels


def cover_of(
    layer: Photo, canvas: Canvas, photo: bytes, focus: tuple[float, float]
) -> NDArray[np.uint8]:
    """Crop the photo to its box.

    Args:
        photo: bytes of the file.
        focus: what must stay in view, as shares of width and height, 0 to 1.

    Returns:
        RGB, shape (height, width, 3).
    """
    left, top, right, bottom = canvas.rect(layer.box)
    return cover(photo, (round(right - left), round(bottom - top)), focus)


def _photo(
    pixels: NDArray[np.uint8],
    layer: Photo,
    canvas: Canvas,
    names: dict[str, RGB],
    picture: NDArray[np.uint8],
) -> None:
    left, top, _, _ = (round(edge) for edge in canvas.rect(layer.box))
    lay_picture(pixels, picture, left, top)
    if layer.shade is None:
        return
    scrim, words = colours.parse(layer.scrim, names), colours.parse(layer.words, names)
    rect = canvas.rect(layer.shade)
    percent = strength(area(pixels, rect), scrim, words)
    lay(pixels, Mark(shade(canvas.size, rect, canvas.short(layer.feather)), scrim, percent))


def draw_code(layer: Code, canvas: Canvas, link: str, names: dict[str, RGB]) -> Mark:
    """Draw the dark modules of a QR code.

    Returns:
        The mark, in px of the canvas.
    """
    mask = qr_code(link, square(layer, canvas))
    return Mark(mask, colours.parse(layer.colour, names), ink=layer.colour)


def square(layer: Code, canvas: Canvas) -> Rect:
    """Give the square at the start of a code's box: codes differ in size, their ground does not.

    Returns:
        Left, top, right, bottom in px.
    """
    left, top, right, bottom = canvas.rect(layer.box, layer.within)
    side = min(right - left, bottom - top)
    middle = (top + bottom) / 2
    left = right - side if canvas.rtl else left
    return left, middle - side / 2, left + side, middle + side / 2
