"""Take the build that may be published: this user's own, of these files, without errors, no sample.

What is published is the list of the build's record, which this user's key signed when this user's
program built it (``build.tree.index``); what lies beside it in ``dist/`` vouches for nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from stopjihad import __version__, disk
from stopjihad.build.alert_inputs import AlertInputs, read_for_alert
from stopjihad.build.alert_layers import BARE, MARK, fingerprint
from stopjihad.build.alert_sending import bring_up_to_date
from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import CheckedCampaign, survey, with_fonts
from stopjihad.build.live_alert import AFTER_END, moment_of, show_alerts, with_alert
from stopjihad.build.parts import complete_plan
from stopjihad.build.request import Request, is_made_by, rendering_of, target_of
from stopjihad.build.tree.index import Index
from stopjihad.build.tree.inventory import take_inventory
from stopjihad.build.tree.manifest import Manifest, decode
from stopjihad.build.tree.place import OURS, WHOLE, Target
from stopjihad.build.tree.published import find_index, own_index
from stopjihad.build.work.keys import digest_of_build, plan_keys
from stopjihad.disk import user_key
from stopjihad.disk.lock import Busy, sole_writer
from stopjihad.disk.newest import is_newest
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.disk.program import code_digest
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_workspace
from stopjihad.model.options import Options
from stopjihad.model.project import Project
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.objections import contents_of
from stopjihad.publish.release import Release, site_release


def project_of(root: Path, slug: str) -> Project:
    """Read a campaign as it stands, for what may be said of it now.

    Returns:
        What could be read: its ledger and its helplines whole, if there are any.

    Raises:
        ProblemsFound: it, its ledger or its helplines cannot be read.
    """
    with pack_of_parsed(root, slug) as pack:
        project, problems = load_project(read_workspace(root, slug).campaign, pack)
    needed = ("/reviews.jsonl", "/helplines.yaml")
    wrong = [one for one in problems if one.severity == "error"]
    if project is None:
        raise ProblemsFound(tuple(wrong))
    wrong = [one for one in wrong if one.path.endswith(needed)]
    if wrong:
        raise ProblemsFound(tuple(wrong))
    return project


@contextmanager
def ready_release(root: Path, slug: str, dist: Path, now: dt.datetime) -> Iterator[Release]:
    """Take the site of a finished build while a block runs.

    Whether it may go out, its list and its digests are read while no build can write it. Its
    folder is held open, so that the next build takes nothing away; each file is compared with its
    digest as it is read.

    Args:
        dist: folder of builds, absolute.
        now: helplines must be fresh on its day.

    Raises:
        ProblemsFound: ``publish-sample``, ``publish-not-built``, ``publish-not-yours``,
            ``publish-changed``, ``publish-stale``, or the campaign's own errors.
        Busy: a build is writing the same output.
    """
    request = Request(out=dist, today=now.date(), code=code_digest(), now=now)
    inputs = read_for_alert(root, slug)
    target = target_of(inputs.workspace, request)
    if not target.out.is_dir():
        raise ProblemsFound((_unbuilt(target),))
    bring_up_to_date(inputs, request)
    with ExitStack() as held:
        with _hold_tree(target):
            index = _record_of(target)
            built = _manifest_of(target, index)
            project = inputs.project
            is_last = index is not None and is_newest(str(target.out), index.build)
            if built is not None and built.exercise:
                if not is_last:
                    raise ProblemsFound((_stale(target, _OLDER),))
            else:
                _require_actual(project)
                if not (is_last and _is_layer(index, inputs, request)):
                    _require_fit(root, slug, request, index)
                    project = project_of(root, slug)
            if index is None:
                raise ProblemsFound((_not_yours(target),))
            _require_whole(target, index)
            if built is None:
                raise ProblemsFound((_not_yours(target),))
            folder = held.enter_context(disk.hold(str(target.out)))
        marks = {mark.path: mark for mark in index.files}
        older = index.fingerprint.startswith(MARK)
        said = contents_of(project, now, exercise=built.exercise, older=older)
        found = site_release(folder, built, marks, said)
        alone = index.fingerprint.endswith(BARE)
        yield msgspec.structs.replace(found, over_target=alone)


@contextmanager
def _hold_tree(target: Target) -> Iterator[None]:
    """Wait for no build where an alert is to go out: the tree that is read was exchanged whole.

    Raises:
        Busy: a build is writing the same output.
    """
    try:
        with sole_writer(Path(target.work, "lock")):
            yield
            return
    except Busy:
        index = _record_of(target)
        if index is None or not index.fingerprint.startswith(MARK):
            raise
    yield


def _is_layer(index: Index | None, inputs: AlertInputs, request: Request) -> bool:
    """Tell whether a tree is what the ledger says now of alerts, over a good site or nothing.

    Whether it is the newest here is asked beside: nothing in it says so. The site was without
    errors when it was built. What is wrong in the campaign since then, such as a helpline that
    nobody called this year, is true of what readers see already, and stops no alert.
    """
    if index is None or not index.fingerprint.startswith(MARK):
        return False
    options = show_alerts(inputs.project, Options(), moment_of(request))
    return index.fingerprint in {fingerprint(options, below) for below in (WHOLE, BARE)}


def _require_actual(project: Project) -> None:
    """Refuse the sample."""
    campaign = project.campaign
    if campaign.record.sample:
        problem = Problem(
            path=campaign.path,
            line=campaign.place("sample")[0],
            code="publish-sample",
            message="this is the sample campaign: it says so on each page",
            hint="make it yours, call its helplines, and delete the line 'sample: true'",
        )
        raise ProblemsFound((problem,))


def _require_fit(root: Path, slug: str, request: Request, index: Index | None) -> None:
    """Refuse a build that is no drill unless it is of these files, this day and this alert.

    A build of everything succeeds only when the campaign has no error and its reading list is
    closed; so what was made from the very same is ready. What is older at first sight, since an
    alert was laid over it or another program made it, is refused before anything is judged.
    """
    workspace = read_workspace(root, slug)
    request = with_alert(workspace, request)
    target = target_of(workspace, request)
    if index is not None:
        if index.fingerprint == target.fingerprint:
            return
        if index.fingerprint.startswith(MARK):
            raise ProblemsFound((_stale(target, _OLDER),))
        if not is_made_by(index.fingerprint, request):
            raise ProblemsFound((_stale(target, "another version of the program made it"),))
    found = survey(root, slug, request.today, thorough=True)
    if found.errors:
        raise ProblemsFound(found.errors)
    # Such as one with films beside it.
    if index is not None and index.build != _build_of(root, slug, found, request):
        message = "the build is partial, a draft, or older than the files or the day"
        raise ProblemsFound((_stale(target, message),))


_OLDER = "this is not the newest build, or not of the alerts that hold now"


def _stale(target: Target, message: str) -> Problem:
    return Problem(
        path=str(target.out),
        code="publish-stale",
        message=message,
        hint=f"build everything first: stopjihad build {target.out.name}",
    )


def _record_of(target: Target) -> Index | None:
    """Find the signed record of a tree: beside it, or where it was staged for an alert's end."""
    out = target.out
    staged = target._replace(out=out.parent / AFTER_END / out.name)
    own = own_index(target.work, str(out)) or own_index(staged.work, str(out))
    index = own or find_index(target.work, str(out))
    return index if index and index.origin.workspace == str(target.workspace.resolve()) else None


