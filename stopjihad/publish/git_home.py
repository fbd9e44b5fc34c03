"""Keep a folder of this user for one repository, with our copy where that is elsewhere.

It lies below the user's cache folder, is marked with the user's key, and belongs to one publisher
at a time; so a lock of git that is found in it was left by one of ours that was killed.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from stopjihad import disk
from stopjihad.disk import user_key
from stopjihad.disk.lock import sole_writer

COPY = "copy.git"
"""Name of our copy in it."""

_MARK = "stopjihad-mark"
_MOVING = "stopjihad-moving"


class Home(NamedTuple):
    """A folder of this user for one repository; no other publisher uses it meanwhile."""

    path: str

    def note(self, commit: bytes) -> None:
        """Note the commit that a branch is moved to; empty when it has been moved."""
        disk.replace(os.path.join(self.path, _MOVING), commit)  # noqa: PTH118 (as its folder)

    @property
    def noted_commit(self) -> bytes:
        """The commit that a publisher which was killed was moving a branch to."""
        return disk.read(os.path.join(self.path, _MOVING), 64) or b""  # noqa: PTH118


@contextmanager
def open_home(location: str, root: Path) -> Iterator[Home]:
    """Give this user's own folder for a repository, made anew when our key did not mark it.

    Args:
        location: address or absolute path of the repository.

    Raises:
        Busy: another command of this user is publishing there.
    """
    name = hashlib.sha256(f"{root}\0{location}".encode()).hexdigest()[:24]
    base = user_key.cache_folder()
    with ExitStack() as stack:
        if not base:
            base = stack.enter_context(tempfile.TemporaryDirectory(prefix="stopjihad-"))
        above = os.path.join(base, "publish")  # noqa: PTH118 (as its folder)
        stack.enter_context(sole_writer(Path(above, f"{name}.lock")))
        folder = os.path.join(above, name)  # noqa: PTH118
        with disk.hold(above, make=True) as held:
            if not _is_marked(held, name):
                held.remove(name)
                held.mkdir(name, 0o700)
                with held.step(name) as fresh:
                    disk.create_in(fresh, _MARK, _mark(held.stat(name)))
            _sweep(folder)
        yield Home(folder)


def _is_marked(held: disk.Folder, name: str) -> bool:
    """Tell whether our key marked a folder, and only plain files and folders are in it."""
    try:
        state = held.stat(name)
        with held.step(name) as here:
            if disk.read_in(here, _MARK, 64) != _mark(state):
                return False
        whole = os.path.join(held.path, name)  # noqa: PTH118 (as its folder)
        return stat.S_ISDIR(state.st_mode) and not find_odd(whole, "")
    except OSError:
        return False


def _mark(state: os.stat_result) -> bytes:
    place = f"{state.st_dev} {state.st_ino}".encode()
    return user_key.sign("branch", hashlib.sha256(place).digest())


def find_odd(folder: str, within: str) -> str:
    """Name something that is no plain file or folder, or that leads to another repository.

    Returns:
        Its path; empty where there is none.
    """
    for path, _, entry in disk.below(folder, within):
        leads = path.endswith(("objects/info/alternates", "objects/info/http-alternates"))
        if leads or not (entry.is_folder or entry.is_file):
            return path
    return ""


def _sweep(folder: str) -> None:
    """Remove locks and packs that a publisher of ours left unfinished: nobody else writes here."""
    for path, above, entry in list(disk.below(folder)):
        unfinished = entry.name.startswith(("tmp_", f"{COPY}."))
        if unfinished or (entry.is_file and entry.name.endswith(".lock")):
            del above
            whole = Path(folder, path)
            with disk.hold(str(whole.parent)) as here:
                here.remove(whole.name)
