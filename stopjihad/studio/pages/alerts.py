"""List alerts, start one from a template, and practise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.build import alert_workflow, drill
from stopjihad.build.alert import DRILLS
from stopjihad.build.alert_inputs import read_for_alert
from stopjihad.build.alert_readiness import ReadinessFault, ReadyTemplate, other_faults
from stopjihad.build.prepared_alert import languages_for
from stopjihad.build.request import Request as BuildRequest
from stopjihad.catalog.languages import autonym
from stopjihad.catalog.timezones import time_zone
from stopjihad.draw.drill_chart import draw_drill_chart
from stopjihad.model.alert import AlertTemplate
from stopjihad.model.project import Project
from stopjihad.render.alert.plan import Sendable
from stopjihad.review.alert_status import live_alerts
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.builder import OUT, WorkDone
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.studio_alert import (
    INCIDENTS,
    STATES,
    AlertViewer,
    ShownText,
    StudioAlert,
    ids_of,
    left_out_words,
    read_alert,
    viewer_of,
)
from stopjihad.studio.words import RUNNING, WHO, Say, mark_translatable
from stopjihad.translate.po_files import read_project
from stopjihad.view.alert import alerts_in_order

RANDOM = "random"
"""Stands for a template that the program chooses, in an exercise."""


class TemplateChoice(NamedTuple):
    """Offer a template: its headline, when it is used, and where it may be sent in earnest.

    ``left_out`` holds the name of a language, why, and the view in which that is mended.
    """

    id: str
    headline: ShownText
    purpose: str
    languages: tuple[str, ...]
    left_out: tuple[tuple[str, str, str], ...]


class ListedAlert(NamedTuple):
    """Show an alert in the list."""

    id: str
    headline: ShownText
    state: str
    words: str
    exercise: bool
    began: dt.datetime | None
    ends: dt.datetime | None


def template_choices(
    live: LiveCampaign, project: Project, viewer: AlertViewer, say: Say
) -> tuple[TemplateChoice, ...]:
    """Offer the templates of a campaign."""
    found = []
    for document in project.alert_templates:
        template = document.record
        ready = ready_languages(live, project, template, exercise=False)
        found.append(
            TemplateChoice(
                id=template.id,
                headline=viewer.headline(template),
                purpose=say(INCIDENTS[template.incident]),
                languages=tuple(autonym(tag) for tag in ready.languages),
                left_out=tuple(
                    (autonym(tag), *left_out_words(reason, say))
                    for tag, reason in ready.left_out.items()
                ),
            )
        )
    order = list(INCIDENTS)
    incidents = {one.record.id: one.record.incident for one in project.alert_templates}
    return tuple(sorted(found, key=lambda one: order.index(incidents[one.id])))


def ready_languages(
    live: LiveCampaign, project: Project, template: AlertTemplate, *, exercise: bool
) -> Sendable:
    """Say in which languages a ``template`` may go out now, found out once."""
    return live.get_or_make(
        f"alert-languages {template.id} {exercise}",
        lambda: languages_for(project, template, exercise=exercise),
    )


def other_faults_of(
    live: LiveCampaign, project: Project, now: dt.datetime
) -> tuple[ReadinessFault, ...]:
    """Say what else would keep an alert from going out, found out once a day and change.

    Args:
        now: the moment, for the dates of helplines.
    """

    def find() -> tuple[ReadinessFault, ...]:
        ready = [
            ReadyTemplate(id=one.id, languages=found.languages, left_out=found.left_out)
            for one in (document.record for document in project.alert_templates)
            for found in (ready_languages(live, project, one, exercise=False),)
        ]
        return other_faults(project, live.state.found.shared, ready, now)

    return live.get_or_make(f"alert-faults {now.date()}", find)


def headline_of(alert: StudioAlert, viewer: AlertViewer) -> ShownText:
    """Say the headline of an alert, its place filled in when it is chosen."""
    if alert.template is None:
        return ShownText(alert.id, viewer.home)
    return viewer.headline(alert.template, alert.place)


def list_alerts(
    alerts: Iterable[StudioAlert], viewer: AlertViewer, now: dt.datetime, say: Say
) -> list[ListedAlert]:
    """List alerts, those that were begun last first."""
    found = []
    for one in alerts:
        state = one.state(now)
        found.append(
            ListedAlert(
                id=one.id,
                headline=headline_of(one, viewer),
                state=state,
                words=say(STATES[state]),
                exercise=one.exercise,
                began=one.steps[0].on if one.steps else None,
                ends=one.document.record.ends if one.document else None,
            )
        )
    return sorted(found, key=lambda one: one.began.isoformat() if one.began else "", reverse=True)


def standing_alerts(
    found: Iterable[ListedAlert], project: Project, now: dt.datetime
) -> list[ListedAlert]:
    """Choose what stands on pages now, in the order of readers, then what is over unnoticed."""
    alerts = alerts_in_order(project, (live for _, live in live_alerts(project.reviews, now)))
    order = [live.alert.id for live in alerts]
    states = {"published", "updated", "expired"}
    out = (one for one in found if not one.exercise and one.state in states)
    return sorted(out, key=lambda one: order.index(one.id) if one.id in order else len(order))


def wall_time(moment: str, zone: dt.tzinfo) -> str:
    """Say a ``moment`` of the team's table, ISO 8601, as a clock in the ``zone`` shows it."""
    try:
        return f"{dt.datetime.fromisoformat(moment).astimezone(zone):%Y-%m-%d %H:%M}"
    except ValueError:  # a person has written it
        return moment


