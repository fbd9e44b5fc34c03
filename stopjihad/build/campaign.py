"""Check a campaign, plan what is made of it, and tell what of that plan is due.

Files are parsed and checked (``survey``); the plan (``render.plan``) is plain data, completed by
what is made first (``parts``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from stopjihad.build.check.parallel import reading_ahead
from stopjihad.build.check.survey import (
    CheckedCampaign,
    as_draft,
    check_authored,
    read_campaign,
    with_encoder,
    with_fonts,
    without_left_out,
)
from stopjihad.build.logo import logo_assets
from stopjihad.build.request import Request, rendering_of, target_of
from stopjihad.build.tree.place import Target
from stopjihad.check.reading_list import open_sentences
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.load.workspace import Workspace, read_workspace
from stopjihad.model.options import Options, Shared, UnknownLanguage
from stopjihad.model.step import Plan, Step
from stopjihad.plan.inputs import go_on
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.text.nearest import nearest


class CompletePlan(NamedTuple):
    """A complete plan of a whole campaign.

    Attributes:
        plan: what is made.
        problems: what was found on the way.
    """

    plan: Plan
    problems: tuple[Problem, ...]


def check_files(workspace: Workspace, request: Request) -> CheckedCampaign:
    """Parse and check the files of a campaign.

    Raises:
        ChangedSince: a file changed after ``workspace`` was read.
    """
    slug, thorough = workspace.campaign.slug, request.options.wants("report")
    with pack_of_parsed(workspace.root, slug) as pack:
        # The report tells of warnings, too.
        checking = partial(
            reading_ahead,
            today=request.today,
            kept=pack,
            thorough=thorough,
            executor=request.executor,
        )
        authored = read_campaign(workspace, pack, checking)
        found = without_left_out(check_authored(authored, request.today, pack, thorough=thorough))
    return as_draft(found) if request.options.draft else found


def make_campaign_plan(
    found: CheckedCampaign,
    options: Options,
    published: frozenset[str] = frozenset(),
    between: Callable[[], None] = go_on,
) -> Plan:
    """Plan a surveyed campaign.

    Args:
        published: outputs that stand beside what is asked for.

    Raises:
        ProblemsFound: the campaign has errors.
        UnknownLanguage: a language is asked for that the campaign has not.
    """
    from stopjihad.render.plan import make_plan

    if found.errors or found.project is None:
        raise ProblemsFound(found.errors)
    campaign = found.project.campaign.record
    for tag in options.languages:
        if tag not in campaign.languages:
            hint = nearest(tag, campaign.languages)
            raise UnknownLanguage(f"'{tag}' is not a language of {campaign.id}; {hint}")
    if options.draft:
        languages = found.project.campaign.record.languages
        unread = tuple(tag for tag in languages if open_sentences(found.project, tag))
        options = msgspec.structs.replace(options, unread=unread)
    return make_plan(
        found.project, brand_shared(found), options, found.problems, published, between
    )


FONT_ENDINGS = (".woff", ".woff2")


def brand_shared(found: CheckedCampaign) -> Shared:
    """Put the campaign's colours into the style sheet and the drawings, and add its logo."""
    from stopjihad.load.page_fonts import page_fonts
    from stopjihad.render.plan import asset_path
    from stopjihad.theme import brand_drawing, brand_stylesheet, make_palette, name_fonts

    assert found.project is not None
    brand = found.project.campaign.record.brand
    own = brand.fonts and (not isinstance(brand.fonts, dict) or "else" in brand.fonts)
    given = found.shared.assets if own else {**page_fonts(), **found.shared.assets}
    fonts = {
        name: asset_path(name, data).removeprefix("assets/")
        for name, data in given.items()
        if name.endswith(FONT_ENDINGS)
    }
    palette = make_palette(brand.accent, brand.ink, brand.paper)
    assets = logo_assets(found.shared.logo)
    for name, data in given.items():
        if name.endswith(".css"):
            css = brand_stylesheet(
                data.decode(), accent=brand.accent, ink=brand.ink, paper=brand.paper
            )
            assets[name] = name_fonts(css, fonts).encode()
        elif name.endswith(".svg"):
            assets[name] = brand_drawing(data.decode(), palette).encode()
        else:
            assets[name] = data
    return msgspec.structs.replace(found.shared, assets=assets)


def plan_whole(
    found: CheckedCampaign, root: Path, target: Target, request: Request
) -> CompletePlan:
    """Plan a campaign that was checked, complete: what other outputs show is made.

    Raises:
        ProblemsFound: as for ``make_campaign_plan``, or a part cannot be made.
        UnknownLanguage: as for ``make_campaign_plan``.
    """
    from stopjihad.build.parts import complete_plan, published_beside

    beside = published_beside(target, request.options)
    drawn = any(beside.has(part) for part in ("cards", "films", "paper"))
    found = with_fonts(found, root, Options() if drawn else request.options)
    if beside.has("films"):
        found = with_encoder(found, needed=request.options.wants("films"))
    if beside.has("paper"):
        found = with_paper_lines(found, request)
    plan = make_campaign_plan(found, request.options, beside.published)
    problems = found.problems
    del found
    plan, left_out = complete_plan(plan, target, rendering_of(request), beside)
    return CompletePlan(plan, (*problems, *left_out))


def with_paper_lines(found: CheckedCampaign, request: Request) -> CheckedCampaign:
    """Add what is wrong with the numbers on paper: errors where paper is asked for."""
    from stopjihad.render.paper.check import check_paper

    if found.project is None:
        return found
    options = request.options
    languages = options.languages or found.project.campaign.record.languages
    due = check_paper(found.project, request.today, languages, refused=options.wants("paper"))
    return msgspec.structs.replace(found, problems=tuple(sorted({*found.problems, *due})))


Why = Literal["new", "changed", "unchanged"]


class ExplainedStep(msgspec.Struct, frozen=True):
    """A step, its key and why it would run."""

    step: Step
    key: str
    why: Why


class ExplainedPlan(msgspec.Struct, frozen=True):
    """A campaign's plan as data: steps, and the digest of every input."""

    campaign: str
    steps: tuple[ExplainedStep, ...]
    inputs: dict[str, str]


def explain(root: Path, slug: str, out: Path, today: dt.date) -> ExplainedPlan:
    """Compare a campaign's plan with what is published.

    Args:
        out: folder that holds one folder a campaign.
        today: day on which helplines must be fresh.

    Returns:
        The plan: ``new`` steps have no output yet, ``changed`` ones another key than published.

    Raises:
        ProblemsFound: the campaign has errors.
    """
    from stopjihad.build.live_alert import with_alert  # a build needs none of these
    from stopjihad.build.parts import complete_plan
    from stopjihad.build.tree import manifest
    from stopjihad.build.work.keys import plan_keys
    from stopjihad.disk.program import code_digest

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
    return ExplainedPlan(plan.campaign, rows, {name: i.digest for name, i in plan.inputs.items()})


def _why(known: str | None, key: str) -> Why:
    if known is None:
        return "new"
    return "unchanged" if known == key else "changed"
