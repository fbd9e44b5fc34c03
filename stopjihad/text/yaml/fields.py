"""An authored file as fields: YAML alone, or YAML in front of Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

from stopjihad.text.yaml.patch import Path, insert_item, normal, remove_value, set_value
from stopjihad.text.yaml.tree import NoSuchPlace, Value, compose, find, plain

_START = "---\n"
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


class Parts(NamedTuple):
    """A file in parts: what precedes the YAML, the YAML, what separates, the Markdown.

    Joined they are the file. A file without front matter is YAML alone.
    """

    before: str
    yaml: str
    between: str
    body: str


def parts_of(text: str) -> Parts | None:
    """Split a file at the lines ``---``.

    Args:
        text: the whole file, line ends as LF.

    Returns:
        Its parts, or None for a front matter that does not end.
    """
    if not text.startswith(_START):
        return Parts("", text, "", "")
    end = _END.search(text, len(_START))
    if end is None:
        return None
    stop = end.end() + 1
    return Parts(_START, text[len(_START) : end.start()], text[end.start() : stop], text[stop:])


BODY = "body"
"""Name under which the Markdown below the front matter is known."""


class SetField(NamedTuple):
    """Give a value a new one, or add it."""

    path: Path
    value: Value


class Insert(NamedTuple):
    """Put an item into a list; ``place`` counts from 0."""

    path: Path
    place: int
    value: Value


class Remove(NamedTuple):
    """Take a key with its value, or an item of a list."""

    path: Path


Edit: TypeAlias = SetField | Insert | Remove


def split(text: str) -> Parts:
    """Take a file apart.

    Args:
        text: the file, line ends as LF.

    Raises:
        NoSuchPlace: there is a front matter that does not end.
    """
    parts = parts_of(text)
    if parts is None:
        raise NoSuchPlace("the front matter has no end")
    return parts


def values(text: str) -> dict[str, Value]:
    """Read all fields.

    Args:
        text: the file, line ends as LF.

    Returns:
        Keys and values, and the Markdown as ``body`` when there is a front matter.

    Raises:
        NoSuchPlace: the YAML cannot be read.
    """
    parts = split(text)
    found = plain(compose(parts.yaml))
    if not isinstance(found, dict):
        raise NoSuchPlace("there are no fields")
    return {**found, BODY: parts.body.strip("\n")} if parts.before else found


class Fields(dict[str, Any]):
    """Fields for a template: what is not there reads as an empty text."""

    def __missing__(self, key: str) -> str:
        """Give an empty text."""
        return ""


def for_template(value: Value) -> Any:
    """Turn values into what templates can look into without asking first."""
    if isinstance(value, dict):
        return Fields({key: for_template(one) for key, one in value.items()})
    if isinstance(value, list):
        return [for_template(one) for one in value]
    return value


def value_at(fields: Value, path: Path) -> Value | None:
    """Look a value up.

    Returns:
        The value, or None when there is nothing.
    """
    for step in path:
        if isinstance(fields, dict) and step in fields:
            fields = fields[str(step)]
        elif isinstance(fields, list) and isinstance(step, int) and 0 <= step < len(fields):
            fields = fields[step]
        else:
            return None
    return fields


def apply(text: str, edit: Edit, order: Sequence[str] = ()) -> str:
    """Change one field.

    Args:
        text: the file, line ends as LF.
        order: keys in the order of the schema.

    Raises:
        NoSuchPlace: the path leads nowhere, or the YAML cannot be read.
        CannotChange: it cannot be written without touching more.
    """
    parts = split(text)
    if edit.path == (BODY,) and parts.before and isinstance(edit, SetField):
        return _with_body(parts, edit.value)
    if isinstance(edit, SetField):
        yaml = _set(parts.yaml, edit.path, edit.value, order)
    elif isinstance(edit, Insert):
        yaml = _insert(parts.yaml, edit, order)
    else:
        yaml = remove_value(parts.yaml, edit.path)
    return "".join(parts._replace(yaml=yaml))


def _set(yaml: str, path: Path, value: Value, order: Sequence[str]) -> str:
    """Set a value; keys on the way that are missing are added with it."""
    root = compose(yaml)
    for length in range(1, len(path)):
        try:
            holder = find(root, path[:length]).node
        except NoSuchPlace:
            holder = None
        if holder is None or plain(holder) == "":
            inner: Value = value
            for step in reversed(path[length:]):
                if not isinstance(step, str):
                    raise NoSuchPlace(str(step))
                inner = {step: inner}
            return set_value(yaml, path[:length], inner, order)
    return set_value(yaml, path, value, order)


def _insert(yaml: str, edit: Insert, order: Sequence[str]) -> str:
    try:
        find(compose(yaml), edit.path)
    except NoSuchPlace:
        return _set(yaml, edit.path, [edit.value], order)
    return insert_item(yaml, edit.path, edit.place, edit.value)


def _with_body(parts: Parts, value: Value) -> str:
    """Change the Markdown; empty lines around it stay as they are."""
    text = normal(value)
    if not isinstance(text, str):
        raise NoSuchPlace("Markdown is a text")
    old = parts.body
    head = old[: len(old) - len(old.lstrip("\n"))] if old.strip("\n") else ""
    tail = old[len(old.rstrip("\n")) :] or "\n"
    between = parts.between if parts.between.endswith("\n") else f"{parts.between}\n"
    return f"{parts.before}{parts.yaml}{between}{head}{text}{tail}"
