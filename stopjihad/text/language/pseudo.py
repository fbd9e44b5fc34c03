"""Make pseudo-translations: text that shows what a layout does with other languages.

``en-XA`` is English with accents, 40 % longer, between brackets: what is cut off, or was never
sent to translators, is seen at once. ``ar-XB`` has the words letter by letter in Arabic script:
what does not mirror, or lacks a font, is seen by people who read no Arabic. (Unicode reserves the
regions XA and XB for this: CLDR, pseudo-locales.)
"""

from __future__ import annotations

import re
from typing import Literal

from stopjihad.text.language.typography import change_around
from stopjihad.text.unicode.graphemes import count

PseudoTag = Literal["en-XA", "ar-XB"]
TAGS: tuple[PseudoTag, ...] = ("en-XA", "ar-XB")
LONGER = 0.4
"""Share by which ``en-XA`` is longer; the 90th percentile of French and German is half as much
again for 40 to 80 characters (localization reference, 3.1)."""

_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçđéƒĝĥîĵķļɱñøþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻḾÑØÞǪŔŠŢÛṼŴẊÝŽ",
)
_ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ;?",
    "ابثدعفغحيجكلمنوبقرستوفوكيزابثدعفغحيجكلمنوبقرستوفوكيز؛؟",
)
_COMMA = re.compile(r",(?!\d)")
_FILLER = "one two three four five six seven eight nine ten "
_KEPT = re.compile(
    r"\]\([^()\n]*\)|\[\^[^\]\s]*\]|<[^<>\n]+>|&#?\w+;|\{[^{}\n]*\}|%\(\w+\)[a-z]|%[sd]"
    r"|\b[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\s<>\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)


def pseudo(text: str, tag: PseudoTag, most: int = 0) -> str:
    """Make the pseudo-translation of a text.

    Args:
        most: most graphemes of the result; 0 for no limit.

    Returns:
        The text with its addresses, source references, placeholders, marks and numbers as they
        were.
    """
    if tag == "ar-XB":
        return change_around(text, lambda prose: _COMMA.sub("،", prose.translate(_ARABIC)), _KEPT)
    accented = change_around(text, lambda prose: prose.translate(_ACCENTS), _KEPT)
    wanted = round(LONGER * len(text))
    room = most - count(text) - 3 if most else wanted
    if room < 0:
        return accented
    filler = (_FILLER * (wanted // len(_FILLER) + 1))[: max(0, min(wanted, room))].strip()
    padding = f" {filler.translate(_ACCENTS)}" if filler else ""
    return f"[{accented}{padding}]"
