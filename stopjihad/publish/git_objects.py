"""Write objects of git in packs of limited size, so that none is in memory whole."""

from __future__ import annotations

import hashlib
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stopjihad import disk
from stopjihad.publish.destination import Pieces
from stopjihad.publish.repository import PATIENCE, ask_library

if TYPE_CHECKING:
    from dulwich.object_store import DiskObjectStore
    from dulwich.objects import ShaFile

PORTION = 8 * 1024 * 1024
"""Bytes of objects from which on a pack is written: what is in memory at a time."""


def add_objects(store: DiskObjectStore, objects: Iterable[ShaFile]) -> None:
    """Write objects in packs of `PORTION` bytes.

    Args:
        objects: those that are not there; each is asked for when the ones before are written.
    """
    from dulwich.pack import full_unpacked_object

    portion: list[Any] = []
    size = 0
    for one in objects:
        portion.append(full_unpacked_object(one))
        size += one.raw_length()
        if size >= PORTION:
            _add(store, portion)
            portion, size = [], 0
    _add(store, portion)


def _add(store: DiskObjectStore, portion: list[Any]) -> None:
    """Write one pack; a lock of its index that stays was left by a publisher that was killed.

    A pack is named by what is in it, and git itself locks no index: who was killed while it wrote
    these objects would otherwise stop everybody who publishes them again.
    """
    from dulwich.file import FileLocked

    until = time.monotonic() + PATIENCE

    def add() -> None:
        while True:
            try:
                store.add_pack_data(len(portion), iter(portion))
            except FileLocked as error:
                if time.monotonic() > until:
                    lock = Path(os.fsdecode(error.lockfilename))
                    with disk.hold(str(lock.parent)) as here:
                        here.forget(lock.name)
                time.sleep(0.05)
            else:
                return

    ask_library(add)


def make_trees(files: Iterable[tuple[bytes, bytes, int]]) -> list[Any]:
    """Make the trees of files, each after those that it holds; the last one is the whole.

    A file is its path, its blob and its mode.
    """
    from dulwich.index import commit_tree

    class TreeCollector(list[Any]):
        """Take trees instead of a store."""

        def add_object(self, tree: Any) -> None:
            self.append(tree)

    made: Any = TreeCollector()
    entries: Any = list(files)
    commit_tree(made, entries)
    return list(made)


def add_large(store: Any, data: Pieces) -> bytes:
    """Write a blob as a file of its own, a piece at a time; packs are made of what is held.

    Returns:
        Its name in hexadecimal.
    """
    head = b"blob %d\0" % data.size
    digest = hashlib.sha1(head, usedforsecurity=False)
    for piece in data.begin():
        digest.update(piece)
    name = digest.hexdigest()
    if name.encode() not in store:
        with disk.open_root(os.fspath(store.path)) as top, top.make_step(name[:2], 0o777) as folder:
            fresh = disk.unused_name("tmp_obj_")
            try:
                disk.create_from(folder, fresh, _deflate_object(head, data), data.size, mode=0o444)
                folder.rename(fresh, folder, name[2:])
            finally:
                folder.forget(fresh)
    return name.encode()


def _deflate_object(head: bytes, data: Pieces) -> Iterator[bytes]:
    packer = zlib.compressobj(1)  # films and pictures are dense already
    yield packer.compress(head)
    for piece in data.begin():
        yield packer.compress(piece)
    yield packer.flush()
