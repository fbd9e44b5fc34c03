"""Keep parsed files in memory, so that a save costs the parsing of one file."""

from __future__ import annotations

from collections import OrderedDict

LIMIT = 256 * 1024 * 1024
"""Bytes kept at most: a campaign of 1,000 talking points in six languages parses to about 15 MB;
the rest is earlier versions of files, which undo and version control bring back."""


class ByteMemory:
    """Find bytes by key; what was used longest ago goes first."""

    def __init__(self, limit: int = LIMIT) -> None:
        """Start empty; ``limit`` in bytes."""
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        """Find bytes.

        Args:
            key: any text.

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
            key: any text.
            data: anything; what is larger than the limit is not kept.
        """
        before = self._kept.pop(key, None)
        self._size += len(data) - (len(before) if before is not None else 0)
        self._kept[key] = data
        while self._size > self._limit:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone)
