"""Resolve one isolating run sequence: rules W, N and I of UAX #9 (Unicode 15.1) on class strings.

A class is one letter: L, R, A (Arabic letter), E (European number), N (Arabic number),
``+`` ``$`` ``,`` (separator, terminator, common separator of numbers), m (nonspacing mark),
p (paragraph separator), t (segment separator), s (white space), o (other neutral), i j k x
(LRI, RLI, FSI, PDI). Rules become replacements in a string, so a rule whose classes do not
occur costs one search in C.
"""

from __future__ import annotations

import re
from functools import cache

from stopjihad.text.data.bidi import BRACKETS

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
_SIDES = "LR"


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
