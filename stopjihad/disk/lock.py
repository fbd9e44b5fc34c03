"""Let one build at a time write an output folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stopjihad.disk.anchor import hold
from stopjihad.disk.folder import Folder, is_plain

PATIENCE = 0.2
"""Seconds to try for: a copy of a killed build may hold its lock for some milliseconds, until it
has started far enough to let it go."""

_PAUSE = 0.01
_LOCK = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


class Busy(Exception):
    """Say that another build is writing the same output; the command line exits 75."""


@contextmanager
def sole_writer(path: Path, patience: float | None = None) -> Iterator[int]:
    """Hold the lock file while the block runs; the system frees it even when we are killed.

    Args:
        path: lock file; it is made with its folder, and stays. What is no plain file of one name
            there is removed first: a link would lead elsewhere.
        patience: seconds to try for; ``PATIENCE`` when nothing is said.

    Raises:
        Busy: another process holds the lock.
        OSError: the file cannot be opened.
    """
    until = time.monotonic() + (PATIENCE if patience is None else patience)
    with hold(str(path.parent), make=True) as folder:
        handle = _take_soon(folder, path.name, until)
    try:
        yield handle
    finally:
        os.close(handle)


def _take_soon(folder: Folder, name: str, until: float) -> int:
    while True:
        handle = _open_lock(folder, name)
        try:
            taken = _take(handle) and _is_lock(folder, name, handle)
        except BaseException:
            os.close(handle)
            raise
        if taken:
            return handle
        os.close(handle)
        if time.monotonic() > until:
            raise Busy(f"another build is writing {os.path.basename(folder.path)}")
        time.sleep(_PAUSE)


def _open_lock(folder: Folder, name: str) -> int:
    """Open the lock file, made anew when something else lies there."""
    if folder.is_there(name) and not is_plain(folder.stat(name)):
        folder.remove(name)
    return folder.open(name, _LOCK, 0o600)


def _is_lock(folder: Folder, name: str, handle: int) -> bool:
    """Tell whether what we opened is the lock still: another process may have made it anew."""
    try:
        return os.path.samestat(os.fstat(handle), folder.stat(name))
    except FileNotFoundError:
        return False


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
