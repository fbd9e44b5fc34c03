"""Ask the operating system for what Python has no function for: swap two folders, flush a disk."""

from __future__ import annotations

import errno
import os
import sys

_AT_FDCWD = -100
"""Linux, ``linux/fcntl.h``: paths are relative to the current folder."""
_RENAME_EXCHANGE = 2
"""Linux, ``linux/fs.h`` and renameat2(2)."""
_RENAME_SWAP = 2
"""macOS, ``sys/stdio.h`` and renamex_np(2)."""

_NOT_OFFERED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def exchange(one: str, other: str) -> bool:
    """Swap two folders in one operation: every reader sees one or the other, never neither.

    Args:
        one: existing folder.
        other: existing folder in the same file system.

    Returns:
        False when this system or file system does not offer it; nothing has happened then.

    Raises:
        OSError: it is offered and failed.
    """
    if not sys.platform.startswith(("linux", "darwin")):
        return False
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(first, second, _RENAME_SWAP)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), other)


def flush(folder: str) -> None:
    """Wait until everything written to the file system of a folder is on its disk.

    One call for the whole tree: a call of fsync(2) for each file costs milliseconds each.

    Args:
        folder: existing folder.

    Raises:
        OSError: the disk reports that something could not be written.
    """
    if sys.platform.startswith("linux"):
        import ctypes

        library = ctypes.CDLL(None, use_errno=True)
        if hasattr(library, "syncfs"):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                if library.syncfs(handle):
                    code = ctypes.get_errno()
                    raise OSError(code, os.strerror(code), folder)
            finally:
                os.close(handle)
            return
    if hasattr(os, "sync"):
        os.sync()


def flush_folder(folder: str) -> None:
    """Wait until the names in a folder are on disk, where the system can say so.

    Args:
        folder: existing folder.

    Raises:
        OSError: the disk reports a failure.
    """
    if os.name != "posix":
        return  # Windows opens no folders
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
