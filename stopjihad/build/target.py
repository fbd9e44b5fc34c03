"""Say where a tree is published."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from stopjihad.disk import PRIVATE


class Target(NamedTuple):
    """Say where a tree is published.

    Attributes:
        out: folder of the published tree, ``dist/<campaign>``, absolute.
        state: private folder of the workspace, ``<workspace>/.stopjihad``, absolute.
        sources: folders that people write; output may be neither inside nor above any.
        fingerprint: digest of everything the plan was made from, for `is_current`.
    """

    out: Path
    state: Path
    sources: tuple[Path, ...] = ()
    fingerprint: str = ""

    @property
    def workspace(self) -> Path:
        """The folder from which problems name paths."""
        return self.state.parent

    @property
    def work(self) -> str:
        """Private folder of this output: beside it, for only one file system can swap folders."""
        return str(self.out.parent / PRIVATE / self.out.name)
