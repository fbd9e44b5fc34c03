"""Keep bytes that are costly to make, in files named by the digest of their content.

Two kinds of files: objects (named by the SHA-256 of what they hold) and references (named by a key,
holding the digest of an object). Both are verified when read: whatever is flipped, cut, emptied or
exchanged counts as missing and is made again. Several processes may use one store at once: every
file appears whole, by a rename.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from stopjihad.build import disk

DEFAULT_LIMIT = 2_000_000_000
"""Bytes that `Store.prune` leaves by default: about 60,000 share images of 30 KB."""


class Kept(NamedTuple):
    """Describe one file of the store: when it was last written or used, its bytes and its path."""

    used: int
    size: int
    path: str


class Store:
    """Find bytes again by key, or by their own digest."""

    def __init__(self, root: Path) -> None:
        """Use a folder, which need not exist yet."""
        self.root = root

    def put_object(self, data: bytes) -> str:
        """Keep bytes under their digest.

        Args:
            data: anything.

        Returns:
            SHA-256 in lower-case hexadecimal.

        Raises:
            OSError: the disk refuses.
        """
        digest = hashlib.sha256(data).hexdigest()
        self._write(self._path("objects", digest), data)
        return digest

    def get_object(self, digest: str) -> bytes | None:
        """Find bytes by their digest.

        Args:
            digest: SHA-256 in lower-case hexadecimal.

        Returns:
            The bytes, or None when they are missing or damaged.
        """
        data = disk.read(self._path("objects", digest))
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            return None
        return data

    def bind(self, key: str, digest: str) -> None:
        """Let a key lead to bytes.

        Args:
            key: at least 3 letters, digits or hyphens, such as a step key.
            digest: what `put_object` gave.

        Raises:
            OSError: the disk refuses.
        """
        self._write(self._path("keys", key), _reference(key, digest))

    def find(self, key: str) -> str | None:
        """Find the digest that a key leads to.

        Args:
            key: as for `bind`.

        Returns:
            The digest, or None when the reference is missing or damaged.
        """
        data = disk.read(self._path("keys", key))
        digest = data[:64].decode("ascii", "replace") if data else ""
        return digest if data == _reference(key, digest) else None

    def get(self, key: str) -> bytes | None:
        """Find bytes by key.

        Args:
            key: as for `bind`.

        Returns:
            The bytes, or None when anything about them is missing or damaged.
        """
        digest = self.find(key)
        return None if digest is None else self.get_object(digest)

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes and let a key lead to them, if the disk takes them.

        A store only saves time: when it is full or read-only, nothing is kept and nothing is said.

        Args:
            key: as for `bind`.
            data: anything.
        """
        with contextlib.suppress(OSError):
            self.bind(key, self.put_object(data))

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

    def _path(self, part: str, name: str) -> str:
        return os.path.join(self.root, part, name[:2], name[2:])

    @staticmethod
    def _write(path: str, data: bytes) -> None:
        try:
            disk.replace(path, data)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            disk.replace(path, data)


def _reference(key: str, digest: str) -> bytes:
    """Give the content of a reference; the key in it tells when two were exchanged."""
    check = hashlib.sha256(f"{key} {digest}".encode()).hexdigest()
    return f"{digest} {check}\n".encode("ascii", "replace")
