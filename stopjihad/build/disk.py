"""Touch the disk: each operation of a build, with the path and the bytes in every error."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import threading
from pathlib import Path

from stopjihad.problem import Problem

UNFINISHED = ".new"
"""End of the name of a file that `replace` has not finished writing."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_READ |= getattr(os, "O_NONBLOCK", 0)  # a pipe put in place of a file must not make us wait
if sys.platform == "win32":
    _NEW |= os.O_BINARY
    _READ |= os.O_BINARY

_INSIDE = "choose a folder inside it"
_EXPLAINED = {
    errno.ENOSPC: ("disk-full", "no space is left on the disk", "free some space"),
    errno.EDQUOT: ("disk-full", "your quota of the disk is used up", "free some space"),
    errno.EROFS: ("disk-read-only", "the disk is read-only", "choose another output folder"),
    errno.EACCES: ("disk-forbidden", "you may not do this here", "check owner and permissions"),
    errno.EPERM: ("disk-forbidden", "you may not do this here", "check owner and permissions"),
    errno.EMFILE: ("disk-busy", "too many files are open", "raise the limit (ulimit -n)"),
    errno.ENFILE: ("disk-busy", "too many files are open", "close other programs"),
    errno.EXDEV: ("disk-error", "this folder is a disk of its own", _INSIDE),
    errno.EBUSY: ("disk-error", "this folder is a disk of its own, or in use", _INSIDE),
    errno.ENAMETOOLONG: ("output-name", "the path is too long", "choose a shorter folder"),
}


class WriteError(OSError):
    """Fail to write a file: `filename` is its path, `size` the bytes that should be there."""

    def __init__(self, code: int, path: str, size: int) -> None:
        """Keep error number, path and size in bytes."""
        super().__init__(code, os.strerror(code), path)
        self.size = size


def create(path: str, data: bytes) -> None:
    """Write a new file; never touches the content of one that exists.

    Args:
        path: does not exist; its folder does.
        data: whole content.

    Raises:
        WriteError: it exists, or the disk refuses.
    """
    try:
        handle = os.open(path, _NEW, 0o666)
        try:
            write_all(handle, data)
        finally:
            os.close(handle)
    except OSError as error:
        raise WriteError(error.errno or errno.EIO, path, len(data)) from error


def write_all(handle: int, data: bytes) -> None:
    """Write bytes to a descriptor, in as many calls as it takes.

    Args:
        handle: open to write.
        data: what to write.

    Raises:
        OSError: the disk refuses.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def open_new(path: str) -> int:
    """Open a new file to write it bit by bit and read it back.

    Args:
        path: does not exist; its folder does.

    Returns:
        Descriptor, to be closed.

    Raises:
        OSError: it exists, or the disk refuses.
    """
    return os.open(path, _NEW & ~os.O_WRONLY | os.O_RDWR, 0o600)


def create_below(root: str, path: str, data: bytes) -> None:
    """Write a new file and the folders it needs.

    Args:
        root: folder that exists; it is never created, so that nobody writes into a tree that was
            renamed away.
        path: relative to it, with forward slashes.
        data: whole content.

    Raises:
        WriteError: it exists, or the disk refuses.
    """
    whole = os.path.join(root, path)
    try:
        create(whole, data)
    except WriteError as error:
        if error.errno != errno.ENOENT or not os.path.isdir(root):
            raise
        try:
            make_folders(root, path.rpartition("/")[0])
        except OSError as reason:
            raise WriteError(reason.errno or errno.EIO, whole, len(data)) from reason
        create(whole, data)


def make_folders(root: str, folder: str) -> None:
    """Create a folder and those above it, below a root; some may exist already.

    Args:
        root: folder that exists.
        folder: relative to it, with forward slashes.

    Raises:
        OSError: the disk refuses.
    """
    path = os.path.join(root, folder)
    with contextlib.suppress(FileExistsError):
        try:
            os.mkdir(path)
        except FileNotFoundError:
            if "/" not in folder:
                raise
            make_folders(root, folder.rpartition("/")[0])
            os.mkdir(path)


def replace(path: str, data: bytes) -> None:
    """Write a file so that readers see the old or the new content, never a part.

    Args:
        path: may exist; its folder does.
        data: whole content.

    Raises:
        OSError: the disk refuses; the old content stays.
    """
    fresh = f"{path}.{os.getpid()}-{threading.get_ident()}{UNFINISHED}"
    try:
        forget(fresh)
        create(fresh, data)
        os.replace(fresh, path)
    except BaseException:
        forget(fresh)
        raise


def open_to_read(path: str) -> int:
    """Open a file to read; a link is not followed, a pipe does not make us wait.

    Args:
        path: file.

    Returns:
        Descriptor, to be closed.

    Raises:
        OSError: it cannot be opened.
    """
    return os.open(path, _READ)


def read(path: str, limit: int = -1) -> bytes | None:
    """Read a regular file without following a link.

    Args:
        path: file.
        limit: bytes to read at most; negative for all.

    Returns:
        The bytes, or None when there is no such file or it cannot be read.
    """
    try:
        handle = open_to_read(path)
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        with os.fdopen(handle, "rb", buffering=0, closefd=False) as stream:
            return stream.read(limit)
    except OSError:
        return None
    finally:
        os.close(handle)


def forget(path: str) -> None:
    """Remove a file if it is there.

    Args:
        path: file or link; a link is removed, not what it names.

    Raises:
        OSError: it is there and cannot be removed.
    """
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def explain(error: OSError, shown: str) -> Problem:
    """Turn an error of the operating system into one line.

    Args:
        error: what happened.
        shown: path to name.

    Returns:
        Problem ``disk-full``, ``disk-read-only``, ``disk-forbidden``, ``disk-busy``,
        ``output-name`` or ``disk-error``. The words do not depend on the locale.
    """
    name = errno.errorcode.get(error.errno or 0, "unknown")
    code, reason, hint = _EXPLAINED.get(
        error.errno or 0, ("disk-error", f"the system says {name}", "check the disk")
    )
    doing = f"cannot write {error.size:,} bytes" if isinstance(error, WriteError) else "failed"
    return Problem(path=shown, code=code, message=f"{doing}: {reason}", hint=hint)


def shown_path(path: str, base: Path) -> str:
    """Give a path the way a problem names it: relative to a folder where it is inside.

    Args:
        path: absolute or relative path of the system.
        base: folder, usually the workspace.

    Returns:
        Path with forward slashes.
    """
    try:
        return Path(path).relative_to(base).as_posix()
    except ValueError:
        return Path(path).as_posix()
