"""Count the operations of a build on the file system, and let one of them fail or kill us."""

from __future__ import annotations

import errno
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from stopjihad.disk import kernel

OPERATIONS = (
    "open", "write", "mkdir", "rmdir", "link", "unlink", "rename", "replace",
    "utime", "scandir", "listdir", "fsync",
)  # fmt: skip
"""Functions of ``os`` through which a build touches the disk, but for asking (stat) and closing,
which change nothing there."""
OF_THE_KERNEL = ("exchange", "flush")

MEMORY = Path("/dev/shm")

Act = Callable[[int, str, tuple[Any, ...]], None]
"""Called before each operation with its number from 0, its name and its arguments."""


def quick_disk() -> Path | None:
    """Give a folder in memory, or None for where temporary files usually lie."""
    return MEMORY if os.access(MEMORY, os.W_OK) else None


@contextmanager
def before_each_operation(act: Act) -> Iterator[list[str]]:
    """Call ``act`` before each operation while the block runs; gives the names so far.

    Threads that ran before the block are not watched: they are what other tests left behind.
    """
    names: list[str] = []
    strangers = {thread.ident for thread in threading.enumerate()} - {threading.get_ident()}

    def wrapped(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def operation(*args: Any, **named: Any) -> Any:
            if threading.get_ident() not in strangers:
                names.append(name)
                act(len(names) - 1, name, args)
            return function(*args, **named)

        return operation

    with pytest.MonkeyPatch.context() as patch:
        for name in OPERATIONS:
            patch.setattr(os, name, wrapped(name, getattr(os, name)))
        for name in OF_THE_KERNEL:
            patch.setattr(kernel, name, wrapped(name, getattr(kernel, name)))
        yield names


def kill_at(wanted: int) -> Act:
    """Kill this process before an operation, as a lost power supply or the kernel would."""

    victim = os.getpid()

    def act(number: int, name: str, args: tuple[Any, ...]) -> None:
        if number == wanted and os.getpid() == victim:
            os.kill(victim, signal.SIGKILL)

    return act


def fail_at(wanted: int, code: int) -> Act:
    """Let an operation fail."""

    def act(number: int, name: str, args: tuple[Any, ...]) -> None:
        if number == wanted:
            path = args[0] if args and isinstance(args[0], (str, os.PathLike)) else None
            raise OSError(code, errno.errorcode[code], path)

    return act


def fail_from(wanted: int, code: int, operations: frozenset[str]) -> Act:
    """Let some operations fail from one on, as on a disk that is full."""

    def act(number: int, name: str, args: tuple[Any, ...]) -> None:
        if number >= wanted and name in operations:
            path = args[0] if args and isinstance(args[0], (str, os.PathLike)) else None
            raise OSError(code, errno.errorcode[code], path)

    return act
