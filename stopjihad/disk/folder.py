"""Hold folders open, and reach what is in them from there: no link on the way is ever followed.

A path says where something was when it was written down; a descriptor says what it is. So a folder
is opened step by step, each step refuses a link (``O_NOFOLLOW``), and files are opened, made,
renamed and removed by their name in a folder that is held (openat(2) and its relatives). Links are
allowed only above the *anchor*, on the user's own way to the workspace or the output folder.

macOS has all of this but the exchange of ``kernel``. Windows opens no folders and knows no
``O_NOFOLLOW``: there each step is looked at before it is taken, which finds a link that lies there
but not one that is put there in that very moment.

Throughout, ``name`` is that of something directly in a folder, ``other`` the folder in which it is
to be called ``new``, ``mode`` the permissions of what is made, ``flags`` those of open(2), and
``error`` what the system said.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
import time
from abc import ABC, abstractmethod
from types import TracebackType
from typing import NamedTuple, Self


class OpenResource(ABC):
    """Something that is open: a block that ends closes it, with an error or without."""

    def __enter__(self) -> Self:
        """Use it in a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it; errors go on."""
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held; once is enough."""


PRIVATE = ".stopjihad"
"""Name of the folders that only this program uses: in a workspace, and beside published trees."""

PRIVATE_MODE = 0o700
PUBLIC_MODE = 0o777

HELD = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
"""Whether this system reaches files from a folder that is held open."""

_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_DIRECTORY = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _CLOEXEC
FOLDER = _DIRECTORY | _NOFOLLOW
READ = os.O_RDONLY | _CLOEXEC | _NOFOLLOW | getattr(os, "O_BINARY", 0)
READ |= getattr(os, "O_NONBLOCK", 0)  # a pipe put in place of a file must not make us wait
APPEND = os.O_WRONLY | os.O_APPEND | _CLOEXEC | _NOFOLLOW | getattr(os, "O_BINARY", 0)
APPEND |= getattr(os, "O_NONBLOCK", 0)
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _CLOEXEC | _NOFOLLOW | getattr(os, "O_BINARY", 0)

_numbers = itertools.count()


def is_plain(state: os.stat_result) -> bool:
    """Tell whether a file may be written where it lies: regular, and of no other name."""
    return stat.S_ISREG(state.st_mode) and state.st_nlink == 1


class Entry(NamedTuple):
    """Describe one name in a folder: whether it is a real folder or a regular file, its inode."""

    name: str
    is_folder: bool
    is_file: bool
    inode: int


