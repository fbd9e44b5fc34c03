"""Draw a number that counts up on a card; what it means comes when it stands.

A picture of a wrong number beside what it counts would be a falsehood with our name on it: until
the number is whole, nothing but the number is there.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from stopjihad.catalog.layout import Bar
from stopjihad.render.card.card import Card, draw_card
from stopjihad.render.card.content import ready
from stopjihad.render.card.ground import marks
from stopjihad.render.card.job import CardJob
from stopjihad.render.card.lines import Room, fit
from stopjihad.render.card.shape import GRID, shape
from stopjihad.render.card.stack import StackItem
from stopjihad.render.film.motion import NUMBERS, CountUp, Patch
from stopjihad.render.film.still import image_planes, planes_of
from stopjihad.text.language.numbers import written
from stopjihad.text.unicode.bidi_controls import isolate
from stopjihad.view.notation import native_text
from stopjihad.view.records import FigureView, Text

if TYPE_CHECKING:
    from stopjihad.render.card.pixels import Mark
    from stopjihad.render.card.scheme import Hues
    from stopjihad.render.film.still import Planes

VALUE = "figure.value"

MARGIN = 8
"""Rows above and below the number's own: some letters reach out of their line."""


def count_up(job: CardJob, card: Card, figure: FigureView) -> CountUp | None:
    """Draw the steps of a number.

    Args:
        job: what the card is made from.
        card: it is set.
        figure: its number.

    Returns:
        The card without the number and what it means, and the rows of each number; None where the
        card shows no number, or shows it on a photo.
    """
    if card.ground is None:
        return None
    own = card.placed[len(card.ground.placed) :]
    value = next((one for one in own if _content(one[0]) == VALUE), None)
    if value is None or value[0].block is None:
        return None
    rest = [one for one in own if not _content(one[0]).startswith("figure.")]
    kept = tuple(mark for one in rest for mark in marks(*one))
    height = card.canvas.size[1]
    top = max(0, int(value[0].rect[1]) - MARGIN) // 4 * 4
    bottom = min(height, -(-(int(value[0].rect[3]) + MARGIN) // 4) * 4)
    band = (0, top, card.canvas.size[0], bottom)
    numbers = []
    drawn: dict[str, Patch] = {}
    for text in steps(figure, job):
        if text not in drawn:
            found = _number(job, value, text)
            picture = draw_card(card._replace(marks=(*kept, *found)))
            drawn[text] = Patch(top, _rows(picture, band))
        numbers.append(drawn[text])
    return CountUp(planes_of(draw_card(card._replace(marks=kept))), tuple(numbers))


def steps(figure: FigureView, job: CardJob) -> tuple[str, ...]:
    """Write the numbers that are shown on the way, from 0 to the number itself, ever slower."""
    decimals = len(f"{figure.number:.6f}".rstrip("0").partition(".")[2])
    percent = figure.unit is None and "%" in figure.value.value
    found = []
    for step in range(NUMBERS - 1):
        left = 1 - step / (NUMBERS - 1)
        value = round(figure.number * (1 - left * left), decimals)
        text = written(value, job.frame.lang, percent=percent)
        found.append(native_text(text, job.frame.digits))
    return (*found, figure.value.value)


def _number(job: CardJob, value: tuple[StackItem, Hues], text: str) -> list[Mark]:
    """Draw a number where and as large as the last one will stand."""
    place, hues = value
    assert place.block is not None
    assert not isinstance(place.item, Bar)
    words = ready(Text(isolate(text.strip().replace(" ", "\u00a0"), "ltr"), job.frame.lang))
    shaped = shape(words, job.fonts, place.item.weight)
    size = place.block.size
    width = place.rect[2] - place.rect[0]
    block = fit(shaped, Room(4 * width, place.block.height, size, size, 1, place.item.leading))
    line, scale = block.lines[0], size / GRID
    overhang = min(0, line.left) * scale
    left = place.lefts[0]
    if job.frame.direction == "rtl":
        left = place.rect[2] - max(line.width, line.right) * scale
    elif place.block.lines[0].left >= 0:
        left -= overhang
    return marks(place._replace(block=block, lefts=(left,)), hues)


def _content(place: StackItem) -> str:
    return "" if isinstance(place.item, Bar) else place.item.content


def _rows(picture: bytes, band: tuple[int, int, int, int]) -> Planes:
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        return image_planes(image.crop(band))
