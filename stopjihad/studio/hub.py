"""Tell open pages what changed: server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

BEAT = 15.0
"""Seconds between signs of life: a connection that nobody reads is noticed by the next one."""

WAITING = 32
"""Messages that may wait for a slow page; after that it is told to come again by being cut off."""


class Hub:
    """Pass messages to everyone who listens; used by one event loop."""

    def __init__(self) -> None:
        """Start without listeners."""
        self._listeners: dict[asyncio.Queue[bytes | None], str] = {}

    def tell(self, topic: str, data: bytes) -> None:
        """Send a message.

        Args:
            topic: the campaign.
            data: one line of JSON.
        """
        for queue, wanted in list(self._listeners.items()):
            if wanted == topic:
                self._put(queue, b"data: " + data + b"\n\n")

    async def listen(self, topic: str, first: bytes) -> AsyncIterator[bytes]:
        """Give messages as they come.

        Args:
            topic: the campaign.
            first: what is sent at once.

        Yields:
            Events in the form of an event stream.
        """
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING)
        self._listeners[queue] = topic
        try:
            yield b"retry: 500\ndata: " + first + b"\n\n"
            while True:
                try:
                    message = await asyncio.wait_for(queue.get(), BEAT)
                except TimeoutError:
                    message = b": beat\n\n"
                if message is None:
                    return
                yield message
        finally:
            self._listeners.pop(queue, None)

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        for queue in list(self._listeners):
            self._put(queue, None)

    @property
    def listeners(self) -> int:
        """Count who listens."""
        return len(self._listeners)

    def _put(self, queue: asyncio.Queue[bytes | None], message: bytes | None) -> None:
        if queue.full():
            while not queue.empty():
                queue.get_nowait()
            message = None
        queue.put_nowait(message)
