"""Put bytes aside on the disk while a run needs them seldom: memory is for what is at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import msgspec

from stopjihad.disk.files import UNFINISHED, write_all
from stopjihad.disk.folder import PRIVATE, READ, Closing, hold, unused_name

BUFFER = 1 << 20
"""Bytes that are written at a time."""

_BOTH = os.O_RDWR | os.O_CREAT | os.O_EXCL | (READ & ~os.O_RDONLY)


class SetAside(Protocol):
    """Bytes that were put aside."""

    def read(self) -> bytes:
        """Give the bytes."""

    def part(self, start: int, size: int) -> bytes:
        """Give ``size`` bytes from ``start`` on, or those that there are."""


class SpilledBytes(msgspec.Struct, frozen=True, gc=False):
    """Say where bytes lie in a spill: offset and size in bytes."""

    spill: Spill
    offset: int
    size: int

    def read(self) -> bytes:
        """Give the bytes."""
        return self.spill.read(self.offset, self.size)

    def part(self, start: int, size: int) -> bytes:
        """Give ``size`` bytes from ``start`` on, or those that there are."""
        return self.spill.read(self.offset + start, max(0, min(size, self.size - start)))


class BorrowedBytes(msgspec.Struct, frozen=True, gc=False):
    """Say where bytes lie in a file that a spill holds open: its number, offset and size."""

    spill: Spill
    file: int
    offset: int
    size: int

    def read(self) -> bytes:
        """Give the bytes."""
        return self.spill.read_borrowed(self.file, self.offset, self.size)

    def part(self, start: int, size: int) -> bytes:
        """Give ``size`` bytes from ``start`` on, or those that there are."""
        size = max(0, min(size, self.size - start))
        return self.spill.read_borrowed(self.file, self.offset + start, size)


class Spill(Closing):
    """Hold bytes in a file that has no name: it is gone when the process is.

    Processes that are forked read what was put aside before. Where the disk takes nothing, bytes
    stay in memory.
    """

    def __init__(self, root: Path) -> None:
        """Put bytes aside in the private folder of a workspace; nothing is opened before."""
        self._folder = str(root / PRIVATE)
        self._handle = -1
        self._borrowed: list[int] = []
        self._refused = not hasattr(os, "pread")  # nor does Windows let go of a file that is open
        # How much is written, and what is not yet: one name, for another thread may be reading.
        self._state = (0, bytearray())

    def close(self) -> None:
        """Give the space back: what was put aside cannot be read any more."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        for handle in self._borrowed:
            os.close(handle)
        self._borrowed = []

    def put(self, data: bytes) -> bytes | SetAside:
        """Put bytes aside.

        Args:
            data: anything.

        Returns:
            Where they are; the bytes themselves when the disk does not take them.
        """
        if self._refused:
            return data
        written, waiting = self._state
        part = SpilledBytes(self, written + len(waiting), len(data))
        if len(waiting) + len(data) < BUFFER:
            waiting += data
            return part
        try:
            self._write(written, waiting, data)
        except OSError:
            self._refused = True
            waiting += data
        return part

    def borrow(self, handle: int, offset: int, size: int) -> SetAside | None:
        """Hold bytes that lie in a file which nobody changes: they need not be put aside.

        Args:
            handle: of the file, which may be closed or removed afterwards.
            offset: in bytes.
            size: in bytes.

        Returns:
            Where they are; None where files cannot be held so.
        """
        if self._refused:
            return None
        try:
            self._borrowed.append(os.dup(handle))
        except OSError:  # too many are open
            return None
        return BorrowedBytes(self, len(self._borrowed) - 1, offset, size)

    def read_borrowed(self, file: int, offset: int, size: int) -> bytes:
        """Read what lies in a file that is held.

        Args:
            file: its number.
            offset: in bytes.
            size: in bytes.

        Returns:
            The bytes.

        Raises:
            OSError: the disk refuses.
        """
        return os.pread(self._borrowed[file], size, offset)

    def read(self, offset: int, size: int) -> bytes:
        """Read what lies at a place.

        Args:
            offset: in bytes.
            size: in bytes.

        Returns:
            The bytes.

        Raises:
            OSError: the disk refuses.
        """
        written, waiting = self._state
        if offset >= written:
            start = offset - written
            return bytes(waiting[start : start + size])
        return os.pread(self._handle, size, offset)

    def _write(self, written: int, waiting: bytearray, data: bytes) -> None:
        """Write what waits and ``data``, of which no copy is made."""
        if self._handle < 0:
            name = unused_name() + UNFINISHED
            with hold(self._folder, make=True) as folder:
                self._handle = folder.open(name, _BOTH, 0o600)
                folder.forget(name)
        os.lseek(self._handle, written, os.SEEK_SET)
        write_all(self._handle, waiting)
        write_all(self._handle, data)
        self._state = (written + len(waiting) + len(data), bytearray())
