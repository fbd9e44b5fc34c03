"""Decide whether a build may be published: it is of these files, without errors, and no sample."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from stopjihad import __version__
from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import Surveyed, survey, with_fonts
from stopjihad.build.live_alert import with_alert
from stopjihad.build.parts import complete_plan
from stopjihad.build.request import Request, rendering_of, target_of
from stopjihad.build.tree import manifest
from stopjihad.build.tree.published import is_current
from stopjihad.build.work.keys import digest_of_build, plan_keys
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.disk.program import code_digest
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_workspace
from stopjihad.model.campaign import Campaign
from stopjihad.model.project import Document
from stopjihad.problem import Problem, ProblemsFound


def campaign_of(root: Path, slug: str) -> Document[Campaign]:
    """Read what a campaign says of itself.

    Args:
        root: the workspace.
        slug: the campaign.

    Returns:
        The campaign.

    Raises:
        ProblemsFound: its file cannot be read.
    """
    with pack_of_parsed(root, slug) as pack:
        project, problems = load_project(read_workspace(root, slug).campaign, pack)
    if project is None:
        raise ProblemsFound(tuple(problems))
    return project.campaign


def require_ready(root: Path, slug: str, dist: Path, now: dt.datetime) -> None:
    """Refuse what must not be published.

    A build of everything succeeds only when the campaign has no error and its reading list is
    closed; so it is enough that the build is that of the files, of this day and of the notice that
    holds now. An exercise may be of any campaign: only a target for exercises takes it.

    Args:
        root: the workspace.
        slug: the campaign.
        dist: folder of builds.
        now: helplines must be fresh on its day.

    Raises:
        ProblemsFound: ``publish-sample``, ``publish-stale``, or the campaign's own errors.
    """
    built = manifest.load(str(dist / slug / "manifest.json"))
    if built is not None and built.exercise:
        return
    campaign = campaign_of(root, slug)
    if campaign.record.sample:
        problem = Problem(
            path=campaign.path,
            line=campaign.place("sample")[0],
            code="publish-sample",
            message="this is the sample campaign: it says so on each page",
            hint="make it yours, call its helplines, and delete the line 'sample: true'",
        )
        raise ProblemsFound((problem,))
    request = Request(out=dist, today=now.date(), code=code_digest(), now=now)
    workspace = read_workspace(root, slug)
    request = with_alert(workspace, request)
    if is_current(target_of(workspace, request)):
        return
    found = survey(root, slug, request.today, thorough=True)
    if found.errors:
        raise ProblemsFound(found.errors)
    if built is not None and built.build == _build_of(root, slug, found, request):
        return  # such as the site that was staged for the end of a notice
    problem = Problem(
        path=str(dist / slug),
        code="publish-stale",
        message="the build is missing, partial, a draft, or older than the files or the day",
        hint=f"build everything first: stopjihad build {slug}",
    )
    raise ProblemsFound((problem,))


def _build_of(root: Path, slug: str, found: Surveyed, request: Request) -> str:
    """Give the digest that a build of the files would have."""
    found, how = with_fonts(found, root, request.options), rendering_of(request)
    plan = make_campaign_plan(found, request.options)
    plan, _ = complete_plan(plan, target_of(read_workspace(root, slug), request), how)
    keys = plan_keys(plan, how.versions)
    return digest_of_build(plan.campaign, __version__, dict(sorted(keys.items())).values())
