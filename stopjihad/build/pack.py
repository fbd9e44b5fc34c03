"""Keep many small things in few files: what was parsed of each authored file, for example.

A file for each of 6,000 things costs seconds to create on a disk; one file with all of them costs
milliseconds. Every run that adds something writes one more file; when there are many, they become
one again, without what the last run did not ask for: so things that are not used together, such
as those of two campaigns, belong into two packs. Files are never changed: they appear whole, by a
rename, and several processes may use one pack. Everything is verified when read; what is damaged
is not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from stopjihad.build import disk

MAX_FILES = 8
"""Files from which they become one again: each costs an open and a table to read."""

_END = ".pack"
_MAGIC = b"stopjihad-pack/1"
_HEAD = len(_MAGIC) + 32 + 8


class Slot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Say where a thing is: key, offset behind the table, bytes, SHA-256 of key and thing."""

    key: str
    offset: int
    size: int
    digest: bytes


class Part(NamedTuple):
    """Hold one open file of a pack; things begin at byte ``start``."""

    path: str
    handle: int
    start: int
    slots: dict[str, Slot]


class Pack:
    """Find bytes by key; new ones are written when the pack is closed. For one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Open the pack in a folder, which need not exist yet."""
        self.folder = folder
        self._parts = _open_parts(str(folder))
        self._fresh: dict[str, bytes] = {}
        self._used: set[str] = set()

    def __enter__(self) -> Self:
        """Use the pack in a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what is new and close the files."""
        self.close()

    def get(self, key: str) -> bytes | None:
        """Find bytes by key.

        Args:
            key: any text.

        Returns:
            The bytes, or None when they are missing or damaged.
        """
        if key in self._fresh:
            return self._fresh[key]
        data = self._read(key)
        if data is not None:
            self._used.add(key)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, until the pack is closed in memory only.

        Args:
            key: any text.
            data: anything.
        """
        self._fresh[key] = data

    def close(self) -> None:
        """Write what is new, if the disk takes it: a pack only saves time."""
        with contextlib.suppress(OSError):
            if self._fresh:
                self._write()
        for part in self._parts:
            os.close(part.handle)
        self._parts = []

    def _read(self, key: str) -> bytes | None:
        for part in self._parts:
            slot = part.slots.get(key)
            if slot is None:
                continue
            with contextlib.suppress(OSError):
                data = _at(part.handle, part.start + slot.offset, slot.size)
                if _digest(key, data) == slot.digest:
                    return data
        return None

    def _write(self) -> None:
        os.makedirs(self.folder, exist_ok=True)
        merge = len(self._parts) >= MAX_FILES
        items = dict(self._fresh)
        if merge:
            for key in sorted(self._used - items.keys()):
                data = self._read(key)
                if data is not None:
                    items[key] = data
        packed = _packed(items)
        name = hashlib.sha256(packed).hexdigest()
        path = os.path.join(self.folder, name + _END)
        disk.replace(path, packed)
        if merge:
            for part in self._parts:
                if part.path != path:
                    disk.forget(part.path)


def _open_parts(folder: str) -> list[Part]:
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(_END))
    except OSError:
        return []
    found = []
    for name in names:
        part = _open_part(os.path.join(folder, name))
        if part is not None:
            found.append(part)
    return found


def _open_part(path: str) -> Part | None:
    """Open a file of the pack; remove one whose table is damaged."""
    try:
        handle = disk.open_to_read(path)
    except OSError:
        return None
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        head = _at(handle, 0, _HEAD)
        size = int.from_bytes(head[-8:], "big")
        table = _at(handle, _HEAD, min(size, os.fstat(handle).st_size))
        if head == _head(table):
            slots = msgspec.msgpack.decode(table, type=list[Slot])
            start = _HEAD + len(table)
            return Part(path, handle, start, {slot.key: slot for slot in slots})
    os.close(handle)
    with contextlib.suppress(OSError):
        disk.forget(path)
    return None


def _head(table: bytes) -> bytes:
    return _MAGIC + hashlib.sha256(table).digest() + len(table).to_bytes(8, "big")


def _digest(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\0" + data).digest()


def _packed(items: dict[str, bytes]) -> bytes:
    """Lay out a file: head, table, then everything in the order of the table."""
    slots, offset = [], 0
    for key, data in items.items():
        slots.append(Slot(key, offset, len(data), _digest(key, data)))
        offset += len(data)
    table = msgspec.msgpack.encode(slots)
    return b"".join((_head(table), table, *items.values()))


def _at(handle: int, offset: int, size: int) -> bytes:
    os.lseek(handle, offset, os.SEEK_SET)
    return os.read(handle, size)
