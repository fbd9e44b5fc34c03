"""Order text of mixed direction: the Unicode Bidirectional Algorithm, UAX #9 (Unicode 15.1).

Levels say which way each character reads: even is left to right, odd is right to left. Text is
shaped in runs of one level; within a line the runs stand in the order of :func:`visual_runs`.
Mirroring of brackets (L4) is left to the shaper, which does it for right-to-left runs.

Rules work on strings of one letter a character, its class: L, R, A (Arabic letter), E (European
number), N (Arabic number), ``+`` ``$`` ``,`` (separator, terminator, common separator of numbers),
m (nonspacing mark), p (paragraph separator), t (segment separator), s (white space), o (other
neutral), i j k x (LRI, RLI, FSI, PDI), e f g h q (LRE, LRO, RLE, RLO, PDF) and b (boundary
neutral), the last six of which rule X9 removes. Rules become replacements in a string, so a rule
whose classes do not occur costs one search in C.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import NamedTuple

from stopjihad.text.unicode.class_table import ClassTable
from stopjihad.text.unicode.data import BIDI, BRACKETS

# A superset of the characters of the classes R, AL, AN and of the directional controls: text
# without any of them has level 0 throughout when its paragraph reads from left to right.
_MAY_TURN = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_EXPLICIT = re.compile(r"[efghijkqx]")
_STRONG = re.compile(r"[LRA]")
_ISOLATE = re.compile(r"[ijk]")
_REMOVED = re.compile(r"b+")
_SPACE_AT_END = "sijkxefghqb"  # L1: white space and isolate controls, and what X9 removes
_RUN = re.compile(rb"(.)\1*", re.DOTALL)
_SIDES = "LR"


def levels(text: str, base: int | None = None) -> tuple[int, bytes]:
    """Resolve the embedding level of every character (P1 to I2).

    Args:
        text: one paragraph, or several with their separators (LF, CR, U+2029 and the like);
            directional formatting ends with each paragraph.
        base: 0 for left to right, 1 for right to left; None takes the level of the first
            paragraph, for all of them, as ``dir="auto"`` does for an element of a page.

    Returns:
        The base level, and one byte per character of the text: its level, 0 to 126. Characters
        that rule X9 removes get the level of the character before them, so that runs stay whole.
    """
    if not base and (text.isascii() or not _MAY_TURN.search(text)):
        return 0, bytes(len(text))
    classes = class_letters(text)
    if base is None:
        base = _level_of(classes)
    if "p" not in classes:
        return base, _paragraph(text, classes, base)
    parts: list[bytes] = []
    start = 0
    for match in re.finditer("p", classes):
        stop = match.start()
        parts += (_paragraph(text[start:stop], classes[start:stop], base), bytes([base]))
        start = stop + 1
    parts.append(_paragraph(text[start:], classes[start:], base))
    return base, b"".join(parts)


def line_levels(text: str, levels: bytes, start: int, end: int, base: int) -> bytes:
    """Give the levels of one line, with its separators and end spaces at the base level (L1).

    Args:
        text: the text that the levels belong to.
        start: index of the first character of the line.
        base: paragraph level, 0 or 1.

    Returns:
        One byte per character of the line.
    """
    line = levels[start:end]
    if not any(line) and not base:
        return line
    classes = class_letters(text[start:end])
    found = bytearray(line)
    for match in re.finditer("[tp]|$", classes):
        stop = match.end()
        kept = len(classes[: match.start()].rstrip(_SPACE_AT_END))
        found[kept:stop] = bytes([base]) * (stop - kept)
    return bytes(found)


def visual_runs(levels: bytes) -> list[tuple[int, int, int]]:
    """Put the runs of one line in the order in which they stand from left to right (L2).

    Returns:
        ``(start, end, level)`` per run, as indices into the line; characters within a run of
        an odd level stand in reverse.
    """
    runs = [(match.start(), match.end(), match[1][0]) for match in _RUN.finditer(levels)]
    odd = [level for _, _, level in runs if level & 1]
    if not odd:
        return runs
    for least in range(max(level for _, _, level in runs), min(odd) - 1, -1):
        first = 0
        while first < len(runs):
            last = first
            while last < len(runs) and runs[last][2] >= least:
                last += 1
            runs[first:last] = runs[first:last][::-1]
            first = last + 1
    return runs


def _paragraph(text: str, classes: str, base: int) -> bytes:
    """Resolve one paragraph without its separator."""
    brackets = {match.start(): match[0] for match in BRACKET.finditer(text)}
    side = _SIDES[base]
    if not _EXPLICIT.search(classes):
        if "b" not in classes:
            return resolve(classes, brackets, base, side, side)
        found, letters = bytearray(len(classes)), classes
        kept = [place for place, letter in enumerate(letters) if letter != "b"]
        groups = [Sequence(kept, base, side, side)]
    else:
        found, letters = explicit(classes, base)
        groups = sequences(classes, letters, found, base)
    for places, level, sos, eos in groups:
        held = "".join([letters[place] for place in places])
        own = _own_brackets(places, brackets)
        for place, value in zip(places, resolve(held, own, level, sos, eos), strict=True):
            found[place] = value
    for match in _REMOVED.finditer(letters):
        before = found[match.start() - 1] if match.start() else base
        found[match.start() : match.end()] = bytes([before]) * len(match[0])
    return bytes(found)


def _own_brackets(places: list[int], brackets: dict[int, str]) -> dict[int, str]:
    """Renumber the brackets of a sequence by their place in it."""
    if not brackets:
        return {}
    return {number: brackets[place] for number, place in enumerate(places) if place in brackets}


def _level_of(classes: str) -> int:
    """Apply P2 and P3 to class letters."""
    classes = classes.partition("p")[0]
    if _ISOLATE.search(classes):
        return int(first_strong(classes)[0] in ("R", "A"))
    match = _STRONG.search(classes)
    return int(match is not None and match[0] != "L")


def class_letters(text: str) -> str:
    """Give the letter of each character's class, as listed above."""
    return text.translate(_classes())


