"""A cache that keeps things in memory."""

from __future__ import annotations


class MemoryCache(dict[str, bytes]):
    """Keep things in memory."""

    def put(self, key: str, data: bytes) -> None:
        self[key] = data
