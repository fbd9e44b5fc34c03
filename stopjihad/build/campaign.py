"""Make a campaign that is not published as its files are now: check, plan, execute, publish.

Files are parsed and checked (``survey``); the plan (``plan.make``) is plain data, completed by what
is made first (``parts``); steps are rendered and the tree is published in one operation (``tree``).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec

from stopjihad.build.check.parallel import reading_ahead
from stopjihad.build.check.survey import (
    Surveyed,
    as_draft,
    check_authored,
    read_campaign,
    with_encoder,
    with_fonts,
)
from stopjihad.build.driver import Request, rendering_of
from stopjihad.build.report import BuildReport, remember
from stopjihad.build.tree.place import Target
from stopjihad.build.tree.tree import build_tree, remembered
from stopjihad.build.work.execute import NotKept
from stopjihad.build.work.kept_plan import remember_plan
from stopjihad.build.work.last_plan import PlanPlace
from stopjihad.check.finding import nearest
from stopjihad.check.reading_list import open_sentences
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.disk.shared_store import open_shared
from stopjihad.disk.spill import Spill
from stopjihad.disk.store import Store
from stopjihad.load.workspace import Workspace
from stopjihad.model.request import Options, Shared, UnknownLanguage
from stopjihad.model.step import Plan
from stopjihad.model.translation import MessageShelf
from stopjihad.plan.inputs import PutAside, in_memory
from stopjihad.problem import ProblemsFound


def check_files(workspace: Workspace, request: Request, spill: Spill) -> Surveyed:
    """Parse and check the files of a campaign.

    Args:
        workspace: the files.
        request: what is to be made.
        spill: takes the words of languages while they are not looked at.

    Returns:
        The campaign and everything wrong with it.
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
        authored = read_campaign(workspace, pack, checking, MessageShelf(spill.put))
        found = check_authored(authored, request.today, pack, thorough=thorough)
    return as_draft(found) if request.options.draft else found


def make_campaign_plan(
    found: Surveyed,
    options: Options,
    published: frozenset[str] = frozenset(),
    put_aside: PutAside = in_memory,
) -> Plan:
    """Plan a surveyed campaign.

    Args:
        found: from ``survey``.
        options: parts and languages.
        published: outputs that stand beside what is asked for.
        put_aside: takes the bytes of inputs until steps are made.

    Returns:
        The plan.

    Raises:
        ProblemsFound: the campaign has errors.
        UnknownLanguage: a language is asked for that the campaign has not.
    """
    from stopjihad.plan.make import make_plan

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
    return make_plan(found.project, branded(found), options, found.problems, published, put_aside)


def branded(found: Surveyed) -> Shared:
    """Put the campaign's colours into the style sheet and the drawings."""
    from stopjihad.render.page import brand_drawing, brand_stylesheet, make_palette

    assert found.project is not None
    brand = found.project.campaign.record.brand
    palette = make_palette(brand.accent, brand.ink, brand.paper)
    assets: dict[str, bytes] = {}
    for name, data in found.shared.assets.items():
        if name.endswith(".css"):
            css = brand_stylesheet(
                data.decode(), accent=brand.accent, ink=brand.ink, paper=brand.paper
            )
            assets[name] = css.encode()
        elif name.endswith(".svg"):
            assets[name] = brand_drawing(data.decode(), palette).encode()
        else:
            assets[name] = data
    return msgspec.structs.replace(found.shared, assets=assets)


def publish(
    found: Surveyed, root: Path, target: Target, request: Request, spill: Spill, place: PlanPlace
) -> BuildReport:
    """Plan, make and publish a campaign that was checked.

    Args:
        found: from ``check_files``.
        root: the workspace, absolute.
        target: where it is published.
        request: what to make, where and how.
        spill: takes the inputs of steps until these are made.
        place: where the plan of the last build is.

    Returns:
        What was done.

    Raises:
        ProblemsFound: as for ``build_campaign``, with Busy and UnknownLanguage.
    """
    report = _publish_edited(found, target, request, spill, place)
    if report is not None:
        return report
    from stopjihad.build.parts import complete_plan, published_beside  # an edit needs neither

    alone = not remembered(target)
    beside = published_beside(target, request.options)
    drawn = beside.has("cards") or beside.has("films")
    found = with_fonts(found, root, Options() if drawn else request.options)
    if beside.has("films"):
        found = with_encoder(found, needed=request.options.wants("films"))
    how = rendering_of(request)
    plan = make_campaign_plan(found, request.options, beside.published, spill.put)
    problems, marks = found.problems, place.marks(found)
    del found
    plan, left_out = complete_plan(plan, target, how, beside, spill.put)
    report = build_tree(plan, target, how, request.options)
    place.keep_whole(plan, marks)
    Store(target.state / "store").prune()
    warnings = remember(target, (*problems, *left_out))
    if request.store is not None and alone:
        remember_plan(open_shared(request.store), target, plan, warnings)
    return msgspec.structs.replace(report, warnings=(*report.warnings, *warnings))


def _publish_edited(
    found: Surveyed, target: Target, request: Request, spill: Spill, place: PlanPlace
) -> BuildReport | None:
    """Publish the last plan with the talking points that were edited since; None without one."""
    edited = None if found.errors else place.edited(found, spill.put)
    if edited is None:
        return None
    try:
        report = build_tree(edited.plan, target, rendering_of(request), request.options)
    except NotKept:  # what is published was changed, or taken away
        return None
    place.keep(edited.last)
    warnings = remember(target, found.problems)
    return msgspec.structs.replace(report, warnings=(*report.warnings, *warnings))
