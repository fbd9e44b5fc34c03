"""Draw what all cards of a design and format share in every language: shapes and colours."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import Bar, Code, Layout, Logo, Photo, Stack, Text
from stopjihad.render.card import colour as colours
from stopjihad.render.card.canvas import Canvas, Rect
from stopjihad.render.card.code import code
from stopjihad.render.card.colour import RGB
from stopjihad.render.card.layers import paint
from stopjihad.render.card.palette import Indexed, Ink, commonest, index
from stopjihad.render.card.photo import cover, logo, shade, strength
from stopjihad.render.card.pixels import Mark, lay, lay_picture
from stopjihad.render.card.shapes import panel, whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


UNDER = 6
"""Colours of a stack's ground that get shades towards its inks; more do not fit into a palette."""


class BaseKey(NamedTuple):
    """All that decides a base; ``layout`` is canonical JSON, ``coded`` tells of a QR code."""

    layout: bytes
    format: str
    rtl: bool
    brand: tuple[tuple[str, RGB], ...]
    logo: bytes
    coded: bool


class Hues(NamedTuple):
    """The colours of one item: of its words or bar, its pill and its strike.

    ``readable`` is False when no colour has enough contrast with all that is behind the words.
    """

    main: RGB
    pill: RGB | None
    struck: RGB | None
    readable: bool


class Base(NamedTuple):
    """A base in palette form and the colours of everything that will stand on it.

    Attributes:
        canvas: format and direction.
        layout: the design.
        stacks: its stacks for this format.
        hues: per stack, the colours of its items.
        indexed: pixels, palette and tables for blending.
    """

    canvas: Canvas
    layout: Layout
    stacks: tuple[Stack, ...]
    hues: tuple[tuple[Hues, ...], ...]
    indexed: Indexed


@lru_cache(maxsize=64)
def layout_of(data: bytes) -> Layout:
    """Read a layout from its canonical JSON; kept, since every card of a design asks."""
    import msgspec

    return msgspec.json.decode(data, type=Layout)


def stacks_of(layout: Layout, canvas: Canvas) -> tuple[Stack, ...]:
    """Give the stacks of a layout that are for a format.

    Args:
        layout: the design.
        canvas: the canvas of the format.

    Returns:
        Stacks in drawing order.
    """
    return tuple(
        layer for layer in layout.layers if isinstance(layer, Stack) and canvas.shows(layer)
    )


@lru_cache(maxsize=16)
def base(key: BaseKey) -> Base:
    """Draw a base and reduce it to a palette; kept for the next language.

    Args:
        key: what decides it; its layout holds no photo.

    Returns:
        The base.
    """
    canvas = Canvas(FORMATS[key.format], key.rtl)
    layout = layout_of(key.layout)
    names = colours.named(layout.palette, dict(key.brand))
    pixels = painted(key, b"", (0.5, 0.5))
    stacks = stacks_of(layout, canvas)
    hues = hues_of(stacks, pixels, canvas, names)
    inks: list[Ink] = []
    for stack, shades in zip(stacks, hues, strict=True):
        inks += _inks(shades, area(pixels, canvas.rect(stack.box, stack.within)))
    inks += [
        Ink(colours.parse(layer.colour, names), (colours.parse(layer.ground, names),))
        for layer in layout.layers
        if isinstance(layer, Code)
    ]
    return Base(canvas, layout, stacks, hues, index(pixels, tuple(inks)))


def painted(key: BaseKey, photo: bytes, focus: tuple[float, float]) -> NDArray[np.uint8]:
    """Paint everything of a layout that holds no words.

    Args:
        key: what decides it.
        photo: bytes of the photo, for layouts that show one.
        focus: the point of the photo that stays visible, shares of width and height.

    Returns:
        RGB pixels, shape (height, width, 3).

    Raises:
        PhotoRefused: photo or logo cannot be decoded.
    """
    import numpy as np

    canvas = Canvas(FORMATS[key.format], key.rtl)
    layout = layout_of(key.layout)
    names = colours.named(layout.palette, dict(key.brand))
    pixels = np.empty((canvas.size[1], canvas.size[0], 3), dtype=np.uint8)
    pixels[:] = names["paper"]
    for layer in layout.layers:
        if not canvas.shows(layer):
            continue
        if isinstance(layer, Photo):
            if photo:
                _photo(pixels, layer, canvas, names, cover_of(layer, canvas, photo, focus))
        elif isinstance(layer, Logo):
            if key.logo:
                _logo(pixels, layer, canvas, key.logo)
        elif isinstance(layer, Code):
            if key.coded:
                _field(pixels, layer, canvas, names)
        else:
            paint(pixels, layer, canvas, names)
    return pixels