class Folder(OpenResource):
    """A folder open; names of its methods are those of things directly in it.

    Every OSError names the whole path.
    """

    def __init__(self, path: str, handle: int) -> None:
        """Take a descriptor over; negative on systems that open no folders."""
        self.path = path
        self.handle = handle

    def close(self) -> None:
        """Let it go; once is enough."""
        handle, self.handle = self.handle, -1
        if handle >= 0:
            os.close(handle)

    def at(self, name: str) -> tuple[str, int | None]:
        """Give what functions of ``os`` take: a name and the ``dir_fd`` that it is in.

        Raises:
            FileNotFoundError: the name leads further down or up: nothing here is called so.
        """
        if "/" in name or name == "..":
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        return (name, self.handle) if HELD else (os.path.join(self.path, name), None)

    def beneath(self) -> tuple[str, int | None]:
        """Give what stands before a path that leads further down, and the ``dir_fd`` it starts at.

        Only for looking at what is there: links on such a path are followed.
        """
        return ("", self.handle) if HELD else (self.path + os.sep, None)

    def with_path(self, error: OSError, name: str = "") -> OSError:
        """Put the whole path into an error of the system."""
        error.filename = os.path.join(self.path, name) if name else self.path
        return error

    def step(self, name: str) -> Folder:
        """Open a folder in this one.

        Raises:
            OSError: it is missing, a link (ELOOP), or no folder (ENOTDIR); ``..`` is never there.
        """
        path = f"{self.path}{os.sep}{name}"  # os.path.join takes longer than opening the folder
        if name in {"", ".."} or "/" in name:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        if not HELD:
            return Folder(_looked_at(path), -1)
        try:
            return Folder(path, os.open(name, FOLDER, dir_fd=self.handle))
        except OSError as error:
            if error.errno == errno.ENOTDIR and self.is_link(name):
                error = OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            raise self.with_path(error, name) from None

    def into(self, path: str, mode: int = 0) -> Folder:
        """Open a folder further down.

        Args:
            path: relative, with forward slashes; empty for this folder once more.
            mode: permissions of folders that are made where they are missing; 0 to make none.

        Raises:
            OSError: as for `step`.
        """
        here = self
        try:
            for name in path.split("/") if path else (".",):
                above, here = here, here.make_step(name, mode) if mode else here.step(name)
                if above is not self:
                    above.close()
        except OSError:
            if here is not self:
                here.close()
            raise
        return here

    def make_step(self, name: str, mode: int) -> Folder:
        """Open a folder in this one, which is made where it is missing."""
        try:
            return self.step(name)
        except FileNotFoundError:
            with contextlib.suppress(FileExistsError):
                self.mkdir(name, mode)
            return self.step(name)

    def stat(self, name: str) -> os.stat_result:
        """Look at something, without following a link."""
        place, folder = self.at(name)
        try:
            return os.stat(place, dir_fd=folder, follow_symlinks=False)
        except OSError as error:
            raise self.with_path(error, name) from None

    def is_there(self, name: str) -> bool:
        """Tell whether anything has this name."""
        try:
            self.stat(name)
        except OSError:
            return False
        return True

    def is_link(self, name: str) -> bool:
        """Tell whether a link has this name."""
        try:
            return stat.S_ISLNK(self.stat(name).st_mode)
        except OSError:
            return False

    def open(self, name: str, flags: int = READ, mode: int = 0o666) -> int:
        """Open a file; ``flags`` should refuse links. The descriptor must be closed."""
        place, folder = self.at(name)
        if not HELD and os.path.islink(place):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), place)
        try:
            return os.open(place, flags, mode, dir_fd=folder)
        except OSError as error:
            raise self.with_path(error, name) from None

    def mkdir(self, name: str, mode: int = PUBLIC_MODE) -> None:
        """Make a folder."""
        place, folder = self.at(name)
        try:
            os.mkdir(place, mode, dir_fd=folder)
        except OSError as error:
            raise self.with_path(error, name) from None

    def rmdir(self, name: str) -> None:
        """Remove an empty folder."""
        place, folder = self.at(name)
        try:
            os.rmdir(place, dir_fd=folder)
        except OSError as error:
            raise self.with_path(error, name) from None

    def unlink(self, name: str) -> None:
        """Remove a file, or a link and not what it names."""
        place, folder = self.at(name)
        try:
            os.unlink(place, dir_fd=folder)
        except OSError as error:
            raise self.with_path(error, name) from None

    def forget(self, name: str) -> None:
        """Remove a file if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self.unlink(name)

    def rename(self, name: str, other: Folder, new: str) -> None:
        """Give something the place of another name; a file there is replaced."""
        place, folder = self.at(name)
        target, above = other.at(new)
        try:
            os.replace(place, target, src_dir_fd=folder, dst_dir_fd=above)
        except OSError as error:
            raise self.with_path(error, name) from None

    def link(self, name: str, other: Folder, new: str) -> None:
        """Give a file a second name, which must be free."""
        place, folder = self.at(name)
        target, above = other.at(new)
        try:
            os.link(place, target, src_dir_fd=folder, dst_dir_fd=above, follow_symlinks=False)
        except OSError as error:
            raise self.with_path(error, name) from None

    def lead(self, name: str, to: str) -> None:
        """Let a name be a link, in place of another link.

        Args:
            to: folder that it leads to, relative to this one.
        """
        fresh = unused_name(f".{name}.")
        place, folder = self.at(fresh)
        try:
            os.symlink(to, place, target_is_directory=True, dir_fd=folder)
        except OSError as error:
            raise self.with_path(error, name) from None
        self.rename(fresh, self, name)

    def leads_to(self, name: str) -> str:
        """Tell what a link says; empty when there is none."""
        if not self.is_link(name):
            return ""
        place, folder = self.at(name)
        try:
            return os.readlink(place, dir_fd=folder)
        except OSError as error:
            raise self.with_path(error, name) from None

    def names(self) -> list[str]:
        """List the names in the folder, in no order."""
        try:
            return os.listdir(self.handle if HELD else self.path)
        except OSError as error:
            raise self.with_path(error) from None

    def entries(self) -> list[Entry]:
        """List what is in the folder, in no order."""
        try:
            with os.scandir(self.handle if HELD else self.path) as found:
                return [
                    Entry(
                        one.name,
                        one.is_dir(follow_symlinks=False),
                        one.is_file(follow_symlinks=False),
                        one.inode(),
                    )
                    for one in found
                ]
        except OSError as error:
            raise self.with_path(error) from None

    def remove(self, name: str) -> None:
        """Remove whatever has this name, a folder with all that is in it; links are not followed.

        Folders found on the way are moved up and emptied one after the other: however deep they
        lie in each other, three descriptors are enough.

        Raises:
            OSError: something could not be removed; it names the first. The rest is gone.
        """
        first: OSError | None = None
        pending = [name]
        while pending:
            place = pending.pop()
            try:
                self._empty(place, pending)
            except FileNotFoundError:
                continue
            except OSError as error:
                first = first or error
        if first is not None:
            raise first

    def _empty(self, name: str, pending: list[str]) -> None:
        if not stat.S_ISDIR(self.stat(name).st_mode):
            self.unlink(name)
            return
        try:
            self.rmdir(name)
        except OSError as error:
            if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
                raise
        else:
            return
        first: OSError | None = None
        with self.step(name) as folder:
            for entry in folder.entries():
                try:
                    if entry.is_folder:
                        moved = f"{name.partition('+')[0]}+{os.getpid()}-{next(_numbers)}"
                        folder.rename(entry.name, self, moved)
                        pending.append(moved)
                    else:
                        folder.unlink(entry.name)
                except OSError as error:
                    first = first or error
        if first is not None:
            raise first
        self.rmdir(name)

    def flush(self) -> None:
        """Wait until the names in the folder are on disk, where the system can say so."""
        if self.handle >= 0:
            try:
                os.fsync(self.handle)
            except OSError as error:
                raise self.with_path(error) from None


def open_root(path: str) -> Folder:
    """Open a folder that the user named: links on the way to it are the user's own.

    Args:
        path: absolute.

    Raises:
        OSError: it is missing or no folder.
    """
    if HELD:
        return Folder(path, os.open(path, _DIRECTORY))
    if not os.path.isdir(path):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    return Folder(path, -1)


def _looked_at(path: str) -> str:
    """Look at a folder where none can be held: the nearest to `step` that Windows has."""
    state = os.lstat(path)
    junction = getattr(state, "st_reparse_tag", 0)
    if stat.S_ISLNK(state.st_mode) or junction:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
    if not stat.S_ISDIR(state.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    return path


def unused_name(start: str = "") -> str:
    """Give a name that no other thread or process uses: ``start``, process, time and a number."""
    return f"{start}{os.getpid()}-{time.monotonic_ns()}-{next(_numbers)}"
