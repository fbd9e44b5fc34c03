"""Put a finished stage in the place of the published tree, in one operation."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from typing import NamedTuple

from stopjihad.build import disk, kernel
from stopjihad.build.arrange import Arranged
from stopjihad.build.index import (
    FileMark,
    FolderMark,
    Index,
    Spare,
    load_index,
    mark_file,
    mark_folder,
    seal,
)
from stopjihad.build.stage import SPARE, SPARE_INDEX, new_name
from stopjihad.build.survey import Survey

_OLD = "old"
_INDEX = ".index"


class Content(NamedTuple):
    """Name the content of one file: key of its step and SHA-256."""

    key: str
    sha256: str


def index_path(work: str, tree: str) -> str:
    """Give the path of the index of a tree: it is found by the inode of the tree's folder.

    So the exchange of two folders exchanges their indexes too, in the same operation.

    Args:
        work: private folder of the output.
        tree: folder that exists.

    Returns:
        Path of a file that may not exist.
    """
    return os.path.join(work, f"{os.lstat(tree).st_ino}{_INDEX}")


def find_index(work: str, tree: str) -> Index | None:
    """Find what is remembered of a tree.

    Args:
        work: private folder of the output.
        tree: folder, which may not exist.

    Returns:
        The index; the only one there is when none has the tree's inode (a copied or restored
        tree: every stamp will be in doubt and its content decides); None when nothing is known.
    """
    try:
        own = index_path(work, tree)
        names = os.listdir(work)
    except OSError:
        return None
    found = load_index(own)
    others = [name for name in names if name.endswith(_INDEX) and name != SPARE_INDEX]
    if found is None and len(others) == 1:
        found = load_index(os.path.join(work, others[0]))
    return found


def file_time(work: str) -> int:
    """Ask the file system for its time: it may differ from ours, on a network disk for example.

    Args:
        work: private folder of the output; its lock file exists.

    Returns:
        Nanoseconds.
    """
    path = os.path.join(work, "lock")
    os.utime(path)
    return os.stat(path).st_mtime_ns


def recover(work: str, out: str) -> None:
    """Finish or undo a swap by two renames that was interrupted.

    Args:
        work: private folder of the output; the caller holds its lock.
        out: the published tree.

    Raises:
        OSError: the disk refuses.
    """
    old = os.path.join(work, _OLD)
    if not os.path.lexists(old):
        return
    if os.path.lexists(out):
        os.rename(old, new_name(work))
    else:
        os.rename(old, out)


def remember(work: str, tree: str, index: Index) -> None:
    """Write the index of a tree and remove those of trees that are no more.

    Args:
        work: private folder of the output.
        tree: the published tree.
        index: what is known of it.

    Raises:
        OSError: the disk refuses.
    """
    path = index_path(work, tree)
    disk.replace(path, seal(index))
    _forget_indexes(work, {os.path.basename(path)})


def _forget_indexes(work: str, keep: set[str]) -> None:
    for name in os.listdir(work):
        if name.endswith(_INDEX) and name != SPARE_INDEX and name not in keep:
            disk.forget(os.path.join(work, name))


def mark_all(
    stage: Arranged, contents: Mapping[str, Content], published: Survey, now: int
) -> tuple[tuple[FileMark, ...], tuple[FolderMark, ...]]:
    """Take the stamps of a finished stage; those of kept files and folders are known already.

    Args:
        stage: holds every file.
        contents: path to content, of every file.
        published: what is known of the published tree.
        now: time of the file system in nanoseconds, from just before.

    Returns:
        Marks of all files and of all folders, sorted by path.

    Raises:
        OSError: something is not there.
    """
    prefix = stage.root + os.sep
    files = []
    for path in sorted(contents):
        if path in stage.kept:
            files.append(published.files[path])
        else:
            content = contents[path]
            state = os.lstat(prefix + path)
            files.append(mark_file(path, content.key, content.sha256, state, now))
    folders = [
        mark or mark_folder(path, os.lstat(prefix + path), now)
        for path, mark in stage.folders.items()
    ]
    return tuple(files), tuple(folders)


def swap(work: str, out: str, stage: str, index: Index, spare: Spare | None) -> None:
    """Publish the stage; until the one call that does it, the published tree stays as it was.

    Args:
        work: private folder of the output; the caller holds its lock.
        out: place of the published tree; absent, empty, or ours.
        stage: folder of the finished tree, already on disk.
        index: what is known of it.
        spare: describes the tree that is published now.

    Raises:
        OSError: the disk refuses, and nothing has changed.
    """
    own = index_path(work, stage)
    disk.replace(own, seal(index))
    _put_in_place(work, out, stage)
    # It is published: what fails from here on is made up for by the next build.
    with contextlib.suppress(OSError):
        kernel.flush_folder(os.path.dirname(out))
    with contextlib.suppress(OSError):
        _tidy(work, stage, os.path.basename(own), spare)


def _put_in_place(work: str, out: str, stage: str) -> None:
    with contextlib.suppress(OSError):
        os.rmdir(out)  # only an empty folder is removed
    if not os.path.lexists(out):
        os.rename(stage, out)
        return
    if kernel.exchange(stage, out):
        return
    old = os.path.join(work, _OLD)
    os.rename(out, old)
    try:
        os.rename(stage, out)
    except OSError:
        os.rename(old, out)
        raise


def _tidy(work: str, stage: str, own: str, spare: Spare | None) -> None:
    """Keep the tree that was published as the spare of the next build."""
    old = stage if os.path.lexists(stage) else os.path.join(work, _OLD)
    if os.path.lexists(old):
        os.rename(old, os.path.join(work, SPARE))
        if spare is not None:
            disk.replace(os.path.join(work, SPARE_INDEX), seal(spare))
    _forget_indexes(work, {own})
