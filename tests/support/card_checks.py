"""Judge a card by its pixels: words inside the safe area, apart from each other, readable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from stopjihad.draw.base import base
from stopjihad.draw.canvas import Mask, safe_rect
from stopjihad.draw.card import Card, lay_art
from stopjihad.draw.lines import draw_block
from stopjihad.draw.scheme import Hues
from stopjihad.draw.stack import StackItem
from stopjihad.text.unicode.bidi_controls import strip_controls
from stopjihad.view.contrast import RGB, contrast

INK = 128
"""Coverage from which a pixel shows the colour of the letters more than what is behind them."""


class Inked(NamedTuple):
    """The letters of one text, and the part of the picture that they lie in."""

    place: StackItem
    hues: Hues
    mask: Mask

    @property
    def part(self) -> tuple[slice, slice]:
        """Give the rows and columns of the mask."""
        rows, columns = self.mask.cover.shape
        return np.s_[self.mask.y : self.mask.y + rows, self.mask.x : self.mask.x + columns]


def check_card(card: Card) -> None:
    """Find all that the eye would: clipped, overlapping, unreadable, or a drawing behind words."""
    found = tuple(inked(card))
    _check_places(card, found)
    _check_below(card, found)
    _check_lines(card)


def _check_lines(card: Card) -> None:
    """Find lines that begin with the dot which stands between a source and an address."""
    for place, _ in card.placed:
        for line in place.block.lines if place.block else ():
            words = place.block.shaped.text[line.start : line.end]
            assert strip_controls(words)[:1] != "·", words


def inked(card: Card) -> Iterator[Inked]:
    """Draw each text of a card alone."""
    for place, hues in card.placed:
        mask = draw_block(place.block, place.lefts, place.top) if place.block else None
        if mask is not None:
            yield Inked(place, hues, mask)


def below_words(card: Card) -> np.ndarray:
    """Give the pixels of a card without its words, shape (height, width, 3)."""
    if card.ground is None:
        assert card.pixels is not None
        return card.pixels
    indices = base(card.ground.key.base).indices
    return np.array(lay_art(card, indices, 0), dtype=np.uint8)[indices]


def _check_places(card: Card, found: tuple[Inked, ...]) -> None:
    """Find ink outside of the safe area, and ink of one text on that of another."""
    left, top, right, bottom = safe_rect(card.canvas)
    cover = np.zeros((card.canvas.size[1], card.canvas.size[0]), dtype=bool)
    for one in found:
        mask, item = one.mask, one.place.item
        height, width = mask.cover.shape
        assert left - 2 <= mask.x, item
        assert mask.x + width <= right + 2, item
        # Feet may use the quiet edge below the safe area of landscape formats, never the canvas's.
        assert min(top, 24) - 2 <= mask.y, item
        assert mask.y + height <= max(bottom, card.canvas.size[1] - 20) + 2, item
        ink = mask.cover > 24
        assert not (cover[one.part] & ink).any(), f"{item} overlaps"
        cover[one.part] |= ink


def _check_below(card: Card, found: tuple[Inked, ...]) -> None:
    """Look at the pixels that were there before the letters: their contrast, and no drawing."""
    below, colours, drawn = _ground(card)
    for one in found:
        cover = one.mask.cover
        assert not (drawn[one.part] & (cover > 0)).any(), f"drawing behind {one.place.item}"
        seen = np.unique(below[one.part][cover > INK])
        under = [one.hues.pill] if one.hues.pill else [colours(int(value)) for value in seen]
        worst = min(contrast(one.hues.main, colour) for colour in under)
        assert worst >= 4.5, (one.place.item, worst)


def _ground(card: Card) -> tuple[np.ndarray, Callable[[int], RGB], np.ndarray]:
    """Give the picture below the words, a number a pixel, their colours, and where a drawing is."""
    if card.ground is None or card.scheme is None:
        assert card.pixels is not None
        red, green, blue = np.moveaxis(card.pixels.astype(np.int32) // 4 * 4 + 2, 2, 0)
        packed = red << 16 | green << 8 | blue
        return packed, lambda at: (at >> 16, at >> 8 & 255, at & 255), np.zeros_like(packed, bool)
    indices = base(card.ground.key.base).indices
    palette = lay_art(card, indices, 0)
    return indices, palette.__getitem__, indices >= len(card.scheme.palette)
