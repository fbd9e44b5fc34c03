"""Make the plan of a campaign: sorted steps over named inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import msgspec

from stopjihad.catalog.platforms import services
from stopjihad.model import input_names
from stopjihad.model.options import Options, Shared, words_for
from stopjihad.model.output import OURS
from stopjihad.model.project import Project
from stopjihad.model.step import Plan, Step
from stopjihad.plan.deck import Deck, add_pictures
from stopjihad.plan.editions import Edition, approval_of, make_editions, remembered_points
from stopjihad.plan.inputs import Inputs, go_on
from stopjihad.plan.mistakes import known_mistakes
from stopjihad.plan.planner import Offers, Planner, PlanRequest
from stopjihad.plan.ready_points import SitePlan, in_order
from stopjihad.plan.selection import Selection
from stopjihad.problem import Problem
from stopjihad.render.announced import import_named, plan_announced
from stopjihad.view.alert import alerts_in_order, gives_way, past_view
from stopjihad.view.designs import card_sets, helpline_sets
from stopjihad.view.localization import make_frame
from stopjihad.view.partner_line import partner_line, partner_name
from stopjihad.view.records import Frame, Text

HASH_DIGITS = 12
"""Hexadecimal digits of a content hash in a published asset's name: 48 bits never collide here."""


def make_plan(
    project: Project,
    shared: Shared,
    options: Options,
    problems: tuple[Problem, ...] = (),
    published: frozenset[str] = frozenset(),
    between: Callable[[], None] = go_on,
) -> Plan:
    """Plan everything that a campaign becomes.

    Args:
        shared: templates, assets, theme words, fonts, and rows of the platforms for which drafts
            can be made.
        problems: what was found in the campaign, for the report.
        published: outputs that stand beside what is asked for: they are planned, too.
        between: called between two inputs, so that others may take a turn.

    Returns:
        The plan; its steps are sorted by output and every input they name is in it.
    """
    campaign = project.campaign.record
    beside = Selection(options, published)
    languages = beside.languages(campaign.languages)
    inputs = Inputs(between)
    editions = make_editions(project, languages)
    readable = beside.readable(editions)
    shown = tuple(item.lang for item in readable)
    options = msgspec.structs.replace(options, alerts=alerts_in_order(project, options.alerts))
    frames = {
        item.lang: _frame(project, item, shown, options, words_for(item.lang, shared.words))
        for item in editions
    }
    _add_texts(inputs, project, editions, options)
    platforms = shared.platforms
    known = platforms.keys() & shared.post_templates.keys()
    wanted = tuple(name for name in campaign.platforms if name in known)
    deck = Deck(shared.designs, shared.pictures, bool(shared.logo), frozenset(shared.drawings))
    remembered = remembered_points(project)
    plan = SitePlan(
        project=project,
        editions=editions,
        frames=frames,
        inputs=inputs,
        formats=options.formats if beside.has("cards") else (),
        platforms=wanted if beside.has("posts") else (),
        sets=card_sets(
            in_order([document.record for document in project.points], campaign),
            campaign.cards,
            shared.designs,
        ),
        lines={
            lang: helpline_sets(frame, campaign.cards, shared.designs)
            for lang, frame in frames.items()
        },
        photos=shared.pictures,
        remembered=remembered,
        mistakes=known_mistakes(project, remembered),
    )
    _shared_inputs(inputs, plan, shared, platforms)
    dressed = options.wants("site") or beside.offers_more or options.wants("alert")
    steps = _assets(inputs, shared) if dressed else []
    parts: list[Step] = []
    asked = PlanRequest(plan, shared, deck, options, beside, readable, problems)
    offers = Offers()
    for planner in planners():
        planned = planner(asked, offers)
        steps += planned.steps
        parts += planned.parts
        offers = planned.offers
    steps += plan_announced((one for one in shared.outputs if beside.has(one.output.name)), plan)
    named = {name for step in (*steps, *parts) for name in step.inputs}
    found = {name: item for name, item in inputs.found.items() if name in named}
    return Plan(campaign.id, tuple(sorted(steps)), found, tuple(sorted(parts)))


