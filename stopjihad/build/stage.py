"""Prepare the next tree beside the published one, from a spare tree where there is one.

Files that stay are hard links to the published ones, so preparing costs as many operations as
things changed. A file that changes is unlinked and created anew: the published one is never
written to. A stage has a name of its own in every build, so that a worker which outlives a killed
build writes into nothing that is ever published.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import NamedTuple

from stopjihad.build import disk
from stopjihad.build.index import FolderMark, Spare, load_spare
from stopjihad.build.survey import Survey, doubtful_folders, unexpected

SPARE = "spare"
SPARE_INDEX = "spare.index"
STAGE = "stage-"


class Stage(NamedTuple):
    """Describe what is in the stage before it is arranged.

    Attributes:
        root: its folder.
        links: paths that are the published file of that path.
        strays: other paths, to be removed.
        folders: the folders below the root; the mark is None where it is not known.
    """

    root: str
    links: set[str]
    strays: set[str]
    folders: dict[str, FolderMark | None]


def leftovers(work: str) -> list[str]:
    """List the stages that killed or failed builds left, sorted.

    Args:
        work: private folder of the output.

    Returns:
        Paths.
    """
    return [os.path.join(work, name) for name in sorted(os.listdir(work)) if name.startswith(STAGE)]


def new_name(work: str) -> str:
    """Give the path of a stage that no other build has used.

    Args:
        work: private folder of the output.

    Returns:
        Path that does not exist.
    """
    return os.path.join(work, f"{STAGE}{os.getpid()}-{time.monotonic_ns()}")


def open_stage(work: str, build: str, published: Survey) -> Stage:
    """Take the spare tree, or a leftover, or an empty folder as the stage of this build.

    Args:
        work: private folder of the output; the caller holds its lock.
        build: digest of the build that is published; empty when that is not known.
        published: what is known of it.

    Returns:
        The stage.

    Raises:
        OSError: the disk refuses.
    """
    record = load_spare(os.path.join(work, SPARE_INDEX))
    disk.forget(os.path.join(work, SPARE_INDEX))
    root = new_name(work)
    spare = os.path.join(work, SPARE)
    _sweep(work)
    old = leftovers(work)
    if os.path.lexists(spare):
        os.rename(spare, root)
    elif old:
        record = None
        os.rename(old.pop(), root)
    else:
        os.mkdir(root)
        return Stage(root, set(), set(), {})
    for path in old:
        discard(path)
    if record is not None and record.beside == build and not published.moved:
        known = _as_recorded(root, record, published)
        if known is not None:
            return known
    return _as_found(root, published)


def _sweep(work: str) -> None:
    """Remove files that a killed build had not finished writing."""
    for name in os.listdir(work):
        if name.endswith(disk.UNFINISHED):
            disk.forget(os.path.join(work, name))


def _as_recorded(root: str, record: Spare, published: Survey) -> Stage | None:
    """Believe the record of the spare if no folder's stamp speaks against it."""
    if doubtful_folders(root, record.folders):
        return None
    top = {mark.path for mark in record.folders} | set(published.files) | set(published.wrong)
    if unexpected(root, "", {*top, *record.strays}) != ():
        return None
    absent = set(record.absent)
    strays = set(record.strays) | (set(published.wrong) - absent)
    links = set(published.files) - strays - absent
    return Stage(root, links, strays, {mark.path: mark for mark in record.folders})


def _as_found(root: str, published: Survey) -> Stage:
    """Look at every name in the stage: what has the inode of the published file is that file."""
    links: set[str] = set()
    strays: set[str] = set()
    folders: dict[str, FolderMark | None] = {}
    pending = [""]
    while pending:
        folder = pending.pop()
        with os.scandir(os.path.join(root, folder)) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                mark = published.files.get(path)
                if entry.is_dir(follow_symlinks=False):
                    folders[path] = None
                    pending.append(path)
                elif mark is not None and mark.inode == entry.inode():
                    links.add(path)
                else:
                    strays.add(path)
    return Stage(root, links, strays, folders)


def discard(path: str) -> None:
    """Remove a tree as far as it can be removed; what stays is swept by the next build.

    Args:
        path: folder, or a file where a folder should be.
    """
    import shutil

    shutil.rmtree(path, ignore_errors=True)


def describe_spare(
    build: str, published: Survey, shared: set[str], target: Iterable[str]
) -> Spare | None:
    """Describe the tree that was published until now, as the spare of the next build.

    Args:
        build: digest of the build that is published next.
        published: what is known of the tree published until now.
        shared: its files that are files of the new tree too.
        target: files of the new tree.

    Returns:
        The description, or None when it holds things we do not know.
    """
    if not published.whole:
        return None
    strays = published.files.keys() - shared
    absent = set(target) - published.files.keys()
    folders = tuple(published.folders.values())
    return Spare(build, folders, tuple(sorted(strays)), tuple(sorted(absent)))
