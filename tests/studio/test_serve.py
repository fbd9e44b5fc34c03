"""The server of the studio: how its connections behave."""

from __future__ import annotations

import http.client
import socket

from stopjihad.studio.serve import Protocol

from support.studio import Running


def test_no_answer_waits_for_the_browser_to_confirm_its_head(studio: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", studio.port, timeout=20)
    try:
        connection.request("GET", "/", headers={"host": studio.host, "cookie": studio.cookie})
        connection.getresponse().read()
        assert connection.sock is not None  # kept open for the next request
        own = connection.sock.getsockname()[1]
        found = [one for one in studio.server.server_state.connections if _peer(one) == own]
        assert len(found) == 1
        server_side = found[0].transport.get_extra_info("socket")
        assert server_side.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    finally:
        connection.close()


def _peer(protocol: object) -> int:
    assert isinstance(protocol, Protocol)
    return int(protocol.transport.get_extra_info("peername")[1])
