"""Build campaigns: see whether one is published already; else check, plan, make and publish it.

Every file is read once, or known to hold what it held (``load.workspace``). Where nothing changed,
nothing else is read, and hardly anything of the program: what checks, plans and makes is imported
when it is needed. Of many campaigns, those that a shared store has are published first, several at
a time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stopjihad.build.report import BuildReport, recall, remember
from stopjihad.build.request import Request, deciding, quiet, rendering_of, target_of
from stopjihad.build.tree.place import OutdatedPlan, Target
from stopjihad.build.tree.published import is_current, remembered
from stopjihad.build.work.keys import versions
from stopjihad.build.work.processes import (
    alongside,
    give_memory_back,
    giving_memory_back,
    processors,
)
from stopjihad.disk.pack import Damaged
from stopjihad.disk.store import Store
from stopjihad.load.known_files import KnownFiles
from stopjihad.load.workspace import ChangedSince, Workspace, read_workspace
from stopjihad.problem import ProblemsFound

if TYPE_CHECKING:
    from stopjihad.build.campaign import Planned
    from stopjihad.build.check.survey import Surveyed
    from stopjihad.build.work.last_plan import PlanPlace
    from stopjihad.disk.spill import Spill
    from stopjihad.problem import Problem


def build_campaign(root: Path, slug: str, request: Request) -> BuildReport:
    """Build one campaign.

    Args:
        root: the workspace, absolute.
        slug: the campaign.
        request: what to make, where and how.

    Returns:
        What was done.

    Raises:
        ProblemsFound: the campaign has errors, or something cannot be made or written. What is
            published stays as it was.
        Busy: another build is writing the same output.
        UnknownLanguage: as in ``make_campaign_plan``.
    """
    while True:
        try:
            return _build_twice(root, slug, request)
        except OutdatedPlan:  # what was costly to make is in the store
            if request.sending is not None:  # it was sent, and taken away at once
                options = msgspec.structs.replace(request.options, alerts=(), alerted=False)
                request = msgspec.structs.replace(request, options=options, sending=None)


def _build_twice(root: Path, slug: str, request: Request) -> BuildReport:
    """Build a campaign, and beside it what it will be after the end of the notice that holds."""
    report, asked = _build(root, slug, request)
    if not asked.options.alerts:
        return report
    from stopjihad.build.notice import stage_end
    from stopjihad.build.notice_inputs import read_for_notice

    stage_end(read_for_notice(root, slug), asked)
    return report


def _build(root: Path, slug: str, request: Request) -> tuple[BuildReport, Request]:
    with suppress(ChangedSince, Damaged):
        return _build_from(read_workspace(root, slug, KnownFiles(root, slug)), request)
    return _build_from(read_workspace(root, slug), request, anew=True)


def _build_from(
    workspace: Workspace, request: Request, *, anew: bool = False
) -> tuple[BuildReport, Request]:
    """Build from files; ``anew`` if what is known of some turned out to be wrong."""
    root, slug, given = workspace.root, workspace.campaign.slug, request
    if _has_notice(workspace):
        from stopjihad.build.live_alert import with_alert

        request = with_alert(workspace, request)
    target = _looking(target_of(workspace, request), slug, request, given)
    standing = None if request.sending else _standing(target, request)
    if standing is not None:
        return standing, request
    try:
        return _make(workspace, target, request, anew=anew), request
    except ProblemsFound:
        if not _is_told(given):
            from stopjihad.build.live_alert import has_moved

            if has_moved(root, slug, request):
                raise OutdatedPlan from None  # such as a tree that was switched meanwhile
        raise


def _is_told(request: Request) -> bool:
    """Tell whether a build shows what it is told to, such as an exercise, not what holds."""
    return request.options.alerted


def _looking(target: Target, slug: str, request: Request, given: Request) -> Target:
    """Let a build look at the ledger last, where it makes what is ``given`` by the ledger."""
    if _is_told(given) and given.sending is None:
        return target

    def last_look() -> AbstractContextManager[None]:
        from stopjihad.build import live_alert

        return live_alert.last_look(target.workspace, slug, request)

    return target._replace(last_look=last_look)


def _make(workspace: Workspace, target: Target, request: Request, *, anew: bool) -> BuildReport:
    """Check, plan and publish what is not there yet."""
    from stopjihad.build.campaign import check_files, plan_whole
    from stopjihad.build.work.last_plan import PlanPlace
    from stopjihad.disk.spill import Spill

    decides = deciding(workspace.around, request)
    place = PlanPlace(target, request.options, decides, versions(request.code))
    with Spill(workspace.root) as spill:
        root = workspace.root
        with giving_memory_back():
            found = [check_files(workspace, request, spill, anew=anew)]
            del workspace  # the bytes of pictures and voices: what shows them has its own
        report = _publish_edited(found[0], target, request, spill, place)
        if report is None:
            # Nobody but `plan_whole` holds the campaign: it goes when its plan is made.
            whole = plan_whole(found.pop(), root, target, request, spill, place)
            give_memory_back()
            report = _publish_whole(whole, target, request, place)
    return report


def find_built(root: Path, slug: str, request: Request) -> BuildReport | None:
    """Publish one campaign if nothing of it needs to be made.

    Args:
        root: the workspace, absolute.
        slug: the campaign.
        request: as for `build_campaign`.

    Returns:
        What was done; None when it must be built, or has a notice, which may end today.

    Raises:
        ProblemsFound: as for `build_campaign`, with Busy.
    """
    workspace = read_workspace(root, slug, KnownFiles(root, slug))
    if _has_notice(workspace):
        return None
    return _standing(_looking(target_of(workspace, request), slug, request, request), request)


def _standing(target: Target, request: Request) -> BuildReport | None:
    """See whether the right tree is published, or can be from a shared store."""
    if is_current(target):
        return BuildReport(warnings=recall(target))
    if request.store is None:
        return None
    from stopjihad.build.work.shared_plan import publish_again

    return publish_again(target, request, rendering_of(request))


def _has_notice(workspace: Workspace) -> bool:
    """Tell quickly whether a notice was ever published; hardly any campaign has one."""
    ledger = workspace.campaign.files.get(f"campaigns/{workspace.campaign.slug}/reviews.jsonl", b"")
    return b'"alert"' in ledger


def _publish_edited(
    found: Surveyed, target: Target, request: Request, spill: Spill, place: PlanPlace
) -> BuildReport | None:
    """Publish the last plan with the talking points that were edited since; None without one."""
    from stopjihad.build.tree.tree import Since, build_tree
    from stopjihad.build.work.execute import NotKept

    edited = None if found.errors else place.edited(found, spill.put)
    if edited is None:
        return None
    try:
        since = Since(edited.last.build, edited.inputs, edited.outputs)
        how = rendering_of(request)
        report = build_tree(edited.plan, target, how, request.options, since)
    except NotKept:  # what is published was changed, or taken away
        return None
    place.keep(edited.last, report.build)
    return _warning(report, remember(target, found.problems))


def _publish_whole(
    whole: Planned, target: Target, request: Request, place: PlanPlace
) -> BuildReport:
    """Publish a plan that was made of the whole campaign, and keep it for the next build."""
    from stopjihad.build.tree.tree import build_tree

    alone = not remembered(target)
    report = build_tree(whole.plan, target, rendering_of(request), request.options)
    place.keep_whole(whole.plan, whole.marks, report.build)
    Store(target.state / "store").prune()
    warnings = remember(target, whole.problems)
    if request.store is not None and alone:
        from stopjihad.build.work.shared_plan import remember_plan
        from stopjihad.disk.store import open_shared

        remember_plan(open_shared(request.store), target, whole.plan, warnings)
    return _warning(report, warnings)


def _warning(report: BuildReport, warnings: tuple[Problem, ...]) -> BuildReport:
    return msgspec.structs.replace(report, warnings=(*report.warnings, *warnings))


FEW = 8
"""Campaigns from which a second process pays: it takes 0.35 s of a processor to start where nothing
may be copied, a campaign of 1,600 files about 0.14 s (measured with those of bench/fleet.py)."""

MOST = 8
"""Most processes: each keeps a processor busy, and a few of them a disk."""

AT_ONCE = 1000
"""Campaigns that are shared out at a time: half of what ``alongside`` takes."""


class BuiltCampaign(NamedTuple):
    """Say what was done for one campaign, and in how many seconds."""

    slug: str
    report: BuildReport
    seconds: float


def find_all_built(root: Path, slugs: Sequence[str], request: Request) -> dict[str, BuiltCampaign]:
    """Publish those of many campaigns that need no work, several at a time.

    Args:
        root: the workspace, absolute.
        slugs: the campaigns.
        request: as for ``build_campaign``; its executor is not asked, and makes nothing.

    Returns:
        What was done for each; whatever is missing must be built, or its build says what is wrong.
    """
    count = min(request.jobs or processors(), MOST)
    if request.store is None or len(slugs) < FEW or count < 2:
        return {}
    alone = msgspec.structs.replace(request, executor=None, progress=quiet)
    found: dict[str, BuiltCampaign] = {}
    rest = iter(slugs)
    while some := tuple(islice(rest, AT_ONCE)):
        with alongside([partial(_published, root, slug, alone) for slug in some], count) as finish:
            found |= {one.slug: one for one in finish() if one is not None}
    return found


def _published(root: Path, slug: str, request: Request) -> BuiltCampaign | None:
    began = time.monotonic()
    with suppress(Exception):  # its build comes to the same error, and explains it
        report = find_built(root, slug, request)
        if report is not None:
            return BuiltCampaign(slug, report, time.monotonic() - began)
    return None
