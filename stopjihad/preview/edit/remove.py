"""Take a key or an item out of a YAML text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from stopjihad.preview.edit.tree import Found, end, is_flow, line_end, line_start, start


def removed(text: str, found: Found) -> Iterator[str]:
    """Offer texts without a value.

    Args:
        text: the whole text.
        found: what goes.

    Yields:
        Texts, the one that touches least first; the caller reads each back.
    """
    first = found.key if found.key is not None else found.node
    parts = [one[0] if isinstance(one, tuple) else one for one in found.parent.value]
    place = next(index for index, part in enumerate(parts) if part is first)
    if is_flow(found.parent):
        yield from _from_flow(text, found, parts, place)
    elif len(parts) == 1:
        yield from _last_one(text, found)
    else:
        yield from _lines(text, found, parts, place)


def _from_flow(text: str, found: Found, parts: list[Any], place: int) -> Iterator[str]:
    """Take out of brackets or braces, with the comma that is left over."""
    if place + 1 < len(parts):
        yield text[: start(parts[place])] + text[start(parts[place + 1]) :]
    elif place:
        before = found.parent.value[place - 1]
        stop = end(text, before[1] if isinstance(before, tuple) else before)
        yield text[:stop] + text[end(text, found.node) :]
    else:
        yield text[: start(parts[place])] + text[end(text, found.node) :]


def _lines(text: str, found: Found, parts: list[Any], place: int) -> Iterator[str]:
    """Take out whole lines."""
    low = line_start(text, start(parts[place]))
    high = min(line_end(text, end(text, found.node)) + 1, len(text))
    ahead = text[low : start(parts[place])]
    if found.key is None or not ahead.strip():
        whole = text[:low] + text[high:]
        yield whole
        yield whole.rstrip("\n")
    elif place + 1 < len(parts):  # the first key behind a hyphen: the next one takes its place
        yield text[: start(parts[place])] + text[start(parts[place + 1]) :]


def _last_one(text: str, found: Found) -> Iterator[str]:
    """Leave an empty collection behind."""
    empty = "[]" if isinstance(found.parent, yaml.SequenceNode) else "{}"
    low = line_start(text, start(found.parent))
    high = line_end(text, end(text, found.node))
    lines = text[:low].split("\n")
    holder = next((at for at in range(len(lines) - 1, -1, -1) if _is_content(lines[at])), -1)
    if holder >= 0 and not text[low : start(found.parent)].strip(" -"):
        lines[holder] = f"{lines[holder].rstrip()} {empty}"
        yield "\n".join(lines).rstrip("\n") + text[high:]
    yield text[: start(found.parent)] + empty + text[end(text, found.node) :]


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
