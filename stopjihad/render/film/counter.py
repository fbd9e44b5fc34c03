"""A number that counts up.

A picture of a wrong number beside what it counts would be a falsehood with our name on it: until
the number is whole, nothing but the number is there; what it means comes when it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.layout import Bar
from stopjihad.draw.content import ready
from stopjihad.draw.ground import marks
from stopjihad.draw.job import CardJob
from stopjihad.draw.lines import Room, fit
from stopjihad.draw.pixels import Mark
from stopjihad.draw.scheme import Hues
from stopjihad.draw.shape import GRID, shape
from stopjihad.draw.stack import StackItem
from stopjihad.render.film.card_sheet import CardSheet
from stopjihad.render.film.motion import Change, Shot, shares
from stopjihad.render.film.planes import Patch, blend, onto, rows_in_fours
from stopjihad.text.language.numbers import write_number
from stopjihad.text.unicode.bidi_controls import isolate_whole
from stopjihad.view.notation import native_text
from stopjihad.view.records import FigureView, Text
from stopjihad.view.tempo import COUNT, NUMBERS

if TYPE_CHECKING:
    from stopjihad.render.film.planes import Planes


VALUE = "figure.value"

MARGIN = 8
"""Rows above and below the number's own: some letters reach out of their line."""


class CountUp(NamedTuple):
    """A number that counts up: the still without it, and the numbers, rows each, in order."""

    bare: Planes
    numbers: tuple[Patch, ...]


def count_up(job: CardJob, sheet: CardSheet, figure: FigureView) -> CountUp | None:
    """Draw the steps of a number.

    Returns:
        The card without the number and what it means, and the rows of each number; None where the
        card shows no number.
    """
    value = next((one for one in sheet.words if _content(one[0]) == VALUE), None)
    if value is None or value[0].block is None:
        return None
    rest = (one for one in sheet.words if not _content(one[0]).startswith("figure."))
    bare = sheet.lay(sheet.wordless(), [mark for one in rest for mark in marks(*one)])
    _, top, _, bottom = value[0].rect
    rows = rows_in_fours(top - MARGIN, bottom + MARGIN, len(bare))
    drawn: dict[str, Patch] = {}
    texts = counting_numbers(figure, job)
    for text in texts:
        if text not in drawn:
            picture = sheet.lay(bare.copy(), _number(job, value, text))
            drawn[text] = Patch(rows.start, sheet.levels.planes(picture[rows]))
    return CountUp(sheet.levels.planes(bare), tuple(drawn[text] for text in texts))


def grow_number(shot: Shot, counting: CountUp, start: int) -> Shot:
    """Let a number grow on a shot from frame ``start`` on; then comes what it means."""
    bare, numbers = counting
    last = onto(bare, numbers[-1])
    grown = Change(start, numbers, COUNT)
    meant = Change(
        grown.end,
        tuple(Patch(0, blend(last, shot.still, share)) for share in shares()),
    )
    return shot._replace(first=onto(bare, numbers[0]), changes=(grown, meant))


def counting_numbers(figure: FigureView, job: CardJob) -> tuple[str, ...]:
    """Write the numbers that are shown on the way, from 0 to the number itself, ever slower."""
    decimals = len(f"{figure.number:.6f}".rstrip("0").partition(".")[2])
    percent = figure.unit is None and "%" in figure.value.value
    found = []
    for step in range(NUMBERS - 1):
        left = 1 - step / (NUMBERS - 1)
        value = round(figure.number * (1 - left * left), decimals)
        text = write_number(value, job.frame.lang, percent=percent)
        found.append(native_text(text, job.frame.digits))
    return (*found, figure.value.value)


def _number(job: CardJob, value: tuple[StackItem, Hues], text: str) -> list[Mark]:
    """Draw a number where and as large as the last one will stand."""
    place, hues = value
    assert place.block is not None
    assert not isinstance(place.item, Bar)
    words = ready(Text(isolate_whole(text), job.frame.lang))
    headline = place.item.face == "headline"
    shaped = shape(words, job.fonts, place.item.weight, headline=headline)
    size = place.block.size
    width = place.rect[2] - place.rect[0]
    block = fit(shaped, Room(4 * width, place.block.height, size, size, 1, place.item.leading))
    line, last = block.lines[0], place.block.lines[0]
    moved = last.right - line.right if job.frame.direction == "rtl" else last.left - line.left
    left = place.lefts[0] + moved * size / GRID
    return marks(place._replace(block=block, lefts=(left,)), hues)


def _content(place: StackItem) -> str:
    return "" if isinstance(place.item, Bar) else place.item.content
