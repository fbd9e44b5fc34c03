"""The saves of a file, for undo and redo."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

STEPS = 200
"""Steps back that are kept for each file."""

PAUSE = 10.0
"""Seconds without a save after which typing on in a field is another step."""

LONGEST = 30.0
"""Seconds of typing that one step may hold: an undo loses no more than that."""

Field = tuple[str | int, ...]


class Burst(NamedTuple):
    """Say by whom and when a field was changed.

    Attributes:
        token: the same as long as a page stays in a field; empty for what is a step of its own.
        moment: seconds of a clock that never goes back.
    """

    token: str
    moment: float


class HistoryStep(NamedTuple):
    """Remember one change: the bytes that bring a file back, and what the file is until then.

    Attributes:
        bytes: of the file on the other side of the step.
        known: digest of the file from which the step is taken.
        field: path of what was changed; empty for a file as a whole.
        begun: when its first save was.
        last: when its last save was, and by whom.
    """

    bytes: bytes
    known: str
    field: Field
    begun: float
    last: Burst


class History:
    """Keep the steps of one file, back and forth."""

    def __init__(self) -> None:
        """Start with nothing to take back."""
        self.back: deque[HistoryStep] = deque(maxlen=STEPS)
        self.forth: deque[HistoryStep] = deque(maxlen=STEPS)

    def add(self, old: bytes, digests: tuple[str, str], field: Field, burst: Burst) -> None:
        """Remember a save; what was taken back before cannot be done again.

        Args:
            old: the file before it.
            digests: of the file before and after it.
            field: what was changed.
            burst: by whom and when.
        """
        self.forth.clear()
        before, after = digests
        last = self.back[-1] if self.back else None
        if last and last.known == before and last.field == field and _goes_on(last, burst):
            self.back[-1] = last._replace(known=after, last=burst)
        else:
            self.back.append(HistoryStep(old, after, field, burst.moment, burst))

    def clear(self) -> None:
        """Forget everything: someone else has changed the file."""
        self.back.clear()
        self.forth.clear()


def _goes_on(last: HistoryStep, burst: Burst) -> bool:
    """Tell whether a save belongs to the step before it."""
    same = bool(burst.token) and burst.token == last.last.token
    quick = burst.moment - last.last.moment < PAUSE
    return same and quick and burst.moment - last.begun < LONGEST
