"""Arrange a stage: links for what stays, folders for what comes, nothing else."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from stopjihad.build import disk
from stopjihad.build.index import FolderMark
from stopjihad.build.stage import Stage, discard
from stopjihad.build.threads import in_threads

_NO_LINKS = frozenset(
    {errno.EPERM, errno.EMLINK, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
)
"""Reasons not to link a file: the file system has no links, no more links, or protects them."""


class Arranged(NamedTuple):
    """Describe the stage after it was arranged.

    Attributes:
        root: its folder.
        kept: paths that were links to published files before and still are.
        shared: ``kept`` and those linked now; what had to be copied is not among them.
        folders: all folders that the next tree needs, parents first; the mark is None for a new
            one and for one whose names changed.
    """

    root: str
    kept: frozenset[str]
    shared: set[str]
    folders: dict[str, FolderMark | None]


def arrange(stage: Stage, published: str, reuse: set[str], make: Iterable[str]) -> Arranged:
    """Make the stage hold exactly the files that are reused.

    Args:
        stage: what is there.
        published: folder of the published tree.
        reuse: paths of published files that the next tree has too.
        make: paths that will be created next; none of them is there afterwards.

    Returns:
        What is there now, with the folders that ``make`` needs too.

    Raises:
        OSError: the disk refuses.
    """
    prefix = stage.root + os.sep
    changing = ancestors(make)
    needed = ancestors(reuse)
    gone = (stage.links - reuse) | stage.strays
    in_threads(lambda path: os.unlink(prefix + path), sorted(gone))
    surplus = stage.folders.keys() - needed - changing
    for folder in sorted(surplus, reverse=True):
        os.rmdir(prefix + folder)
    missing = needed - stage.folders.keys()
    for _, level in groupby(sorted(missing, key=_level), key=_depth):
        in_threads(lambda folder: os.mkdir(prefix + folder), list(level))
    kept = stage.links & reuse
    linked = _link_all(published, stage.root, sorted(reuse - kept))
    touched = {path.rpartition("/")[0] for path in (*gone, *surplus, *missing, *(reuse - kept))}
    touched |= missing | changing
    folders = {
        folder: None if folder in touched else stage.folders.get(folder)
        for folder in sorted(needed | changing)
    }
    return Arranged(stage.root, frozenset(kept), kept | linked, folders)


def carry_over(published: str, stage: str, folder: str) -> None:
    """Put a folder that is no output into the next tree as it is in the published one.

    Args:
        published: folder of the published tree.
        stage: folder of the next one; what it holds under the name is replaced.
        folder: name of a folder directly in both. Links and other odd things in it stay behind.

    Raises:
        OSError: the disk refuses.
    """
    discard(os.path.join(stage, folder))
    if os.path.isdir(os.path.join(published, folder)):
        _carry(os.path.join(published, folder), os.path.join(stage, folder))


def _carry(source: str, target: str) -> None:
    if os.path.islink(source):
        return
    os.mkdir(target)
    with os.scandir(source) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = os.path.join(target, entry.name)
            if entry.is_dir(follow_symlinks=False):
                _carry(entry.path, path)
            elif entry.is_file(follow_symlinks=False):
                _link(entry.path, path)


def _depth(folder: str) -> int:
    return folder.count("/")


def _level(folder: str) -> tuple[int, str]:
    """Sort parents before what is in them."""
    return _depth(folder), folder


def _link_all(published: str, root: str, paths: Sequence[str]) -> set[str]:
    """Put published files into the stage; give those that are links."""
    copied: list[str] = []

    def link(path: str) -> None:
        if not _link(os.path.join(published, path), os.path.join(root, path)):
            copied.append(path)

    in_threads(link, paths)
    return set(paths) - set(copied)


def ancestors(paths: Iterable[str]) -> set[str]:
    """Give all folders above the paths, without the root.

    Args:
        paths: with forward slashes.

    Returns:
        Folders.
    """
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _link(source: str, target: str) -> bool:
    """Link a file, or copy it where files cannot be linked; tell which."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        data = disk.read(source)
        if data is None:
            raise
        disk.create(target, data)
        return False
    return True
