"""Read directional controls: rules X1 to X10 of UAX #9 (Unicode 15.1) on class strings.

Classes are the letters of :mod:`stopjihad.text.bidi_sequence`, and besides them e f g h q
(LRE, LRO, RLE, RLO, PDF) and b (boundary neutral), which rule X9 removes.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

MAX_DEPTH = 125  # BD2

_CONTROL = re.compile(r"[efghijkqx]")
_NOT_REMOVED = re.compile(r"[^b]")
_SIDES = "LR"


class Sequence(NamedTuple):
    """Hold an isolating run sequence.

    Attributes:
        places: indices of its characters in the paragraph, in order.
        level: its embedding level, 0 to 125.
        sos: L or R, the side before it.
        eos: L or R, the side after it.
    """

    places: list[int]
    level: int
    sos: str
    eos: str


class _Entry(NamedTuple):
    """Hold one entry of the directional status stack."""

    level: int
    override: str
    isolate: bool


class _Status:
    """Keep the directional status stack and its counters (X1)."""

    def __init__(self, base: int) -> None:
        self.stack = [_Entry(base, "", isolate=False)]
        self.overflow_isolates = 0
        self.overflow_embeddings = 0
        self.valid_isolates = 0

    def push(self, *, rtl: bool, override: str, isolate: bool) -> None:
        """Open an embedding, an override or an isolate (X2 to X5c)."""
        level = self.stack[-1].level
        level += 1 if (level & 1) != rtl else 2
        fits = level <= MAX_DEPTH and not (self.overflow_isolates or self.overflow_embeddings)
        if fits:
            self.valid_isolates += isolate
            self.stack.append(_Entry(level, override, isolate))
        elif isolate:
            self.overflow_isolates += 1
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def pop_isolate(self) -> None:
        """Close the innermost isolate and the embeddings in it (X6a)."""
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow_embeddings = 0
            while not self.stack.pop().isolate:
                pass
            self.valid_isolates -= 1

    def pop_embedding(self) -> None:
        """Close the innermost embedding or override of this isolate (X7)."""
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif len(self.stack) > 1 and not self.stack[-1].isolate:
            self.stack.pop()


def first_strong(classes: str) -> list[str]:
    """Find, for each place, the first strong class from there on at the same isolate depth.

    Args:
        classes: class letters of one paragraph.

    Returns:
        One more entry than there are characters: L, R, A, or an empty string where the
        paragraph or the isolate that holds the place ends before any (P2, X5c).
    """
    pending: list[int] = []
    partner: dict[int, int] = {}
    for match in re.finditer(r"[ijkx]", classes):
        if match[0] != "x":
            pending.append(match.start())
        elif pending:
            start = pending.pop()
            partner[start] = match.start()
            partner[match.start()] = start
    found = [""] * (len(classes) + 1)
    for place in range(len(classes) - 1, -1, -1):
        letter = classes[place]
        if letter in "LRA":
            found[place] = letter
        elif letter in "ijk":
            found[place] = found[partner[place] + 1] if place in partner else ""
        elif letter != "x" or place not in partner:
            found[place] = found[place + 1]
    return found


def explicit(classes: str, base: int) -> tuple[bytearray, str]:
    """Apply X1 to X9.

    Args:
        classes: class letters of one paragraph without its separator.
        base: paragraph level, 0 or 1.

    Returns:
        The embedding level of each character (without meaning where X9 removes it), and the
        class letters after overrides, with b for every character that X9 removes.
    """
    strong = first_strong(classes) if "k" in classes else []
    status = _Status(base)
    levels = bytearray(len(classes))
    letters: list[str] = []
    place = 0
    for match in _CONTROL.finditer(classes):
        letters.append(_text(classes, place, match.start(), levels, status))
        place = match.end()
        letter = match[0]
        if letter == "x":
            status.pop_isolate()
        current = status.stack[-1]
        levels[match.start()] = current.level
        if letter in "ijk":
            rtl = letter == "j" or (letter == "k" and strong[place] in ("R", "A"))
            status.push(rtl=rtl, override="", isolate=True)
        elif letter in "efgh":
            override = {"f": "L", "h": "R"}.get(letter, "")
            status.push(rtl=letter in "gh", override=override, isolate=False)
        elif letter == "q":
            status.pop_embedding()
        letters.append((current.override or letter) if letter in "ijkx" else "b")
    letters.append(_text(classes, place, len(classes), levels, status))
    return levels, "".join(letters)


def _text(classes: str, start: int, stop: int, levels: bytearray, status: _Status) -> str:
    """Give characters between controls the level and override in force (X6)."""
    entry = status.stack[-1]
    levels[start:stop] = bytes([entry.level]) * (stop - start)
    letters = classes[start:stop]
    return _NOT_REMOVED.sub(entry.override, letters) if entry.override else letters


def sequences(classes: str, letters: str, levels: bytearray, base: int) -> list[Sequence]:
    """Group level runs into isolating run sequences (X10).

    Args:
        classes: class letters before overrides.
        letters: class letters after overrides, b where X9 removes the character.
        levels: embedding levels.
        base: paragraph level, 0 or 1.

    Returns:
        The sequences; together they hold each character that X9 keeps once.
    """
    kept = [place for place, letter in enumerate(letters) if letter != "b"]
    runs = [list(group) for _, group in groupby(kept, key=levels.__getitem__)]
    depths = [base, *(levels[run[0]] for run in runs), base]
    done: list[Sequence] = []
    suspended: list[Sequence] = []
    for number, run in enumerate(runs, start=1):
        level = depths[number]
        eos = _SIDES[max(level, depths[number + 1]) & 1]
        if classes[run[0]] == "x" and suspended:
            before = suspended.pop()
            sequence = Sequence(before.places + run, level, before.sos, eos)
        else:
            sos = _SIDES[max(level, depths[number - 1]) & 1]
            sequence = Sequence(run, level, sos, eos)
        (suspended if classes[run[-1]] in "ijk" else done).append(sequence)
    ends = [sequence._replace(eos=_SIDES[max(sequence.level, base) & 1]) for sequence in suspended]
    return done + ends
