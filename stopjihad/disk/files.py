"""Read, write and remove files by the folders they lie in, none of which is a link.

Throughout, ``path`` is that of a file, and ``limit`` the bytes to read at most; negative for all.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping

from stopjihad.disk.anchor import hold
from stopjihad.disk.errors import WriteError
from stopjihad.disk.folder import NEW, Folder, open_root, unused_name

_TOUCHES = os.utime in os.supports_fd

PIECE = 1 << 20
"""Bytes of a large file that are read at a time."""

UNFINISHED = ".new"
"""End of the name of a file that `replace` has not finished writing."""


def write_all(handle: int, data: bytes | bytearray) -> None:
    """Write bytes to a descriptor, in as many calls as it takes.

    Raises:
        OSError: the disk refuses.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def touch(handle: int) -> None:
    """Give a file the time of now, as its disk tells it."""
    if _TOUCHES:
        os.utime(handle)
    else:  # Windows: a write does it, too
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, b"\n")


def create_in(
    folder: Folder, name: str, *data: bytes | bytearray, sync: bool = False, mode: int = 0o666
) -> None:
    """Write a new file; never touches the content of one that exists.

    Args:
        data: whole content, in one part or several: large ones need not be copied together.
        sync: whether to wait until it is on the disk.
        mode: permissions, less those that the umask takes away.

    Raises:
        WriteError: it exists, or the disk refuses.
    """
    create_from(folder, name, data, sum(map(len, data)), sync=sync, mode=mode)


def create_from(
    folder: Folder,
    name: str,
    pieces: Iterable[bytes | bytearray],
    size: int,
    *,
    sync: bool = False,
    mode: int = 0o666,
) -> None:
    """Write a new file from pieces that are made as it goes; else as `create_in`.

    Args:
        size: bytes of it, for what is said where the disk is full.
        sync: whether to wait until it is on the disk.
        mode: permissions, less those that the umask takes away.

    Raises:
        WriteError: as for `create_in`.
    """
    try:
        handle = folder.open(name, NEW, mode)
        try:
            for part in pieces:
                write_all(handle, part)
            if sync:
                os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise WriteError(error.errno or errno.EIO, os.path.join(folder.path, name), size) from error


def replace_in(folder: Folder, name: str, *data: bytes | bytearray, sync: bool = False) -> None:
    """Write a file so that readers see the old or the new content, never a part.

    Args:
        name: may exist; a link is replaced, not followed.
        sync: whether to wait until file and name are on the disk.

    Raises:
        OSError: the disk refuses; the old content stays.
    """
    fresh = unused_name(f"{name[:100]}.") + UNFINISHED
    try:
        create_in(folder, fresh, *data, sync=sync)
        folder.rename(fresh, folder, name)
    except BaseException:
        with contextlib.suppress(OSError):
            folder.forget(fresh)
        raise
    if sync:
        folder.flush()


def replace(path: str, *data: bytes | bytearray) -> None:
    """Write a file that is made anew when it is lost, as `replace_in` does; make its folder.

    Args:
        path: absolute; may exist.

    Raises:
        OSError: the disk refuses; the old content stays.
    """
    folder, name = os.path.split(path)
    with hold(folder, make=True) as here:
        replace_in(here, name, *data)


def put(path: str, data: bytes) -> None:
    """Write a file where the user said, and wait until it is on the disk.

    Args:
        path: links to its folder are followed; a link in its own place is replaced.

    Raises:
        OSError: the disk refuses; the old content stays.
    """
    folder, name = os.path.split(os.path.abspath(path))
    with open_root(folder) as here:
        replace_in(here, name, data, sync=True)


def put_folder(above: Folder, name: str, files: Mapping[str, bytes], *, whole: bool) -> None:
    """Put files into a folder; they are written beside it first, so that none is seen half.

    Args:
        above: where the folder is, or will be.
        name: the folder; a link in its place is removed, not followed.

    Raises:
        OSError: the disk refuses.
    """
    fresh = unused_name(f".{name[:100]}.")
    above.mkdir(fresh)
    try:
        with above.step(fresh) as folder:
            for file, data in files.items():
                create_in(folder, file, data)
            if above.is_link(name) or whole:
                above.remove(name)
            if above.is_there(name):
                with above.step(name) as there:
                    for file in files:
                        folder.rename(file, there, file)
            else:
                above.rename(fresh, above, name)
    finally:
        above.remove(fresh)


def read_in(folder: Folder, name: str, limit: int = -1) -> bytes | None:
    """Read a regular file without following a link.

    Args:
        limit: bytes to read at most; negative for all.

    Returns:
        The bytes, or None when there is no such file or it cannot be read.
    """
    try:
        handle = folder.open(name)
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


def pieces_in(folder: Folder, name: str) -> Iterator[bytes]:
    """Read a regular file of any size in pieces, without following a link.

    Yields:
        Pieces of at most `PIECE` bytes; none of what is no regular file.

    Raises:
        OSError: there is none, or it cannot be read.
    """
    handle = folder.open(name)
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            while piece := os.read(handle, PIECE):
                yield piece
    finally:
        os.close(handle)


def pieces_below(root: str, path: str) -> Iterator[bytes]:
    """Read a regular file in pieces as `pieces_in` does; ``root`` and ``path`` as `read_below`."""
    folder, _, name = path.rpartition("/")
    with hold(root) as top, top.into(folder) as here:
        yield from pieces_in(here, name)


def read(path: str, limit: int = -1) -> bytes | None:
    """Read a regular file as `read_in` does, by its absolute path."""
    folder, name = os.path.split(path)
    try:
        with hold(folder) as here:
            return read_in(here, name, limit)
    except OSError:
        return None


def read_below(root: str, path: str, limit: int = -1) -> bytes | None:
    """Read a regular file as `read_in` does; no folder on the way from the root is a link.

    Args:
        root: absolute path of a folder.
        path: relative to it, with forward slashes.
        limit: bytes to read at most; negative for all.

    Returns:
        The bytes, or None when there is no such file or it cannot be read.
    """
    folder, _, name = path.rpartition("/")
    try:
        with hold(root) as top, top.into(folder) as here:
            return read_in(here, name, limit)
    except OSError:
        return None
