"""Drive Debian's Firefox by its own protocol, Marionette: lengths and JSON over a socket."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PREFERENCES = """
user_pref("marionette.port", 0);
user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("toolkit.telemetry.enabled", false);
"""


class Firefox:
    """Ask one window of Firefox."""

    def __init__(self, port: int) -> None:
        """Connect and open a session."""
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._number = 0
        self._read()  # it greets first
        self.ask("WebDriver:NewSession", {})

    def close(self) -> None:
        """Let go of the browser."""
        self._socket.close()

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send a command; give its result."""
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        assert error is None, error
        return result

    def goto(self, address: str) -> None:
        """Load a page."""
        self.ask("WebDriver:Navigate", {"url": address})

    def address(self) -> str:
        """Give the address of the page, also while another is on its way."""
        return str(self.ask("WebDriver:GetCurrentURL", {})["value"])

    def run(self, script: str) -> Any:
        """Run the body of an async function in the page; give what it returns."""
        wrapped = f"const done = arguments[0]; (async () => {{ {script} }})().then(done, done);"
        return self.ask("WebDriver:ExecuteAsyncScript", {"script": wrapped, "args": []})["value"]

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._socket.recv(1)
        left, found = int(length[:-1]), b""
        while len(found) < left:
            found += self._socket.recv(left - len(found))
        return json.loads(found)


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Start Firefox without a window, with a profile of its own; without it the test fails."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.fail("there is no Firefox: 'make system' installs it", pytrace=False)
    profile = folder / "firefox"
    profile.mkdir()
    (profile / "user.js").write_text(PREFERENCES, "utf-8")
    process = subprocess.Popen(
        [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"},
    )
    try:
        said, deadline = profile / "MarionetteActivePort", time.monotonic() + 60
        while not (said.exists() and said.read_text("ascii").strip()):
            assert process.poll() is None, "Firefox did not start"
            assert time.monotonic() < deadline, "Firefox does not answer"
            time.sleep(0.1)
        found = Firefox(int(said.read_text("ascii")))
        yield found
        found.close()
    finally:
        process.terminate()
        process.wait(20)
