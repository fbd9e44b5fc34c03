"""Tell what of a finished build this user's own program wrote, and read it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from stopjihad import disk
from stopjihad.build.tree.place import Target
from stopjihad.build.tree.published import find_index
from stopjihad.disk import key
from stopjihad.problem import Problem, ProblemsFound


class OwnBuild(NamedTuple):
    """Hold what of a finished build this user's program wrote, by its own signed record.

    Attributes:
        folder: ``dist/<campaign>``.
        digests: SHA-256 of each file, by path.
        shown: how problems name the folder.
    """

    folder: Path
    digests: Mapping[str, str]
    shown: str

    def read(self, path: str) -> bytes | None:
        """Read a file as it was written.

        Args:
            path: relative to the folder, with forward slashes.

        Returns:
            Its bytes; None when there is no such file.

        Raises:
            ProblemsFound: ``export-not-yours`` for a file that is not recorded, or is another now.
        """
        data = disk.read_below(str(self.folder), path)
        if data is None or hashlib.sha256(data).hexdigest() == self.digests.get(path):
            return data
        hint = f"make it from the sources: stopjihad build {self.folder.name}"
        if not key.is_kept():
            hint = f"let XDG_STATE_HOME name a folder that stays; {hint}"
        problem = Problem(
            path=f"{self.shown}/{path}",
            code="export-not-yours",
            message="you did not build this file, or it was changed since: it is not taken over",
            hint=hint,
        )
        raise ProblemsFound((problem,))


def own_build(target: Target) -> OwnBuild:
    """Find what of a finished build is this user's own; nothing without a signed record.

    Args:
        target: where the build is.

    Returns:
        Its files.
    """
    index = find_index(target.work, str(target.out))
    digests = {mark.path: mark.sha256 for mark in index.files} if index else {}
    return OwnBuild(target.out, digests, disk.shown_path(str(target.out), target.workspace))