@with_live_campaign
def alerts(request: Request, live: LiveCampaign) -> Response:
    """Show alerts, and how to start one."""
    project = newest_project(live)
    say, _ = speakers(request, live)
    now: dt.datetime = request.app.state.now()
    found: list[ListedAlert] = []
    choices: tuple[TemplateChoice, ...] = ()
    others: tuple[ReadinessFault, ...] = ()
    held: list[ListedAlert] = []
    if project is not None:
        viewer = viewer_of(request, live, project)
        alerts = (read_alert(project, name) for name in ids_of(project))
        found = list_alerts((one for one in alerts if one), viewer, now, say)
        choices = template_choices(live, project, viewer, say)
        others = other_faults_of(live, project, now)
        held = standing_alerts(found, project, now)
    campaign = project.campaign.record if project else None
    zone = time_zone(campaign.schedule.timezone) if campaign else dt.UTC
    return show_campaign(
        request,
        live,
        "alerts.html",
        choices=choices,
        others=others,
        alerts=found,
        held=held,
        now=now,
        folder=f"{OUT}/{DRILLS}",
        drills=project.drills[::-1] if project else (),
        places=campaign.places if campaign else (),
        authorities=campaign.authorities if campaign else (),
        lang=campaign.source_language if campaign else "",
        zone=zone,
        when=partial(wall_time, zone=zone),
        progress=request.app.state.builder.progress(live.slug),
    )


class NewAlert(msgspec.Struct, forbid_unknown_fields=True):
    """What an alert starts with."""

    by: str = ""
    status: str = ""
    template: str = ""


UNFIT = mark_translatable("The name or reason cannot be used: no address, at most 80 characters.")


@refuse_in_words
async def start(request: Request, live: LiveCampaign) -> Response:
    """Start an alert: the clock runs from here."""
    sent: NewAlert = await read_json(request, NewAlert)
    say, _ = speakers(request, live)
    now: dt.datetime = request.app.state.now()
    project = await anyio.to_thread.run_sync(read_project, live.root, live.slug)
    if not _can_start(project):
        raise RefusedRequest(
            mark_translatable("The campaign has no such template, or no place yet."), 422
        )
    errors = {name: say(words) for name, words in _wrong(sent, project).items()}
    if errors:
        return answer_json({"refused": "", "fields": errors}, 422)
    known = {"template": sent.template, "status": sent.status}
    if sent.template == RANDOM:
        known |= drill.draw_drill(project)._asdict()
    name = _unused_id(project, known["template"], now)
    begun = partial(alert_workflow.begin, live.root, project, name, known, (sent.by.strip(), now))
    try:
        await anyio.to_thread.run_sync(begun)
    except msgspec.ValidationError:
        return answer_json({"refused": "", "fields": {"by": say(UNFIT)}}, 422)
    await request.app.state.follower.read(live)
    return answer_json({"address": f"/c/{live.slug}/alerts/{name}"}, 201)


def _wrong(sent: NewAlert, project: Project) -> dict[str, str]:
    templates = {one.record.id for one in project.alert_templates}
    found = {}
    if sent.status not in {"exercise", "actual"}:
        found["status"] = mark_translatable("Say whether it has happened.")
    if sent.template == RANDOM and sent.status == "actual":
        found["template"] = mark_translatable("The program chooses in exercises only.")
    elif sent.template not in {*templates, RANDOM}:
        found["template"] = mark_translatable("Choose what has happened.")
    if not sent.by.strip():
        found["by"] = WHO
    return found


def _unused_id(project: Project, template: str, now: dt.datetime) -> str:
    zone = time_zone(project.campaign.record.schedule.timezone)
    name = f"{now.astimezone(zone):%Y%m%d-%H%M}-{template}"
    known = set(ids_of(project))
    number = 2
    found = name
    while found in known:
        found = f"{name}-{number}"
        number += 1
    return found


class WantedDrill(msgspec.Struct, forbid_unknown_fields=True):
    """Which exercise the program does alone; an empty template lets it choose."""

    template: str = ""


@refuse_in_words
async def practise(request: Request, live: LiveCampaign) -> Response:
    """Have the program do an exercise alone, into a folder of its own."""
    sent: WantedDrill = await read_json(request, WantedDrill)
    clock: alert_workflow.Clock = request.app.state.now
    project = await anyio.to_thread.run_sync(read_project, live.root, live.slug)
    templates = [one.record.id for one in project.alert_templates]
    if not _can_start(project) or sent.template not in {*templates, ""}:
        raise RefusedRequest(
            mark_translatable("The campaign has no such template, or no place yet."), 422
        )
    drawn = drill.draw_drill(project)
    alert = drill.make_drill(project, sent.template or drawn.template, drawn.place, clock())

    def work(live: LiveCampaign, asked: BuildRequest) -> WorkDone:
        asked = msgspec.structs.replace(asked, now=clock())
        inputs = read_for_alert(live.root, live.slug)
        files = drill.practise(inputs, alert, asked, drill.Practice(clock)).files
        live.refresh()
        return WorkDone(files)

    if not request.app.state.builder.start(live, work, alert.id):
        raise RefusedRequest(RUNNING, 409)
    return answer_json({"building": True}, 202)


def _can_start(project: Project) -> bool:
    campaign = project.campaign.record
    return bool(project.alert_templates and campaign.places and campaign.authorities)


@with_live_campaign
def chart(request: Request, live: LiveCampaign) -> Response:
    """Draw the results of exercises."""
    project: Project | None = newest_project(live)
    if project is None:
        return answer_missing(request)
    words = live.state.found.shared.team_words.get(
        request.app.state.templates.language_of(request), {}
    )
    return Response(
        draw_drill_chart(project.drills, words), headers={"content-type": "image/svg+xml"}
    )
