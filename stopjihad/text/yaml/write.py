"""Write values as YAML in the style of the file they go into.

Throughout, ``value`` is what is written, ``first`` its first line, and ``indent`` the number of
spaces before each of its lines.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from stopjihad.text.yaml.tree import Value

INDENT = 2
"""Spaces of one level in new lines; what stands in a file keeps its own."""

WIDTH = 100
"""Characters of a line of folded text, as in the files that come with the program."""

_SPECIAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL", "true", "false", "yes", "no", "on", "off"})


def scalars(value: str, wanted: str | None, indent: int, *, flow: bool) -> Iterator[str]:
    """Offer ways to write a text, the most fitting first.

    Args:
        value: the text; LF between lines.
        wanted: how the text before it was written: None (plain), a quote, ``|`` or ``>``.
        indent: spaces before the lines of a block.
        flow: whether it stands within brackets or braces.

    Yields:
        YAML; whether a way keeps the value is for the caller to try, only the last always does.
    """
    lines = "\n" in value
    if not _SPECIAL.search(value):
        if not flow and wanted == ">" and _foldable(value):
            yield fold_block(value, indent)
        if not flow and (lines or wanted == "|") and value.strip():
            yield literal(value, indent)
        if not lines:
            if wanted == "'":
                yield quoted_single(value)
            if wanted != '"' and is_plain(value, flow=flow):
                yield value
    yield quoted_double(value)


def is_plain(value: str, *, flow: bool) -> bool:
    """Tell whether a text can stand without quotes, for us and for other programs.

    Args:
        flow: whether it stands within brackets or braces.
    """
    if value in _NULLS or value != value.strip() or not _PLAIN.match(value):
        return False
    if value.endswith(":") or ": " in value or " #" in value:
        return False
    return not (flow and re.search(r"[,\[\]{}:]", value))


def quoted_single(value: str) -> str:
    """Write a text of one line in single quotes."""
    return "'" + value.replace("'", "''") + "'"


def quoted_double(value: str) -> str:
    """Write any text in double quotes, on one line."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    escaped = escaped.replace("\t", "\\t")
    return '"' + _SPECIAL.sub(_escape, escaped) + '"'


def literal(value: str, indent: int) -> str:
    """Write a text as a block that keeps its lines."""
    first = next(line for line in value.split("\n") if line.strip())
    mark = f"|{indent_mark(first, indent)}"
    return f"{mark}\n{_lines(value.split(chr(10)), indent)}"


def fold_block(value: str, indent: int) -> str:
    """Write a text without line ends as a block that is wrapped."""
    words = textwrap.wrap(value, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return f">-\n{_lines(words, indent)}"


def indent_mark(first: str, indent: int) -> str:
    """Say how deep a block is indented, where its first line cannot show it."""
    return str(min(indent, 9)) if first.startswith(" ") else ""


def block(value: Value, indent: int) -> list[str]:
    """Write a value as lines of blocks.

    Args:
        value: a collection; lists of texts are written in brackets.
    """
    pad = " " * indent
    if isinstance(value, dict):
        return [line for key, one in value.items() for line in entry(key, one, indent)]
    if isinstance(value, list):
        lines = []
        for one in value:
            inner = block(one, indent + INDENT) if isinstance(one, (dict, list)) and one else []
            if inner:
                lines += [f"{pad}- {inner[0].lstrip()}", *inner[1:]]
            else:
                lines.append(f"{pad}- {inline(one)}")
        return lines
    return [pad + inline(value)]


def entry(key: str, value: Value, indent: int) -> list[str]:
    """Write a key with its value as lines."""
    head = f"{' ' * indent}{inline(key)}:"
    if isinstance(value, dict) and value:
        return [head, *block(value, indent + INDENT)]
    if isinstance(value, list) and any(isinstance(one, (dict, list)) for one in value):
        return [head, *block(value, indent + INDENT)]
    if isinstance(value, str):
        written = next(scalars(value, None, indent + INDENT, flow=False))
        return f"{head} {written}".split("\n")
    return [f"{head} {inline(value)}"]


def inline(value: Value, wanted: str | None = None) -> str:
    """Write a value on one line, as it may stand anywhere.

    Args:
        wanted: quote that a text should have, where it may.
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inline(k)}: {inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(one) for one in value) + "]"
    return next(scalars(value, wanted, 0, flow=True))


def _lines(lines: list[str], indent: int) -> str:
    return "\n".join(" " * indent + line if line else "" for line in lines)


def _foldable(value: str) -> bool:
    return "\n" not in value and "  " not in value and value == value.strip() and bool(value)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
