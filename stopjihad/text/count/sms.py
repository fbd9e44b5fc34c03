"""Measure an SMS: GSM-7 septets or UCS-2 units, and the segments that it is sent as."""

from __future__ import annotations

import re

import msgspec

from stopjihad.text.unicode.graphemes import clusters

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The basic character set of 3GPP TS 23.038, section 6.2.1: one septet each."""

GSM7_SHIFTED = frozenset("\f^{}\\[~]|€")
"""The extension table of 3GPP TS 23.038, section 6.2.1.1: an escape and a septet each."""

SINGLE = {"GSM-7": 160, "UCS-2": 70}
"""Units of a message sent alone: 140 octets (3GPP TS 23.038; Twilio glossary, 2025-12-09)."""

JOINED = {"GSM-7": 153, "UCS-2": 67}
"""Units of a part of a longer message: its header takes 6 octets (3GPP TS 23.040, 9.2.3.24)."""


_PLAIN_MARKS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "‚": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "…": "...",
        "•": "-",
        "·": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\t": " ",
    }
)
_INSIDE_GUILLEMETS = re.compile(r"(?<=«)[\u00a0\u202f ]|[\u00a0\u202f ](?=»)")


class Sms(msgspec.Struct, frozen=True):
    """The encoding, its units (septets or UTF-16 units) and the number of segments."""

    encoding: str
    units: int
    segments: int


def measure(text: str) -> Sms:
    """Measure an SMS as phones send it.

    One character outside GSM-7 turns the whole message into UCS-2. Neither an escaped character
    nor what a reader sees as one character is cut in two, so that a segment may end early, as
    Twilio's calculator has it.

    Returns:
        Encoding, units and segments; an empty message has no segment.
    """
    characters = set(text)
    if characters <= GSM7:
        return _sms("GSM-7", len(text), [])
    if characters <= GSM7 | GSM7_SHIFTED:
        wide = [2 if character in GSM7_SHIFTED else 1 for character in text]
        return _sms("GSM-7", sum(wide), wide)
    total = len(text) + sum(character > "\uffff" for character in text)
    if total <= SINGLE["UCS-2"]:
        return _sms("UCS-2", total, [])
    units = [len(part) + sum(c > "\uffff" for c in part) for part in clusters(text)]
    return _sms("UCS-2", total, units)


def plain_marks(text: str) -> str:
    """Write typographic marks as GSM-7 has them, when that keeps the message in GSM-7.

    One curly apostrophe would turn 160 characters into 70; letters are never changed.

    Returns:
        The message in GSM-7, or the text as it was when a letter needs UCS-2 anyway.
    """
    plain = _INSIDE_GUILLEMETS.sub("", text).translate(_PLAIN_MARKS)
    return plain if set(plain) <= GSM7 | GSM7_SHIFTED else text


def _sms(encoding: str, total: int, widths: list[int]) -> Sms:
    if total <= SINGLE[encoding]:
        return Sms(encoding, total, 1 if total else 0)
    room = JOINED[encoding]
    if not widths:
        return Sms(encoding, total, -(-total // room))
    segments, used = 1, 0
    for width in widths:
        if used + width > room:
            segments, used = segments + 1, 0
        more, rest = divmod(width - 1, room)
        segments, used = segments + more, used + rest + 1
    return Sms(encoding, total, segments)
