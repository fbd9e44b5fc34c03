"""Find the folder in which the next tree is prepared: the spare one, a leftover, or a new one.

A stage has a name of its own in every build, so that a worker which outlives a killed build writes
into nothing that is ever published. What it is to hold is put there by ``arrangement``.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable
from typing import NamedTuple

from stopjihad import disk
from stopjihad.build.tree.index import SPARE_INDEX, FolderMark, Spare, load_spare
from stopjihad.build.tree.inventory import Inventory, doubtful_folders, unexpected_names

STUCK = frozenset(
    {errno.EPERM, errno.EACCES, errno.EBUSY, errno.ENOTEMPTY, errno.ELOOP, errno.ENOTDIR}
)
"""Reasons why a tree that was left cannot be used or removed: another takes its place."""

DEEPEST = 64
"""Folders in each other in a tree of ours: far fewer. What is deeper is not ours."""

SPARE = "spare"
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


def new_name() -> str:
    """Give the name of a stage that no other build has used."""
    return disk.unused_name(STAGE)


def open_stage(work: str, build: str, published: Inventory) -> Stage:
    """Take the spare tree, or a leftover, or an empty folder as the stage of this build.

    Only a real folder is taken, never a link, and what cannot be looked through stays behind.

    Args:
        work: private folder of the output; the caller holds its lock.
        build: digest of the build that is published; empty when that is not known.

    Raises:
        OSError: the disk refuses.
    """
    with disk.hold(work) as held:
        record = load_spare(held, SPARE_INDEX)
        held.forget(SPARE_INDEX)
        _sweep(held)
        for name in _trees(held):
            try:
                root = _take(held, name)
                if name != SPARE or record is None or record.beside != build or published.moved:
                    found = None
                else:
                    found = _as_recorded(root, record, published)
                found = found or _as_found(root, published)
            except OSError as error:
                if error.errno not in STUCK:
                    raise
                continue
            _discard_all(held, os.path.basename(root))
            return found
        return _empty(held)


def fresh_stage(work: str) -> Stage:
    """Take an empty folder as the stage, whatever lies beside it.

    Args:
        work: private folder of the output; the caller holds its lock.

    Raises:
        OSError: the disk refuses.
    """
    with disk.hold(work) as held:
        return _empty(held)


def _empty(held: disk.Folder) -> Stage:
    name = new_name()
    held.mkdir(name)
    return Stage(os.path.join(held.path, name), set(), set(), {})


def _trees(held: disk.Folder) -> list[str]:
    """Name the trees that may serve as stage, the best first."""
    names = sorted(name for name in held.names() if name.startswith(STAGE))
    return [*([SPARE] if held.is_there(SPARE) else []), *reversed(names)]


def _take(held: disk.Folder, name: str) -> str:
    """Give a tree the name of a new stage; remove what is no real folder of ours."""
    state = held.stat(name)
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.fstat(held.handle).st_uid:
        held.remove(name)
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), name)
    root = new_name()
    held.rename(name, held, root)
    return os.path.join(held.path, root)


def _discard_all(held: disk.Folder, but: str) -> list[OSError]:
    """Remove the stages that killed or failed builds left; give what could not be removed."""
    stuck = []
    for name in sorted(name for name in held.names() if name.startswith(STAGE) and name != but):
        try:
            held.remove(name)
        except OSError as error:
            stuck.append(error)
    return stuck


def stuck(work: str) -> list[OSError]:
    """Remove what earlier builds left.

    Args:
        work: private folder of the output; the caller holds its lock and has published.

    Returns:
        What could not be removed: each error names the path that is to blame. Never raises: what
        was published stays, whatever happens here.
    """
    try:
        with disk.hold(work) as held:
            return _discard_all(held, "")
    except OSError:
        return []


def _sweep(held: disk.Folder) -> None:
    """Remove files that a killed build had not finished writing."""
    for name in held.names():
        if name.endswith(disk.UNFINISHED):
            held.remove(name)


def _as_recorded(root: str, record: Spare, published: Inventory) -> Stage | None:
    """Believe the record of the spare if no folder's stamp speaks against it."""
    if doubtful_folders(root, record.folders):
        return None
    top = {mark.path for mark in record.folders} | set(published.files) | set(published.wrong)
    if unexpected_names(root, "", {*top, *record.strays}) != ():
        return None
    absent = set(record.absent)
    strays = set(record.strays) | (set(published.wrong) - absent)
    links = set(published.files) - strays - absent
    return Stage(root, links, strays, {mark.path: mark for mark in record.folders})


def _as_found(root: str, published: Inventory) -> Stage:
    """Look at every name in the stage: what has the inode of the published file is that file."""
    links: set[str] = set()
    strays: set[str] = set()
    folders: dict[str, FolderMark | None] = {}
    pending = [""]
    with disk.hold(root) as top, disk.HeldPath(top) as way:
        while pending:
            folder = pending.pop()
            for entry in way.to(folder).entries():
                path = f"{folder}/{entry.name}" if folder else entry.name
                mark = published.files.get(path)
                if entry.is_folder:
                    if path.count("/") >= DEEPEST:
                        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
                    folders[path] = None
                    pending.append(path)
                elif mark is not None and mark.inode == entry.inode:
                    links.add(path)
                else:
                    strays.add(path)
    return Stage(root, links, strays, folders)


def discard(path: str) -> None:
    """Remove a tree as far as it can be removed; what stays is swept by the next build.

    Args:
        path: folder, or a file where a folder should be.
    """
    above, name = os.path.split(path)
    with contextlib.suppress(OSError), disk.hold(above) as folder:
        folder.remove(name)


def describe_spare(
    build: str, published: Inventory, shared: set[str], target: Iterable[str]
) -> Spare | None:
    """Describe the tree that was published until now, as the spare of the next build.

    Args:
        build: digest of the build that is published next.
        published: what is known of the tree published until now.
        shared: its files that are files of the new tree too.

    Returns:
        The description, or None when it holds things we do not know.
    """
    if not published.whole:
        return None
    strays = published.files.keys() - shared
    absent = set(target) - published.files.keys()
    folders = tuple(published.folders.values())
    return Spare(build, folders, tuple(sorted(strays)), tuple(sorted(absent)))
