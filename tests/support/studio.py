"""Run the studio on loopback in a thread, over a copy of the small campaign."""

from __future__ import annotations

import asyncio
import datetime as dt
import http.client
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stopjihad.disk import PRIVATE
from stopjihad.studio.app import Studio, StudioSetting, make_studio, moment
from stopjihad.studio.serve import Server, listen, make_server

from support.build import CAMPAIGN, REPOSITORY, SMALL, day_of_the_campaign
from support.watch import Watched, watched

POINT = "mothers-speak"
PAGE = f"/out/{CAMPAIGN}/site/en/points/{POINT}/"


def day() -> dt.date:
    """Give the day on which the sample's helplines are fresh."""
    return dt.datetime.fromtimestamp(int(day_of_the_campaign()), dt.UTC).date()


def copy_workspace(folder: Path, source: Path = SMALL) -> Path:
    """Copy a workspace's campaign into a new one, with what was kept when it was built.

    Args:
        folder: gets ``workspace``.
        source: the workspace: the small one, the repository, or one that a test has built.
    """
    workspace = folder / "workspace"
    shutil.copytree(source / "campaigns" / CAMPAIGN, workspace / "campaigns" / CAMPAIGN)
    if source not in (SMALL, REPOSITORY) and (source / PRIVATE).exists():
        shutil.copytree(source / PRIVATE, workspace / PRIVATE)
    return workspace


@dataclass
class Answer:
    """Hold an answer as it came."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Give every value of a header."""
        return [value for key, value in self.headers if key.lower() == name]

    def one(self, name: str) -> str:
        """Give the value of a header, or nothing."""
        return (self.all(name) or [""])[0]


@dataclass
class Running:
    """Hold a studio that runs."""

    workspace: Path
    studio: Studio
    server: Server
    port: int
    tokens: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Name the studio as browsers do."""
        return self.studio.session.host

    @property
    def address(self) -> str:
        """Give the address of the studio, without a slash at the end."""
        return f"http://{self.host}"

    @property
    def opening(self) -> str:
        """Give the address that lets a browser in."""
        return self.studio.session.opening_address

    def let_in(self, page: Any) -> None:
        """Open the studio in a browser; wait until its first page has led on by itself."""
        page.goto(self.opening, wait_until="commit")
        page.wait_for_url(lambda address: "/open/" not in address)

    @property
    def cookie(self) -> str:
        """Give the cookie of a browser that was let in."""
        return f"stopjihad-{self.port}={self.studio.session.secret}"

    @property
    def campaign(self) -> Path:
        """Give the campaign's folder."""
        return self.workspace / "campaigns" / CAMPAIGN

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        **headers: str,
    ) -> Answer:
        """Ask as a browser that was let in; headers replace what it would send."""
        given = {"host": self.host, "cookie": self.cookie, "sec-fetch-site": "same-origin"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        # An empty value leaves the header out.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                if value:
                    connection.putheader(name, value)
            if body is not None:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def raw(self, request: bytes, wait: float = 5) -> bytes:
        """Send bytes as they are; give everything that comes back before the end."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            connection.sendall(request)
            received = []
            try:
                while data := connection.recv(65536):
                    received.append(data)
            except (TimeoutError, ConnectionResetError):
                pass
            return b"".join(received)


@contextmanager
def running(
    workspace: Path, *, read_only: bool = False, now: Callable[[], dt.datetime] = moment
) -> Iterator[Running]:
    """Serve a workspace until the block ends; ``now`` is the clock of alerts."""
    sockets = listen(0)
    port = sockets[0].getsockname()[1]
    tokens: list[str] = []
    slugs = tuple(sorted(path.name for path in (workspace / "campaigns").iterdir()))
    setting = StudioSetting(workspace, slugs, port, day, read_only, tokens.append, now=now)
    studio = make_studio(setting)
    server = make_server(studio)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets)))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the studio did not start"
            thread.join(0.02)
        yield Running(workspace, studio, server, port, tokens)
    finally:
        server.should_exit = True
        thread.join(20)
        for one in sockets:
            one.close()
    assert not thread.is_alive(), "the studio does not stop"


@contextmanager
def opened_twice(browser: Any, studio: Running, path: str) -> Iterator[tuple[Watched, Watched]]:
    """Open a view for two people who do not share a browser; each has a token."""
    with watched(browser) as (one, _), watched(browser) as (other, _):
        for seen in (one, other):
            studio.let_in(seen.page)
            seen.page.goto(studio.address + path)
        yield one, other