@cache
def planners() -> tuple[Planner, ...]:
    """Give the planners of our outputs, each after those whose offers it reads."""
    order = TopologicalSorter({one.name: one.after for one in OURS}).static_order()
    rows = {one.name: one for one in OURS}
    return tuple(import_named(rows[name].planner) for name in order)


def _frame(
    project: Project,
    edition: Edition,
    shown: tuple[str, ...],
    options: Options,
    words: Mapping[str, str],
) -> Frame:
    """Make what everything in a language shares; the alerts of ``options`` are in their order.

    Args:
        words: of the theme, in the language.
    """
    made = make_frame(
        project,
        edition.resolver,
        shown,
        unread=edition.lang in options.unread,
        alerts=options.alerts,
    )
    partner = options.partner
    if partner and partner.named:
        beside = partner_line(partner, words)
        sponsor = Text(f"{made.sponsor.value} · {beside}", edition.lang)
        name = partner_name(partner, words)
        made = msgspec.structs.replace(made, sponsor=sponsor, partner=name)
    return msgspec.structs.replace(made, alerted=options.alerted or bool(options.alerts))


def _add_texts(
    inputs: Inputs, project: Project, editions: Iterable[Edition], options: Options
) -> None:
    """Add the translations of talking points, and what past alerts say, in each language."""
    past = [(one, gives_way(project, one, options.alerts, options.past)) for one in options.past]
    for item in editions:
        for document in project.points:
            messages = item.messages.get(document.record.id)
            if messages is not None:
                inputs.add_messages(item.lang, document.record.id, messages)
        views = tuple(past_view(project, one, item.resolver, replaced=way) for one, way in past)
        inputs.add(input_names.past(item.lang), views)


def _shared_inputs(
    inputs: Inputs, plan: SitePlan, shared: Shared, platforms: Mapping[str, Any]
) -> None:
    inputs.add("theme", shared.theme)
    inputs.add("team-theme", shared.team)
    inputs.add("assets", {name: asset_path(name, data) for name, data in shared.assets.items()})
    for call, found in (
        (input_names.design, shared.designs),
        (input_names.paper, shared.papers),
        (input_names.drawing, shared.drawings),
    ):
        for name, value in found.items():
            inputs.add(call(name), value)
    add_pictures(inputs, shared.pictures, shared.logo)
    if shared.fonts is not None:
        inputs.add("fonts", shared.fonts, shared.fonts.digest)
    chosen = plan.project.campaign.record.reporting
    inputs.add("services", tuple(row for row in services() if row.id in chosen))
    for platform in plan.platforms:
        inputs.add(input_names.platform(platform), platforms[platform])
        inputs.add(input_names.post_template(platform), shared.post_templates[platform])
    for edition in plan.editions:
        lang = edition.lang
        inputs.add(input_names.frame(lang), plan.frames[lang])
        for name, words in (("words", shared.words), ("team-words", shared.team_words)):
            inputs.add(f"{name}/{lang}", words_for(lang, words))
        for document in plan.project.points:
            key = document.record.id
            for name in approval_of(edition, key):
                inputs.add(name, edition.reviewed[key])
    for document in plan.project.points:
        inputs.add(input_names.point(document.record.id), document.record)


def asset_path(name: str, data: bytes) -> str:
    """Give an asset's published path relative to ``site/``: its name carries its content's hash.

    Args:
        name: file name relative to ``assets/``.
        data: its bytes.

    Returns:
        For example ``assets/site.0123456789ab.css``.
    """
    stem, _, ending = name.rpartition(".")
    digest = hashlib.sha256(data).hexdigest()[:HASH_DIGITS]
    return f"assets/{stem}.{digest}.{ending}"


def _assets(inputs: Inputs, shared: Shared) -> list[Step]:
    return [
        Step(
            f"site/{asset_path(name, data)}", "asset", (inputs.add(input_names.asset(name), data),)
        )
        for name, data in shared.assets.items()
    ]
