"""Keep many small things in few files: what was parsed of each authored file, for example.

A file for each of 6,000 things costs seconds to create on a disk; one file with all of them costs
milliseconds. Every run that adds something writes one more file; when there are many, they become
one again, without what the last run did not ask for: so things that are not used together, such
as those of two campaigns, belong into two packs. Finished files are never changed: they appear
whole, by a rename, and several processes may use one pack. Everything is verified when read; what
is damaged, or not signed by this user, is not there.

A file holds the things one after the other, then a table of them, then the signature and the size
of the table: so it can be written as things come, and none needs to stay in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.disk.folder import READ, OpenResource
from stopjihad.disk.user_key import SIGNATURE_BYTES, is_signed, sign

MAX_FILES = 8
"""Files from which they become one again: each costs an open and a table to read."""

ABANDONED = 86_400
"""Seconds after which a file that nobody finished is removed: no run takes a day."""

_END = ".pack"
_MAGIC = b"stopjihad-pack/4"
_FOOT_BYTES = len(_MAGIC) + SIGNATURE_BYTES + 8
_BOTH = os.O_RDWR | os.O_CREAT | os.O_EXCL | (READ & ~os.O_RDONLY)


class Slot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Say where a thing is: key, offset and size in bytes, SHA-256 of key and bytes."""

    key: str
    offset: int
    size: int
    digest: bytes


class PackPart(NamedTuple):
    """One open file of a pack and where its things are."""

    name: str
    handle: int
    slots: dict[str, Slot]

    def read(self, key: str) -> bytes | None:
        """Read what lies under a key; None when it is not there or damaged."""
        slot = self.slots.get(key)
        if slot is not None:
            with contextlib.suppress(OSError):
                data = _at(self.handle, slot.offset, slot.size)
                if _digest(key, data) == slot.digest:
                    return data
        return None


class Pack(OpenResource):
    """Find bytes by key; new ones count for later runs once the pack is closed.

    For one thread at a time.
    """

    def __init__(self, folder: Path) -> None:
        """Open the pack in a folder, which need not exist yet."""
        self.folder = folder
        self._parts = _open_parts(str(folder))
        self._fresh: PackPart | None = None
        self._used: set[str] = set()

    def __reduce__(self) -> tuple[type[Pack], tuple[Path]]:
        """Travel as a folder: another process opens it anew, without what is not finished."""
        return Pack, (self.folder,)

    def get(self, key: str) -> bytes | None:
        """Find bytes by key.

        Returns:
            The bytes, or None when they are missing or damaged.
        """
        fresh = [self._fresh] if self._fresh else []
        for part in (*fresh, *self._parts):
            data = part.read(key)
            if data is not None:
                self._used.add(key)
                return data
        return None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, if the disk takes them: a pack only saves time."""
        with contextlib.suppress(OSError):
            if self._fresh is None:
                self._fresh = _new_part(str(self.folder))
            offset = os.lseek(self._fresh.handle, 0, os.SEEK_END)
            disk.write_all(self._fresh.handle, data)
            self._fresh.slots[key] = Slot(key, offset, len(data), _digest(key, data))

    def close(self) -> None:
        """Finish what is new, if the disk takes it, and close the files."""
        fresh, self._fresh = self._fresh, None
        merge = fresh is not None and len(self._parts) >= MAX_FILES
        if fresh is not None:
            done = ""
            with contextlib.suppress(OSError):
                if merge:
                    self._copy_used(fresh)
                done = _finish(fresh, str(self.folder))
            os.close(fresh.handle)
            with contextlib.suppress(OSError), disk.hold(str(self.folder)) as folder:
                folder.forget(fresh.name)
                if merge and done:
                    self._forget_all_but(done, folder)
        for part in self._parts:
            os.close(part.handle)
        self._parts = []

    def _copy_used(self, fresh: PackPart) -> None:
        for key in sorted(self._used - fresh.slots.keys()):
            data = self.get(key)
            if data is not None:
                offset = os.lseek(fresh.handle, 0, os.SEEK_END)
                disk.write_all(fresh.handle, data)
                fresh.slots[key] = Slot(key, offset, len(data), _digest(key, data))

    def _forget_all_but(self, merged: str, folder: disk.Folder) -> None:
        """Remove the files that became one, and those that nobody finished."""
        for part in self._parts:
            if part.name != merged:
                folder.forget(part.name)
        for name in folder.names():
            old = folder.stat(name).st_mtime < time.time() - ABANDONED
            if name.endswith(disk.UNFINISHED) and old:
                folder.forget(name)


def pack_of_parsed(root: Path, slug: str) -> Pack:
    """Open the pack in which a campaign's parsed files are kept; its folder is safe to delete."""
    return Pack(root / disk.PRIVATE / "parsed" / slug)


def _open_parts(path: str) -> list[PackPart]:
    try:
        with disk.hold(path) as folder:
            names = sorted(name for name in folder.names() if name.endswith(_END))
            found = [_open_part(folder, name) for name in names]
    except OSError:
        return []
    return [part for part in found if part is not None]


def _open_part(folder: disk.Folder, name: str) -> PackPart | None:
    """Open a finished file; remove one whose table is damaged or not ours."""
    try:
        handle = folder.open(name)
    except OSError:
        return None
    with contextlib.suppress(OSError, msgspec.MsgspecError, ValueError):
        size = os.fstat(handle).st_size
        foot = _at(handle, size - _FOOT_BYTES, _FOOT_BYTES)
        length = int.from_bytes(foot[-8:], "big")
        table = _at(handle, size - _FOOT_BYTES - length, length) if length <= size else b""
        if foot[:-8].startswith(_MAGIC) and is_signed(
            "pack", hashlib.sha256(table).digest(), foot[len(_MAGIC) : -8]
        ):
            slots = msgspec.msgpack.decode(table, type=list[Slot])
            return PackPart(name, handle, {slot.key: slot for slot in slots})
    os.close(handle)
    with contextlib.suppress(OSError):
        folder.forget(name)
    return None


def _new_part(path: str) -> PackPart:
    name = disk.unused_name() + disk.UNFINISHED
    with disk.hold(path, make=True) as folder:
        return PackPart(name, folder.open(name, _BOTH, 0o600), {})


def _finish(part: PackPart, path: str) -> str:
    """Write the table behind the things, and give the file the name under which it is found."""
    table = msgspec.msgpack.encode(list(part.slots.values()))
    digest = hashlib.sha256(table)
    foot = _MAGIC + sign("pack", digest.digest()) + len(table).to_bytes(8, "big")
    os.lseek(part.handle, 0, os.SEEK_END)
    disk.write_all(part.handle, table + foot)
    name = digest.hexdigest() + _END
    with disk.hold(path) as folder:
        folder.rename(part.name, folder, name)
    return name


def _digest(key: str, data: bytes) -> bytes:
    digest = hashlib.sha256(f"{key}\0".encode())
    digest.update(data)
    return digest.digest()


def _at(handle: int, offset: int, size: int) -> bytes:
    if hasattr(os, "pread"):  # a copy of this process moves the place in the file for both
        return os.pread(handle, size, offset)
    os.lseek(handle, offset, os.SEEK_SET)
    return os.read(handle, size)
