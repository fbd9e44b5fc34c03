"""Run ``stopjihad publish`` and kill it at one of its operations; run as a program.

``NUMBER LATE WORDS…``: the command line with ``WORDS`` kills itself ``LATE`` milliseconds after its
operation ``NUMBER`` began, counted from 0 when publishing begins, not when the program starts. A
``LATE`` of 0 kills before the operation. A number of -1 only counts: it prints how many there are.
An operation is one on the file system, a request to a server by SFTP, or one to a store.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import paramiko
from stopjihad.cli.main import main
from stopjihad.publish import deployment
from stopjihad.publish.bucket import BucketDestination

from support.faults import before_each_operation


def kill_ourselves(late: float) -> None:
    """Kill this process as a lost power supply or the kernel would, ``late`` milliseconds hence."""

    def kill() -> None:
        time.sleep(late / 1000)
        os.kill(os.getpid(), signal.SIGKILL)

    if late:
        threading.Thread(target=kill, daemon=True).start()
    else:
        kill()


def publish(wanted: int, late: float, words: list[str]) -> int:
    """Carry out a command line; give the number of its operations."""
    begun, numbers, last = threading.Event(), itertools.count(1), 0

    def act(*_: object) -> None:
        nonlocal last
        if begun.is_set():
            last = next(numbers)
            if last - 1 == wanted:
                kill_ourselves(late)

    def counted(inner: Callable[..., Any]) -> Callable[..., Any]:
        def request(*args: Any, **named: Any) -> Any:
            act()
            return inner(*args, **named)

        return request

    def from_now(*args: Any, **named: Any) -> Any:
        begun.set()
        return deployed(*args, **named)

    deployed = deployment.publish
    client: Any = paramiko.SFTPClient
    with (
        patch.object(deployment, "publish", from_now),
        patch.object(client, "_async_request", counted(client._async_request)),
        patch.object(BucketDestination, "_ask_again", counted(BucketDestination._ask_again)),
        before_each_operation(act),
    ):
        main(words, standalone_mode=False)
    return last


if __name__ == "__main__":
    sys.stdout.write(f"{publish(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])}\n")
