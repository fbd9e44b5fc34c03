"""Keep the finished plan of a campaign in a shared store: who builds the same needs no other work.

The plan is kept without its inputs, but those of files that are put together from others, which
no store has. It is kept under all that decides it. Its outputs are in the same store,
so a second build, on any machine, reads the workspace, checks and plans nothing, and writes.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from stopjihad.build.report import BuildReport, remember
from stopjihad.build.request import Rendering
from stopjihad.build.tree.place import Target
from stopjihad.build.tree.published import remembered_files
from stopjihad.build.tree.tree import build_tree
from stopjihad.build.work.execute import NotKept
from stopjihad.build.work.keys import library_versions
from stopjihad.disk.store import SharedStore, open_shared
from stopjihad.model.step import Input, Plan, Step
from stopjihad.problem import Problem

if TYPE_CHECKING:
    from stopjihad.build.request import Request

_VERSION = "2"
"""Part of every key: raise it when a plan of the same files has another form."""


class StoredPlan(msgspec.Struct, frozen=True):
    """A plan as it is kept.

    Attributes:
        campaign: its slug.
        steps: what is made.
        inputs: name and digest of each input.
        data: of those that files are put together with, their bytes by name.
        warnings: what was found on the way.
    """

    campaign: str
    steps: tuple[Step, ...]
    inputs: dict[str, str]
    data: dict[str, bytes]
    warnings: tuple[Problem, ...]


class KnownPlan(NamedTuple):
    """A plan of which few inputs have more than name and digest, and the warnings of its build."""

    plan: Plan
    warnings: tuple[Problem, ...]


def publish_again(target: Target, request: Request, how: Rendering) -> BuildReport | None:
    """Publish what a shared store has of a campaign, where nothing is published yet.

    Args:
        target: where, with the fingerprint of everything the campaign is made from.
        request: what is asked for; names the store.

    Returns:
        What was done; None when something is published, or the store has not all.

    Raises:
        ProblemsFound: as for ``build_campaign``, with Busy.
    """
    if request.store is None or remembered_files(target):
        return None
    known = recall_plan(open_shared(request.store), target)
    if known is None:
        return None
    try:
        report = build_tree(known.plan, target, replace(how, again=True), request.options)
    except NotKept:
        return None
    warnings = remember(target, known.warnings)
    return replace(report, warnings=(*report.warnings, *warnings))


def recall_plan(store: SharedStore, target: Target) -> KnownPlan | None:
    """Find the plan of a campaign.

    Args:
        target: with the fingerprint of everything the campaign is made from.

    Returns:
        The plan; None when nobody has built this campaign with these versions.
    """
    data = store.get(_key(target))
    if data is None:
        return None
    stored = msgspec.json.decode(zlib.decompress(data), type=StoredPlan)
    inputs = {
        name: Input(name, digest, stored.data.get(name, b""))
        for name, digest in stored.inputs.items()
    }
    return KnownPlan(Plan(stored.campaign, stored.steps, inputs), stored.warnings)


def remember_plan(
    store: SharedStore, target: Target, plan: Plan, warnings: tuple[Problem, ...]
) -> None:
    """Keep the plan of a campaign that was built."""
    inputs = {name: item.digest for name, item in plan.inputs.items()}
    joining = {name for step in plan.steps if step.files for name in step.inputs}
    data = {name: plan.inputs[name].data for name in joining}
    stored = StoredPlan(plan.campaign, plan.steps, inputs, data, warnings)
    store.put(_key(target), zlib.compress(msgspec.json.encode(stored), 1))


def _key(target: Target) -> str:
    versions = msgspec.json.encode(library_versions(), order="sorted")
    name = f"plan {_VERSION}\0{target.out.name}\0{target.fingerprint}\0".encode()
    return hashlib.sha256(name + versions).hexdigest()
