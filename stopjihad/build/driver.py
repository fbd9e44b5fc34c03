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
from typing import NamedTuple

import msgspec

from stopjihad.build.report import BuildReport, recall, remember
from stopjihad.build.request import Request, quiet, rendering_of, target_of
from stopjihad.build.tree.place import OutdatedPlan, Target
from stopjihad.build.tree.published import is_current, remembered_files
from stopjihad.build.work.processes import (
    alongside,
    give_memory_back,
    processors,
)
from stopjihad.disk.store import Store
from stopjihad.load.known_files import KnownFiles
from stopjihad.load.workspace import ChangedSince, Workspace, read_workspace
from stopjihad.problem import ProblemsFound


def build_campaign(root: Path, slug: str, request: Request) -> BuildReport:
    """Build one campaign.

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
    """Build a campaign, and beside it what it will be after the end of the alert that holds."""
    report, asked = _build(root, slug, request)
    if not asked.options.alerts:
        return report
    from stopjihad.build.alert_inputs import read_for_alert
    from stopjihad.build.alert_sending import stage_end

    stage_end(read_for_alert(root, slug), asked)
    return report


def _build(root: Path, slug: str, request: Request) -> tuple[BuildReport, Request]:
    with suppress(ChangedSince):
        return _build_from(read_workspace(root, slug, KnownFiles(root, slug)), request)
    return _build_from(read_workspace(root, slug), request)


def _build_from(workspace: Workspace, request: Request) -> tuple[BuildReport, Request]:
    root, slug, given = workspace.root, workspace.campaign.slug, request
    if _has_alert(workspace):
        from stopjihad.build.live_alert import with_alert

        request = with_alert(workspace, request)
    target = _with_last_look(target_of(workspace, request), slug, request, given)
    standing = None if request.sending else _find_published(target, request)
    if standing is not None:
        return standing, request
    try:
        return _make(workspace, target, request), request
    except ProblemsFound:
        if not _is_told(given):
            from stopjihad.build.live_alert import has_moved

            if has_moved(root, slug, request):
                raise OutdatedPlan from None  # such as a tree that was switched meanwhile
        raise


def _is_told(request: Request) -> bool:
    """Tell whether a build shows what it is told to, such as an exercise, not what holds."""
    return request.options.alerted


def _with_last_look(target: Target, slug: str, request: Request, given: Request) -> Target:
    """Let a build look at the ledger last, where it makes what is ``given`` by the ledger."""
    if _is_told(given) and given.sending is None:
        return target

    def last_look() -> AbstractContextManager[None]:
        from stopjihad.build import live_alert

        return live_alert.last_look(target.workspace, slug, request)

    return target._replace(last_look=last_look)


def _make(workspace: Workspace, target: Target, request: Request) -> BuildReport:
    """Check, plan and publish what is not there yet."""
    from stopjihad.build.campaign import check_files, plan_whole
    from stopjihad.build.tree.tree import build_tree

    found = [check_files(workspace, request)]
    root = workspace.root
    del workspace  # the bytes of pictures and voices: what shows them has its own
    alone = not remembered_files(target)
    # Nobody but `plan_whole` holds the campaign: it goes when its plan is made.
    whole = plan_whole(found.pop(), root, target, request)
    give_memory_back()
    report = build_tree(whole.plan, target, rendering_of(request), request.options)
    Store(target.state / "store").prune()
    warnings = remember(target, whole.problems)
    if request.store is not None and alone:
        from stopjihad.build.work.shared_plan import remember_plan
        from stopjihad.disk.store import open_shared

        remember_plan(open_shared(request.store), target, whole.plan, warnings)
    return msgspec.structs.replace(report, warnings=(*report.warnings, *warnings))


def find_built(root: Path, slug: str, request: Request) -> BuildReport | None:
    """Publish one campaign if nothing of it needs to be made.

    Returns:
        What was done; None when it must be built, or has an alert, which may end today.

    Raises:
        ProblemsFound: as for `build_campaign`, with Busy.
    """
    workspace = read_workspace(root, slug, KnownFiles(root, slug))
    if _has_alert(workspace):
        return None
    return _find_published(
        _with_last_look(target_of(workspace, request), slug, request, request), request
    )


def _find_published(target: Target, request: Request) -> BuildReport | None:
    """See whether the right tree is published, or can be from a shared store."""
    if is_current(target):
        return BuildReport(warnings=recall(target))
    if request.store is None:
        return None
    from stopjihad.build.work.shared_plan import publish_again

    return publish_again(target, request, rendering_of(request))


def _has_alert(workspace: Workspace) -> bool:
    """Tell quickly whether an alert was ever published; hardly any campaign has one."""
    ledger = workspace.campaign.files.get(f"campaigns/{workspace.campaign.slug}/reviews.jsonl", b"")
    return b'"alert"' in ledger


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
        with alongside(
            [partial(_publish_known, root, slug, alone) for slug in some], count
        ) as finish:
            found |= {one.slug: one for one in finish() if one is not None}
    return found


def _publish_known(root: Path, slug: str, request: Request) -> BuiltCampaign | None:
    began = time.monotonic()
    with suppress(Exception):  # its build comes to the same error, and explains it
        report = find_built(root, slug, request)
        if report is not None:
            return BuiltCampaign(slug, report, time.monotonic() - began)
    return None