def _manifest_of(target: Target, index: Index | None) -> Manifest | None:
    """Read what a build of the campaign says of its files, if it is what its record says."""
    mark = next((mark for mark in index.files if mark.path == OURS), None) if index else None
    data = disk.read_below(str(target.out), OURS)
    if mark is None or data is None or hashlib.sha256(data).hexdigest() != mark.sha256:
        return None
    found = decode(data)
    return found if found is not None and found.campaign == target.out.name else None


def _require_whole(target: Target, index: Index) -> None:
    found = take_inventory(str(target.out), index, 0)
    wrong = (*found.wrong, *found.odd)
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        problem = Problem(
            path=str(target.out / wrong[0]),
            code="publish-changed",
            message=f"this file{more} is not as it was built",
            hint=f"build again: stopjihad build {target.out.name}",
        )
        raise ProblemsFound((problem,))


def _unbuilt(target: Target) -> Problem:
    return Problem(
        path=str(target.out),
        code="publish-not-built",
        message="there is no finished site",
        hint=f"make it first: stopjihad build {target.out.name}",
    )


def _not_yours(target: Target) -> Problem:
    hint = f"build first: stopjihad build {target.out.name}"
    if not user_key.is_kept():
        hint = "no key can be kept here, so let one command do both: publish --build"
    return Problem(
        path=str(target.out),
        code="publish-not-yours",
        message="nothing proves that you built this site here: it is not published",
        hint=hint,
    )


def _build_of(root: Path, slug: str, found: CheckedCampaign, request: Request) -> str:
    """Give the digest that a build of the files would have."""
    found, how = with_fonts(found, root, request.options), rendering_of(request)
    plan = make_campaign_plan(found, request.options)
    plan, _ = complete_plan(plan, target_of(read_workspace(root, slug), request), how)
    keys = plan_keys(plan, how.versions)
    return digest_of_build(plan.campaign, __version__, dict(sorted(keys.items())).values())