def cover_of(
    layer: Photo, canvas: Canvas, photo: bytes, focus: tuple[float, float]
) -> NDArray[np.uint8]:
    """Crop the photo to its box.

    Args:
        layer: says where the photo stands.
        canvas: the canvas of the format.
        photo: bytes of the file.
        focus: what must stay in view, as shares of width and height, 0 to 1.

    Returns:
        RGB, shape (height, width, 3).
    """
    left, top, right, bottom = canvas.rect(layer.box)
    return cover(photo, (round(right - left), round(bottom - top)), focus)


def hues_of(
    stacks: tuple[Stack, ...], pixels: NDArray[np.uint8], canvas: Canvas, names: dict[str, RGB]
) -> tuple[tuple[Hues, ...], ...]:
    """Choose the colours of all items so that words can be read anywhere in their stack.

    Args:
        stacks: stacks of the layout.
        pixels: RGB of the base, shape (height, width, 3).
        canvas: the canvas of the format.
        names: colours by name.

    Returns:
        Colours per stack and item.
    """
    behind = [
        colours.extremes(area(pixels, canvas.rect(stack.box, stack.within))) for stack in stacks
    ]
    return tuple(
        tuple(_hues(item, ends, names) for item in stack.items)
        for stack, ends in zip(stacks, behind, strict=True)
    )


def area(pixels: NDArray[np.uint8], rect: Rect) -> NDArray[np.uint8]:
    """Cut a rectangle out of pixels; at least one px of it.

    Args:
        pixels: shape (height, width, 3).
        rect: left, top, right, bottom in px.

    Returns:
        A view of the pixels.
    """
    height, width = pixels.shape[:2]
    left, top = min(max(0, int(rect[0])), width - 1), min(max(0, int(rect[1])), height - 1)
    right, bottom = max(left + 1, int(rect[2]) + 1), max(top + 1, int(rect[3]) + 1)
    return pixels[top:bottom, left:right]


def _hues(item: Text | Bar, behind: tuple[RGB, RGB], names: dict[str, RGB]) -> Hues:
    wanted = colours.parse(item.colour, names)
    if isinstance(item, Bar):
        return Hues(wanted, None, None, readable=True)
    pill = colours.parse(item.pill.colour, names) if item.pill else None
    dark, light = (pill, pill) if pill else behind
    main = colours.readable(wanted, dark, light)
    struck = colours.parse(item.struck, names) if item.struck else None
    return Hues(main or wanted, pill, struck, readable=main is not None)


def _inks(shades: tuple[Hues, ...], behind: NDArray[np.uint8]) -> list[Ink]:
    """Say which colours will be drawn over which."""
    under = commonest(behind.reshape(-1, 3)[::7], UNDER)
    inks = []
    for hues in shades:
        if hues.pill:
            inks.append(Ink(hues.pill, under[:2]))
        inks.append(Ink(hues.main, (hues.pill,) if hues.pill else under))
        if hues.struck:
            inks.append(Ink(hues.struck, (*under[:2], hues.main)))
    return inks


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


def _logo(pixels: NDArray[np.uint8], layer: Logo, canvas: Canvas, data: bytes) -> None:
    left, top, right, bottom = canvas.rect(layer.box, layer.within)
    picture = logo(data, (max(1, int(right - left)), max(1, int(bottom - top))))
    height, width = picture.shape[:2]
    spare = right - left - width
    before = {"start": 0.0, "middle": spare / 2, "end": spare}[layer.align]
    x = left + (spare - before if canvas.rtl else before)
    lay_picture(pixels, picture, int(x), int(top + (bottom - top - height) / 2))


def _field(pixels: NDArray[np.uint8], layer: Code, canvas: Canvas, names: dict[str, RGB]) -> None:
    """Paint the light ground of a QR code."""
    mask = panel(whole(canvas.size), square(layer, canvas), canvas.short("12"))
    if mask is not None:
        lay(pixels, Mark(mask, colours.parse(layer.ground, names)))


def coded(layer: Code, canvas: Canvas, link: str, names: dict[str, RGB]) -> Mark:
    """Draw the dark modules of a QR code.

    Args:
        layer: the code of the layout.
        canvas: the canvas of the format.
        link: what the code says.
        names: colours by name.

    Returns:
        The mark, in px of the canvas.
    """
    return Mark(code(link, square(layer, canvas)), colours.parse(layer.colour, names))


def square(layer: Code, canvas: Canvas) -> Rect:
    """Give the square at the start of a code's box: codes differ in size, their ground does not.

    Args:
        layer: the code of the layout.
        canvas: the canvas of the format.

    Returns:
        Left, top, right, bottom in px.
    """
    left, top, right, bottom = canvas.rect(layer.box, layer.within)
    side = min(right - left, bottom - top)
    middle = (top + bottom) / 2
    left = right - side if canvas.rtl else left
    return left, middle - side / 2, left + side, middle + side / 2
