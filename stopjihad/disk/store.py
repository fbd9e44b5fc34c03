"""Keep bytes that are costly to make under the key of what makes them.

One file for each key, because creating files is what a store costs on a disk (measured on ext4: 0.1
to 0.5 ms each). A file holds a signature of its key and content before the content and is verified
whenever it is read: what is flipped, cut, emptied, exchanged for another or written by anybody else
counts as missing and is made again. Several processes may use one store at once: every file appears
whole, by a rename.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stopjihad import disk
from stopjihad.disk.key import SIGNATURE_BYTES, is_signed, sign

DEFAULT_LIMIT = 2_000_000_000
"""Bytes that `Store.prune` leaves by default: about 60,000 share images of 30 KB."""


class Kept(NamedTuple):
    """Describe one file of the store: when it was written, its bytes, its folder and name."""

    written: int
    size: int
    folder: str
    name: str


_LARGE = 1 << 20


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
        data = kept[SIGNATURE_BYTES:]
        return data if is_signed("store", _digest(key, data), kept[:SIGNATURE_BYTES]) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, if the disk takes them.

        A store only saves time: when it is full or read-only, nothing is kept and nothing is said.

        Args:
            key: as for `get`.
            data: anything.
        """
        signature = sign("store", _digest(key, data))
        large = len(data) > _LARGE  # is not copied; another write costs more than to copy a little
        parts = (signature, data) if large else (signature + data,)
        with contextlib.suppress(OSError):
            disk.replace(self._path(key), *parts)

    def prune(self, limit: int = DEFAULT_LIMIT) -> int:
        """Remove what was written longest ago until the store is small enough.

        Nothing breaks when another process prunes or builds meanwhile: what is gone is made again.

        Args:
            limit: bytes that may stay.

        Returns:
            Bytes removed.
        """
        try:
            root = disk.hold(str(self.root))
        except OSError:
            return 0
        with root, disk.Way(root) as way:
            kept = sorted(_files(way))
            total = sum(entry.size for entry in kept)
            removed = 0
            for entry in kept:
                if total - removed <= limit:
                    break
                with contextlib.suppress(OSError):
                    way.to(entry.folder).unlink(entry.name)
                    removed += entry.size
        return removed

    def _path(self, key: str) -> str:
        return os.path.join(self.root, key[:1], key)


def _files(way: disk.Way) -> Iterator[Kept]:
    for folder in ("", *(one.name for one in way.to("").entries() if one.is_folder)):
        with contextlib.suppress(OSError):
            here = way.to(folder)
            for name in [one.name for one in here.entries() if not one.is_folder]:
                state = here.stat(name)
                yield Kept(state.st_mtime_ns, state.st_size, folder, name)


def _digest(key: str, data: bytes) -> bytes:
    """Cover the key too, so that two files that were exchanged are noticed."""
    digest = hashlib.sha256(key.encode())
    digest.update(data)
    return digest.digest()
