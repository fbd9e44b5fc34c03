"""Keep the plan of the last build, so that an edit of talking points makes no other anew.

It is kept under all that decides it but the texts of talking points, and believed only with this
user's signature (``disk.store``). Where it does not serve, the whole plan is made: `NotKept` is
raised before anything is written.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping

import msgspec

from stopjihad.build.check.survey import Surveyed
from stopjihad.build.tree.place import OURS, Target
from stopjihad.build.tree.published import remembered
from stopjihad.disk.store import Store
from stopjihad.model.options import Options, part_of
from stopjihad.model.step import Plan, PutAside
from stopjihad.plan.edits import (
    Edited,
    LastPlan,
    PointMarks,
    edited_plan,
    kept_plan,
    point_marks,
)

_VERSION = "4"
"""Part of every key: raise it when a plan of the same files has another form."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(LastPlan)


class PlanPlace:
    """Find the plan of the last build of one campaign, and put another one there."""

    def __init__(
        self, target: Target, options: Options, decides: str, versions: Mapping[str, str]
    ) -> None:
        """Say what is built.

        Args:
            target: where it is published.
            options: what is asked for.
            decides: digest of files, program and day, but for the texts of talking points.
            versions: of the program and of libraries, as for ``plan_keys``.
        """
        self._store = Store(target.state / "store")
        self._serves = _is_simple(options) and not _parts_beside(target)
        name = f"last plan {_VERSION}\0{sys.version}\0{target.out}\0{decides}\0".encode()
        known = msgspec.json.encode(versions, order="sorted")
        self._key = hashlib.sha256(name + known).hexdigest()

    def edited(self, found: Surveyed, put_aside: PutAside) -> Edited | None:
        """Give the last plan, with the talking points that were edited since.

        Args:
            found: the campaign, without errors.
            put_aside: takes the bytes of inputs until steps are made.

        Returns:
            The plan; None when there is none, or it would be another one today.
        """
        data = self._store.get(self._key) if self._serves and found.project else None
        if data is None or found.project is None:
            return None
        try:
            last = _DECODER.decode(data)
        except msgspec.MsgspecError:
            return None
        return edited_plan(last, found.project, put_aside)

    def marks(self, found: Surveyed) -> PointMarks | None:
        """Say how talking points stand now, for `keep_whole`; None when edits cannot be put in."""
        return point_marks(found.project) if self._serves and found.project else None

    def keep_whole(self, plan: Plan, marks: PointMarks | None, build: str) -> None:
        """Keep a plan that was made of a whole campaign and is published, where that serves.

        Args:
            plan: complete.
            marks: from `marks`, of the campaign that it was made from.
            build: digest of all step keys.
        """
        last = kept_plan(plan, marks) if marks is not None else None
        if last is not None:
            self.keep(last, build)

    def keep(self, last: LastPlan, build: str) -> None:
        """Keep a plan that is published; ``build`` is the digest of all its step keys."""
        whole = msgspec.structs.replace(last, build=build)
        self._store.put(self._key, _ENCODER.encode(whole))


def _is_simple(options: Options) -> bool:
    """Tell whether options ask for pages of all languages alone, without a notice."""
    return options == Options(only=("site",))


def _parts_beside(target: Target) -> set[str]:
    """Name the parts, beside pages, that are published: pages show or link them."""
    return {part_of(path)[0] for path in remembered(target)} - {"site", "assets", OURS}
