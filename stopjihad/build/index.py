"""Remember what was published: step key, digest and stamp of each file, stamp of each folder.

The stamps answer "is it still the file we wrote?" without reading it, as git's index does: size,
inode, time of modification and time of change. A stamp that another write in the same tick of the
clock could share is not believed, and the file is hashed instead. The index is private: it lies
beside the published tree, and what it says is believed only as a whole (it carries its own digest).
"""

from __future__ import annotations

import hashlib
import os

import msgspec

from stopjihad.build import disk

FORMAT = "stopjihad-index/1"

TICK_NS = 20_000_000
"""Nanoseconds in which two writes may get the same time: Linux stamps files with the clock of its
timer, which ticks every 1 to 10 ms (CONFIG_HZ 1000 to 100); twice the longest."""

COARSE_TICK_NS = 2_000_000_000
"""The same where files carry whole seconds; FAT keeps two (Microsoft, FAT specification)."""

NEVER = 0
"""Stamp time that no file has: never believed."""

_DIGEST_BYTES = 32


class FileMark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Hold what is known of one published file; times in nanoseconds, size in bytes."""

    path: str
    key: str
    sha256: str
    size: int
    inode: int
    modified: int
    changed: int


class FolderMark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Hold the stamp of one published folder: it changes when a name in it comes or goes."""

    path: str
    inode: int
    modified: int
    changed: int


class Index(msgspec.Struct, frozen=True, array_like=True, tag=FORMAT):
    """Hold what is known of one published tree.

    Attributes:
        fingerprint: what the caller says the tree was built from.
        build: digest of all step keys.
        files: every file, ``manifest.json`` with an empty key among them.
        folders: every folder below the root, parents first.
    """

    fingerprint: str
    build: str
    files: tuple[FileMark, ...]
    folders: tuple[FolderMark, ...]


class Spare(msgspec.Struct, frozen=True, array_like=True, tag="stopjihad-spare/1"):
    """Describe the spare tree by how it differs from the published one.

    Attributes:
        beside: digest of the build that is published, from which the spare differs as told here.
        folders: every folder below its root.
        strays: files in the spare that are not the published file of that path.
        absent: published files that are not in the spare.
    """

    beside: str
    folders: tuple[FolderMark, ...]
    strays: tuple[str, ...]
    absent: tuple[str, ...]


def seal(record: Index | Spare) -> bytes:
    """Encode a record together with its digest.

    Args:
        record: what to keep.

    Returns:
        32 bytes of SHA-256, then MessagePack.
    """
    data = msgspec.msgpack.encode(record)
    return hashlib.sha256(data).digest() + data


def unseal(sealed: bytes | None) -> Index | Spare | None:
    """Decode what `seal` made.

    Args:
        sealed: its bytes, or None when there is no file.

    Returns:
        The record, or None when anything about the bytes is wrong.
    """
    if not sealed:
        return None
    data = memoryview(sealed)[_DIGEST_BYTES:]
    if hashlib.sha256(data).digest() != sealed[:_DIGEST_BYTES]:
        return None
    try:
        return _DECODER.decode(data)
    except msgspec.MsgspecError:
        return None


_DECODER: msgspec.msgpack.Decoder[Index | Spare] = msgspec.msgpack.Decoder(Index | Spare)


def load_index(path: str) -> Index | None:
    """Read an index; a damaged or missing one is None."""
    found = unseal(disk.read(path))
    return found if isinstance(found, Index) else None


def load_spare(path: str) -> Spare | None:
    """Read the description of a spare tree; a damaged or missing one is None."""
    found = unseal(disk.read(path))
    return found if isinstance(found, Spare) else None


def believable(state: os.stat_result, now: int) -> int:
    """Give the time of change to keep in a mark, or `NEVER` when it is too fresh to be believed.

    Args:
        state: as the system gave it a moment ago.
        now: time of the same file system in nanoseconds, from just before.

    Returns:
        Nanoseconds.
    """
    whole_seconds = not (state.st_mtime_ns % 1_000_000_000 or state.st_ctime_ns % 1_000_000_000)
    tick = COARSE_TICK_NS if whole_seconds else TICK_NS
    latest = max(state.st_mtime_ns, state.st_ctime_ns)
    return state.st_ctime_ns if latest < now - tick else NEVER


def mark_file(path: str, key: str, sha256: str, state: os.stat_result, now: int) -> FileMark:
    """Make the mark of a file that holds what ``sha256`` says.

    Args:
        path: relative to the tree.
        key: key of its step.
        sha256: digest of its content.
        state: its stat, without following links.
        now: as for `believable`.

    Returns:
        The mark.
    """
    return FileMark(
        path,
        key,
        sha256,
        state.st_size,
        state.st_ino,
        state.st_mtime_ns,
        believable(state, now),
    )


def mark_folder(path: str, state: os.stat_result, now: int) -> FolderMark:
    """Make the mark of a folder; arguments as for `mark_file`.

    Args:
        path: the folder.
        state: what the system says of it.
        now: nanoseconds since 1970, as for `mark_file`.

    Returns:
        The mark.
    """
    return FolderMark(path, state.st_ino, state.st_mtime_ns, believable(state, now))
