"""Read what pages of the studio send: bodies, bounded, and JSON of a known form."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request

MAX_BYTES = 1024 * 1024
"""Largest request in bytes: a form sends single fields, the largest file has 256 KB."""


class RefusedRequest(Exception):
    """Say that something cannot be done: a sentence for people, and the status of the answer."""

    def __init__(self, words: str, status: int = 400) -> None:
        """Keep both."""
        super().__init__(words)
        self.status = status


async def read(request: Request, limit: int = MAX_BYTES) -> bytes:
    """Read the body of a request.

    Args:
        limit: most bytes accepted.

    Returns:
        The body.

    Raises:
        RefusedRequest: it is larger.
    """
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > limit:
            raise RefusedRequest(f"more than {limit} bytes were sent")
    return bytes(found)


async def read_json(request: Request, kind: Any) -> Any:
    """Read JSON of a known form.

    Args:
        request: the request; its type must say JSON, which no form of another page can.
        kind: type of the value.

    Returns:
        The value.

    Raises:
        RefusedRequest: it is not of this form.
    """
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise RefusedRequest("JSON is wanted")
    try:
        return msgspec.json.decode(await read(request), type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise RefusedRequest(str(error)) from None
