"""Know authored files again by their stamps, so that a build reads those alone that changed.

Keys are made of digests of what files hold, never of stamps: these only tell that a digest still
holds that was made before (``disk.stamp``). They are kept beside what was parsed, and believed only
with this user's signature, on the disk and for the folder that they were written for. Where times
have no fractions of a second nothing is believed, for such disks may have no time of change.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import msgspec

from stopjihad import disk
from stopjihad.disk.folder import HELD
from stopjihad.disk.stamp import NEVER, believable, has_whole_seconds
from stopjihad.disk.user_key import SIGNATURE_BYTES, is_signed, sign


class KnownFile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of a file: SHA-256, size in bytes, times in nanoseconds."""

    sha256: str
    size: int
    inode: int
    modified: int
    changed: int


class _KnownStamps(msgspec.Struct, frozen=True, array_like=True, tag="stopjihad-stamps/1"):
    """The files of one campaign; ``place`` is its real path, ``device`` its disk."""

    place: str
    device: int
    files: dict[str, KnownFile]


_DECODER = msgspec.msgpack.Decoder(_KnownStamps)


class KnownFiles:
    """Tell which files of one campaign are those that were read before."""

    def __init__(self, root: Path, slug: str) -> None:
        """Read what is known."""
        self._folder, self._name = str(root / disk.PRIVATE / "stamps"), slug
        self._place = os.path.realpath(root / "campaigns" / slug)
        self._states: dict[str, os.stat_result] = {}
        record = self._load() if HELD else None
        self._device = record.device if record else -1
        self._known: Mapping[str, KnownFile] = record.files if record else {}
        self._found: dict[str, KnownFile] = {}

    def _load(self) -> _KnownStamps | None:
        with suppress(OSError, msgspec.MsgspecError), disk.hold(self._folder) as held:
            sealed = disk.read_in(held, self._name) or b""
            data = sealed[SIGNATURE_BYTES:]
            if is_signed("stamps", hashlib.sha256(data).digest(), sealed[:SIGNATURE_BYTES]):
                record = _DECODER.decode(data)
                same_disk = record.device == os.fstat(held.handle).st_dev
                return record if same_disk and record.place == self._place else None
        return None

    def digest(self, path: str, handle: int) -> str:
        """Give the digest of a file that is open, if it is the one that was read before.

        Args:
            handle: of the file, from which nothing was read yet.

        Returns:
            SHA-256 in lower-case hexadecimal; empty where the file must be read. `learn` is told
            the digest then.
        """
        known = self._known.get(path)
        if known is not None and _is_same(os.fstat(handle), known, self._device):
            self._found[path] = known
            return known.sha256
        if self._now:
            self._states[path] = os.fstat(handle)  # whatever comes later has a later stamp
        return ""

    @cached_property
    def _now(self) -> int:
        """Time of the disk in nanoseconds, from before the first file is read; 0 without one."""
        if not HELD:
            return 0
        with suppress(OSError), disk.hold(self._folder, make=True) as held:
            name = disk.unused_name() + disk.UNFINISHED
            disk.create_in(held, name)
            state = held.stat(name)
            held.forget(name)
            self._device = state.st_dev
            return state.st_mtime_ns
        return 0

    def learn(self, path: str, sha256: str) -> None:
        """Remember a file that was read."""
        state = self._states.pop(path, None)
        if state is None or state.st_dev != self._device or has_whole_seconds(state):
            return
        changed = believable(state, self._now)
        if changed != NEVER:
            size, inode, modified = state.st_size, state.st_ino, state.st_mtime_ns
            self._found[path] = KnownFile(sha256, size, inode, modified, changed)

    def keep(self) -> None:
        """Keep what is known now, if it is not what was known; where the disk takes it."""
        if self._found == self._known:
            return
        data = msgspec.msgpack.encode(_KnownStamps(self._place, self._device, self._found))
        signature = sign("stamps", hashlib.sha256(data).digest())
        with suppress(OSError), disk.hold(self._folder, make=True) as held:
            disk.replace_in(held, self._name, signature, data)


def _is_same(state: os.stat_result, known: KnownFile, device: int) -> bool:
    return (
        state.st_ctime_ns == known.changed
        and state.st_mtime_ns == known.modified
        and state.st_ino == known.inode
        and state.st_size == known.size
        and state.st_dev == device
    )
