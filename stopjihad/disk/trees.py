"""Go through trees of files, and make them: many files below one folder that is held open."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Collection, Iterator, Sequence

from stopjihad.disk.anchor import hold
from stopjihad.disk.errors import WriteError
from stopjihad.disk.files import create_in
from stopjihad.disk.folder import PUBLIC_MODE, Entry, Folder, OpenResource, open_root


class HeldPath(OpenResource):
    """Go from folder to folder below a root, and keep open what paths have in common.

    For one thread. Sorted paths open each folder once.
    """

    def __init__(self, root: Folder) -> None:
        """Start in a folder, which stays open."""
        self._held = [root]
        self._ends = [""]

    def close(self) -> None:
        """Let all folders go but the root."""
        while len(self._held) > 1:
            self._ends.pop()
            self._held.pop().close()

    def to(self, path: str, mode: int = 0) -> Folder:
        """Open a folder.

        Args:
            path: relative to the root, with forward slashes; empty for the root.
            mode: permissions of folders that are made where they are missing; 0 to make none.

        Returns:
            The folder; it is open until the way leads elsewhere.

        Raises:
            OSError: as for ``Folder.step``.
        """
        held, ends = self._held, self._ends
        whole = f"{path}/" if path else ""
        while not whole.startswith(ends[-1]):
            ends.pop()
            held.pop().close()
        done = len(ends[-1])
        for name in whole[done:-1].split("/") if done < len(whole) else ():
            held.append(held[-1].make_step(name, mode) if mode else held[-1].step(name))
            done += len(name) + 1
            ends.append(whole[:done])
        return held[-1]

    def above(self, path: str) -> tuple[Folder, str]:
        """Open the folder that something is in; give it with the name there."""
        folder, _, name = path.rpartition("/")
        return self.to(folder), name


def make_below(root: Folder, paths: Sequence[str]) -> None:
    """Make folders in a folder that is new, and that nobody else puts anything into.

    Args:
        root: where; links further down would be followed.
        paths: relative to it, with forward slashes; parents first.

    Raises:
        OSError: the disk refuses.
    """
    before, handle = root.beneath()
    for path in paths:
        try:
            os.mkdir(before + path, PUBLIC_MODE, dir_fd=handle)
        except OSError as error:
            raise root.with_path(error, path) from None


def link_below(
    source: Folder, root: Folder, paths: Sequence[str], no_links: Collection[int]
) -> list[str]:
    """Give files a second name at the same place in a folder that is new, as for `make_below`.

    No folder on the way is opened, which takes twice the time. So a link further down is followed:
    the caller compares what was linked (its inode) with what was meant.

    Args:
        root: where they get a second name; all folders are there.
        paths: relative to both, with forward slashes.
        no_links: errors that say that files cannot be linked.

    Raises:
        OSError: the disk refuses.
    """
    here, there = root.beneath(), source.beneath()
    refused = []
    for path in paths:
        try:
            os.link(
                there[0] + path,
                here[0] + path,
                src_dir_fd=there[1],
                dst_dir_fd=here[1],
                follow_symlinks=False,
            )
        except OSError as error:
            if error.errno not in no_links:
                raise source.with_path(error, path) from None
            refused.append(path)
    return refused


class NewFiles(OpenResource):
    """Write new files below a folder: it is held open from the first one on, with the last folders.

    For one thread. A tree that another may rename in between is looked for before each file:
    nothing follows it to where it goes.
    """

    def __init__(self, root: str, *, alone: bool = True) -> None:
        """Name the folder."""
        self._root, self._alone = root, alone
        self._way: HeldPath | None = None
        self._held = contextlib.ExitStack()
        self._place: tuple[int, int] | None = None

    def close(self) -> None:
        """Let all folders go."""
        self._way = None
        self._held.close()

    def create(self, path: str, data: bytes | bytearray) -> None:
        """Write a new file and the folders it needs.

        Args:
            path: relative to the folder, with forward slashes.

        Raises:
            WriteError: as for `create_below`.
        """
        folder, _, name = path.rpartition("/")
        try:
            if self._way is not None and not self._alone and not self._is_there():
                self.close()
            if self._way is None:
                self._way = self._begin()
            create_in(self._way.to(folder, PUBLIC_MODE), name, data)
        except WriteError:
            raise
        except OSError as error:
            whole = os.path.join(self._root, path)
            raise WriteError(error.errno or errno.EIO, whole, len(data)) from error

    def _begin(self) -> HeldPath:
        root = self._held.enter_context(hold(self._root))
        self._place = _place_of(os.fstat(root.handle)) if root.handle >= 0 else None
        return self._held.enter_context(HeldPath(root))

    def _is_there(self) -> bool:
        """Tell whether the folder that is held still has its name; no where none can be held."""
        try:
            return self._place == _place_of(os.lstat(self._root))
        except FileNotFoundError:
            return False


def create_below(root: str, path: str, data: bytes | bytearray) -> None:
    """Write a new file and the folders it needs.

    Args:
        root: folder that exists; it is never created, so that nobody writes into a tree that was
            renamed away.
        path: relative to it, with forward slashes.

    Raises:
        WriteError: it exists, a link or a file stands in the way, or the disk refuses.
    """
    with NewFiles(root) as files:
        files.create(path, data)


def _place_of(state: os.stat_result) -> tuple[int, int]:
    return state.st_dev, state.st_ino


def below(root: str, within: str = "") -> Iterator[tuple[str, Folder, Entry]]:
    """Go through all that lies below a folder, folders before what is in them.

    A link is given and not followed; a folder that is none or cannot be listed has nothing in it.

    Args:
        root: absolute path; links on the way to it are the user's own.
        within: where to begin, relative to the root with forward slashes.

    Yields:
        Path relative to the root, the folder it is in, which is open for this moment, and the name.
    """
    pending = [within]
    with contextlib.suppress(OSError), open_root(root) as top, HeldPath(top) as way:
        while pending:
            path = pending.pop()
            try:
                folder = way.to(path)
                entries = folder.entries()
            except OSError:
                continue
            start = f"{path}/" if path else ""
            for entry in entries:
                if entry.is_folder:
                    pending.append(start + entry.name)
                yield start + entry.name, folder, entry
