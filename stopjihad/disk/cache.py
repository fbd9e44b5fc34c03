"""One word for a cache: ``get``, ``put``, ``get_or_make``.

What was made of some bytes is kept under a digest of them, so that each version of a file is parsed
or judged once. A `Pack` keeps it on the disk, a `Store` what costs more than a file, a `ByteMemory`
in memory as long as a process lives.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, TypeVar

import msgspec

from stopjihad.problem import Problem

VERSION = "4"
"""Part of every key: raise it when parsing the same bytes gives another result."""

T = TypeVar("T", bound=msgspec.Struct)


class Cache(Protocol):
    """Keep bytes under a key; what is damaged or unknown is simply not there."""

    def get(self, key: str) -> bytes | None:
        """Give the bytes kept under ``key`` (as of `key_of`), or None."""

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``."""


class NoCache:
    """Keep nothing."""

    def get(self, key: str) -> bytes | None:  # noqa: ARG002 - the protocol names it
        """Find nothing."""
        return None

    def put(self, key: str, data: bytes) -> None:
        """Forget ``data`` of ``key`` at once."""


def key_of(names: tuple[str, ...]) -> str:
    """Give the key under which something is kept.

    Returns:
        The first of the names, so that whoever brings something can be kept to one kind, a hyphen,
        and 64 hexadecimal digits.
    """
    digest = hashlib.sha256("\0".join((VERSION, *names)).encode()).hexdigest()
    return f"{names[0]}-{digest}"


def get_or_make(
    cache: Cache,
    names: tuple[str, ...],
    kind: type[T],
    parse: Callable[[], tuple[T | None, list[Problem]]],
) -> tuple[T | None, list[Problem]]:
    """Give the kept result of a parse, or parse and keep it; only clean results are kept.

    Args:
        names: what decides the result: kind, path and digest of the file.
        kind: type of the result, encodable by msgspec.
    """
    key = key_of(names)
    kept = cache.get(key)
    if kept is not None:
        try:
            return _decoder(kind).decode(kept), []
        except (msgspec.DecodeError, msgspec.ValidationError):
            pass
    result, problems = parse()
    if result is not None and not problems:
        cache.put(key, msgspec.json.encode(result))
    return result, problems


@lru_cache(maxsize=64)  # making one takes a third of the time of reading a talking point
def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    return msgspec.json.Decoder(kind)


MEMORY_LIMIT = 256 * 1024 * 1024
"""Bytes kept at most: a campaign of 1,000 talking points in six languages parses to about 15 MB;
the rest is earlier versions of files, which undo and version control bring back."""


class ByteMemory:
    """Find bytes by key; what was used longest ago goes first."""

    def __init__(self, limit: int = MEMORY_LIMIT) -> None:
        """Start empty; ``limit`` in bytes."""
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        """Find bytes.

        Returns:
            The bytes, or None when they were never kept or are gone.
        """
        data = self._kept.get(key)
        if data is not None:
            self._kept.move_to_end(key)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes, and let go of older ones when they are too many.

        Args:
            data: anything; what is larger than the limit is not kept.
        """
        before = self._kept.pop(key, None)
        self._size += len(data) - (len(before) if before is not None else 0)
        self._kept[key] = data
        while self._size > self._limit:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone)
