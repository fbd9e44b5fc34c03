"""Let a card come line by line as it is read, its drawing among them.

What is read first is there at once: the line of a talking point, or the number of who listens. The
rest follows at the pace at which people read, or a little ahead of them, a line at a time, so that
something changes about once a second. A line is not cut: readers stumbled over half ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.catalog.layout import Bar
from stopjihad.draw.base import base
from stopjihad.draw.card import Card, lay_art
from stopjihad.draw.drawing import put
from stopjihad.draw.ground import marks, name_hues
from stopjihad.draw.pixels import Mark, lay_indexed
from stopjihad.draw.scheme import Hues
from stopjihad.draw.stack import StackItem
from stopjihad.plan.film_story import UNREAD
from stopjihad.render.film.motion import Change, Patch, Tables, blend, shares, tables_of
from stopjihad.text.unicode.graphemes import count
from stopjihad.view.tempo import RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stopjihad.render.film.motion import Planes

    Indices = NDArray[np.uint8]


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
    """What comes together: marks, letters that are then read; ``name`` is its content."""

    marks: tuple[Mark, ...]
    letters: int
    name: str


class Revealed(NamedTuple):
    """How a card comes: the picture that stands first, and what changes on it."""

    first: Planes
    changes: tuple[Change, ...]


def reveal(card: Card, start: int, frames: int, *, enters: bool) -> Revealed:
    """Let the words of a card come.

    Args:
        start: frames of its entry, in which nothing else may change.
        frames: how long the card stands in all.
        enters: whether its drawing comes, too; else it is there.
    """
    sheet = _sheet_of(card)
    beats = [one for one in _beats(card) if one.marks]
    lead = 1 + next((at for at, one in enumerate(beats) if one.name in WHOLE), 0)
    total = max(1, sum(one.letters for one in beats))

    def due(letters: int) -> int:
        return start + (frames - start) * letters // total

    at_once, later = beats[:lead], beats[lead:]
    read = sum(one.letters for one in at_once)
    moves = enters and bool(card.art)
    picture = sheet.drawn(None if moves else 0)
    sheet.lay(picture, at_once)
    first = sheet.tables.planes(picture)
    changes: list[Change] = []
    free = start
    if moves:
        free = max(start, min(due(read) // 2, round(PACE * RATE)))
        changes.append(Change(free, tuple(_enter(sheet, at_once))))
        free = changes[-1].end
        picture = sheet.drawn(0)
        sheet.lay(picture, at_once)
    for left, beat in zip(range(len(later) - 1, -1, -1), later, strict=True):
        soon = (changes[-1].start if changes else start) + round(PACE * RATE)
        begins = max(free, min(due(read), soon, frames - HOLD - left * APART))
        changes.append(Change(begins, tuple(_fade_in(sheet, picture, beat))))
        free = begins + APART
        read += beat.letters
    return Revealed(first, tuple(changes))


class _Sheet(NamedTuple):
    """What the words of a card are laid on.

    Attributes:
        bare: indices of what it shares with others, without its drawing.
        tables: colours, those of its drawing, too.
        blends: of each ink.
    """

    card: Card
    bare: Indices
    tables: Tables
    blends: Mapping[str, Indices]

    def drawn(self, aside: int | None) -> Indices:
        """Draw the card without words, its drawing ``aside`` px further right; None for none."""
        indices = self.bare.copy()
        assert self.card.scheme is not None
        own = len(self.card.scheme.palette)
        for one in self.card.art if aside is not None else ():
            put(indices, one.sprite, (one.at[0] + (aside or 0), one.at[1]), own)
            own += len(one.sprite.tints) - 1
        return indices

    def lay(self, indices: Indices, beats: Iterable[Beat]) -> None:
        """Lay words, in place."""
        for beat in beats:
            for mark in beat.marks:
                lay_indexed(indices, mark.mask, self.blends[mark.ink], 0)


def _sheet_of(card: Card) -> _Sheet:
    assert card.ground is not None
    below = card.ground.base
    bare = base(card.ground.key.base).indices
    for one in card.ground.placed:
        for mark in marks(one.place, name_hues(below, one)):
            lay_indexed(bare, mark.mask, below.blends[mark.ink], 0)
    return _Sheet(card, bare, tables_of(lay_art(card, bare.copy(), 0)), below.blends)


def _enter(sheet: _Sheet, beats: Sequence[Beat]) -> Iterator[Patch]:
    """Let a drawing come from the end side."""
    card = sheet.card
    width, height = card.canvas.size
    places = [(*one.at, *one.sprite.size) for one in card.art]
    rows = _even(min(one[1] for one in places), max(one[1] + one[3] for one in places), height)
    left, right = min(one[0] for one in places), max(one[0] + one[2] for one in places)
    edge = -right if card.canvas.rtl else width - left
    for share in (*shares(ENTERS), 256):
        picture = sheet.drawn(edge * (256 - share) // 256)
        sheet.lay(picture, beats)
        yield Patch(rows.start, sheet.tables.planes(picture[rows]))


def _fade_in(sheet: _Sheet, picture: Indices, beat: Beat) -> Iterator[Patch]:
    """Lay a line onto a picture, in place."""
    tops = [mark.mask.y for mark in beat.marks]
    ends = [mark.mask.y + mark.mask.cover.shape[0] for mark in beat.marks]
    rows = _even(min(tops), max(ends), len(picture))
    before = sheet.tables.planes(picture[rows])
    sheet.lay(picture, (beat,))
    after = sheet.tables.planes(picture[rows])
    for share in (*shares(FADE), 256):
        yield Patch(rows.start, blend(before, after, share))


def _even(top: int, bottom: int, height: int) -> slice:
    """Give rows in fours: chroma has half as many, and they stand in two columns (I420)."""
    return slice(max(0, top) // 4 * 4, min(height, -(-bottom // 4) * 4))


def _beats(card: Card) -> Iterator[Beat]:
    """Cut the words of a card into lines, from top to bottom, bullets with what follows them.

    What is not read comes with the first line after what comes whole: it stands longest.
    """
    assert card.ground is not None
    waiting: list[Mark] = []
    quiet: list[Mark] = []
    found: list[Beat] = []
    for place, hues in card.placed[len(card.ground.placed) :]:
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
