"""Put a finished stage in the place of the published tree, in one operation."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Mapping
from typing import NamedTuple

from stopjihad import disk
from stopjihad.build.tree.arrangement import ArrangedStage
from stopjihad.build.tree.index import (
    SPARE_INDEX,
    FileMark,
    FolderMark,
    Index,
    Spare,
    mark_file,
    mark_folder,
    seal,
)
from stopjihad.build.tree.inventory import Inventory
from stopjihad.build.tree.published import forget_indexes, index_name
from stopjihad.build.tree.stage import SPARE, new_name
from stopjihad.disk import kernel
from stopjihad.disk.newest import taking_place

_OLD = "old"

PLACE = "place"
"""Lock of the place of a tree, held only while another tree takes it."""

PATIENCE = 1.0
"""Seconds to wait for that place: it is held for some milliseconds."""


class Content(NamedTuple):
    """Name the content of one file: key of its step and SHA-256."""

    key: str
    sha256: str


class ReplacedFile(OSError):
    """Somebody put something else in the place of a published file while a build went on."""


def file_time(lock: int) -> int:
    """Ask the file system for its time: it may differ from ours, on a network disk for example.

    Args:
        lock: descriptor of the lock file of the output.
    """
    disk.touch(lock)
    return os.fstat(lock).st_mtime_ns


def recover(work: str, out: str) -> None:
    """Finish or undo a swap by two renames that was interrupted.

    Args:
        work: private folder of the output; the caller holds its lock.

    Raises:
        OSError: the disk refuses.
    """
    with disk.hold(work) as held:
        if not held.is_there(_OLD):
            return
        if not stat.S_ISDIR(held.stat(_OLD).st_mode):
            held.remove(_OLD)
            return
        above, name = os.path.split(out)
        with disk.open_root(above) as folder:
            if folder.is_there(name):
                held.rename(_OLD, held, new_name())
            else:
                held.rename(_OLD, folder, name)


def mark_all(
    stage: ArrangedStage, contents: Mapping[str, Content], published: Inventory, now: int
) -> tuple[tuple[FileMark, ...], tuple[FolderMark, ...]]:
    """Take the stamps of a finished stage; those of kept files and folders are known already.

    Args:
        published: what is known of the published tree.
        now: time of the file system in nanoseconds, from just before.

    Returns:
        Marks of all files and of all folders, sorted by path.

    Raises:
        OSError: something is not there.
        Replaced: what was linked is not the published file that was meant.
    """
    files = []
    with disk.hold(stage.root) as root:
        before, handle = root.beneath()
        for path in sorted(contents):
            if path in stage.kept:
                files.append(published.files[path])
            else:
                key, sha256 = contents[path]
                state = os.lstat(before + path, dir_fd=handle)
                if path in stage.shared and state.st_ino != published.files[path].inode:
                    raise ReplacedFile(errno.ESTALE, os.strerror(errno.ESTALE), path)
                files.append(mark_file(path, key, sha256, state, now))
        folders = [
            mark or mark_folder(path, os.lstat(before + path, dir_fd=handle), now)
            for path, mark in stage.folders.items()
        ]
    return tuple(files), tuple(folders)


def swap(work: str, out: str, stage: str, index: Index, spare: Spare | None) -> None:
    """Publish the stage; until the one call that does it, the published tree stays as it was.

    Args:
        work: private folder of the output; the caller holds its lock.
        out: place of the published tree; absent, empty, or ours.
        stage: folder of the finished tree, already on disk.
        spare: describes the tree that is published now.

    Raises:
        OSError: the disk refuses, and nothing has changed.
    """
    above, name = os.path.split(out)
    with disk.hold(work) as held, disk.open_root(above) as folder:
        fresh = os.path.basename(stage)
        own = index_name(held.stat(fresh))
        disk.replace_in(held, own, seal(index))
        with taking_place(out, index.build):
            _put_in_place(held, fresh, folder, name)
        # It is published: what fails from here on is made up for by the next build.
        with contextlib.suppress(OSError):
            folder.flush()
        with contextlib.suppress(OSError):
            _tidy(held, fresh, own, spare)


def _put_in_place(held: disk.Folder, stage: str, folder: disk.Folder, name: str) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir(name)  # only an empty folder is removed
    if not folder.is_there(name):
        held.rename(stage, folder, name)
        return
    one, inside = held.at(stage)
    other, above = folder.at(name)
    if kernel.exchange(one, other, inside, above):
        return
    folder.rename(name, held, _OLD)
    try:
        held.rename(stage, folder, name)
    except OSError:
        held.rename(_OLD, folder, name)
        raise


def _tidy(held: disk.Folder, stage: str, own: str, spare: Spare | None) -> None:
    """Keep the tree that was published as the spare of the next build."""
    old = stage if held.is_there(stage) else _OLD
    if held.is_there(old):
        held.rename(old, held, SPARE)
        if spare is not None:
            disk.replace_in(held, SPARE_INDEX, seal(spare))
    forget_indexes(held, own)
