"""Serve the studio on this machine and nowhere else."""

from __future__ import annotations

import contextlib
import socket

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from stopjihad.preview.app import Studio
from stopjihad.preview.guard import with_headers

DEFAULT_PORT = 8321
"""Port that is tried first when none is asked for; it belongs to no well-known service."""


class Protocol(H11Protocol):
    """HTTP/1.1 whose answer to nonsense carries the studio's headers too."""

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


def listen(port: int | None) -> list[socket.socket]:
    """Open the sockets: IPv4 loopback, and IPv6 loopback where there is one.

    Args:
        port: the port; 0 for any free one; None for the usual one, or any when that is taken.

    Returns:
        Sockets on the same port.

    Raises:
        OSError: the port is taken.
    """
    try:
        first = socket.create_server(("127.0.0.1", DEFAULT_PORT if port is None else port))
    except OSError:
        if port is not None:
            raise
        first = socket.create_server(("127.0.0.1", 0))
    sockets = [first]
    with contextlib.suppress(OSError):
        address = ("::1", first.getsockname()[1])
        sockets.append(socket.create_server(address, family=socket.AF_INET6))
    return sockets


def run(studio: Studio, sockets: list[socket.socket]) -> None:
    """Serve until interrupted.

    Args:
        studio: the application.
        sockets: from ``listen``.
    """
    server = make_server(studio)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=sockets)


class Server(uvicorn.Server):
    """A server that ends event streams when it stops: they would never end by themselves."""

    def __init__(self, config: uvicorn.Config, studio: Studio) -> None:
        """Serve a studio."""
        super().__init__(config)
        self._studio = studio

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        self._studio.hub.close()
        await super().shutdown(sockets)


def make_server(studio: Studio) -> Server:
    """Make the server of a studio.

    Args:
        studio: the application.

    Returns:
        A server that logs nothing: requests hold drafts, and the first one a token.
    """
    config = uvicorn.Config(
        studio.app,
        http=Protocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    return Server(config, studio)
