"""Let the second start of a studio open the one that runs: its next address waits in a file.

The file lies in the user's own folder, which no other user reads, and never in the workspace; a
lock beside it, which the system frees when a studio ends however it does, tells whether it holds.
Nothing is asked over the network: whoever listens on that port might not be ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from stopjihad import disk
from stopjihad.disk.lock import Busy, sole_writer
from stopjihad.disk.user_key import key_folder

_FOLDER = "studios"
_LONGEST = 400
"""Bytes of an address: a name of 32 letters, a port, and a token of 43."""


class Studios:
    """The studios of one user that serve the same campaigns of one workspace in the same way."""

    def __init__(self, root: Path, slugs: tuple[str, ...], *, read_only: bool) -> None:
        """Name the file."""
        served = "\0".join((str(root), str(read_only), *slugs))
        name = hashlib.sha256(served.encode(errors="surrogateescape")).hexdigest()[:24]
        folder = key_folder()
        self._file = Path(folder, _FOLDER, name) if folder else None

    def opening_address(self) -> str:
        """Give the address that lets one more browser into the studio that runs; else nothing."""
        if self._file is None:
            return ""
        try:
            with sole_writer(self._file.with_suffix(".lock"), 0):
                return ""
        except (Busy, OSError):
            return (disk.read(str(self._file), _LONGEST) or b"").decode("ascii", "replace")

    @contextmanager
    def announce(self) -> Iterator[Callable[[str], None]]:
        """Keep the address of this studio while a block runs, where no other is announced."""
        file = self._file
        with ExitStack() as stack:
            held = False
            if file is not None:
                with suppress(Busy, OSError):  # another is announced, or nothing can be kept
                    stack.enter_context(sole_writer(file.with_suffix(".lock"), 0))
                    held = True
            if file is None or not held:
                yield lambda _: None
                return
            try:
                yield lambda address: _keep(file, address)
            finally:
                with disk.hold(str(file.parent)) as here:
                    here.forget(file.name)


def _keep(file: Path, address: str) -> None:
    """Write an address for this user alone; a full disk keeps nobody out who is at the door."""
    with suppress(OSError), disk.hold(str(file.parent), make=True) as here:
        fresh = disk.unused_name("new-")
        disk.create_in(here, fresh, address.encode(), mode=0o600)
        here.rename(fresh, here, file.name)
