"""Build a campaign: see whether it is published already; else read, check, plan, execute, publish.

Every file is read once (``load.workspace``). Where nothing changed, nothing else is read, and
hardly anything of the program; the rest is in ``campaign``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from concurrent.futures import Executor
from pathlib import Path

import msgspec

from stopjihad.build.alert.end import after_end
from stopjihad.build.report import BuildReport, recall
from stopjihad.build.tree.place import Target
from stopjihad.build.tree.tree import is_current
from stopjihad.build.work.execute import Progress, Rendering, quiet
from stopjihad.build.work.keys import versions
from stopjihad.disk import PRIVATE
from stopjihad.disk.shared_store import StoreAddress
from stopjihad.load.workspace import Workspace, read_workspace
from stopjihad.model.request import Options
from stopjihad.render.kinds import COSTLY

RENDER = "stopjihad.render.batch:render_batch"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Say what to make, where and how.

    Attributes:
        out: folder that holds one folder a campaign, absolute.
        today: day on which helplines must be fresh.
        code: digest of the program, from ``disk.code.code_digest``.
        options: parts, languages and formats.
        jobs: processes; 0 for one on each processor.
        executor: runs the work instead of processes of our own.
        store: a shared store for everything that is made.
        progress: called with outputs done and outputs to make.
        now: moment at which notices hold or are over; the clock's when not given.
    """

    out: Path
    today: dt.date
    code: str
    options: Options = Options()
    jobs: int = 0
    executor: Executor | None = None
    store: StoreAddress | None = None
    progress: Progress = quiet
    now: dt.datetime | None = None


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
    report, asked = _build(root, slug, request)
    later = after_end(asked)
    if later is not None:
        _build(root, slug, later)
    return report


def _build(root: Path, slug: str, request: Request) -> tuple[BuildReport, Request]:
    workspace = read_workspace(root, slug)
    if _has_notice(workspace):
        from stopjihad.build.alert.live_notice import with_alert

        request = with_alert(workspace, request)
    target = target_of(workspace, request)
    if is_current(target):
        return BuildReport(warnings=recall(target)), request
    if request.store is not None:
        from stopjihad.build.work.kept_plan import publish_again

        report = publish_again(target, request, rendering_of(request))
        if report is not None:
            return report, request
    from stopjihad.build.campaign import check_files, publish
    from stopjihad.build.work.last_plan import PlanPlace
    from stopjihad.disk.spill import Spill

    decides = deciding(workspace.around, request)
    place = PlanPlace(target, request.options, decides, versions(request.code))
    with Spill(root) as spill:
        found = [check_files(workspace, request, spill)]
        del workspace  # the bytes of pictures and voices: what shows them has its own
        # Nobody but `publish` holds the campaign: it goes when its plan is made.
        return publish(found.pop(), root, target, request, spill, place), request


def _has_notice(workspace: Workspace) -> bool:
    """Tell quickly whether a notice was ever published; hardly any campaign has one."""
    ledger = workspace.campaign.files.get(f"campaigns/{workspace.campaign.slug}/reviews.jsonl", b"")
    return b'"kind":"alert"' in ledger


def rendering_of(request: Request) -> Rendering:
    """Say how the steps of a request are rendered."""
    return Rendering(
        render=RENDER,
        versions=versions(request.code),
        costly=COSTLY,
        jobs=request.jobs,
        executor=request.executor,
        store=request.store,
        progress=request.progress,
    )


def target_of(workspace: Workspace, request: Request) -> Target:
    """Say where a campaign is published, with the digest of everything it is made from.

    Args:
        workspace: the files of the campaign.
        request: what to make, where and how.

    Returns:
        The target.

    The day counts: a helpline that is due for review today was not yesterday.
    """
    root = workspace.root
    return Target(
        out=request.out / workspace.campaign.slug,
        state=root / PRIVATE,
        sources=(root / "campaigns", root / "templates", root / "assets"),
        fingerprint=deciding(workspace.digest, request),
    )


def deciding(files: str, request: Request) -> str:
    """Digest what decides a build.

    Args:
        files: digest of its files.
        request: what to make.

    Returns:
        Hexadecimal digits.
    """
    digest = hashlib.sha256(request.code.encode() + files.encode())
    digest.update(msgspec.json.encode(request.options) + request.today.isoformat().encode())
    return digest.hexdigest()
