"""Show how a card is built: safe area, what platforms cover, boxes, baselines."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

from stopjihad.render.card.base import base, stacks_of
from stopjihad.render.card.canvas import Canvas, Rect, safe_rect
from stopjihad.render.card.card import Card, full_colour, lay_art, set_card
from stopjihad.render.card.colour import RGB
from stopjihad.render.card.ground import marks, named
from stopjihad.render.card.job import CardJob
from stopjihad.render.card.pixels import Mark, lay, lay_indexed
from stopjihad.render.card.shapes import panel, stroke, whole
from stopjihad.render.card.stack import StackItem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAFE: RGB = (0, 140, 90)
COVERED: RGB = (200, 60, 160)
BOX: RGB = (30, 110, 220)
ITEM: RGB = (230, 120, 0)
BASELINE: RGB = (230, 0, 90)


def render_debug(job: CardJob) -> bytes:
    """Render a card with its construction lines on it.

    Green is the safe area, violet what platforms lay over the picture, blue the boxes of stacks,
    orange the items in them, red the baselines.

    Returns:
        A PNG in full colour.
    """
    from PIL import Image

    card = set_card(job)
    pixels = card_pixels(card)
    canvas = card.canvas
    for overlay in canvas.format.overlays:
        _covered(pixels, canvas, overlay.insets.top, overlay.insets.bottom, overlay.insets.end)
    for stack in stacks_of(job.layout, canvas):
        _outline(pixels, canvas.rect(stack.box, stack.within), BOX, 2)
    for place, _ in card.placed:
        _outline(pixels, place.rect, ITEM, 1)
        _baselines(pixels, place)
    _outline(pixels, safe_rect(canvas), SAFE, 3)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def card_pixels(card: Card) -> NDArray[np.uint8]:
    """Give the pixels of a card in full colour, shape (height, width, 3)."""
    import numpy as np

    if card.ground is None:
        return full_colour(card)
    below = card.ground.base
    indices = base(card.ground.key.base).indices
    shared = [mark for one in card.ground.placed for mark in marks(one.place, named(below, one))]
    for mark in shared:
        lay_indexed(indices, mark.mask, below.blends[mark.ink], 0)
    palette = np.array(lay_art(card, indices, 0), dtype=np.uint8)
    for mark in card.marks:
        lay_indexed(indices, mark.mask, below.blends[mark.ink], 0)
    return palette[indices]


def below_words(card: Card) -> NDArray[np.uint8]:
    """Give the pixels of a card without its words, shape (height, width, 3)."""
    import numpy as np

    if card.ground is None:
        assert card.pixels is not None
        return card.pixels
    indices = base(card.ground.key.base).indices
    return np.array(lay_art(card, indices, 0), dtype=np.uint8)[indices]


def _covered(pixels: NDArray[np.uint8], canvas: Canvas, top: int, bottom: int, end: int) -> None:
    """Tint what a platform covers."""
    width, height = canvas.size
    left, right = (0, end) if canvas.rtl else (width - end, width)
    side = (left, top, right, height - bottom)
    for rect in ((0, 0, width, top), (0, height - bottom, width, height), side):
        mask = panel(whole(canvas.size), rect, 0)
        if mask is not None and rect[2] > rect[0]:
            lay(pixels, Mark(mask, COVERED, 22))


def _outline(pixels: NDArray[np.uint8], rect: Rect, colour: RGB, width: float) -> None:
    left, top, right, bottom = rect
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    _line(pixels, corners, colour, width)


def _baselines(pixels: NDArray[np.uint8], place: StackItem) -> None:
    if place.block is None:
        return
    for baseline in place.block.baselines:
        y = place.top + baseline
        _line(pixels, ((place.rect[0], y), (place.rect[2], y)), BASELINE, 1)


def _line(
    pixels: NDArray[np.uint8], points: tuple[tuple[float, float], ...], colour: RGB, width: float
) -> None:
    view = whole((pixels.shape[1], pixels.shape[0]))
    for start, end in pairwise(points):
        mask = stroke(view, (start, end), width)
        if mask is not None:
            lay(pixels, Mark(mask, colour))
