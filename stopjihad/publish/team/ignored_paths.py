"""Tell which files git leaves out, by the ``.gitignore`` files of a workspace."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from stopjihad import disk
from stopjihad.problem import Problem, ProblemsFound

if TYPE_CHECKING:
    from dulwich.ignore import IgnoreFilter

_FILE = ".gitignore"
_EXCLUDED = ".git/info/exclude"
_BYTES, _LINES, _STARS = 64 * 1024, 1_000, 4
"""Most of a file of patterns that is read, and stars of one pattern: matching takes time to the
power of their number."""


class IgnoredPaths:
    """The patterns of a workspace, read folder by folder as they are asked for."""

    def __init__(self, root: Path) -> None:
        """Take a workspace."""
        self._root = root
        self._filters: dict[str, IgnoreFilter] = {}

    def covers(self, path: str) -> bool:
        """Tell whether git leaves a file out.

        Raises:
            ProblemsFound: ``share-repository``: patterns cannot be followed.
        """
        parts = path.split("/")
        return any(
            self._covers(parts[:count], folder=count < len(parts))
            for count in range(1, len(parts) + 1)
        )

    def _covers(self, parts: list[str], *, folder: bool) -> bool:
        """Ask the patterns nearest to it first; the first that names it decides."""
        for depth in range(len(parts) - 1, -1, -1):
            within = "/".join(parts[depth:]) + ("/" if folder else "")
            said = self._filter("/".join(parts[:depth])).is_ignored(within)
            if said is not None:
                return said
        return False

    def _filter(self, folder: str) -> IgnoreFilter:
        from dulwich.ignore import IgnoreFilter

        if folder not in self._filters:
            lines = self._patterns(f"{folder}/{_FILE}" if folder else _FILE)
            if not folder:
                lines = self._patterns(_EXCLUDED) + lines
            self._filters[folder] = IgnoreFilter(lines)
        return self._filters[folder]

    def _patterns(self, path: str) -> list[bytes]:
        data = disk.read_below(str(self._root), path, _BYTES + 1) or b""
        lines = [line for one in data.splitlines() if (line := one.rstrip()) and line[:1] != b"#"]
        long = len(data) > _BYTES or len(lines) > _LINES
        if long or any(len(re.findall(rb"\*+", line)) > _STARS for line in lines):
            message = f"{path} has patterns that cannot be followed here"
            hint = "write shorter ones, or fetch and send with git itself"
            problem = Problem(path=path, code="share-repository", message=message, hint=hint)
            raise ProblemsFound((problem,))
        return lines
