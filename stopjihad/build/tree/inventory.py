"""Compare a tree with what is remembered of it: stamps first, content only where in doubt."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import NamedTuple, TypeVar

from stopjihad import disk
from stopjihad.build.tree.index import FileMark, FolderMark, Index, mark_file, mark_folder
from stopjihad.build.tree.place import KEPT

Mark = TypeVar("Mark", FileMark, FolderMark)

EXPORTS = "exports"
"""Folder that `stopjihad export` writes into the tree: it belongs to the drafts that it was made
from, so the next build that changes something takes it away with them."""


class Inventory(NamedTuple):
    """Say what of a published tree is still as we left it.

    Attributes:
        files: path to mark, only of files whose content is right; stamps are the present ones.
        folders: path to mark, only of real folders.
        wrong: paths that are missing, changed, or not regular files.
        odd: things in the tree that we did not put there.
        refreshed: how many stamps differ from those remembered though the content is right.
        moved: whether some right file is another inode than the one remembered.
    """

    files: dict[str, FileMark]
    folders: dict[str, FolderMark]
    wrong: tuple[str, ...]
    odd: tuple[str, ...]
    refreshed: int
    moved: bool

    @property
    def whole(self) -> bool:
        """Tell whether the tree is exactly what we published."""
        return not self.wrong and not self.odd


NOTHING = Inventory({}, {}, (), (), 0, moved=False)
"""What is known of a tree that has no index: nothing of it is used again."""


def doubtful_files(root: str, marks: Iterable[FileMark]) -> list[FileMark]:
    """List the files whose stamp does not prove that they are what we wrote.

    Returns:
        Marks of files that are missing, differ, or were written in the last tick before.
    """
    return _doubtful(root, marks, attrgetter("size"))


def doubtful_folders(root: str, marks: Iterable[FolderMark]) -> list[FolderMark]:
    """List the folders whose stamp does not prove that the same names are in them.

    Returns:
        Marks of folders that are missing, differ, or were changed in the last tick before.
    """
    return _doubtful(root, marks, None)


def _doubtful(
    root: str, marks: Iterable[Mark], size_of: Callable[[Mark], int] | None
) -> list[Mark]:
    """Compare stamps, and sizes in bytes where ``size_of`` gives what they should be."""
    lstat, doubted = os.lstat, []
    try:
        top = disk.hold(root)
    except OSError:
        return list(marks)
    with top:
        before, handle = top.beneath()
        for mark in marks:
            try:
                state = lstat(before + mark.path, dir_fd=handle)
            except OSError:
                doubted.append(mark)
                continue
            if (
                state.st_ctime_ns != mark.changed
                or state.st_ino != mark.inode
                or state.st_mtime_ns != mark.modified
                or (size_of is not None and state.st_size != size_of(mark))
            ):
                doubted.append(mark)
    return doubted


def names_below(index: Index) -> dict[str, set[str]]:
    """Give the names that each folder of a tree should hold; the root is the empty path."""
    names: dict[str, set[str]] = {"": set()}
    for path in [mark.path for mark in index.folders]:
        names.setdefault(path, set())
    for path in [mark.path for mark in index.files] + [mark.path for mark in index.folders]:
        folder, _, name = path.rpartition("/")
        names.setdefault(folder, set()).add(name)
    return names


def unexpected_names(root: str, folder: str, names: set[str]) -> tuple[str, ...] | None:
    """List what a folder holds beyond the names it should.

    Args:
        folder: path relative to the root; empty for the root itself.

    Returns:
        Paths relative to the root, sorted; None when it is no real folder or cannot be read. The
        folder that builds carry over is expected.
    """
    try:
        with disk.hold(root) as top, top.into(folder) as held:
            present = held.names()
    except OSError:
        return None
    prefix = f"{folder}/" if folder else ""
    found = sorted(prefix + name for name in present if name not in names)
    return tuple(name for name in found if name != KEPT or not _is_folder(root, KEPT))


def _is_folder(root: str, name: str) -> bool:
    return stat.S_ISDIR(os.lstat(os.path.join(root, name)).st_mode)


def file_is(root: str, mark: FileMark) -> os.stat_result | None:
    """Read a doubtful file and compare it with its digest.

    Returns:
        Its stat from before it was read, or None when it is missing, no regular file or differs.
    """
    path = os.path.join(root, mark.path)
    try:
        state = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(state.st_mode) or state.st_size != mark.size:
        return None
    data = disk.read_below(root, mark.path)
    if data is None or hashlib.sha256(data).hexdigest() != mark.sha256:
        return None
    return state


def take_inventory(root: str, index: Index, now: int) -> Inventory:
    """Compare a published tree with its index.

    Args:
        now: time of its file system in nanoseconds.
    """
    folders = {mark.path: mark for mark in index.folders}
    odd, broken, refreshed = _doubted_folders(root, index, folders, now)
    doubted = doubtful_files(root, index.files)
    files = {mark.path: mark for mark in index.files}
    wrong = []
    for mark in doubted:
        state = None if _under(mark.path, broken) else file_is(root, mark)
        if state is None:
            wrong.append(mark.path)
            del files[mark.path]
        else:
            files[mark.path] = mark_file(mark.path, mark.key, mark.sha256, state, now)
            refreshed += 1
    if broken:  # a link in place of a folder would lead stamps of files elsewhere
        lost = [path for path in files if _under(path, broken)]
        wrong += lost
        for path in lost:
            del files[path]
    moved = any(m.path in files and files[m.path].inode != m.inode for m in doubted)
    return Inventory(files, folders, tuple(wrong), (*odd, *sorted(broken)), refreshed, moved)


def _doubted_folders(
    root: str, index: Index, folders: dict[str, FolderMark], now: int
) -> tuple[list[str], set[str], int]:
    """Look into the folders in doubt and the root; give odd things, broken folders, new stamps."""
    doubted = doubtful_folders(root, index.folders)
    odd: list[str] = []
    broken: set[str] = set()
    names = names_below(index) if doubted else {"": _top(index)}
    extra = unexpected_names(root, "", names[""] | {EXPORTS})
    odd += extra or ()
    for mark in doubted:
        extra = unexpected_names(root, mark.path, names[mark.path])
        if extra is None:
            broken.add(mark.path)
            del folders[mark.path]
            continue
        odd += extra
        folders[mark.path] = mark_folder(mark.path, os.lstat(os.path.join(root, mark.path)), now)
    return odd, broken, len(doubted)


def _top(index: Index) -> set[str]:
    """Name what lies directly in the root."""
    paths = [mark.path for mark in index.files] + [mark.path for mark in index.folders]
    return {path for path in paths if "/" not in path}


def _under(path: str, folders: set[str]) -> bool:
    while path:
        path = path.rpartition("/")[0]
        if path in folders:
            return True
    return False
