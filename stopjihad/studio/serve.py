"""Serve the studio on this machine and nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import sys
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from stopjihad.studio.app import Studio
from stopjihad.studio.guard import with_headers

DEFAULT_PORT = 8321
"""Port that is tried first when none is asked for; it belongs to no well-known service."""


PATIENCE = 10.0
"""Seconds that a connection has for a request: a silent one does not hold its place for long."""

MOST_QUIET = 24
"""Connections that may say nothing at once: a browser keeps six. Of more, the oldest is let go, so
that those of others never take up all descriptors that a system gives (64 are enough)."""

BACKLOG = 16
"""Connections that wait to be let in. asyncio takes as many at a time, before any can be let go;
when this process may open no more files, each try is a fault that it reports: two thousand of
them kept a core busy."""

SWITCH = 0.0005
"""Seconds after which one thread of Python lets another go on; 0.005 as it comes. While a campaign
is read, an answer waits that long each time it comes back from the disk; a save does forty times.
"""

TRIES = 64
"""Ports that are tried: one that is free on IPv4 may be somebody's on IPv6."""


class Protocol(H11Protocol):
    """HTTP/1.1 that does not wait for ever, and whose answer to nonsense has our headers too."""

    _impatience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; of too many who wait, the first to come goes."""
        super().connection_made(transport)
        _send_at_once(transport)
        self._wait()
        quiet = [one for one in self.connections if isinstance(one, Protocol) and one.is_quiet]
        if len(quiet) > MOST_QUIET:
            min(quiet, key=Protocol.until).transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop to wait."""
        super().connection_lost(exc)
        if self._impatience is not None:
            self._impatience.cancel()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._wait()

    @property
    def is_quiet(self) -> bool:
        """Tell whether no answer is under way; an event stream is an answer, too."""
        if self.transport.is_closing():
            return False
        return self.cycle is None or self.cycle.response_complete

    def until(self) -> float:
        """Give the time of the loop in seconds at which the connection is let go."""
        return self._impatience.when() if self._impatience is not None else 0.0

    def _wait(self) -> None:
        if self._impatience is not None:
            self._impatience.cancel()
        self._impatience = self.loop.call_later(PATIENCE, self._let_go)

    def _let_go(self) -> None:
        """End the connection, unless an answer is under way."""
        if self.is_quiet:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's signature
        """Refuse what is no HTTP without repeating any of it."""
        body = b"This is not a request.\n"
        headers = with_headers(
            [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                (b"connection", b"close"),
            ]
        )
        start = h11.Response(status_code=400, headers=headers, reason=b"Bad Request")
        for event in (start, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def _send_at_once(transport: asyncio.Transport) -> None:
    """Have the body of an answer follow its head without waiting for the browser to confirm that.

    asyncio does this itself, but only for sockets made for TCP by name, and `create_server` of
    `socket` makes none such. Without it every answer waited 40 ms, Linux's delay of a confirmation.
    """
    connection = transport.get_extra_info("socket")
    with contextlib.suppress(OSError):  # the browser is gone already
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def listen(port: int | None) -> list[socket.socket]:
    """Open the sockets: IPv4 loopback, and IPv6 loopback where there is one.

    Args:
        port: the port; 0 for any free one; None for the usual one, or any when that is taken.

    Raises:
        OSError: the port is taken.
    """
    if port:
        return _both(port)
    if port is None:
        with contextlib.suppress(OSError):
            return _both(DEFAULT_PORT)
    for _ in range(TRIES - 1):
        with contextlib.suppress(OSError):
            return _both(0)
    return _both(0)


def _both(port: int) -> list[socket.socket]:
    """Open a port for both kinds of address: a browser may try either for the studio's name."""
    first = socket.create_server(("127.0.0.1", port))
    address = ("::1", first.getsockname()[1])
    try:
        return [first, socket.create_server(address, family=socket.AF_INET6)]
    except OSError as error:
        if error.errno in _NO_IPV6:
            return [first]
        first.close()
        raise


_NO_IPV6 = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
"""What a system says that has no IPv6; anything else means that somebody may listen there."""


def run(studio: Studio, sockets: list[socket.socket]) -> None:
    """Serve until interrupted."""
    server = make_server(studio)
    sys.setswitchinterval(SWITCH)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=sockets)


class Server(uvicorn.Server):
    """A server that ends event streams when it stops: they would never end by themselves."""

    def __init__(self, config: uvicorn.Config, studio: Studio) -> None:
        """Serve a studio."""
        super().__init__(config)
        self._studio = studio

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start; a system without a free descriptor is no news: it is asked again each second."""
        asyncio.get_running_loop().set_exception_handler(_unless_full)
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        self._studio.hub.close()
        await super().shutdown(sockets)


def _unless_full(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Report what goes wrong in the loop, but not that no connection can be taken now."""
    if not str(context.get("message", "")).startswith("socket.accept()"):
        loop.default_exception_handler(context)


def make_server(studio: Studio) -> Server:
    """Make the server of a studio.

    Returns:
        A server that logs nothing: requests hold drafts, and the first one a token.
    """
    config = uvicorn.Config(
        studio.app,
        http=Protocol,
        ws="none",
        loop="asyncio",
        backlog=BACKLOG,
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    return Server(config, studio)
