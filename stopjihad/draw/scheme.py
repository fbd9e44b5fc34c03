"""Colour a card in one look: its ground, and words so that they can be read on it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.layout import Bar, Stack, TextLayer
from stopjihad.draw import colour as colours
from stopjihad.draw.base import BaseKey, bare
from stopjihad.draw.pictures import cut_outside
from stopjihad.draw.pixels import Tint, colour_tints
from stopjihad.draw.stack import Setter
from stopjihad.view.contrast import RGB, luminance
from stopjihad.view.look import Look, colours_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Hues(NamedTuple):
    """The colours of one item: of its words or bar, its pill and its strike.

    ``readable`` is False when no colour has enough contrast with all that is behind the words.
    ``inks`` names the three in the picture's tints.
    """

    main: RGB
    pill: RGB | None
    struck: RGB | None
    readable: bool
    inks: tuple[str, str, str] = ("", "", "")


class Scheme(NamedTuple):
    """Hold the colours of a base in one look: of its tints, and of all items per stack."""

    palette: tuple[RGB, ...]
    hues: tuple[tuple[Hues, ...], ...]


@lru_cache(maxsize=256)
def scheme(key: BaseKey, look: Look) -> Scheme:
    """Colour a base.

    Returns:
        Its colours, and those of every item: such as can be read on all that is in its stack's box.
    """
    below = bare(key)
    names = colours.read_colours(below.layout.palette, colours_of(look))
    hues: dict[str, RGB] = {}

    def colour(name: str) -> RGB:
        return hues[name] if name in hues else colours.parse(name, names)

    plain = colour_tints(
        (tint if "@" not in tint.over else Tint("ink", -1, 255) for tint in below.tints), colour
    )
    items: list[tuple[Hues, ...]] = []
    for stack, under, inks in zip(below.stacks, below.behind, below.inks, strict=True):
        seen = [plain[at] for at in under]
        ends = min(seen, key=luminance), max(seen, key=luminance)
        items.append(
            tuple(
                hues_of(item, ends, names)._replace(inks=ink)
                for item, ink in zip(stack.items, inks, strict=True)
            )
        )
        hues |= {ink[0]: one.main for ink, one in zip(inks, items[-1], strict=True)}
    return Scheme(tuple(colour_tints(below.tints, colour)), tuple(items))


def photo_hues(
    stacks: tuple[Stack, ...], pixels: NDArray[np.uint8], setter: Setter, names: dict[str, RGB]
) -> tuple[tuple[Hues, ...], ...]:
    """Choose the colours of all items on a photo so that words can be read anywhere in their stack.

    Args:
        pixels: RGB of the base, shape (height, width, 3).
        setter: knows the canvas, and what the logo takes of it.
    """
    rects = [setter.canvas.rect(stack.box, stack.within) for stack in stacks]
    behind = [colours.extremes(cut_outside(pixels, rect, setter.taken)) for rect in rects]
    return tuple(
        tuple(hues_of(item, ends, names) for item in stack.items)
        for stack, ends in zip(stacks, behind, strict=True)
    )


def hues_of(item: TextLayer | Bar, behind: tuple[RGB, RGB], names: dict[str, RGB]) -> Hues:
    """Choose the colours of an item.

    Args:
        behind: darkest and lightest colour in its stack's box.

    Returns:
        Its colours; that of words is moved until it can be read.
    """
    wanted = colours.parse(item.colour, names)
    if isinstance(item, Bar):
        return Hues(wanted, None, None, readable=True)
    pill = colours.parse(item.pill.colour, names) if item.pill else None
    dark, light = (pill, pill) if pill else behind
    main = colours.readable(wanted, dark, light)
    struck = colours.parse(item.struck, names) if item.struck else None
    return Hues(main or wanted, pill, struck, readable=main is not None)
