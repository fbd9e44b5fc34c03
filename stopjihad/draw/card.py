"""Render one card: the shared ground, then the words that are its own; and how it is built."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import Art, Code, file_ending
from stopjihad.draw import colour as colours
from stopjihad.draw.base import BaseKey, base, draw_code, layout_of, paint_layout, stacks_of
from stopjihad.draw.canvas import Canvas, Rect, panel, safe_rect, stroke, whole
from stopjihad.draw.content import chart_on, contents, own_names
from stopjihad.draw.drawing import CardDrawing, place_art, put
from stopjihad.draw.encoder import write_jpeg, write_png
from stopjihad.draw.ground import (
    Ground,
    GroundKey,
    PlacedItem,
    colour_item,
    contents_shared,
    drawn_ground,
    ground,
    marks,
    name_hues,
    open_rows,
    place,
)
from stopjihad.draw.job import CardJob, Contents
from stopjihad.draw.logo_field import photo_field, with_field
from stopjihad.draw.pictures import reserved_areas
from stopjihad.draw.pixels import Mark, lay, lay_indexed
from stopjihad.draw.pixels import colour_tints as colours_in
from stopjihad.draw.scheme import Hues, Scheme, photo_hues, scheme
from stopjihad.draw.stack import Setter, StackItem
from stopjihad.view.contrast import RGB
from stopjihad.view.look import Look, art_colours, colours_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Card(NamedTuple):
    """A card that is set but not drawn.

    Attributes:
        canvas: format and direction.
        placed: all items with their places and colours.
        marks: what is drawn onto the ground, in order.
        art: the drawings, below the marks.
        ground: the shared part; None when a photo makes every card its own.
        scheme: its colours; None where ``pixels`` are there.
        look: brand, theme and tone.
        pixels: the part below the words in full colour; None when ``ground`` is there.
    """

    canvas: Canvas
    placed: tuple[tuple[StackItem, Hues], ...]
    marks: tuple[Mark, ...]
    art: tuple[CardDrawing, ...]
    ground: Ground | None
    scheme: Scheme | None
    look: Look
    pixels: NDArray[np.uint8] | None


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
    """Fit and place everything on a card without drawing it.

    Where its words do not fit, sources stand on it by their short names; where these do not fit
    either, the hours of a number go into the line above it; then that line is left out, then the
    hours, and at last what is passed on.
    """
    tried: list[Contents] = []
    least = (
        contents(job, brief=True),
        contents(job, brief=True, timed=False),
        contents(job, brief=True, timed=False, noted=False),
    )
    joined = contents(job, brief=True, joined=True)
    for words in (contents(job), least[0], joined, *map(_without_heading, least)):
        if words in tried:
            continue
        tried.append(words)
        card = _set_words(job, words)
        if all(where.fits for where, _ in card.placed):
            break
    return card


def _without_heading(words: Contents) -> Contents:
    """Leave out what stands above the number of a service."""
    if "helpline.number" not in words:
        return words
    return {name: text for name, text in words.items() if name != "word.talk"}


def _set_words(job: CardJob, words: Contents) -> Card:
    key, look = _key(job, words), look_of(job)
    if file_ending(job.layout) == "jpg":
        return _set_on_photo(job, words, key, look)
    key = key._replace(base=with_field(key.base, look))
    below = ground(key)
    chosen = scheme(key.base, look)
    setter = Setter(below.base.canvas, words, job.fonts, chart_on(job), below.base.taken)
    own: list[PlacedItem] = []
    for at in below.own:
        own += place(below.base.stacks, at, setter)
    items = [colour_item(one, chosen) for one in own]
    drawn = [mark for one in items for mark in marks(*one)]
    drawn += _codes(job, below.base.canvas, look)
    placed = (*(colour_item(one, chosen) for one in below.placed), *items)
    art = _art(job, setter, placed)
    return Card(below.base.canvas, placed, tuple(drawn), art, below, chosen, look, None)


def _art(
    job: CardJob, setter: Setter, placed: tuple[tuple[StackItem, Hues], ...]
) -> tuple[CardDrawing, ...]:
    """Place the drawings where words and logo leave room."""
    canvas = setter.canvas
    layers = [one for one in job.layout.layers if isinstance(one, Art) and canvas.shows(one)]
    if not layers or not job.drawing:
        return ()
    taken = [*(where.rect for where, _ in placed), *setter.taken]
    found = (place_art(layer, job.drawing, canvas, taken) for layer in layers)
    return tuple(one for one in found if one is not None)


def draw_card(card: Card) -> bytes:
    """Draw a card that is set."""
    if card.ground is None or card.scheme is None:
        return write_jpeg(full_colour(card))
    below = drawn_ground(card.ground.key)
    around, rows = below.frame, open_rows(below)
    palette = lay_art(card, rows, around.top)
    blends = card.ground.base.blends
    for mark in card.marks:
        lay_indexed(rows, mark.mask, blends[mark.ink], around.top)
    changed = [(mark.mask.y, mark.mask.y + mark.mask.cover.shape[0]) for mark in card.marks]
    changed += [(one.at[1], one.at[1] + one.sprite.size[1]) for one in card.art]
    return write_png(around, rows, changed, bytes(part for rgb in palette for part in rgb))


def lay_art(card: Card, rows: NDArray[np.uint8], top: int) -> list[RGB]:
    """Put the drawings onto a card's indices, in place.

    Args:
        rows: indices of its rows from ``top`` on.
    """
    assert card.scheme is not None
    palette = list(card.scheme.palette)
    for one in card.art:
        laid = put(rows, one.sprite, (one.at[0], one.at[1] - top), len(palette))
        if laid is not None:
            grounds = tuple(palette[one] for one in laid.below)
            names = art_colours(card.look, grounds)
            palette = colours_in(laid.tints, names.__getitem__, palette)
    return palette


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
        job.logo,
        bool(job.link),
    )
    return GroundKey(base, contents_shared(words, own), own, job.fonts)


def look_of(job: CardJob) -> Look:
    """Say which brand, theme and tone colour a card."""
    return Look(job.frame.brand, job.theme, job.tone)


def _set_on_photo(job: CardJob, words: Contents, key: GroundKey, look: Look) -> Card:
    """Set a card whose ground is its own: all words are placed on the photo's pixels."""
    canvas = Canvas(FORMATS[job.format], key.base.rtl)
    layout = layout_of(key.base.layout)
    pixels = paint_layout(key.base._replace(logo=b""), look, job.photo, job.focus)
    if job.logo:
        pixels = paint_layout(photo_field(key.base, pixels, look), look, job.photo, job.focus)
    names = colours.read_colours(layout.palette, colours_of(look))
    stacks = stacks_of(layout, canvas)
    taken = reserved_areas(layout, canvas, job.logo)
    setter = Setter(canvas, words, job.fonts, chart_on(job), taken)
    own = [one for at in range(len(stacks)) for one in place(stacks, at, setter)]
    hues = photo_hues(stacks, pixels, setter, names)
    placed = tuple((one.place, hues[one.stack][one.item]) for one in own)
    drawn = [mark for one in placed for mark in marks(*one)] + _codes(job, canvas, look)
    return Card(canvas, placed, tuple(drawn), (), None, None, look, pixels)