@cache
def _classes() -> ClassTable:
    """Decode the table of classes when the first text needs it."""
    return ClassTable(BIDI)


# Rules X1 to X10: directional controls.

MAX_DEPTH = 125  # BD2

_NOT_REMOVED = re.compile(r"[^b]")


class Sequence(NamedTuple):
    """An isolating run sequence.

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
    """One entry of the directional status stack."""

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
    for match in _EXPLICIT.finditer(classes):
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
        letters: class letters after overrides, b where X9 removes the character.
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


# Rules W, N and I: one isolating run sequence.

BRACKET = re.compile(f"[{re.escape(BRACKETS)}]")
MAX_OPEN_BRACKETS = 63  # BD16

_MARKS = re.compile(r"(.)m+")
_AFTER_ARABIC = re.compile(r"A[^LRA]*E[^LRA]*")
_SEPARATOR = re.compile(r"(?<=E)[+,](?=E)")
_ARABIC_SEPARATOR = re.compile(r"(?<=N),(?=N)")
_TERMINATORS = re.compile(r"(?<!\$)\$+(?=E)|(?<=E)\$+")
_AFTER_LEFT = re.compile(r"L[^LR]*E[^LR]*")
_LEFT_BETWEEN = re.compile(r"(?<=L)[^LREN]+(?=L)")
_RIGHT_BETWEEN = re.compile(r"(?<=[REN])[^LREN]+(?=[REN])")
_SEPARATORS_LEFT = str.maketrans("+$,", "ooo")
_NEUTRAL = "ptsoijkx"
_NEUTRAL_TO = {side: str.maketrans(_NEUTRAL, side * len(_NEUTRAL)) for side in "LR"}


def resolve(classes: str, brackets: dict[int, str], level: int, sos: str, eos: str) -> bytes:
    """Give each character of an isolating run sequence its level.

    Args:
        classes: a class letter per character; none that rule X9 removes.
        brackets: paired brackets by their place in the sequence.
        level: the embedding level of the sequence, 0 to 125.
        sos: L or R, the side before the sequence.
        eos: L or R, the side after it.

    Returns:
        One byte per character: its level, 0 to 126.
    """
    side = _SIDES[level & 1]
    types = _weak(classes, sos)
    if brackets:
        types = _pair_brackets(types, classes, brackets, side, sos)
    types = _neutral(types, side, sos, eos)
    return types.encode("ascii").translate(_implicit(level))


def _weak(types: str, sos: str) -> str:
    """Apply W1 to W7."""
    if "m" in types:
        types = _MARKS.sub(_copy_to_marks, sos + types)[1:]
    if "E" in types:
        if "A" in types:
            types = _AFTER_ARABIC.sub(_arabic_numbers, types)
        types = _SEPARATOR.sub("E", types)
        if "$" in types:
            types = _TERMINATORS.sub(_european_numbers, types)
    types = types.replace("A", "R")
    if "," in types:
        types = _ARABIC_SEPARATOR.sub("N", types)
    types = types.translate(_SEPARATORS_LEFT)
    if "E" in types:
        types = _AFTER_LEFT.sub(_left_numbers, sos + types)[1:]
    return types


def _copy_to_marks(match: re.Match[str]) -> str:
    """W1: marks take the class before them; after an isolate control they are neutral."""
    before = match[1]
    return before + ("o" if before in "ijkx" else before) * (len(match[0]) - 1)


def _arabic_numbers(match: re.Match[str]) -> str:
    """W2: numbers after an Arabic letter are Arabic numbers."""
    return match[0].replace("E", "N")


def _european_numbers(match: re.Match[str]) -> str:
    """W5: terminators beside a European number belong to it."""
    return "E" * len(match[0])


def _left_numbers(match: re.Match[str]) -> str:
    """W7: numbers after a left-to-right letter are left-to-right."""
    return match[0].replace("E", "L")


def _pair_brackets(types: str, classes: str, brackets: dict[int, str], side: str, sos: str) -> str:
    """Apply N0: brackets take the side of what they hold, or of what stands before them."""
    found = bytearray(types, "ascii")
    for opener, closer in _pairs(types, brackets):
        new = _side_of_pair(found, opener, closer, side, sos)
        if new:
            for place in (opener, closer):
                stop = place + 1
                while classes.startswith("m", stop):
                    stop += 1
                found[place:stop] = new.encode("ascii") * (stop - place)
    return found.decode("ascii")


def _pairs(types: str, brackets: dict[int, str]) -> list[tuple[int, int]]:
    """Find the bracket pairs of BD16, in the order of their openers."""
    closers = _closers()
    pending: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, bracket in brackets.items():
        if types[place] != "o":  # an override made it a letter
            continue
        closer = closers.get(bracket)
        if closer is not None:
            if len(pending) == MAX_OPEN_BRACKETS:
                break
            pending.append((closer, place))
            continue
        wanted = _CANONICAL.get(bracket, bracket)
        for depth in range(len(pending) - 1, -1, -1):
            if pending[depth][0] == wanted:
                pairs.append((pending[depth][1], place))
                del pending[depth:]
                break
    return sorted(pairs)


_CANONICAL = {"\u232a": "\u3009"}  # canonically equivalent closers pair with either opener


@cache
def _closers() -> dict[str, str]:
    """Map each opening bracket to the canonical form of its closer."""
    return {
        opener: _CANONICAL.get(closer, closer)
        for opener, closer in zip(BRACKETS[::2], BRACKETS[1::2], strict=True)
    }


def _side_of_pair(types: bytearray, opener: int, closer: int, side: str, sos: str) -> str:
    """Choose the side of a pair (N0 b, c); empty when it stays neutral (N0 d)."""
    left = types.find(b"L", opener, closer) >= 0
    right = any(types.find(strong, opener, closer) >= 0 for strong in (b"R", b"E", b"N"))
    if (left and side == "L") or (right and side == "R"):
        return side
    if not (left or right):
        return ""
    last_left = types.rfind(b"L", 0, opener)
    last_right = max(types.rfind(strong, 0, opener) for strong in (b"R", b"E", b"N"))
    if last_left == last_right:  # both absent
        return sos
    return "L" if last_left > last_right else "R"


def _neutral(types: str, side: str, sos: str, eos: str) -> str:
    """Apply N1 and N2: what stands between two of one side takes it, the rest the level's."""
    between = _RIGHT_BETWEEN if side == "L" else _LEFT_BETWEEN
    other = "R" if side == "L" else "L"
    framed = between.sub(lambda match: other * len(match[0]), sos + types + eos)
    return framed[1:-1].translate(_NEUTRAL_TO[side])


@cache
def _implicit(level: int) -> bytes:
    """Tabulate I1 and I2 for a level: what each side and number adds to it."""
    added = {"L": 1, "R": 0, "E": 1, "N": 1} if level & 1 else {"L": 0, "R": 1, "E": 2, "N": 2}
    letters = "".join(added).encode("ascii")
    return bytes.maketrans(letters, bytes(level + step for step in added.values()))
