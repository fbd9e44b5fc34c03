"""Tell open pages what changed, by server-sent events; put the script that listens into pages."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

from markupsafe import Markup

BEAT = 15.0
"""Seconds between signs of life: a connection that nobody reads is noticed by the next one."""

WAITING = 32
"""Messages that may wait for a slow page; with more, its stream ends and it opens another."""


class Hub:
    """Pass messages to everyone who listens; used by one event loop."""

    def __init__(self, countersign: str) -> None:
        """Start without listeners.

        Args:
            countersign: name of all events, which nobody else knows: who listens hears no others.
        """
        self._head = f"event: {countersign}\ndata: ".encode()
        self._listeners: dict[asyncio.Queue[bytes | None], str] = {}

    def tell(self, topic: str, data: bytes) -> None:
        """Send a message."""
        for queue, wanted in list(self._listeners.items()):
            if wanted == topic:
                self._put(queue, self._head + data + b"\n\n")

    async def listen(self, topic: str, first: Callable[[], bytes]) -> AsyncIterator[bytes]:
        """Give messages as they come.

        Args:
            first: makes the first one, once nothing that is told can be missed any more.
        """
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING)
        self._listeners[queue] = topic
        try:
            yield b"retry: 500\n" + self._head + first() + b"\n\n"
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


_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"<>]*">\n?')

PAGE_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
"""Content security policy of a previewed page: that of the site, which runs nothing.

The page's own policy stands in a ``meta`` element, allows no script at all, and would add up with
this one, so it is taken out where our one script comes in. Everything it forbids is forbidden here
too. Pages come from templates that may be a stranger's: no script of the studio runs in them, and
they frame nothing of it but its list of problems. They keep the studio's origin, for their pictures
and their own address ask for its cookie; ``sandbox`` with it and with a script would be none."""


def policy_with(script: bytes, problems: str) -> str:
    """Write the policy of a page into which our script was put.

    Args:
        script: the script, the only one that runs.
        problems: address of the list of problems that it shows in a frame.
    """
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    own = f"script-src 'sha256-{digest}'; connect-src 'self'; frame-src {problems}"
    return f"{PAGE_POLICY}; {own}"


_SCRIPT = Markup(
    '<script data-campaign="{campaign}" data-output="{output}" data-version="{version}"'
    ' data-studio="{studio}">'
)


class PageOrigin(NamedTuple):
    """Say which output a page is, of which version of the campaign, and by what it knows us."""

    campaign: str
    output: str
    version: str
    studio: str


def with_reload(page: bytes, origin: PageOrigin, script: bytes) -> bytes:
    """Put our script into a page.

    Returns:
        The page with the script at the end of its head.
    """
    start = str(_SCRIPT.format(**origin._asdict())).encode()
    head, end, rest = _POLICY.sub(b"", page, count=1).partition(b"</head>")
    return b"".join((head, start, script, b"</script>\n", end, rest))


def below(page: bytes, top: str, prefix: str) -> bytes:
    """Move the links of the site's 404 page, which start at the top of its host, to the preview.

    Args:
        page: the 404 page.
        top: path of the site on its host, from ``/`` to ``/``.
        prefix: where the preview shows the site, with a slash at the end.
    """
    attribute = re.compile(rb'((?:href|src)=")' + re.escape(top).encode() + rb"(?!/)")
    return attribute.sub(lambda found: found[1] + prefix.encode(), page)
