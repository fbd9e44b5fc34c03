"""Remember what was published: step key, digest and stamp of each file, stamp of each folder.

The stamps answer "is it still the file we wrote?" without reading it (``disk.stamp``). Where one is
not believed, the file is hashed instead. The index is private: it lies beside the published tree,
and what it says is believed only as a whole, when this user signed it, and as stamps only for the
very folder that it was written for.

Throughout, ``work`` is the private folder of the output, and ``name`` that of a file in it.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache

import msgspec

from stopjihad import disk
from stopjihad.disk.stamp import believable
from stopjihad.disk.user_key import SIGNATURE_BYTES, is_signed, sign

FORMAT = "stopjihad-index/2"

SPARE_INDEX = "spare.index"
"""Name of the file that says what the spare of the next build holds."""


class FileMark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of one published file; times in nanoseconds, size in bytes."""

    path: str
    key: str
    sha256: str
    size: int
    inode: int
    modified: int
    changed: int


class FolderMark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The stamp of one published folder: it changes when a name in it comes or goes."""

    path: str
    inode: int
    modified: int
    changed: int


class Origin(msgspec.Struct, frozen=True, array_like=True):
    """Tell one tree from another.

    Attributes:
        device: of the tree's folder.
        inode: of the tree's folder.
        owner: of the tree's folder.
        workspace: real path of the workspace that it was made from.
    """

    device: int
    inode: int
    owner: int
    workspace: str

    def is_of(self, state: os.stat_result) -> bool:
        """Tell whether a folder is the one that this was written for."""
        found = (state.st_dev, state.st_ino, state.st_uid)
        return found == (self.device, self.inode, self.owner)


class Index(msgspec.Struct, frozen=True, array_like=True, tag=FORMAT):
    """What is known of one published tree.

    Attributes:
        fingerprint: what the caller says the tree was built from.
        build: digest of all step keys.
        files: every file, ``manifest.json`` with an empty key among them.
        folders: every folder below the root, parents first.
        origin: the tree.
    """

    fingerprint: str
    build: str
    files: tuple[FileMark, ...]
    folders: tuple[FolderMark, ...]
    origin: Origin


class Spare(msgspec.Struct, frozen=True, array_like=True, tag="stopjihad-spare/2"):
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
    """Encode a record and sign it."""
    data = msgspec.msgpack.encode(record)
    return sign("index", hashlib.sha256(data).digest()) + data


def unseal(sealed: bytes | None) -> Index | Spare | None:
    """Decode what `seal` made.

    Args:
        sealed: its bytes, or None when there is no file.

    Returns:
        The record, or None when anything about the bytes is wrong.
    """
    if not sealed:
        return None
    data = memoryview(sealed)[SIGNATURE_BYTES:]
    if not is_signed("index", hashlib.sha256(data).digest(), sealed[:SIGNATURE_BYTES]):
        return None
    try:
        return _decode(sealed)
    except msgspec.MsgspecError:
        return None


@lru_cache(maxsize=1)  # a build asks several times for the same
def _decode(sealed: bytes) -> Index | Spare:
    return _DECODER.decode(memoryview(sealed)[SIGNATURE_BYTES:])


_DECODER: msgspec.msgpack.Decoder[Index | Spare] = msgspec.msgpack.Decoder(Index | Spare)


def load_index(work: disk.Folder, name: str) -> Index | None:
    """Read an index; a damaged, foreign or missing one is None."""
    found = unseal(disk.read_in(work, name))
    return found if isinstance(found, Index) else None


def load_spare(work: disk.Folder, name: str) -> Spare | None:
    """Read the description of a spare tree; a damaged, foreign or missing one is None."""
    found = unseal(disk.read_in(work, name))
    return found if isinstance(found, Spare) else None


def mark_file(path: str, key: str, sha256: str, state: os.stat_result, now: int) -> FileMark:
    """Make the mark of a file that holds what ``sha256`` says.

    Args:
        path: relative to the tree.
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
        now: nanoseconds since 1970, as for `mark_file`.
    """
    return FolderMark(path, state.st_ino, state.st_mtime_ns, believable(state, now))
