"""Publish into a folder of this computer, through the one door to the disk.

Arguments are those of ``destination``: ``path``, ``most``, ``data``, ``headers``, ``tag``, ``new``,
``name``, ``to``, ``rooms``, ``mine``.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from stopjihad import disk
from stopjihad.publish.destination import (
    ANY,
    LARGEST,
    AlteredFile,
    Content,
    ReadBack,
    ReplacedPublisher,
    TakenFile,
    TargetFile,
    Unreachable,
    look_at,
    pieces_of,
)


class FolderDestination:
    """Keep files below a folder; links inside it are never followed."""

    parallel = 4
    conditional = False
    headed = False

    def __init__(self, root: str) -> None:
        """Take a folder, which is made when something is written; ``root`` is absolute."""
        self.root = root
        self._room = ""

    def read(self, path: str, most: int = LARGEST) -> TargetFile | None:
        """Read a file."""
        data = disk.read_below(self.root, path, most + 1)
        if data is None:
            return None
        return TargetFile(data if len(data) <= most else b"", self._tag(path))

    def look(self, path: str) -> ReadBack | None:
        """Read a file back."""
        with contextlib.suppress(OSError), self._in(path) as (folder, name):
            if stat.S_ISREG(folder.stat(name).st_mode):
                return look_at(disk.pieces_in(folder, name))
        return None

    def create(self, path: str, data: Content, _headers: Mapping[str, str]) -> str:
        """Write a file that must not be there."""
        with (
            self._explain_errors(),
            self._in(path, make=True) as (folder, _),
            self._begin_write(folder, path) as room,
        ):
            fresh = disk.unused_name(".new-")
            try:
                _write(room, fresh, data)
                self._name(room, fresh, folder, path)
            finally:
                room.forget(fresh)
        return self._tag(path)

    def replace(self, path: str, data: Content, _headers: Mapping[str, str], tag: str) -> str:
        """Write a file in place of another."""
        if tag != ANY and self._tag(path) != tag:
            raise AlteredFile(path)
        with self._explain_errors(), self._in(path, make=True) as (folder, name):
            self._put(folder, name, data, path)
        return self._tag(path)

    def copy(self, path: str, new: str) -> None:
        """Give a file a second name."""
        with (
            self._explain_errors(),
            contextlib.suppress(FileNotFoundError),
            self._in(path) as (folder, name),
            self._in(new, make=True) as (other, wanted),
        ):
            if not stat.S_ISREG(folder.stat(name).st_mode):
                return
            fresh = disk.unused_name(".new-")
            with self._begin_write(other, new) as room:
                try:
                    folder.link(name, room, fresh)
                except OSError:  # a file system without links
                    data = disk.read_in(folder, name)
                    if data is not None:
                        self._put(other, wanted, data, new)
                    return
                room.rename(fresh, other, wanted)
                room.forget(fresh)  # it stays where both are the same file already

    def remove(self, path: str) -> None:
        """Remove a file, and folders that are empty without it."""
        with (
            self._explain_errors(),
            contextlib.suppress(FileNotFoundError),
            self._in(path) as (here, name),
            self._begin_write(here, path) as room,
        ):
            fresh = disk.unused_name(".gone-")
            here.rename(name, room, fresh)
            room.forget(fresh)
        above = path.rpartition("/")[0]
        while above:
            parent, _, name = above.rpartition("/")
            try:
                with disk.open_root(self.root) as top, top.into(parent) as folder:
                    folder.rmdir(name)
            except OSError:
                return
            above = parent

    def tags(self, below: str) -> dict[str, str] | None:
        """Give the tags of all files."""
        found: dict[str, str] = {}
        with (
            self._explain_errors(),
            contextlib.suppress(FileNotFoundError),
            disk.open_root(self.root) as top,
            top.into(below.rstrip("/")) as folder,
        ):
            _collect(folder, "", found)
        return found

    def tag_of(self, _data: Content) -> str:
        """Give nothing: only the disk knows."""
        return ""

    def names(self, folder: str) -> list[str]:
        """List the names in a folder."""
        with (
            self._explain_errors(),
            contextlib.suppress(FileNotFoundError),
            disk.open_root(self.root) as top,
            top.into(folder) as here,
        ):
            return here.names()
        return []

    def prune(self, folder: str) -> None:
        """Remove a folder with all that is in it."""
        with (
            self._explain_errors(),
            contextlib.suppress(FileNotFoundError),
            self._in(folder) as found,
        ):
            found[0].remove(found[1])

    def lead(self, name: str, to: str) -> None:
        """Let a name lead to a folder."""
        with (
            self._explain_errors(),
            self._in(name, make=True) as (top, _),
            self._begin_write(top, name) as room,
        ):
            fresh = disk.unused_name(".link-")
            room.lead(fresh, to)
            room.rename(fresh, top, name)

    def leads_to(self, name: str) -> str:
        """Tell where a name leads."""
        with (
            self._explain_errors(),
            contextlib.suppress(FileNotFoundError),
            self._in(name) as (top, _),
        ):
            return top.leads_to(name)
        return ""

    def fence(self, rooms: str, mine: str) -> None:
        """Begin writes in a room of our own, and remove all other rooms."""
        self._room = ""
        if not mine:
            return
        for name in self.names(rooms):
            if name != mine:
                self.prune(f"{rooms}/{name}")
        with self._explain_errors(), self._in(f"{rooms}/{mine}/x", make=True):
            self._room = f"{rooms}/{mine}"

    def clock(self, _folder: str) -> None:
        """Give nothing: the clock of a folder is that of this machine."""

    def close(self) -> None:
        """Do nothing: no connection is open."""

    def _tag(self, path: str) -> str:
        with contextlib.suppress(OSError), self._in(path) as (folder, name):
            return _tag(folder.stat(name))
        return ""

    @contextlib.contextmanager
    def _in(self, path: str, *, make: bool = False) -> Iterator[tuple[disk.Folder, str]]:
        folder, _, name = path.rpartition("/")
        if make:
            Path(self.root).mkdir(parents=True, exist_ok=True)
        mode = disk.PUBLIC_MODE if make else 0
        with disk.open_root(self.root) as top, top.into(folder, mode) as here:
            yield here, name

    def _put(self, folder: disk.Folder, name: str, data: Content, path: str) -> None:
        """Write a file so that readers see the old or the new content."""
        with self._begin_write(folder, path) as room:
            fresh = disk.unused_name(".new-")
            try:
                _write(room, fresh, data)
                room.rename(fresh, folder, name)
            except BaseException:
                with contextlib.suppress(OSError):
                    room.forget(fresh)
                raise
        folder.flush()

    def _name(self, room: disk.Folder, fresh: str, folder: disk.Folder, path: str) -> None:
        """Give a file that was written in a room a name that must be free."""
        name = path.rpartition("/")[2]
        try:
            room.link(fresh, folder, name)
        except FileExistsError:
            raise TakenFile(path) from None
        except FileNotFoundError:
            raise
        except OSError:  # a file system without links, such as that of a USB stick
            if folder.is_there(name):
                raise TakenFile(path) from None
            room.rename(fresh, folder, name)

    @contextlib.contextmanager
    def _begin_write(self, folder: disk.Folder, path: str) -> Iterator[disk.Folder]:
        """Give the folder in which a write of ``path`` begins: our room, or where it ends.

        Raises:
            Fenced: another publisher took our room away.
        """
        if not self._room:
            yield folder
            return
        with contextlib.ExitStack() as stack:
            try:
                top = stack.enter_context(disk.open_root(self.root))
                room = stack.enter_context(top.into(self._room))
            except FileNotFoundError:
                raise ReplacedPublisher(path) from None
            yield room

    @contextlib.contextmanager
    def _explain_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if self._room and not Path(self.root, self._room).is_dir():
                raise ReplacedPublisher(self._room) from None
            problem = disk.explain(error, str(error.filename or self.root))
            raise Unreachable(f"{problem.path}: {problem.message}") from None


def _write(room: disk.Folder, name: str, data: Content) -> None:
    size = len(data) if isinstance(data, bytes) else data.size
    disk.create_from(room, name, pieces_of(data), size, sync=True)


def _tag(state: os.stat_result) -> str:
    return f"{state.st_size}-{state.st_mtime_ns}"


def _collect(folder: disk.Folder, base: str, found: dict[str, str]) -> None:
    for entry in folder.entries():
        path = base + entry.name
        if entry.is_folder:
            with folder.step(entry.name) as inner:
                _collect(inner, f"{path}/", found)
        elif stat.S_ISREG(folder.stat(entry.name).st_mode):
            found[path] = _tag(folder.stat(entry.name))
