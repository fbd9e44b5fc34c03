"""Changes of fields as the editor's pages send them, bounded and checked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from stopjihad.studio.edit.saver import WantedEdit
from stopjihad.studio.requests import RefusedRequest
from stopjihad.text.yaml.fields import Edit, Insert, Remove, Set
from stopjihad.text.yaml.patch import normal
from stopjihad.text.yaml.tree import Value

MAX_DEPTH = 4
"""Levels of a value that is sent: a list of sources with their fields has three."""


class SentChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One change as the page sends it; ``was`` is what it showed before."""

    op: Literal["set", "insert", "remove"]
    path: list[str | int]
    value: Any = None
    was: Any = None
    place: int = 0


class SentChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The changes to one file, and the digest of the file that the page shows.

    ``step`` is the same as long as the page stays in one field: such saves are taken back at once.
    """

    digest: str
    step: Annotated[str, msgspec.Meta(max_length=40)] = ""
    changes: Annotated[list[SentChange], msgspec.Meta(min_length=1)]


def wanted(change: SentChange) -> WantedEdit:
    """Turn a change into an edit.

    Args:
        change: as it was sent.

    Returns:
        The edit and what was seen before.

    Raises:
        RefusedRequest: a path is empty, or a value is neither text nor list nor keys with values.
    """
    path = tuple(change.path)
    if not path or not isinstance(path[0], str) or len(path) > MAX_DEPTH + 1:
        raise RefusedRequest("a path is missing")
    edit: Edit
    if change.op == "set":
        edit = Set(path, _value(change.value))
    elif change.op == "insert":
        edit = Insert(path, change.place, _value(change.value))
    else:
        edit = Remove(path)
    return WantedEdit(edit, None if change.was is None else _value(change.was))


def _value(value: Any, depth: int = 0) -> Value:
    if depth > MAX_DEPTH:
        raise RefusedRequest("a value is nested too deep")
    if isinstance(value, str):
        return normal("".join(letter for letter in value if _is_sayable(letter)))
    if isinstance(value, list):
        return [_value(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {str(key): _value(one, depth + 1) for key, one in value.items()}
    raise RefusedRequest("a value must be text, a list, or keys with values")


def _is_sayable(letter: str) -> bool:
    """Tell control characters, which no file may hold, from text."""
    code = ord(letter)
    return (code >= 32 or letter in "\n\t\r") and code not in {0x7F, 0xFFFE, 0xFFFF}
