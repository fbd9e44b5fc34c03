"""Tell one state of a finished build from another: people may change pages after they were made."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stopjihad import disk


class Finished(NamedTuple):
    """Hold a finished build.

    Attributes:
        folder: ``dist/<campaign>``.
        digest: SHA-256 in lower-case hexadecimal; another one when a page or draft may be another.
    """

    folder: Path
    digest: str


def finished(folder: Path) -> Finished | None:
    """Look at the build in a folder.

    Args:
        folder: ``dist/<campaign>``.

    Returns:
        The build, or None when the folder has no manifest.
    """
    data = disk.read(str(folder / "manifest.json"))
    if data is None:
        return None
    digest = hashlib.sha256(data)
    states = list(_states(str(folder / "site")))
    with contextlib.suppress(OSError):
        states.append(_state(str(folder / "posts" / "posts.json")))
    digest.update("".join(sorted(states)).encode(errors="surrogateescape"))
    return Finished(folder, digest.hexdigest())


def _states(folder: str) -> Iterator[str]:
    """Give the state of every page below a folder; a build has thousands of folders of one page."""
    left = [folder]
    while left:
        with contextlib.suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".html"):
                    with contextlib.suppress(OSError):
                        yield _state(entry.path)
                elif entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)


def _state(path: str) -> str:
    found = os.stat(path)
    return f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0"
