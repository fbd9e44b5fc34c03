"""What processes listen on, and whether strangers are let in there."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import psutil

T = TypeVar("T")


class Listening(NamedTuple):
    """A place where a process waits for connections."""

    host: str
    port: int

    def refuses(self, context: ssl.SSLContext) -> bool:
        """Tell whether somebody with these certificates, or without any, is sent away."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as plain:
            try:
                with context.wrap_socket(plain) as wrapped:
                    wrapped.sendall(bytes(16))
                    return wrapped.recv(1) == b""
            except (ssl.SSLError, ConnectionError):
                return True


def listening(process: int) -> set[Listening]:
    """Give what a process and all that it started listen on."""
    found: set[Listening] = set()
    try:
        whole = psutil.Process(process)
        for one in (whole, *whole.children(recursive=True)):
            for place in one.net_connections("inet"):
                if place.status == psutil.CONN_LISTEN:
                    found.add(Listening(place.laddr.ip, place.laddr.port))
    except psutil.Error:
        return found  # one has just ended
    return found


def wait_until(look: Callable[[], T], seconds: float = 120) -> T:
    """Wait for something to be there.

    Args:
        look: gives it, or something that is false.
        seconds: at most; then the test fails.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come")
