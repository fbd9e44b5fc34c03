"""Judge a card by its pixels: words inside the safe area, apart from each other, readable."""

from __future__ import annotations

import numpy as np
from stopjihad.render.card.canvas import safe_rect
from stopjihad.render.card.card import Card
from stopjihad.render.card.colour import RGB, contrast
from stopjihad.render.card.debug import below_words
from stopjihad.render.card.raster import draw


def check_places(card: Card) -> None:
    """Find ink outside of the safe area, and ink of one text on that of another."""
    left, top, right, bottom = safe_rect(card.canvas)
    inked = []
    for place, _ in card.placed:
        mask = draw(place.block, place.lefts, place.top) if place.block else None
        if mask is None:
            continue
        height, width = mask.cover.shape
        assert left - 2 <= mask.x, place.item
        assert mask.x + width <= right + 2, place.item
        # Feet may use the quiet edge below the safe area of landscape formats, never the canvas's.
        assert min(top, 24) - 2 <= mask.y, place.item
        assert mask.y + height <= max(bottom, card.canvas.size[1] - 20) + 2, place.item
        inked.append((mask, place.item))
    cover = np.zeros((card.canvas.size[1], card.canvas.size[0]), dtype=np.uint8)
    for mask, item in inked:
        rows, columns = mask.cover.shape
        area = cover[mask.y : mask.y + rows, mask.x : mask.x + columns]
        assert not (area & (mask.cover > 24)).any(), f"{item} overlaps"
        area |= (mask.cover > 24).astype(np.uint8)


def check_contrast(card: Card) -> None:
    """Compare the colour of the ink with the pixels that were there before it."""
    for place, hues in card.placed:
        mask = draw(place.block, place.lefts, place.top) if place.block else None
        if mask is None:
            continue
        rows, columns = mask.cover.shape
        part = np.s_[mask.y : mask.y + rows, mask.x : mask.x + columns]
        under = [hues.pill] if hues.pill else _colours(card, part, mask.cover > 128)
        worst = min(contrast(hues.main, colour) for colour in under)
        assert worst >= 4.5, (place.item, worst)


def _colours(card: Card, part: tuple[slice, slice], inked: np.ndarray) -> list[RGB]:
    """Give the colours that were under ink."""
    pixels = below_words(card)[part][inked]
    rows = np.unique(pixels if card.ground is not None else pixels // 4 * 4 + 2, axis=0)
    return [(int(red), int(green), int(blue)) for red, green, blue in rows]


def check_art(card: Card) -> None:
    """Find a drawing behind or under letters: not one pixel of it may lie where ink is."""
    bare = below_words(card._replace(art=()))
    drawn = (below_words(card) != bare).any(axis=2)
    for place, _ in card.placed:
        mask = draw(place.block, place.lefts, place.top) if place.block else None
        if mask is not None:
            rows, columns = mask.cover.shape
            area = drawn[mask.y : mask.y + rows, mask.x : mask.x + columns]
            assert not (area & (mask.cover > 0)).any(), place.item
