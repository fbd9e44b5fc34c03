"""Let a card come line by line as it is read, its drawing among them.

What is read first is there at once: the line of a talking point, or the number of who listens. The
rest follows at the pace at which people read, or a little ahead of them, a line at a time, so that
something changes about once a second. A line is not cut: readers stumbled over half ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.layout import Bar
from stopjihad.draw.ground import marks
from stopjihad.draw.pixels import Mark
from stopjihad.draw.scheme import Hues
from stopjihad.draw.stack import StackItem
from stopjihad.plan.film_story import UNREAD
from stopjihad.render.film.card_sheet import CardSheet
from stopjihad.render.film.motion import Change, shares
from stopjihad.render.film.planes import Patch, blend, rows_in_fours
from stopjihad.text.unicode.graphemes import count
from stopjihad.view.tempo import RATE

if TYPE_CHECKING:
    from stopjihad.render.film.planes import Indices, Planes


PACE = 1.15
"""Seconds between two lines at most: something changes every 1.2 s."""

FADE = 6
"""Frames in which a line comes."""

ENTERS = 14
"""Frames in which a drawing enters."""

APART = FADE + 4
"""Frames between two beginnings at least."""

HOLD = RATE
"""Frames that all of a card stands at least, once it has come."""

WHOLE = frozenset({"line", "helpline.number", "help.address"})
"""Contents that come whole and at once, with what stands above them."""


class Beat(NamedTuple):
    """What comes together: marks, graphemes that are then read; ``name`` is its content."""

    marks: tuple[Mark, ...]
    letters: int
    name: str


class Reveal(NamedTuple):
    """How a card comes: the picture that stands first, and what changes on it."""

    first: Planes
    changes: tuple[Change, ...]


def reveal_card(sheet: CardSheet, start: int, frames: int, *, enters: bool) -> Reveal:
    """Let the words of a card come.

    Args:
        start: frames of its entry, in which nothing else may change.
        frames: how long the card stands in all.
        enters: whether its drawing comes, too; else it is there.
    """
    beats = [one for one in _beats(sheet) if one.marks]
    lead = 1 + next((at for at, one in enumerate(beats) if one.name in WHOLE), 0)
    total = max(1, sum(one.letters for one in beats))

    def due(letters: int) -> int:
        return start + (frames - start) * letters // total

    at_once, later = beats[:lead], beats[lead:]
    read = sum(one.letters for one in at_once)
    moves = enters and bool(sheet.card.art)
    there = [mark for one in at_once for mark in one.marks]
    picture = sheet.lay(sheet.wordless(None if moves else 0), there)
    first = sheet.levels.planes(picture)
    changes: list[Change] = []
    free = start
    if moves:
        free = max(start, min(due(read) // 2, round(PACE * RATE)))
        changes.append(Change(free, tuple(_enter(sheet, there))))
        free = changes[-1].end
        picture = sheet.lay(sheet.wordless(), there)
    for left, beat in zip(range(len(later) - 1, -1, -1), later, strict=True):
        soon = (changes[-1].start if changes else start) + round(PACE * RATE)
        begins = max(free, min(due(read), soon, frames - HOLD - left * APART))
        changes.append(Change(begins, tuple(_fade_in(sheet, picture, beat))))
        free = begins + APART
        read += beat.letters
    return Reveal(first, tuple(changes))


def _enter(sheet: CardSheet, there: Sequence[Mark]) -> Iterator[Patch]:
    """Let a drawing come from the end side, beside the words that are there."""
    card = sheet.card
    width, height = card.canvas.size
    places = [(*one.at, *one.sprite.size) for one in card.art]
    top, bottom = min(one[1] for one in places), max(one[1] + one[3] for one in places)
    left, right = min(one[0] for one in places), max(one[0] + one[2] for one in places)
    rows = rows_in_fours(top, bottom, height)
    edge = -right if card.canvas.rtl else width - left
    for share in (*shares(ENTERS), 256):
        picture = sheet.lay(sheet.wordless(edge * (256 - share) // 256), there)
        yield Patch(rows.start, sheet.levels.planes(picture[rows]))


def _fade_in(sheet: CardSheet, picture: Indices, beat: Beat) -> Iterator[Patch]:
    """Lay a line onto a picture, in place."""
    tops = [mark.mask.y for mark in beat.marks]
    ends = [mark.mask.y + mark.mask.cover.shape[0] for mark in beat.marks]
    rows = rows_in_fours(min(tops), max(ends), len(picture))
    before = sheet.levels.planes(picture[rows])
    after = sheet.levels.planes(sheet.lay(picture, beat.marks)[rows])
    for share in (*shares(FADE), 256):
        yield Patch(rows.start, blend(before, after, share))


def _beats(sheet: CardSheet) -> Iterator[Beat]:
    """Cut the words of a card into lines, from top to bottom, bullets with what follows them.

    What is not read comes with the first line after what comes whole: it stands longest.
    """
    waiting: list[Mark] = []
    quiet: list[Mark] = []
    found: list[Beat] = []
    for place, hues in sheet.words:
        name = "" if isinstance(place.item, Bar) else place.item.content
        if name in UNREAD:
            quiet += marks(place, hues)
        elif place.block is None or name.startswith("number."):
            waiting += marks(place, hues)
        else:
            for drawn, letters in _lines_of(place, hues, whole=name in WHOLE):
                found.append(Beat((*waiting, *drawn), letters, name))
                waiting = []
    after = next((at for at, one in enumerate(found) if one.name not in WHOLE), 0)
    for at, beat in enumerate(found):
        yield beat._replace(marks=(*beat.marks, *quiet)) if at == after else beat
    if waiting:
        yield Beat(tuple(waiting), 0, "")


def _lines_of(place: StackItem, hues: Hues, *, whole: bool) -> Iterator[tuple[list[Mark], int]]:
    """Cut an item into its lines; gives the marks and letters of each."""
    block = place.block
    assert block is not None
    if whole or hues.struck is not None:
        yield marks(place, hues), count(block.shaped.text)
        return
    pill = not isinstance(place.item, Bar) and place.item.pill is not None
    for at, line in enumerate(block.lines):
        lines = tuple(
            other if at == index else other._replace(glyphs=())
            for index, other in enumerate(block.lines)
        )
        drawn = marks(place._replace(block=block._replace(lines=lines)), hues)
        words = block.shaped.text[line.start : line.end]
        yield drawn[1:] if pill and at else drawn, count(words)