def _codes(job: CardJob, canvas: Canvas, look: Look) -> list[Mark]:
    """Draw the QR codes of a card that has an address."""
    layers = [layer for layer in job.layout.layers if isinstance(layer, Code)]
    if not layers or not job.link:
        return []
    names = colours.read_colours(job.layout.palette, colours_of(look))
    return [draw_code(layer, canvas, job.link, names) for layer in layers if canvas.shows(layer)]


SAFE: RGB = (0, 140, 90)
COVERED: RGB = (200, 60, 160)
BOX: RGB = (30, 110, 220)
ITEM: RGB = (230, 120, 0)
BASELINE: RGB = (230, 0, 90)


def render_debug(job: CardJob) -> bytes:
    """Render a card with its construction lines on it.

    Green is the safe area, violet what platforms lay over the picture, blue the boxes of stacks,
    orange the items in them, red the baselines.
    """
    from PIL import Image

    card = set_card(job)
    pixels = card_pixels(card)
    canvas = card.canvas
    for overlay in canvas.format.overlays:
        _tint_covered(pixels, canvas, overlay.insets.top, overlay.insets.bottom, overlay.insets.end)
    for stack in stacks_of(job.layout, canvas):
        _outline(pixels, canvas.rect(stack.box, stack.within), BOX, 2)
    for where, _ in card.placed:
        _outline(pixels, where.rect, ITEM, 1)
        _baselines(pixels, where)
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
    shared = [
        mark for one in card.ground.placed for mark in marks(one.place, name_hues(below, one))
    ]
    for mark in shared:
        lay_indexed(indices, mark.mask, below.blends[mark.ink], 0)
    palette = np.array(lay_art(card, indices, 0), dtype=np.uint8)
    for mark in card.marks:
        lay_indexed(indices, mark.mask, below.blends[mark.ink], 0)
    return palette[indices]


def _tint_covered(
    pixels: NDArray[np.uint8], canvas: Canvas, top: int, bottom: int, end: int
) -> None:
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


def _baselines(pixels: NDArray[np.uint8], where: StackItem) -> None:
    if where.block is None:
        return
    for baseline in where.block.baselines:
        y = where.top + baseline
        _line(pixels, ((where.rect[0], y), (where.rect[2], y)), BASELINE, 1)


def _line(
    pixels: NDArray[np.uint8], points: tuple[tuple[float, float], ...], colour: RGB, width: float
) -> None:
    view = whole((pixels.shape[1], pixels.shape[0]))
    for start, end in pairwise(points):
        mask = stroke(view, (start, end), width)
        if mask is not None:
            lay(pixels, Mark(mask, colour))
