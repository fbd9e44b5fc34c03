"""Read what the editor's pages send: changes as JSON, bounded and checked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from starlette.requests import Request

from stopjihad.preview.edit.authored import Edit, Insert, Remove, Set
from stopjihad.preview.edit.patch import normal
from stopjihad.preview.edit.save import Wanted
from stopjihad.preview.edit.tree import Value

MAX_BYTES = 1024 * 1024
"""Largest request in bytes: a form sends single fields, the largest file has 256 KB."""

MAX_DEPTH = 4
"""Levels of a value that is sent: a list of sources with their fields has three."""


class Refused(Exception):
    """Say that something cannot be done: a sentence for people, and the status of the answer."""

    def __init__(self, words: str, status: int = 400) -> None:
        """Keep both."""
        super().__init__(words)
        self.status = status


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold one change as the page sends it; ``was`` is what it showed before."""

    op: Literal["set", "insert", "remove"]
    path: list[str | int]
    value: Any = None
    was: Any = None
    place: int = 0


class Changes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold the changes to one file, and the digest of the file that the page shows.

    ``step`` is the same as long as the page stays in one field: such saves are taken back at once.
    """

    digest: str
    step: Annotated[str, msgspec.Meta(max_length=40)] = ""
    changes: Annotated[list[Change], msgspec.Meta(min_length=1)]


async def read(request: Request, limit: int = MAX_BYTES) -> bytes:
    """Read the body of a request.

    Args:
        request: the request.
        limit: most bytes accepted.

    Returns:
        The body.

    Raises:
        Refused: it is larger.
    """
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > limit:
            raise Refused(f"more than {limit} bytes were sent")
    return bytes(found)


async def read_json(request: Request, kind: Any) -> Any:
    """Read JSON of a known form.

    Args:
        request: the request; its type must say JSON, which no form of another page can.
        kind: type of the value.

    Returns:
        The value.

    Raises:
        Refused: it is not of this form.
    """
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise Refused("JSON is wanted")
    try:
        return msgspec.json.decode(await read(request), type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise Refused(str(error)) from None


def wanted(change: Change) -> Wanted:
    """Turn a change into an edit.

    Args:
        change: as it was sent.

    Returns:
        The edit and what was seen before.

    Raises:
        Refused: a path is empty, or a value is neither text nor list nor keys with values.
    """
    path = tuple(change.path)
    if not path or not isinstance(path[0], str) or len(path) > MAX_DEPTH + 1:
        raise Refused("a path is missing")
    edit: Edit
    if change.op == "set":
        edit = Set(path, _value(change.value))
    elif change.op == "insert":
        edit = Insert(path, change.place, _value(change.value))
    else:
        edit = Remove(path)
    return Wanted(edit, None if change.was is None else _value(change.was))


def _value(value: Any, depth: int = 0) -> Value:
    if depth > MAX_DEPTH:
        raise Refused("a value is nested too deep")
    if isinstance(value, str):
        return normal("".join(letter for letter in value if _is_sayable(letter)))
    if isinstance(value, list):
        return [_value(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {str(key): _value(one, depth + 1) for key, one in value.items()}
    raise Refused("a value must be text, a list, or keys with values")


def _is_sayable(letter: str) -> bool:
    """Tell control characters, which no file may hold, from text."""
    code = ord(letter)
    return (code >= 32 or letter in "\n\t\r") and code not in {0x7F, 0xFFFE, 0xFFFF}
