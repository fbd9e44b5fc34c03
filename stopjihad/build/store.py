"""Keep bytes that are costly to make under the key of what makes them.

One file for each key, because creating files is what a store costs on a disk (measured on ext4: 0.1
to 0.5 ms each). A file holds the digest of its key and content before the content and is verified
whenever it is read: what is flipped, cut, emptied or exchanged for another counts as missing and is
made again. Several processes may use one store at once: every file appears whole, by a rename.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from stopjihad.build import disk

DEFAULT_LIMIT = 2_000_000_000
"""Bytes that `Store.prune` leaves by default: about 60,000 share images of 30 KB."""

_DIGEST_BYTES = 32


class Kept(NamedTuple):
    """Describe one file of the store: when it was written, its bytes and its path."""

    written: int
    size: int
    path: str


class Store:
    """Find bytes again by key."""

    def __init__(self, root: Path) -> None:
        """Use a folder, which need not exist yet."""
        self.root = root

    def get(self, key: str) -> bytes | None:
        """Find bytes by key.

        Args:
            key: letters, digits or hyphens, such as a step key.

        Returns:
            The bytes, or None when they are missing or damaged.
        """
        kept = disk.read(self._path(key))
        if not kept:
            return None
        data = kept[_DIGEST_BYTES:]
        return data if _digest(key, data) == kept[:_DIGEST_BYTES] else None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, if the disk takes them.

        A store only saves time: when it is full or read-only, nothing is kept and nothing is said.

        Args:
            key: as for `get`.
            data: anything.
        """
        path = self._path(key)
        sealed = _digest(key, data) + data
        with contextlib.suppress(OSError):
            try:
                disk.replace(path, sealed)
            except OSError as error:
                if error.errno != errno.ENOENT:
                    raise
                os.makedirs(os.path.dirname(path), exist_ok=True)
                disk.replace(path, sealed)

    def prune(self, limit: int = DEFAULT_LIMIT) -> int:
        """Remove what was written longest ago until the store is small enough.

        Nothing breaks when another process prunes or builds meanwhile: what is gone is made again.

        Args:
            limit: bytes that may stay.

        Returns:
            Bytes removed.
        """
        kept = sorted(self._files())
        total = sum(entry.size for entry in kept)
        removed = 0
        for entry in kept:
            if total - removed <= limit:
                break
            try:
                os.unlink(entry.path)
            except OSError:
                continue
            removed += entry.size
        return removed

    def _files(self) -> list[Kept]:
        found = []
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = os.path.join(folder, name)
                try:
                    state = os.lstat(path)
                except OSError:
                    continue
                found.append(Kept(state.st_mtime_ns, state.st_size, path))
        return found

    def _path(self, key: str) -> str:
        return os.path.join(self.root, key[:1], key)


def _digest(key: str, data: bytes) -> bytes:
    """Cover the key too, so that two files that were exchanged are noticed."""
    digest = hashlib.sha256(key.encode())
    digest.update(data)
    return digest.digest()
