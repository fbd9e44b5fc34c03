"""Remember the blobs of a repository, so that each is read once in its life."""

from __future__ import annotations

import hashlib
import os

import msgspec

from stopjihad import disk
from stopjihad.build.tree.manifest import MadeFile
from stopjihad.disk import user_key
from stopjihad.publish.git_home import Home


class KnownBlobs:
    """What is known of blobs that were read or written: digest and size, signed by this user."""

    def __init__(self, home: Home) -> None:
        """Read what was kept in our folder for a repository."""
        self._file = os.path.join(home.path, "blobs")  # noqa: PTH118 (as its folder)
        self._made: dict[bytes, MadeFile] = {}
        self._fresh = False
        data = disk.read(self._file) or b""
        signature, encoded = data[: user_key.SIGNATURE_BYTES], data[user_key.SIGNATURE_BYTES :]
        if user_key.is_signed("branch", hashlib.sha256(encoded).digest(), signature):
            rows = msgspec.msgpack.decode(encoded, type=list[tuple[bytes, str, int]])
            self._made = {blob: MadeFile(sha256, size) for blob, sha256, size in rows}

    def get(self, blob: bytes) -> MadeFile | None:
        """Give what is known of a blob, by its name in hexadecimal."""
        return self._made.get(blob)

    def put(self, blob: bytes, sha256: str, size: int) -> MadeFile:
        """Remember a blob.

        Args:
            blob: its name in hexadecimal.
            size: bytes of it.
        """
        self._fresh = True
        made = self._made[blob] = MadeFile(sha256, size)
        return made

    def items(self) -> list[tuple[bytes, MadeFile]]:
        """Give all that is known."""
        return list(self._made.items())

    def keep(self) -> None:
        """Write it down for the next time, if there is anything new."""
        if self._fresh:
            rows = [(blob, made.sha256, made.size) for blob, made in self._made.items()]
            encoded = msgspec.msgpack.encode(rows)
            signature = user_key.sign("branch", hashlib.sha256(encoded).digest())
            disk.replace(self._file, signature, encoded)
            self._fresh = False
