"""Go from folder to folder below a root, and through all that lies there."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from stopjihad.disk.folder import Entry, Folder, open_root


class Way:
    """Go from folder to folder below a root, and keep open what paths have in common.

    For one thread. Sorted paths open each folder once.
    """

    def __init__(self, root: Folder) -> None:
        """Start in a folder, which stays open."""
        self._held = [root]
        self._names: list[str] = []

    def __enter__(self) -> Self:
        """Go in a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let all folders go but the root."""
        self._back(0)

    def to(self, path: str) -> Folder:
        """Open a folder.

        Args:
            path: relative to the root, with forward slashes; empty for the root.

        Returns:
            The folder; it is open until the way leads elsewhere.

        Raises:
            OSError: as for ``Folder.step``.
        """
        names = path.split("/") if path else []
        same = 0
        for one, other in zip(names, self._names, strict=False):
            if one != other:
                break
            same += 1
        self._back(same)
        for name in names[same:]:
            self._held.append(self._held[-1].step(name))
            self._names.append(name)
        return self._held[-1]

    def above(self, path: str) -> tuple[Folder, str]:
        """Open the folder that something is in; give it with the name there."""
        folder, _, name = path.rpartition("/")
        return self.to(folder), name

    def _back(self, depth: int) -> None:
        while len(self._names) > depth:
            self._names.pop()
            self._held.pop().close()


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
    with contextlib.suppress(OSError), open_root(root) as top, Way(top) as way:
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
