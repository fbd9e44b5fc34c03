"""Keep parts of a text out of reach of rules for prose: addresses, code, tags, placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable

_KINDS = (
    r"```.*?```",
    r"`[^`\n]+`",
    r"\]\([^()\n]*\)",  # where a Markdown link leads, with its title
    r"\[\^[^\]\s]*\]",  # a source reference
    r"<[^<>\n]+>",
    r"&#?\w+;",
    r"\{[^{}\n]*\}|%\(\w+\)[a-z]",  # placeholders
    r"(?<!\w):[\w+-]+:(?!\w)",  # emoji by name
    r"(?<!\S)[:;]-?[()DP](?!\w)",  # emoticons
    r"(?<!\S)(?=\S*(?:[=\\{}|]|::|\(\)|\w_\w))\S+",  # looks like code
    r"\b[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\s<>\"«»“”„]+",
    r"\b(?:mailto|tel|www)[:.][^\s<>\"«»“”„]+",
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"\b(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,63}/[^\s<>\"«»“”„]*",  # an address without its scheme
    r"(?<!\w)[@#]\w+(?:[.-]\w+)*",
)
_VERBATIM = "|".join(_KINDS)
_TIME = r"(?<!\w)\d{1,2}(?:[:.]\d{2}){1,2}(?!\w)"
VERBATIM = re.compile(_VERBATIM, re.DOTALL)
VERBATIM_OR_TIME = re.compile(f"{_VERBATIM}|{_TIME}", re.DOTALL)

_MARKS = tuple(map(chr, range(0xFDD0, 0xFDF0)))
"""Noncharacters, which no text for people holds (Unicode 15.1, section 23.7)."""

PLACE = re.escape("".join(_MARKS))
"""For a character class: what stands where a kept part stood."""


def change_around(
    text: str, change: Callable[[str], str], kept: re.Pattern[str] = VERBATIM_OR_TIME
) -> str:
    """Change a text, but not the parts that a pattern matches.

    Args:
        text: any text.
        change: gets the text with one character of :data:`PLACE` where each part stood, and must
            give it back with the same number of them in the same order.
        kept: what stays as it is: addresses, code, tags and placeholders, and times by default.

    Returns:
        The changed text; unchanged where it holds all 32 noncharacters of :data:`PLACE` itself.
    """
    mark = next((mark for mark in _MARKS if mark not in text), "")
    if not mark:
        return text
    parts: list[str] = []

    def keep(match: re.Match[str]) -> str:
        parts.append(match[0])
        return mark

    changed = change(kept.sub(keep, text)).split(mark)
    pairs = zip(changed[:-1], parts, strict=True)
    return "".join([piece for pair in pairs for piece in pair]) + changed[-1]
