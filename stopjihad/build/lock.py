"""Let one build at a time write an output folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 0.2
"""Seconds to try for: a copy of a killed build may hold its lock for some milliseconds, until it
has started far enough to let it go."""

_PAUSE = 0.01


class Busy(Exception):
    """Say that another build is writing the same output; the command line exits 75."""


@contextmanager
def sole_writer(path: Path) -> Iterator[int]:
    """Hold the lock file while the block runs; the system frees it even when we are killed.

    Args:
        path: lock file; it is created and stays. Its folder exists.

    Yields:
        The descriptor of the lock file.

    Raises:
        Busy: another process holds the lock.
        OSError: the file cannot be opened.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _take_soon(handle):
            raise Busy(f"another build is writing {path.parent.name}")
        yield handle
    finally:
        os.close(handle)


def _take_soon(handle: int) -> bool:
    until = time.monotonic() + PATIENCE
    while not _take(handle):
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE)
    return True


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except PermissionError:
        if sys.platform == "win32":
            return False
        raise
    return True
