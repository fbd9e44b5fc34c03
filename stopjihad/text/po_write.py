"""Write entries of PO files the way gettext does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import east_asian_width

WIDTH = 79
"""Longest line in columns; gettext's default page width (PAGE_WIDTH in write-po.c)."""

_ESCAPES = str.maketrans(
    {
        "\\": "\\\\",
        '"': '\\"',
        "\n": "\\n",
        "\t": "\\t",
        "\r": "\\r",
        "\a": "\\a",
        "\b": "\\b",
        "\f": "\\f",
        "\v": "\\v",
    }
)
_PIECE = re.compile(r"[^ ]*?[^\W\d]-(?=[^\W\d])|[^ ]+ *| +")


def write_string(keyword: str, text: str, width: int = WIDTH) -> str:
    """Write one string of an entry.

    Args:
        keyword: ``msgctxt``, ``msgid`` or ``msgstr``.
        text: its value.
        width: longest line in columns; ideographs and their kin are two wide.

    Returns:
        Lines of at most ``width`` columns where words allow it, each with its line feed.
    """
    escaped = text.translate(_ESCAPES)
    inner_break = "\n" in text[:-1]
    if not inner_break and len(keyword) + _columns(escaped) + 3 <= width:
        return f'{keyword} "{escaped}"\n'
    lines = [f'"{line}"\n' for part in _parts(text) for line in _wrap(part, width)]
    return f'{keyword} ""\n{"".join(lines)}'


def write_entry(notes: str, context: str | None, source: str, translation: str) -> str:
    """Write one entry.

    Args:
        notes: its comment lines, each with its line feed.
        context: its msgctxt, or None for the header.
        source: its msgid.
        translation: its msgstr; empty when there is none.

    Returns:
        The entry, without an empty line after it.
    """
    named = "" if context is None else write_string("msgctxt", context)
    return f"{notes}{named}{write_string('msgid', source)}{write_string('msgstr', translation)}"


def write_previous(source: str) -> str:
    """Write the source text that a stale translation answers, as lines that start with ``#|``.

    Args:
        source: that text.

    Returns:
        Comment lines.
    """
    return prefixed("#| ", write_string("msgid", source, WIDTH - 3).split("\n")[:-1])


def prefixed(sign: str, lines: Iterable[str]) -> str:
    """Write comment lines.

    Args:
        sign: what every line starts with: ``# ``, ``#. ``, ``#~ ``.
        lines: their text.

    Returns:
        The lines, each with its line feed.
    """
    return "".join(f"{sign}{line}".rstrip() + "\n" for line in lines)


def _parts(text: str) -> list[str]:
    """Cut after line feeds: each starts a line of its own."""
    parts = [f"{part}\n" for part in text.split("\n")]
    parts[-1] = parts[-1][:-1]
    return [part for part in parts if part]


def _wrap(part: str, width: int) -> list[str]:
    escaped = part.translate(_ESCAPES)
    if _columns(escaped) + 2 <= width:
        return [escaped]
    lines, used = [""], 2
    for piece in _PIECE.findall(escaped):
        wide = _columns(piece)
        if lines[-1] and used + wide > width:
            lines.append("")
            used = 2
        lines[-1] += piece
        used += wide
    return lines


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(char > "\u10ff" and east_asian_width(char) in "WF" for char in text)
