"""Prepare the next tree beside the published one: links for what stays, folders for what comes.

Files that stay are hard links to the published ones, so preparing costs as many operations as
things changed. A file that changes is unlinked and created anew: the published one is never
written to. A stage has a name of its own in every build, so that a worker which outlives a killed
build writes into nothing that is ever published.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from stopjihad import disk
from stopjihad.build.tree.index import SPARE_INDEX, FolderMark, Spare, load_spare
from stopjihad.build.tree.inventory import Inventory, doubtful_folders, unexpected
from stopjihad.build.work.processes import in_threads

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
        published: what is known of it.

    Returns:
        The stage.

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

    Returns:
        The stage.

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
    if unexpected(root, "", {*top, *record.strays}) != ():
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
    with disk.hold(root) as top, disk.Way(top) as way:
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
    changing = ancestors(make)
    needed = ancestors(reuse)
    kept = stage.links & reuse
    gone = (stage.links - reuse) | stage.strays
    surplus = stage.folders.keys() - needed - changing
    missing = (needed | changing) - stage.folders.keys()
    with disk.hold(stage.root) as root:
        in_threads(_each(root, disk.Folder.unlink), sorted(gone))
        _each(root, disk.Folder.rmdir)(sorted(surplus, reverse=True))
        is_new = not (stage.folders or stage.links or stage.strays)
        make_folders = partial(disk.make_below, root) if is_new else _each(root, disk.Folder.mkdir)
        for _, level in groupby(sorted(missing, key=_level), key=_depth):
            in_threads(make_folders, list(level))
        linked = _link_all(published, root, sorted(reuse - kept), is_new=is_new)
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
    with disk.hold(stage) as target:
        target.remove(folder)
        try:
            above = disk.hold(published)
        except FileNotFoundError:
            return
        with above as source:
            _carry(source, target, folder)


def _carry(above: disk.Folder, target: disk.Folder, name: str) -> None:
    try:
        source = above.step(name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        if error.errno == errno.ELOOP:
            return
        raise
    with source, target.made(name, disk.PUBLIC_MODE) as into:
        for entry in sorted(source.entries()):
            if entry.is_folder:
                _carry(source, into, entry.name)
            elif entry.is_file:
                _link(source, into, entry.name)


def _each(
    root: disk.Folder, act: Callable[[disk.Folder, str], object]
) -> Callable[[Sequence[str]], None]:
    """Do something to each of some paths below a folder."""

    def every(paths: Sequence[str]) -> None:
        with disk.Way(root) as way:
            for path in paths:
                act(*way.above(path))

    return every


def _depth(folder: str) -> int:
    return folder.count("/")


def _level(folder: str) -> tuple[int, str]:
    """Sort parents before what is in them."""
    return _depth(folder), folder


def _link_all(
    published: str, target: disk.Folder, paths: Sequence[str], *, is_new: bool
) -> set[str]:
    """Put published files into the stage; give those that are links.

    What was linked is compared with what was meant when its stamp is taken (``mark_all``).
    """
    copied: list[str] = []
    if not paths:
        return set()
    with disk.hold(published) as source:

        def link(share: Sequence[str]) -> None:
            if is_new:
                share = disk.link_below(source, target, share, _NO_LINKS)
            with disk.Way(source) as there, disk.Way(target) as here:
                for path in share:
                    folder, name = there.above(path)
                    if not _link(folder, here.above(path)[0], name):
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


def _link(source: disk.Folder, target: disk.Folder, name: str) -> bool:
    """Link a file, or copy it where files cannot be linked; tell which."""
    try:
        source.link(name, target, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        data = disk.read_in(source, name)
        if data is None:
            raise
        disk.create_in(target, name, data)
        return False
    return True
