"""Put directional formatting characters into texts, find, remove and judge them (UAX #9).

They reorder what a page, a post or a message shows: a number between U+202E and U+202C reads
backwards, on every platform. Pages set direction themselves, so no author needs the five embeddings
and overrides (Unicode, UAX #9, section 2.7, advises isolates in their place). Isolates and marks
are fine around a number or an address, never inside of one.
"""

from __future__ import annotations

import re
from typing import Literal

from stopjihad.text.unicode.bidi import class_letters, levels, line_levels, visual_runs

_PAIRED = re.compile(r"[efghijkpqx]")
CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Directional formatting characters, for a set of a pattern."""

_FORMATTING = re.compile(f"[{CONTROLS}]")
_SHARE = re.compile(
    "(?<![0-9\u06f0-\u06f9.,\u066b\u066c\u200e\u2066%])"
    "[0-9\u06f0-\u06f9][0-9\u06f0-\u06f9.,\u066b\u066c]*[\u00a0\u202f]?%"
)
_OPENERS = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}
_LINE = re.compile("[^\n\r\x1c-\x1e\x85\u2029]+")  # what stands between characters of class B
_CLOSER = "\u2069"


def has_controls(text: str) -> bool:
    """Say whether a text holds directional formatting characters (property Bidi_Control).

    Returns:
        True for U+061C, U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069.
    """
    return not text.isascii() and _FORMATTING.search(text) is not None


def strip_controls(text: str) -> str:
    """Remove directional formatting characters."""
    return text if text.isascii() else _FORMATTING.sub("", text)


def unmatched_controls(text: str) -> tuple[int, ...]:
    """Find embeddings, overrides and isolates that lack their other half in their paragraph.

    Such a control turns what follows it, on a page or in a post that we do not own.

    Returns:
        Indices of openers without a closer and of closers without an opener, ascending.
    """
    if text.isascii() or not _FORMATTING.search(text):
        return ()
    lost: list[int] = []
    pending: list[tuple[bool, int]] = []  # is it an isolate, and where
    for match in _PAIRED.finditer(class_letters(text)):
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


def hold_shares(text: str) -> str:
    """Keep the sign of per cent on the right of its number in text that runs from right to left.

    After an Arabic letter a number from 0 to 9 becomes an Arabic number, to which the sign does not
    belong (UAX #9, W2 and W5): 60% alone has the sign on the right, after a word on the left. CLDR
    sets it on the right: the sign of Arabic with these digits is U+200E % U+200E.

    Args:
        text: words of a language that runs from right to left.

    Returns:
        The text with U+200E before each such number: after a left-to-right letter it stays a
        European one. Numbers that have one, and other numbers, stay as they are.
    """
    return _SHARE.sub("\u200e\\g<0>", text) if "%" in text else text


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


def isolate_whole(text: str) -> str:
    """Keep a number or an address on one line and from left to right (UAX #9, isolates)."""
    return isolate(text.strip().replace(" ", "\u00a0"), "ltr")


def _is_isolate(text: str) -> bool:
    """Say whether the last character closes the isolate that the first one opens."""
    framed = len(text) > 1 and text[0] in _OPENERS.values() and text[-1] == _CLOSER
    return framed and not unmatched_controls(text[1:-1])


_CONTROL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
UNSHOWN = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff"
"""Control codes but line ends and tabs, which XML forbids or discourages (XML 1.0, section 2.2)."""
_UNSHOWN = re.compile(f"[{UNSHOWN}]")
_OVERRIDE = re.compile("[\u202a-\u202e]")
_NUMBER = re.compile(rf"\d(?:[\d \u00a0\u202f.,:/+()'\u2019\u066b\u066c{_CONTROL}-]*\d)?")
_ISOLATE = re.compile(
    r"\d[ \u00a0\u202f.,:/+()'-]*[\u2066-\u2069]+[ \u00a0\u202f.,:/+()'-]*"
    r"(?:[\u2066-\u2069]+[ \u00a0\u202f.,:/+()'-]*)*\d"
)
_TOKEN = re.compile(r"\S+")
_ENDS = "\u061c\u200e\u200f\u2066\u2067\u2068\u2069.,;:!?()\u060c\u061b\u061f"
_ADDRESS = re.compile(r"://|[^\s@]@[A-Za-z0-9-]|[A-Za-z0-9-]\.[A-Za-z]{2}|\+\d")


def may_have_fault(text: str) -> bool:
    """Tell quickly whether ``order_fault`` must look at a text."""
    return has_controls(text) or _UNSHOWN.search(text) is not None


def order_fault(text: str) -> str:
    """Find the first thing in a text that is not shown as it is stored.

    Returns:
        What is wrong, for people; empty when nothing is.
    """
    found = _UNSHOWN.search(text)
    if found:
        return f"U+{ord(found[0]):04X} is a control code, which no page, feed or terminal shows"
    return _misleading_mark(text) if has_controls(text) else ""


def _misleading_mark(text: str) -> str:
    """Find the first mark of direction that misleads."""
    found = _OVERRIDE.search(text)
    if found:
        return f"U+{ord(found[0]):04X} changes the order of letters and numbers"
    found = _ISOLATE.search(text)
    if found:
        return f"an isolate stands inside of the number {strip_controls(found[0])[:40]}"
    for token in _TOKEN.findall(text):
        inner = token.strip(_ENDS)
        if has_controls(inner) and _ADDRESS.search(strip_controls(inner)):
            return f"a direction mark stands in {strip_controls(inner)[:60]}"
    for line in text.splitlines():
        number = _turned_number(line) if has_controls(line) else ""
        if number:
            return f"a direction mark turns the number {number[:40]} round"
    return ""


def _turned_number(line: str) -> str:
    """Find a number whose digits do not stand as without marks, nor from left to right."""
    if not re.search(r"\d", line):
        return ""
    shown = _places(line)
    plain = strip_controls(line)
    natural = _places(plain)
    numbers = [match.span() for match in _NUMBER.finditer(plain)]
    kept = [place for place, letter in enumerate(line) if not has_controls(letter)]
    for start, end in numbers:
        digits = [place for place in range(start, end) if plain[place].isdecimal()]
        seen = sorted(digits, key=lambda place: shown[kept[place]])
        if seen != digits and seen != sorted(digits, key=lambda place: natural[place]):
            return plain[start:end]
    return ""


def _places(line: str) -> list[int]:
    """Give the place of each character from left to right, as it is shown."""
    base, found = levels(line)
    found = line_levels(line, found, 0, len(line), base)
    places = [0] * len(line)
    at = 0
    for start, end, level in visual_runs(found):
        for place in reversed(range(start, end)) if level & 1 else range(start, end):
            places[place] = at
            at += 1
    return places
