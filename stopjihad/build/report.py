"""Say what a build did."""

from __future__ import annotations

import msgspec

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
    """

    made: int = 0
    reused: int = 0
    kept: int = 0
    removed: int = 0
    kinds: dict[str, tuple[int, int]] = {}
    seconds: dict[str, float] = {}
    warnings: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Tell whether another tree than before is published."""
        return bool(self.made or self.removed)
