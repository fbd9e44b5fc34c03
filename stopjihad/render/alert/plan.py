"""Plan what an alert in a crisis becomes, and tell in which languages it may be sent."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from stopjihad.model import contexts, input_names
from stopjihad.model.alert import (
    AlertFacts,
    AlertTemplate,
    LiveAlert,
    PastAlert,
    PlannedPost,
)
from stopjihad.model.campaign import Campaign
from stopjihad.model.options import CARD_FORMATS, Options
from stopjihad.model.project import Project
from stopjihad.model.step import Step
from stopjihad.plan.calendar import timing_of
from stopjihad.plan.editions import Edition, make_editions
from stopjihad.plan.planner import Offers, PlannedOutput, PlanRequest
from stopjihad.plan.ready_points import SitePlan, ready_points
from stopjihad.view.alert import alert_view, gives_way, is_quiet, past_view, template_of
from stopjihad.view.records import AlertMessage, CapEntry, Frame
from stopjihad.view.resolver import Resolver

CAP = "site/cap.xml"
"""The first alert for machines (Common Alerting Protocol), relative to ``dist/<campaign>/``."""


def folder_of(alert_id: str) -> str:
    """Give where the team's files of an alert are, relative to ``dist/<campaign>/``."""
    return f"alert/{alert_id}"


def call_sheet(alert_id: str) -> str:
    """Give where the sheet is of what the team does by hand and by telephone."""
    return f"{folder_of(alert_id)}/call-sheet.txt"


def picture(alert_id: str, lang: str, form: str) -> str:
    """Give where the picture of ``alert_id`` is, by ``lang`` and ``form``, the format."""
    return f"site/{lang}/alert/{alert_id}/{form}.png"


