"""Make the plan of a campaign: sorted steps over named inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from stopjihad.catalog.platforms import services
from stopjihad.model import input_names
from stopjihad.model.options import FILM_FORMATS, Options, Shared, words_for
from stopjihad.model.project import Project
from stopjihad.model.step import Plan, Step
from stopjihad.plan.deck import Deck, add_pictures, slide_inputs
from stopjihad.plan.editions import Edition, approval_of, make_editions
from stopjihad.plan.inputs import Inputs, go_on
from stopjihad.plan.ready_points import SitePlan, in_order
from stopjihad.plan.selection import Selection
from stopjihad.problem import Problem
from stopjihad.render.alert.plan import plan_alerts, plan_past
from stopjihad.render.announced import plan_announced
from stopjihad.render.card.plan import (
    plan_alts,
    plan_cards,
    plan_carousels,
    plan_slide_alts,
    plan_slides,
)
from stopjihad.render.film.plan import plan_films, scene_designs
from stopjihad.render.page.plan import plan_site
from stopjihad.render.post.plan import plan_draft_parts, plan_drafts, plan_replies
from stopjihad.render.team.plan import plan_dossiers, plan_report
from stopjihad.view.alert import gives_way, notices_in_order, past_view
from stopjihad.view.designs import card_sets, helpline_sets
from stopjihad.view.localization import make_frame
from stopjihad.view.records import Frame

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
    options = msgspec.structs.replace(options, alerts=notices_in_order(project, options.alerts))
    frames = {item.lang: _frame(project, item, shown, options) for item in editions}
    _add_texts(inputs, project, editions, options)
    platforms = shared.platforms
    known = platforms.keys() & shared.post_templates.keys()
    wanted = tuple(name for name in campaign.platforms if name in known)
    deck = Deck(shared.designs, shared.pictures, bool(shared.logo), frozenset(shared.drawings))
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
    )
    _shared_inputs(inputs, plan, shared, platforms)
    dressed = options.wants("site") or beside.offers_films or options.wants("alert")
    steps = _assets(inputs, shared) if dressed else []
    carousels = plan_carousels(plan, shared.words)
    if options.wants("site") or beside.offers_films:
        told = {(one.lang, one.point.id): slide_inputs(one) for one in carousels}
        formats = FILM_FORMATS if beside.has("films") else ()
        voices = frozenset(shared.voices) if formats else frozenset[str]()
        site = msgspec.structs.replace(
            plan,
            editions=readable,
            slides=told,
            films=formats,
            voices=voices,
            again=options.again,
        )
        steps += beside.pages(plan_site(site), readable)
    cards = list(plan_cards(plan, deck))
    pictures = [*cards, *plan_slides(carousels, deck)]
    filmed = any(shared.post_templates[name].film for name in plan.platforms)
    scenes = scene_designs(deck) if filmed else ()
    drafts = list(plan_draft_parts(plan, carousels, scenes))
    parts = tuple(sorted((*pictures, *drafts))) if drafts else ()
    steps += pictures
    steps += plan_alts(plan)
    steps += plan_slide_alts(carousels)
    steps += plan_drafts(plan)
    steps += plan_replies(plan)
    if beside.has("films"):
        inputs.add("encoder", shared.encoder)
        steps += plan_films(plan, deck, shared.voices)
    steps += plan_alerts(plan, platforms, options)
    steps += plan_past(plan, platforms, options)
    dossiers = beside.has("dossiers")
    if dossiers:
        steps += plan_dossiers(plan, cards)
    if options.wants("report"):
        steps += plan_report(plan, problems, platforms, dossiers=dossiers)
    steps += plan_announced((one for one in shared.outputs if beside.has(one.output.name)), plan)
    named = {name for step in (*steps, *parts) for name in step.inputs}
    found = {name: item for name, item in inputs.found.items() if name in named}
    return Plan(campaign.id, tuple(sorted(steps)), found, parts)


def _frame(project: Project, edition: Edition, shown: tuple[str, ...], options: Options) -> Frame:
    """Make what everything in a language shares; the notices of ``options`` are in their order."""
    made = make_frame(
        project,
        edition.resolver,
        shown,
        unread=edition.lang in options.unread,
        alerts=options.alerts,
    )
    return msgspec.structs.replace(made, alerted=options.alerted or bool(options.alerts))


def _add_texts(
    inputs: Inputs, project: Project, editions: Iterable[Edition], options: Options
) -> None:
    """Add the translations of talking points, and what past notices say, in each language."""
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
    for name, layout in shared.designs.items():
        inputs.add(input_names.design(name), layout)
    for name, drawing in shared.drawings.items():
        inputs.add(input_names.drawing(name), drawing)
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
