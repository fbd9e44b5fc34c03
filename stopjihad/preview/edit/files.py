"""Write a file that other people may be writing too: nothing of theirs is lost, ours is whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from stopjihad.build import disk, kernel
from stopjihad.build.place import PRIVATE
from stopjihad.load import files
from stopjihad.problem import Problem, ProblemsFound

SAVING = "saving"
"""Folder in ``.stopjihad/`` for files that are not finished; what a killed studio left there is
removed when it starts again."""


class Changed(Exception):
    """Say that a file is no longer what it was when it was read."""


def digest(data: bytes) -> str:
    """Give the SHA-256 of a file's bytes in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read(root: Path, path: str) -> bytes:
    """Read an authored text.

    Args:
        root: the workspace.
        path: file relative to it.

    Returns:
        Its bytes.

    Raises:
        ProblemsFound: it is missing, a link, too large, or cannot be read.
    """
    data = files.read(root, path, files.MAX_TEXT_BYTES)
    if isinstance(data, Problem):
        raise ProblemsFound((data,))
    return data


def tidy(root: Path) -> None:
    """Remove what a killed studio had not finished.

    Args:
        root: the workspace.
    """
    with contextlib.suppress(OSError):
        for path in (root / PRIVATE / SAVING).iterdir():
            path.unlink()


def replace(root: Path, path: str, data: bytes, known: str) -> None:
    """Write a file if it still is what we know.

    The new file is written beside, flushed, and exchanged with the old one in one operation; what
    comes out of the exchange is compared with what we know. When someone saved in between, theirs
    is put back: no moment in which a save can be lost, or half a file be seen.

    Args:
        root: the workspace.
        path: file relative to it, with forward slashes; it exists.
        data: its new bytes.
        known: digest of the bytes that it had when we read it.

    Raises:
        Changed: it has other bytes now; nothing was written.
        ProblemsFound: a link stands in the way, or the disk refuses; nothing was written.
    """
    with explained(path):
        target = _target(root, path)
        if digest(read(root, path)) != known:
            raise Changed(path)
        fresh = _fresh(root)
        try:
            _write(fresh, data, stat.S_IMODE(target.lstat().st_mode))
            if not kernel.exchange(str(fresh), str(target)):
                fresh.replace(target)
            elif digest(fresh.read_bytes()) != known:
                kernel.exchange(str(fresh), str(target))
                if fresh.read_bytes() != data:  # a third save came meanwhile: it is the newest
                    kernel.exchange(str(fresh), str(target))
                raise Changed(path)
        finally:
            fresh.unlink(missing_ok=True)


def create(root: Path, path: str, data: bytes) -> None:
    """Write a new file, whole.

    Args:
        root: the workspace.
        path: file relative to it; its folder may be missing.
        data: its bytes.

    Raises:
        Changed: there is such a file.
        ProblemsFound: a link stands in the way, or the disk refuses.
    """
    with explained(path):
        target = _target(root, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = _fresh(root)
        try:
            _write(fresh, data, 0o644)
            os.link(fresh, target)  # unlike a rename, this never replaces a file
        except FileExistsError:
            raise Changed(path) from None
        finally:
            fresh.unlink(missing_ok=True)


@contextlib.contextmanager
def explained(path: str) -> Iterator[None]:
    """Turn what the disk refuses into a problem that names the file.

    Args:
        path: the file, as people know it.

    Returns:
        A context; what is raised inside it names the file.

    Raises:
        ProblemsFound: in place of an OSError.
    """
    try:
        yield
    except OSError as error:
        raise ProblemsFound((disk.explain(error, path),)) from error


def _target(root: Path, path: str) -> Path:
    """Give the absolute path, and refuse links on the way: they lead out of the workspace."""
    parts = path.split("/")
    for length in range(1, len(parts)):
        if root.joinpath(*parts[:length]).is_symlink():
            message = "links are not followed: this would write somewhere else"
            raise ProblemsFound((Problem(path=path, code="link-refused", message=message),))
    return root.joinpath(*parts)


def _fresh(root: Path) -> Path:
    folder = root / PRIVATE / SAVING
    folder.mkdir(parents=True, exist_ok=True)
    return folder / secrets.token_hex(8)


def _write(path: Path, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        disk.write_all(handle, data)
        os.fchmod(handle, mode)
        os.fsync(handle)
    finally:
        os.close(handle)
