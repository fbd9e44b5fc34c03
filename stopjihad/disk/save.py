"""Write a file that other people may be writing too: nothing of theirs is lost, ours is whole.

Every writer of authored files comes through `write`: commands, the studio, the ledger.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from stopjihad.disk import kernel
from stopjihad.disk.anchor import hold
from stopjihad.disk.errors import explain
from stopjihad.disk.files import create_in
from stopjihad.disk.folder import PRIVATE, PUBLIC_MODE, Folder, open_root, unused_name
from stopjihad.disk.history import remember
from stopjihad.disk.lock import Busy, sole_writer
from stopjihad.problem import Problem, ProblemsFound

SAVING = "saving"
"""Folder in ``.stopjihad/`` for files that are not finished; what a killed program left there is
removed when the studio starts again."""

LOCK = "saving.lock"
"""File in ``.stopjihad/``: one of our writers saves at a time. Other programs do not know it."""

PATIENCE = 2.0
"""Seconds that a writer waits for another one of ours: a save takes some milliseconds."""

TRIES = 8
"""How often a file is read again when others keep saving it at the very same moments."""

ABSENT = ""
"""Digest of a file that is not there."""


class ChangedFile(Exception):
    """Say that a file is no longer what it was when it was read."""


def digest(data: bytes) -> str:
    """Give the SHA-256 of a file's bytes in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write(root: Path, path: str, data: bytes, known: str) -> None:
    """Write a file if it still is what we know; it is on the disk when this returns.

    The new file is written aside, flushed, and exchanged with the old one in one operation; what
    comes out of the exchange is compared with what we know. When someone saved in between, theirs
    is put back: no moment in which a save can be lost, or half a file be seen. Where a system does
    not exchange files, only writers that know our lock are kept apart.

    Args:
        path: file relative to it, with forward slashes.
        data: its new bytes.
        known: digest of the bytes that it had when we read it; `ABSENT` for a new file, whose
            folder may be missing.

    Raises:
        Changed: it has other bytes now; nothing was written.
        ProblemsFound: ``link-refused``, ``odd-file``, ``file-busy``, or what the disk refuses;
            nothing was written.
    """
    folder, _, name = path.rpartition("/")
    with explain_refusals(path), _hold_file(root, path), open_root(str(root)) as top:
        aside = hold(str(root / PRIVATE / SAVING), make=True)
        with aside, _folder(top, folder, path, known) as here:
            before = _bytes_in(here, name, path)
            if (ABSENT if before is None else digest(before)) != known:
                raise ChangedFile(path)
            fresh = unused_name()
            try:
                create_in(aside, fresh, data, sync=True)
                if known:
                    _replace(here, name, (aside, fresh), known, digest(data))
                else:
                    _create(here, name, (aside, fresh), path)
            finally:
                aside.forget(fresh)
            here.flush()
            remember(str(root), path, before, data)


def remove(root: Path, path: str, known: str) -> None:
    """Remove a file if it still is what we know; its history keeps it.

    Raises:
        Changed: it has other bytes now, or is gone.
        ProblemsFound: as for `write`.
    """
    folder, _, name = path.rpartition("/")
    with (
        explain_refusals(path),
        _hold_file(root, path),
        open_root(str(root)) as top,
        _folder(top, folder, path, known) as here,
    ):
        before = _bytes_in(here, name, path)
        if before is None or digest(before) != known:
            raise ChangedFile(path)
        here.forget(name)
        here.flush()
        remember(str(root), path, before, None)


def notice(root: Path, path: str) -> None:
    """Remember what a file is now, whoever wrote or removed it.

    Raises:
        ProblemsFound: as for `current`.
    """
    with _hold_file(root, path):
        data = current(root, path)
        remember(str(root), path, data, data)


def append(root: Path, path: str, data: bytes) -> None:
    """Add bytes to the end of a file, after a line feed where its last line has none.

    The whole file is written anew: when the disk is full, it is as it was.

    Args:
        path: file relative to it; it may be missing.

    Raises:
        ProblemsFound: as for `write`.
    """
    for _ in range(TRIES):
        old = current(root, path)
        end = b"\n" if old and not old.endswith(b"\n") else b""
        try:
            write(root, path, (old or b"") + end + data, ABSENT if old is None else digest(old))
        except ChangedFile:
            continue
        return
    raise ProblemsFound((busy(path),))


