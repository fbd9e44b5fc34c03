"""Say which steps a build would run, and why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

import msgspec

from stopjihad.build.alert.live_notice import with_alert
from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import as_draft, check_authored, read_campaign, with_fonts
from stopjihad.build.parts import complete_plan
from stopjihad.build.request import Request, rendering_of, target_of
from stopjihad.build.tree import manifest
from stopjihad.build.work.keys import plan_keys
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.disk.program import code_digest
from stopjihad.load.workspace import read_workspace
from stopjihad.model.options import Options
from stopjihad.model.step import Step

Why = Literal["new", "changed", "unchanged"]


class ExplainedStep(msgspec.Struct, frozen=True):
    """A step, its key and why it would run."""

    step: Step
    key: str
    why: Why


class Explained(msgspec.Struct, frozen=True):
    """A campaign's plan as data: steps, and the digest of every input."""

    campaign: str
    steps: tuple[ExplainedStep, ...]
    inputs: dict[str, str]


def explain(root: Path, slug: str, out: Path, today: dt.date) -> Explained:
    """Compare a campaign's plan with what is published.

    Args:
        root: the workspace, absolute.
        slug: the campaign.
        out: folder that holds one folder a campaign.
        today: day on which helplines must be fresh.

    Returns:
        The plan: ``new`` steps have no output yet, ``changed`` ones another key than published.

    Raises:
        ProblemsFound: the campaign has errors.
    """
    request = Request(out=out, today=today, code=code_digest())
    how = rendering_of(request)
    workspace = read_workspace(root, slug)
    request = with_alert(workspace, request)
    with pack_of_parsed(root, slug) as pack:
        found = as_draft(check_authored(read_campaign(workspace, pack), today, pack))
    plan = make_campaign_plan(with_fonts(found, root, Options()), request.options)
    plan, _ = complete_plan(plan, target_of(workspace, request), how)
    keys = plan_keys(plan, how.versions)
    published = manifest.load(str(out / slug / "manifest.json"))
    known = {file.path: file.step for file in published.files} if published else {}
    rows = tuple(
        ExplainedStep(step, keys[step.output], _why(known.get(step.output), keys[step.output]))
        for step in plan.steps
    )
    return Explained(plan.campaign, rows, {name: i.digest for name, i in plan.inputs.items()})


def _why(known: str | None, key: str) -> Why:
    if known is None:
        return "new"
    return "unchanged" if known == key else "changed"