def plan_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan what tells of alerts that hold, and of those that were sent."""
    needed = (asked.campaign, asked.shared.platforms, asked.options)
    return PlannedOutput((*plan_alerts(*needed), *plan_past(*needed)), offers)


def plan_alerts(plan: SitePlan, platforms: Mapping[str, Any], options: Options) -> Iterator[Step]:
    """Plan pages, feeds, pictures, drafts and the team's sheets of the alerts that hold.

    Where an alert was published before and none holds, each language keeps a page and a feed that
    say so: links to them stand in messages that nobody can take back.

    Args:
        plan: the campaign and its inputs; inputs are added.
        platforms: platform id to its catalogue row: drafts are made for all of them.
        options: with the alerts in the order of readers; ``CAP`` is the first one's.
    """
    for edition in plan.editions:
        if plan.frames[edition.lang].alerted:
            yield from _site(plan, plan.frames[edition.lang], _mark(plan, options))
    first = True
    for live in options.alerts:
        sent = [
            edition.lang
            for edition in plan.editions
            if any(one.id == live.alert.id for one in plan.frames[edition.lang].alerts)
        ]
        if sent:
            yield from _plan_alert(plan, platforms, live, sent, first=first)
            first = False


def _mark(plan: SitePlan, options: Options) -> tuple[str, ...]:
    """Name the input that everything made for an exercise has; nothing where none is made."""
    return (
        (plan.inputs.add("exercise", options.shown_alerts[0].alert.id),) if options.exercise else ()
    )


def _plan_alert(
    plan: SitePlan, platforms: Mapping[str, Any], live: LiveAlert, sent: list[str], *, first: bool
) -> Iterator[Step]:
    """Plan what one alert has of its own, in the languages in which it is ``sent``."""
    own = live.alert.id
    names = tuple(
        plan.inputs.add(input_names.platform(name), row) for name, row in platforms.items()
    )
    needed: tuple[str, ...]
    for lang in sent:
        needed = _spoken_languages((lang,))
        for form in CARD_FORMATS:
            more = ("fonts", "design/alert")
            yield _step(picture(own, lang, form), "card", (own, lang), needed, more, format=form)
        for name in platforms:
            path, row = f"{folder_of(own)}/{lang}/{name}.txt", input_names.platform(name)
            yield _step(path, "draft", (own, lang), needed, (row,), platform=name)
    source = plan.project.campaign.record.source_language
    lang = source if source in sent else sent[0]
    mark = (plan.inputs.add("exercise", own),) if live.alert.exercise else ()
    drafts = f"{folder_of(own)}/drafts.json"
    yield _step(drafts, "drafts", (own, lang), _spoken_languages(sent), (*names, *mark))
    facts = facts_of(plan, live)
    if first and (live.alert.exercise or facts.actual):
        message, tags = _message(plan, live, facts)
        yield _step(CAP, "cap", (own, lang), _spoken_languages(tags), (message, *mark))
    timing = plan.inputs.add("timing", timing_of(plan))
    needed = (
        *_spoken_languages((lang,)),
        plan.inputs.add(f"alert-facts/{own}", facts),
        timing,
        *mark,
    )
    yield _step(call_sheet(own), "call-sheet", (own, lang), needed, (input_names.team_words(lang),))
    yield _step(f"{folder_of(own)}/pause.csv", "pause", (own, lang), needed)


def plan_past(plan: SitePlan, platforms: Mapping[str, Any], options: Options) -> Iterator[Step]:
    """Plan what tells of alerts that were sent.

    Each message for machines stays for good; drafts and pictures that say what was taken away, for
    some time.

    Args:
        plan: the campaign and its inputs; inputs are added.
        options: what is asked for, with the alerts.
    """
    campaign = plan.project.campaign.record
    if _is_authority(campaign) and plan.editions:
        yield from _messages(plan, options)
    told = [one for one in options.past if one.told]
    replaced = {known for one in options.past for known in one.live.others}
    cancelled = next((one for one in told if one.cancels and replaced.isdisjoint(one.sent)), None)
    if _is_authority(campaign) and cancelled and not options.alerts:
        yield _cancel(plan, CAP, cancelled)
    for one in told:
        # Of one whose time was over, what was sent says itself until when it holds.
        silent = (
            one.cause == "lapsed"
            or is_quiet(plan.project, one)
            or gives_way(plan.project, one, options.alerts, options.past)
        )
        for lang in () if silent else one.live.languages:
            if lang in plan.frames:
                yield from _taken_back(plan, platforms, one, lang)


def _taken_back(
    plan: SitePlan, platforms: Mapping[str, Any], gone: PastAlert, lang: str
) -> Iterator[Step]:
    """Plan drafts that say what was taken away, where those of the alert stood.

    Pictures are drawn, too, where it should never have been sent: people have those of the
    alert on their telephones.
    """
    needed, own = input_names.page_inputs(lang), gone.live.alert.id
    params = (("alert", own), ("lang", lang))
    for name, row in platforms.items():
        inputs = tuple(sorted((*needed, plan.inputs.add(input_names.platform(name), row))))
        path = f"{folder_of(own)}/{lang}/{name}.txt"
        yield Step(path, "past-draft", inputs, (*params, ("platform", name)))
    for form in CARD_FORMATS if gone.withdrawn else ():
        drawing = tuple(sorted((*needed, "fonts", "design/alert")))
        told = (params[0], ("format", form), params[1])
        yield Step(picture(own, lang, form), "past-card", drawing, told)


def cap_path(identifier: str) -> str:
    """Give where a message for machines stands for good, relative to ``dist/<campaign>/``."""
    return f"site/alert/{identifier}.cap.xml"


CAP_INDEX = "site/alert/feed.xml"
"""The list of the messages for machines (Atom), relative to ``dist/<campaign>/``."""

LISTED = 50
"""Most messages of the list, the newest ones: some readers take no feed above 100 kB."""


def _messages(plan: SitePlan, options: Options) -> Iterator[Step]:
    """Plan every message that was ever sent to machines, and their list."""
    entries: list[CapEntry] = []
    live = (one for one in options.alerts if not one.alert.exercise)
    sent = {one.reference.identifier: one for one in (*options.messages, *live)}
    source = plan.project.campaign.record.source_language
    for identifier, one in sent.items():
        if template_of(plan.project, one.alert.template) is None:
            continue
        message, tags = _message(plan, one, facts_of(plan, one, bare=True))
        if not tags:
            continue
        inputs = tuple(sorted((*_spoken_languages(tags), message)))
        yield Step(cap_path(identifier), "cap-message", inputs, (("lang", source),))
        kind = "Update" if one.earlier else "Alert"
        entries.append(_cap_entry(plan, one, tags[0], kind))
    for gone in options.past:
        if gone.cancels:
            yield _cancel(plan, cap_path(gone.reference.identifier), gone)
            words = _resolver(plan, plan.editions[0].lang)
            title = past_view(plan.project, gone, words).headline or gone.live.alert.id
            name, moment = gone.reference.identifier, gone.reference.sent
            entries.append(CapEntry(identifier=name, sent=moment, kind="Cancel", title=title))
    if entries:
        entries.sort(key=lambda one: (one.sent, one.identifier), reverse=True)
        params = (("base", plan.project.campaign.record.base_url.rstrip("/")), ("lang", source))
        frame = input_names.frame(plan.editions[0].lang)
        named = (frame, plan.inputs.add("cap-entries", entries[:LISTED]))
        yield Step(CAP_INDEX, "cap-index", tuple(sorted(named)), params)


def _cap_entry(plan: SitePlan, live: LiveAlert, lang: str, kind: str) -> CapEntry:
    view = alert_view(plan.project, live, _resolver(plan, lang))
    name, moment = live.reference.identifier, live.reference.sent
    title = view.headline if view else live.alert.id
    return CapEntry(identifier=name, sent=moment, kind=kind, title=title)


def _message(plan: SitePlan, live: LiveAlert, facts: AlertFacts) -> tuple[str, tuple[str, ...]]:
    """Add a message for machines to the inputs; give its name, and its languages."""
    views = []
    for edition in plan.editions:
        view = alert_view(plan.project, live, _resolver(plan, edition.lang))
        if view is not None:
            views.append(view)
    order = {tag: at for at, tag in enumerate(live.languages)}
    views.sort(key=lambda view: order[view.lang])
    tags = tuple(view.lang for view in views)
    message = AlertMessage(facts=facts, views=tuple(views))
    name = f"alert-message/{live.reference.identifier}"
    return plan.inputs.add(name, message), tags


def _resolver(plan: SitePlan, lang: str) -> Resolver:
    return next(one.resolver for one in plan.editions if one.lang == lang)


def _spoken_languages(tags: Collection[str]) -> tuple[str, ...]:
    return tuple(n for tag in tags for n in (input_names.frame(tag), input_names.words(tag)))


def _cancel(plan: SitePlan, output: str, gone: PastAlert) -> Step:
    """Plan the message that takes an alert back from machines, with what its readers are told."""
    campaign = plan.project.campaign.record
    tags = [tag for tag in gone.live.languages if tag in plan.frames] or list(plan.frames)
    told = msgspec.structs.replace(gone, told=True)
    name = gone.reference.identifier
    named = [plan.inputs.add(f"alert-past/{name}", told)]
    for tag in tags:
        view = past_view(plan.project, told, _resolver(plan, tag))
        named += [plan.inputs.add(f"{input_names.past(tag)}/{name}", (view,))]
        named += [input_names.words(tag)]
    params = (("lang", campaign.source_language), ("sender", _sender(campaign)))
    return Step(output, "cancel", tuple(sorted(named)), params)


def _is_authority(campaign: Campaign) -> bool:
    return campaign.sponsor.kind == "authority"


def _sender(campaign: Campaign) -> str:
    return urlsplit(campaign.base_url).hostname or campaign.id


def facts_of(plan: SitePlan, live: LiveAlert, *, bare: bool = False) -> AlertFacts:
    """Gather what the outputs of an alert need beside its words.

    Args:
        bare: whether only machines read it: then no post is named that has to stop.
    """
    campaign, alert = plan.project.campaign.record, live.alert
    place = next((one for one in campaign.places if one.id == alert.place), None)
    template = template_of(plan.project, alert.template)
    assert template is not None, "an alert without template is shown in no language"
    drafts = sorted(
        (f"{edition.lang}/{point.id}", edition.lang, point.id)
        for edition, point, _ in (() if bare else ready_points(plan))
    )
    return AlertFacts(
        live=live,
        incident=template.incident,
        actual=_is_authority(campaign),
        sender=_sender(campaign),
        polygon=place.polygon if place else (),
        geocode=tuple(place.geocode.items()) if place else (),
        posts=tuple(
            PlannedPost(platform, lang, point)
            for _, lang, point in drafts
            for platform in campaign.platforms
        ),
        messengers=tuple(one.name for one in campaign.messengers),
        contact=campaign.corrections.contact,
        phone=next((one.phone for one in campaign.authorities if one.id == alert.confirmed_by), ""),
        on_call=tuple((one.name, one.role, one.phone) for one in campaign.on_call),
    )


def _site(plan: SitePlan, frame: Frame, mark: tuple[str, ...]) -> Iterator[Step]:
    every = ("alternates", ",".join(item.lang for item in plan.editions if _same(plan, item.lang)))
    for rest, kind in (
        ("index.html", "alert"),
        ("feed.xml", "alert-feed"),
        ("embed.json", "alert-embed"),
    ):
        path = f"{frame.lang}/alert/{rest}"
        needed = ("theme", "assets", *mark, *input_names.page_inputs(frame.lang))
        params = (every, ("kind", kind), ("kit", "true"), ("lang", frame.lang), ("path", path))
        yield Step(f"site/{path}", "page", tuple(sorted(needed)), params)


def _same(plan: SitePlan, lang: str) -> bool:
    """Tell whether a language shows what the others show: the alert, or that there is none."""
    live = any(frame.alert for frame in plan.frames.values())
    return bool(plan.frames[lang].alert) == live


def _step(
    output: str,
    kind: str,
    about: tuple[str, str],
    inputs: tuple[str, ...],
    more: tuple[str, ...] = (),
    **params: str,
) -> Step:
    """Plan an output ``about`` an alert in a language."""
    named = tuple(sorted({*inputs, *more}))
    own = {**params, "alert": about[0], "lang": about[1]}
    return Step(output, f"alert-{kind}", named, tuple(sorted(own.items())))


class Sendable(msgspec.Struct, frozen=True, kw_only=True):
    """The languages of an alert.

    Attributes:
        languages: tags in which it may be sent, in the campaign's order.
        left_out: tag to the reason, of all others.
    """

    languages: tuple[str, ...]
    left_out: dict[str, str]


def sendable(
    project: Project, template: AlertTemplate, unread: Collection[str] = (), *, exercise: bool
) -> Sendable:
    """Judge each language of a campaign for a template.

    Args:
        unread: tags of languages in which a sentence of the template waits for a reader.
        exercise: whether nothing has happened: then nobody need have approved the words.
    """
    languages: list[str] = []
    left_out: dict[str, str] = {}
    for edition in make_editions(project, project.campaign.record.languages):
        reason = _reason(project, template, edition, exercise=exercise)
        if not reason and edition.lang in unread and not exercise:
            reason = "sentences of the template wait for a reader"
        if reason:
            left_out[edition.lang] = reason
        else:
            languages.append(edition.lang)
    return Sendable(languages=tuple(languages), left_out=left_out)


def _reason(project: Project, template: AlertTemplate, edition: Edition, *, exercise: bool) -> str:
    key = f"alerts/{template.id}"
    lacking = edition.missing.get(key, 0)
    if lacking:
        return f"{lacking} texts of the template are stale or not translated"
    if not exercise and key not in edition.reviewed:
        return "nobody has approved the template"
    campaign = project.campaign.record
    names = [(f"places.{one.id}.name", one.name) for one in campaign.places]
    names += [(f"authorities.{one.id}.name", one.name) for one in campaign.authorities]
    for field, name in names:
        if edition.resolver.text(contexts.campaign(field), name).lang != edition.lang:
            return f"campaign/{field} is stale or not translated"
    return ""
