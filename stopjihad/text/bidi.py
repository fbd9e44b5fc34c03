"""Order text of mixed direction: the Unicode Bidirectional Algorithm, UAX #9 (Unicode 15.1).

Levels say which way each character reads: even is left to right, odd is right to left. Text is
shaped in runs of one level; within a line the runs stand in the order of :func:`visual_runs`.
Mirroring of brackets (L4) is left to the shaper, which does it for right-to-left runs.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from stopjihad.text.bidi_explicit import Sequence, explicit, first_strong, sequences
from stopjihad.text.bidi_sequence import BRACKET, resolve
from stopjihad.text.data.bidi import RUNS
from stopjihad.text.unicode_tables import ClassTable

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
_PAIRED = re.compile(r"[efghijkpqx]")
_FORMATTING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OPENERS = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}
_LINE = re.compile("[^\n\r\x1c-\x1e\x85\u2029]+")  # what stands between characters of class B
_CLOSER = "\u2069"
_SPACE_AT_END = "sijkxefghqb"  # L1: white space and isolate controls, and what X9 removes
_RUN = re.compile(rb"(.)\1*", re.DOTALL)
_SIDES = "LR"


def paragraph_level(text: str) -> int:
    """Find the level of a paragraph from its first strong character (P2, P3).

    Args:
        text: any text; only its first paragraph counts.

    Returns:
        1 when the first strong character outside isolates is right to left, else 0.
    """
    if text.isascii() or not _MAY_TURN.search(text):
        return 0
    return _level_of(text.translate(_classes()))


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
    classes = text.translate(_classes())
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
        levels: what :func:`levels` gave for it.
        start: index of the first character of the line.
        end: index after its last.
        base: paragraph level, 0 or 1.

    Returns:
        One byte per character of the line.
    """
    line = levels[start:end]
    if not any(line) and not base:
        return line
    classes = text[start:end].translate(_classes())
    found = bytearray(line)
    for match in re.finditer("[tp]|$", classes):
        stop = match.end()
        kept = len(classes[: match.start()].rstrip(_SPACE_AT_END))
        found[kept:stop] = bytes([base]) * (stop - kept)
    return bytes(found)


def visual_runs(levels: bytes) -> list[tuple[int, int, int]]:
    """Put the runs of one line in the order in which they stand from left to right (L2).

    Args:
        levels: levels of the line, from :func:`line_levels`.

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


def has_controls(text: str) -> bool:
    """Say whether a text holds directional formatting characters (property Bidi_Control).

    Args:
        text: any text.

    Returns:
        True for U+061C, U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069.
    """
    return not text.isascii() and _FORMATTING.search(text) is not None


def strip_controls(text: str) -> str:
    """Remove directional formatting characters.

    Args:
        text: any text.

    Returns:
        The text without the characters that :func:`has_controls` names.
    """
    return text if text.isascii() else _FORMATTING.sub("", text)


def unmatched_controls(text: str) -> tuple[int, ...]:
    """Find embeddings, overrides and isolates that lack their other half in their paragraph.

    Such a control turns what follows it, on a page or in a post that we do not own.

    Args:
        text: any text.

    Returns:
        Indices of openers without a closer and of closers without an opener, ascending.
    """
    if text.isascii() or not _FORMATTING.search(text):
        return ()
    lost: list[int] = []
    pending: list[tuple[bool, int]] = []  # is it an isolate, and where
    for match in _PAIRED.finditer(text.translate(_classes())):
        letter, place = match[0], match.start()
        if letter in "efghijk":
            pending.append((letter in "ijk", place))
        elif letter == "p":
            lost += (opener for _, opener in pending)
            pending.clear()
        elif letter == "q" and pending and not pending[-1][0]:
            pending.pop()
        elif letter == "x" and any(isolate for isolate, _ in pending):
            while not pending[-1][0]:  # an isolate ends what was opened in it
                lost.append(pending.pop()[1])
            pending.pop()
        else:
            lost.append(place)
    lost += (opener for _, opener in pending)
    return tuple(sorted(lost))


def isolate(text: str, direction: Literal["auto", "ltr", "rtl"] = "auto") -> str:
    """Wrap a text so that what stands around it cannot reorder it, nor it them.

    A phone number in Arabic text needs ``ltr``: without it 0800 123 456 is shown as 456 123 0800.

    Args:
        text: one phrase, such as a phone number, an address or a name. An isolate ends with its
            paragraph, so each line of several is wrapped on its own.
        direction: ``ltr`` or ``rtl`` for what is known, ``auto`` for the first strong character.

    Returns:
        The text between U+2066, U+2067 or U+2068 and U+2069, its own unmatched controls removed.
        Text that is one whole isolate already, and empty text, come back as they are.
    """
    lost = frozenset(unmatched_controls(text))
    if lost:
        text = "".join([char for place, char in enumerate(text) if place not in lost])
    opener = _OPENERS[direction]
    return _LINE.sub(
        lambda line: line[0] if _is_isolate(line[0]) else f"{opener}{line[0]}{_CLOSER}", text
    )


def _is_isolate(text: str) -> bool:
    """Say whether the last character closes the isolate that the first one opens."""
    framed = len(text) > 1 and text[0] in _OPENERS.values() and text[-1] == _CLOSER
    return framed and not unmatched_controls(text[1:-1])


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


@cache
def _classes() -> ClassTable:
    """Decode the table of classes when the first text needs it."""
    return ClassTable(RUNS)
