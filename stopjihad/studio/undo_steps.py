"""Remember the steps of writing a file, back and forth, over restarts of the studio.

Kept are the digests of files, below ``.stopjihad/undo/``: what the files were is in the history of
the campaign (``disk.history``), and goes with it. What cannot be read there is no step.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import deque
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.disk import PRIVATE, hold
from stopjihad.disk.files import read_in, replace_in
from stopjihad.disk.history import history_of

FOLDER = "undo"

STEPS = 200
"""Steps back that are kept for each file."""

LARGEST = 512 * 1024
"""Bytes of the steps of one file, 400 of some 200 bytes: what is larger is not ours."""

PAUSE = 10.0
"""Seconds without a save after which typing on in a field is another step."""

LONGEST = 30.0
"""Most seconds of typing in one step: an undo takes back no more than that."""

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
    """Remember one change: what a file is on its other side, and until then.

    Attributes:
        wanted: digest of the file on the other side of the step.
        known: digest of the file from which the step is taken.
        field: path of what was changed; empty for a file as a whole.
        begun: when its first save was.
        last: when its last save was, and by whom.
    """

    wanted: str
    known: str
    field: Field
    begun: float
    last: Burst


class KeptStep(msgspec.Struct, frozen=True, array_like=True):
    """A step as it lies on the disk."""

    wanted: str
    known: str
    field: Field


class KeptSteps(msgspec.Struct, frozen=True):
    """The steps of one file as they lie on the disk, oldest first."""

    path: str
    back: tuple[KeptStep, ...]
    forth: tuple[KeptStep, ...]


class History:
    """Keep the steps of one file, back and forth."""

    def __init__(self, root: Path, path: str) -> None:
        """Begin with the steps that were kept when the studio ran last.

        Args:
            path: file relative to the workspace.
        """
        self._root, self._path = root, path
        self._bytes: dict[str, bytes] = {}
        kept = self._load()
        self.back = deque(map(_step, kept.back), STEPS)
        self.forth = deque(map(_step, kept.forth), STEPS)

    def add(self, old: bytes, digests: tuple[str, str], field: Field, burst: Burst) -> None:
        """Remember a save; what was taken back before cannot be done again.

        Args:
            digests: of the file before and after it.
        """
        self.forth.clear()
        before, after = digests
        last = self.back[-1] if self.back else None
        if last and last.known == before and last.field == field and _goes_on(last, burst):
            self.back[-1] = last._replace(known=after, last=burst)
        else:
            self._bytes[before] = old
            self.back.append(HistoryStep(before, after, field, burst.moment, burst))
        self._keep()

    def bytes_of(self, step: HistoryStep) -> bytes | None:
        """Give what the file is on the other side of a step; None where that was forgotten."""
        if step.wanted not in self._bytes:
            campaign = self._path.split("/")[1]
            known = history_of(str(self._root), campaign)
            found = [one for one in known.versions(self._path) if one.digest == step.wanted]
            for data in known.contents(found[-1:]).values():
                if data is not None:
                    self._bytes[step.wanted] = data
        return self._bytes.get(step.wanted)

    def turn(self, taken: deque[HistoryStep], given: deque[HistoryStep], now: bytes) -> None:
        """Move the last step from one way to the other: the file was ``now`` before it."""
        step = taken.pop()
        self._bytes[step.known] = now
        # A step of its own from now on: typing goes on in another one.
        given.append(
            step._replace(wanted=step.known, known=step.wanted, last=Burst("", step.begun))
        )
        self._keep()

    def clear(self) -> None:
        """Forget everything: someone else has changed the file."""
        self.back.clear()
        self.forth.clear()
        self._keep()

    def _load(self) -> KeptSteps:
        with contextlib.suppress(OSError), hold(str(self._root / PRIVATE / FOLDER)) as held:
            data = read_in(held, self._name, LARGEST)
            with contextlib.suppress(msgspec.DecodeError):
                kept = msgspec.json.decode(data or b"", type=KeptSteps)
                if kept.path == self._path:
                    return kept
        return KeptSteps(self._path, (), ())

    def _keep(self) -> None:
        """Write the steps down; a disk that refuses takes none from who is writing now."""
        used = {step.wanted for step in (*self.back, *self.forth)}
        self._bytes = {digest: data for digest, data in self._bytes.items() if digest in used}
        ways = (tuple(KeptStep(*step[:3]) for step in way) for way in (self.back, self.forth))
        data = msgspec.json.encode(KeptSteps(self._path, *ways))
        folder = str(self._root / PRIVATE / FOLDER)
        with contextlib.suppress(OSError), hold(folder, make=True) as held:
            replace_in(held, self._name, data)

    @property
    def _name(self) -> str:
        return hashlib.sha256(self._path.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _step(kept: KeptStep) -> HistoryStep:
    return HistoryStep(kept.wanted, kept.known, kept.field, 0.0, Burst("", 0.0))


def _goes_on(last: HistoryStep, burst: Burst) -> bool:
    """Tell whether a save belongs to the step before it."""
    same = bool(burst.token) and burst.token == last.last.token
    quick = burst.moment - last.last.moment < PAUSE
    return same and quick and burst.moment - last.begun < LONGEST
