"""Render one card: the shared ground, then the words that are its own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.formats import CARD_BYTES, FORMATS
from stopjihad.catalog.layout import Code, Layout, ending
from stopjihad.render.card import colour as colours
from stopjihad.render.card import png
from stopjihad.render.card.base import (
    BaseKey,
    Hues,
    coded,
    hues_of,
    layout_of,
    painted,
    stacks_of,
)
from stopjihad.render.card.canvas import Canvas
from stopjihad.render.card.content import contents, own_names
from stopjihad.render.card.ground import (
    Ground,
    GroundKey,
    contents_shared,
    ground,
    marks,
    place,
)
from stopjihad.render.card.job import CardJob
from stopjihad.render.card.pixels import Mark, lay, lay_indexed
from stopjihad.render.card.stack import Place, Setter
from stopjihad.render.card.words import Contents

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUALITIES = (86, 78, 70, 62, 54, 46)
"""JPEG qualities of cards with a photo, tried in turn until the file is light enough; with full
colour resolution, since letters have edges."""


class Card(NamedTuple):
    """A card that is set but not drawn.

    Attributes:
        canvas: format and direction.
        placed: all items with their places and colours.
        marks: what is drawn onto the ground, in order.
        ground: the shared part; None when a photo makes every card its own.
        pixels: the part below the words in full colour; None when ``ground`` is there.
    """

    canvas: Canvas
    placed: tuple[tuple[Place, Hues], ...]
    marks: tuple[Mark, ...]
    ground: Ground | None
    pixels: NDArray[np.uint8] | None


def extension(layout: Layout) -> str:
    """Give the ending of a design's files: ``jpg`` where it shows a photo, else ``png``."""
    return ending(layout)


def render_card(job: CardJob) -> bytes:
    """Render a card.

    Args:
        job: all that decides it. Ask ``card_problems`` first: text that cannot fit overflows.

    Returns:
        A PNG, or a JPEG where the design shows a photo, of the format's size in px; the same
        bytes for the same job and libraries, without any metadata.

    Raises:
        PhotoRefused: photo or logo cannot be decoded.
    """
    return draw_card(set_card(job))


def set_card(job: CardJob) -> Card:
    """Fit and place everything on a card without drawing it."""
    words = contents(job)
    key = _key(job, words)
    if extension(job.layout) == "jpg":
        return _set_on_photo(job, words, key)
    below = ground(key)
    setter = Setter(below.base.canvas, words, job.fonts)
    own: list[tuple[Place, Hues]] = []
    for at in below.own:
        own += place(below.base.stacks[at], below.base.hues[at], setter)
    drawn = [mark for one in own for mark in marks(*one)]
    drawn += _codes(job, below.base.canvas)
    return Card(below.base.canvas, (*below.placed, *own), tuple(drawn), below, None)


def draw_card(card: Card) -> bytes:
    """Draw a card that is set."""
    if card.ground is None:
        return _jpeg(full_colour(card))
    around = card.ground.frame
    rows = card.ground.indices.copy()
    blends = card.ground.base.indexed.blends
    for mark in card.marks:
        lay_indexed(rows, mark.mask, blends[mark.colour], around.top)
    changed = [(mark.mask.y, mark.mask.y + mark.mask.cover.shape[0]) for mark in card.marks]
    return png.write(around, rows, changed)


def full_colour(card: Card) -> NDArray[np.uint8]:
    """Draw a card that has a photo in full colour, shape (height, width, 3)."""
    assert card.pixels is not None
    pixels = card.pixels.copy()
    for mark in card.marks:
        lay(pixels, mark)
    return pixels


def _key(job: CardJob, words: Contents) -> GroundKey:
    """Collect what decides the shared ground of a card."""
    import msgspec

    frame = job.frame
    own = own_names(job)
    base = BaseKey(
        msgspec.json.encode(job.layout, order="sorted"),
        job.format,
        frame.direction == "rtl",
        _brand(job),
        job.logo,
        bool(job.link),
    )
    return GroundKey(base, contents_shared(words, own), own, job.fonts)


def _brand(job: CardJob) -> tuple[tuple[str, colours.RGB], ...]:
    """Give the colours that every layout knows by name."""
    frame = job.frame
    texts = {"accent": frame.accent, "ink": frame.ink, "paper": frame.paper, "white": "#ffffff"}
    return tuple((name, colours.parse(text, {})) for name, text in texts.items())


def _set_on_photo(job: CardJob, words: Contents, key: GroundKey) -> Card:
    """Set a card whose ground is its own: all words are placed on the photo's pixels."""
    canvas = Canvas(FORMATS[job.format], key.base.rtl)
    layout = layout_of(key.base.layout)
    pixels = painted(key.base, job.photo, job.focus)
    names = colours.named(layout.palette, dict(key.base.brand))
    stacks = stacks_of(layout, canvas)
    setter = Setter(canvas, words, job.fonts)
    placed: list[tuple[Place, Hues]] = []
    for stack, hues in zip(stacks, hues_of(stacks, pixels, canvas, names), strict=True):
        placed += place(stack, hues, setter)
    drawn = [mark for one in placed for mark in marks(*one)] + _codes(job, canvas)
    return Card(canvas, tuple(placed), tuple(drawn), None, pixels)


def _codes(job: CardJob, canvas: Canvas) -> list[Mark]:
    """Draw the QR codes of a card that has an address."""
    layers = [layer for layer in job.layout.layers if isinstance(layer, Code)]
    if not layers or not job.link:
        return []
    names = colours.named(job.layout.palette, dict(_brand(job)))
    return [coded(layer, canvas, job.link, names) for layer in layers if canvas.shows(layer)]


def _jpeg(pixels: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    image = Image.fromarray(pixels)
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, subsampling=0, optimize=True, progressive=True)
        if out.tell() <= CARD_BYTES:
            break
    return out.getvalue()
