"""Tell one state of a finished build from another: people may change pages after they were made."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


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
    try:
        digest = hashlib.sha256((folder / "manifest.json").read_bytes())
    except OSError:
        return None
    files = [*_pages(str(folder / "site")), folder / "posts" / "posts.json"]
    for path in sorted(map(str, files)):
        with contextlib.suppress(OSError):
            state = os.stat(path)
            digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
    return Finished(folder, digest.hexdigest())


def _pages(folder: str) -> Iterator[str]:
    for here, _, names in os.walk(folder):
        yield from (os.path.join(here, name) for name in names if name.endswith(".html"))