def current(root: Path, path: str) -> bytes | None:
    """Read a file that is to be written again.

    Args:
        path: file relative to it.

    Returns:
        Its bytes; None when there is no such file.

    Raises:
        ProblemsFound: as for `write`.
    """
    folder, _, name = path.rpartition("/")
    with explain_refusals(path):
        try:
            with open_root(str(root)) as top, top.into(folder) as here:
                return _bytes_in(here, name, path)
        except FileNotFoundError:
            return None


def tidy(root: Path) -> None:
    """Remove what a killed program had not finished, unless one is saving at this moment."""
    private = root / PRIVATE
    with (
        contextlib.suppress(OSError, Busy),
        hold(str(private)) as held,
        sole_writer(private / LOCK, patience=0),
    ):
        held.remove(SAVING)


@contextlib.contextmanager
def explain_refusals(path: str) -> Iterator[None]:
    """Turn what the disk refuses into a problem that names the file.

    Returns:
        A context; what is raised inside it names the file.

    Raises:
        ProblemsFound: in place of an OSError.
    """
    try:
        yield
    except OSError as error:
        raise ProblemsFound((explain(error, path),)) from error


def busy(path: str) -> Problem:
    """Say that others keep saving a file.

    Returns:
        The problem ``file-busy``.
    """
    return Problem(
        path=path,
        code="file-busy",
        message="others keep saving this file",
        hint="wait a moment and save again",
    )


def changed_file(path: str) -> Problem:
    """Say that someone saved a file while we worked on it.

    Returns:
        The problem ``file-changed``.
    """
    return Problem(
        path=path,
        code="file-changed",
        message="someone saved this file meanwhile; theirs stays, ours was not written",
        hint="do the same once more",
    )


def _folder(top: Folder, folder: str, path: str, known: str) -> Folder:
    try:
        return top.into(folder, 0 if known else PUBLIC_MODE)
    except FileNotFoundError:
        raise ChangedFile(path) from None


@contextlib.contextmanager
def _hold_file(root: Path, path: str) -> Iterator[None]:
    try:
        with sole_writer(root / PRIVATE / LOCK, PATIENCE):
            yield
    except Busy:
        raise ProblemsFound((busy(path),)) from None


def _replace(here: Folder, name: str, made: tuple[Folder, str], known: str, own: str) -> None:
    aside, fresh = made
    _give_mode(aside, fresh, stat.S_IMODE(here.stat(name).st_mode))
    if not _exchange(aside, fresh, here, name):
        aside.rename(fresh, here, name)
        return
    if _digest_in(aside, fresh, name) == known:
        return
    _exchange(aside, fresh, here, name)
    if _digest_in(aside, fresh, name) != own:  # a third save came meanwhile: it is the newest
        _exchange(aside, fresh, here, name)
    raise ChangedFile(name)


def _create(here: Folder, name: str, made: tuple[Folder, str], path: str) -> None:
    aside, fresh = made
    try:
        aside.link(fresh, here, name)  # unlike a rename, this never replaces a file
    except FileExistsError:
        raise ChangedFile(path) from None
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}:
            raise
        if here.is_there(name):
            raise ChangedFile(path) from None
        aside.rename(fresh, here, name)  # a file system without links


def _exchange(aside: Folder, fresh: str, here: Folder, name: str) -> bool:
    one, inside = aside.at(fresh)
    other, above = here.at(name)
    return kernel.exchange(one, other, inside, above)


def _give_mode(folder: Folder, name: str, mode: int) -> None:
    if hasattr(os, "fchmod"):
        handle = folder.open(name)
        try:
            os.fchmod(handle, mode)
        finally:
            os.close(handle)


def _digest_in(folder: Folder, name: str, path: str) -> str | None:
    data = _bytes_in(folder, name, path)
    return None if data is None else digest(data)


def _bytes_in(folder: Folder, name: str, path: str) -> bytes | None:
    """Read a regular file; None when there is none, a problem when it is anything else."""
    try:
        handle = folder.open(name)
    except FileNotFoundError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            odd = Problem(path=path, code="odd-file", message="this is not a regular file")
            raise ProblemsFound((odd,))
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read()
    finally:
        os.close(handle)
