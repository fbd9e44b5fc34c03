"""Count what a build made, and keep the warnings of its checks, to say them again unchanged."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from stopjihad.build.tree.place import Target
from stopjihad.disk.store import Store
from stopjihad.problem import Problem


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """Count what a build did and how long its stages took.

    Attributes:
        made: outputs rendered, or taken from the store.
        reused: outputs that were already published and still right.
        kept: published outputs that were not asked for and stay as they were.
        removed: files that were published and are gone.
        kinds: for each kind of step, outputs made and outputs reused.
        seconds: wall time of each stage, in order.
        warnings: what was found in the campaign that does not stop a build, sorted by place.
        build: digest of all step keys of what is published, as in its manifest.
    """

    made: int = 0
    reused: int = 0
    kept: int = 0
    removed: int = 0
    kinds: dict[str, tuple[int, int]] = {}
    seconds: dict[str, float] = {}
    warnings: tuple[Problem, ...] = ()
    build: str = ""

    @property
    def changed(self) -> bool:
        """Tell whether another tree than before is published."""
        return bool(self.made or self.removed)


def remember(target: Target, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Keep the warnings among the problems of a campaign that was built.

    Args:
        target: where it is published, with the fingerprint of everything it is made from.
    """
    warnings = tuple(item for item in problems if item.severity == "warning")
    _store(target).put(_key(target), msgspec.json.encode(warnings))
    return warnings


def recall(target: Target) -> tuple[Problem, ...]:
    """Give the warnings of the build whose result is published and still right."""
    data = _store(target).get(_key(target))
    if data is None:
        return ()
    return msgspec.json.decode(data, type=tuple[Problem, ...])


def _store(target: Target) -> Store:
    return Store(Path(target.state) / "store")


def _key(target: Target) -> str:
    return hashlib.sha256(f"warnings\0{target.out}\0{target.fingerprint}".encode()).hexdigest()
