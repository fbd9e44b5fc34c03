"""Looking whether a record can be read ends in time, whatever the server does."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from stopjihad.model.targets import FolderTarget, PublishTarget
from stopjihad.publish import exposure


def test_a_server_that_drips_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exposure, "PATIENCE", 0.5)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            taken, _ = server.accept()
            with taken:
                while not over.wait(0.1):
                    taken.sendall(b"H")

        thread = threading.Thread(target=drip)
        thread.start()
        began = time.monotonic()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        target = PublishTarget(id="live", folder=FolderTarget(path="web"), address=address)
        found = exposure.exposed_record(target, "0001-01234567")
        waited = time.monotonic() - began
        over.set()
        thread.join()
    assert found is None
    assert waited < 5, "it drips on without an end"
