"""How pictures of a film come and go: from one still to the next, and what changes on a still.

Brightness goes one way within a transition, and transitions are at least two seconds apart; a line
or a drawing that comes covers less than a quarter of the picture. So nothing flashes (WCAG 2.2,
criterion 2.3.1: three flashes in a second at most).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from stopjihad.render.film.planes import Patch, blend, onto, parts
from stopjihad.view.tempo import TRANSITION

if TYPE_CHECKING:
    from stopjihad.render.film.planes import Planes


WORDS_GONE = 104
"""How far a fade is, of 256, when the words before it are gone, and as far from its end when those
after it begin to come: in between stands what is behind them, for three frames."""

Entry = Literal["cut", "fade", "push"]


class Change(NamedTuple):
    """What changes on a still: from which frame of its shot on, the patches, frames of each."""

    start: int
    patches: tuple[Patch, ...]
    each: int = 1

    @property
    def end(self) -> int:
        """The frame of its shot from which on nothing moves."""
        return self.start + len(self.patches) * self.each


class Shot(NamedTuple):
    """One still as it stands in a film, and how it came to be so.

    Attributes:
        still: its planes, all of the size of the film.
        frames: how long it stands, its entry and its changes included.
        entry: how it comes: at once, out of the one before, or from the end side.
        first: what comes; None for the still itself.
        changes: what makes the still of it, in order, none before the one before it has ended.
        ground: the still without its words; None where it has none, or nothing fades.
    """

    still: Planes
    frames: int
    entry: Entry = "fade"
    first: Planes | None = None
    changes: tuple[Change, ...] = ()
    ground: Planes | None = None


class _Side(NamedTuple):
    """One side of a fade: a still, and the same without its words."""

    still: Planes
    ground: Planes


def play(shots: Sequence[Shot], *, mirrored: bool) -> Iterator[tuple[Planes, int]]:
    """Give the frames of a film in order.

    Args:
        shots: the first comes at once, whatever its entry.
        mirrored: whether the script runs from right to left: then a push comes from the left.
    """
    before: _Side | None = None
    for shot in shots:
        picture = shot.still if shot.first is None else shot.first
        at = 0
        if before is not None and shot.entry != "cut":
            for share in shares():
                if shot.entry == "push":
                    yield push_out(before.still, picture, share, mirrored=mirrored), 1
                else:
                    yield _blend_stills(before, _side(shot, picture), share), 1
                at += 1
        for change in shot.changes:
            if change.start > at:
                yield picture, change.start - at
                at = change.start
            for patch in change.patches:
                picture = onto(picture, patch)
                yield picture, change.each
                at += change.each
        if shot.frames > at:
            yield shot.still, shot.frames - at
        before = _side(shot, shot.still)


def _side(shot: Shot, still: Planes) -> _Side:
    return _Side(still, still if shot.ground is None else shot.ground)


def shares(frames: int = TRANSITION) -> Iterator[int]:
    """Give how far a movement is in each of its frames, of 256: slow at both ends (3x² - 2x³)."""
    for step in range(1, frames):
        yield 256 * step * step * (3 * frames - 2 * step) // frames**3


def _blend_stills(before: _Side, after: _Side, share: int) -> Planes:
    """Blend two stills so that words never stand on words.

    The first lose theirs, then the second get theirs; what is behind them blends all the way.
    """
    gone = min(256, share * 256 // WORDS_GONE)
    come = max(0, share - (256 - WORDS_GONE)) * 256 // WORDS_GONE
    return blend(
        blend(before.still, before.ground, gone), blend(after.ground, after.still, come), share
    )


def push_out(before: Planes, after: Planes, share: int, *, mirrored: bool = False) -> Planes:
    """Push one still out by the next: ``share`` of 256 of the width is the second.

    Args:
        mirrored: whether the second comes from the left.
    """
    import numpy as np

    made = np.empty_like(before)
    across = before.shape[1] * share // 512 * 2
    for target, old, new in zip(parts(made), parts(before), parts(after), strict=True):
        width = target.shape[1]
        moved = across * width // before.shape[1]
        if mirrored:
            target[:, :moved] = new[:, width - moved :]
            target[:, moved:] = old[:, : width - moved]
        else:
            target[:, : width - moved] = old[:, moved:]
            target[:, width - moved :] = new[:, :moved]
    return made
