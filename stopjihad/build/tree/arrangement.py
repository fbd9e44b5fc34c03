"""Arrange the next tree beside the published one: links for what stays, folders for what comes.

Files that stay are hard links to the published ones, so preparing costs as many operations as
things changed. A file that changes is unlinked and created anew: the published one is never
written to.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from stopjihad import disk
from stopjihad.build.tree.index import FolderMark
from stopjihad.build.tree.stage import Stage
from stopjihad.build.work.processes import in_threads

_NO_LINKS = frozenset(
    {errno.EPERM, errno.EMLINK, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
)
"""Reasons not to link a file: the file system has no links, no more links, or protects them."""


class ArrangedStage(NamedTuple):
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


def arrange(stage: Stage, published: str, reuse: set[str], make: Iterable[str]) -> ArrangedStage:
    """Make the stage hold exactly the files that are reused.

    Args:
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
        in_threads(_each(root, disk.Folder.forget), sorted(gone))
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
    return ArrangedStage(stage.root, frozenset(kept), kept | linked, folders)


def carry_over(published: str, stage: str, folder: str) -> None:
    """Put a folder that is no output into the next tree as it is in the published one.

    Args:
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
    with source, target.make_step(name, disk.PUBLIC_MODE) as into:
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
        with disk.HeldPath(root) as way:
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
            with disk.HeldPath(source) as there, disk.HeldPath(target) as here:
                for path in share:
                    folder, name = there.above(path)
                    if not _link(folder, here.above(path)[0], name):
                        copied.append(path)

        in_threads(link, paths)
    return set(paths) - set(copied)


def ancestors(paths: Iterable[str]) -> set[str]:
    """Give all folders above the paths, without the root."""
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
