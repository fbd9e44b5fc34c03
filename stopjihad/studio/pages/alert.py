"""The board of an alert: slots, words and outputs, approvals, sending and ending, the clock."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from functools import partial
from typing import Any, Literal

import anyio.from_thread
import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.build import alert_workflow
from stopjihad.build.alert import cancel, must_cancel
from stopjihad.build.alert_inputs import own_faults, read_for_alert
from stopjihad.build.approval_file import take_code
from stopjihad.build.prepared_alert import sending_refusal
from stopjihad.build.request import Request as BuildRequest
from stopjihad.catalog.languages import autonym
from stopjihad.catalog.timezones import time_zone
from stopjihad.disk import save as disk_save
from stopjihad.disk.lock import Busy
from stopjihad.disk.program import code_digest
from stopjihad.model.alert import Alert
from stopjihad.model.project import Project
from stopjihad.model.review import CAUSES, AlertStep, Cause
from stopjihad.problem import ProblemsFound
from stopjihad.render.alert.check import Doubt, doubts_of
from stopjihad.review.alert_approval import PEOPLE
from stopjihad.review.alert_clock import clock_of
from stopjihad.review.alert_status import sent_alone, sent_out
from stopjihad.review.alert_steps import alert_of, last_published, make_step
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.builder import OUT, WorkDone
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.snapshot import Snapshot
from stopjihad.studio.pages.alert_outputs import AlertOutputs, for_team, languages_of, outputs_of
from stopjihad.studio.pages.alert_slots import (
    Sent,
    SlotValues,
    default_end,
    propose_update,
    read_slots,
    shown_values,
    write_alert,
)
from stopjihad.studio.pages.alerts import UNFIT, headline_of
from stopjihad.studio.pages.studio_alert import (
    PARTS,
    REFUSALS,
    STATES,
    AlertViewer,
    StudioAlert,
    alert_project,
    preview,
    read_alert,
    refusal_words,
    viewer_of,
)
from stopjihad.studio.publisher import reader_targets
from stopjihad.studio.saver import Conflict, Saver
from stopjihad.studio.words import CHANGED, RUNNING, WHO, Say, mark_translatable
from stopjihad.text.ids import is_id
from stopjihad.text.unicode.script import direction

OVER = frozenset({"ended", "withdrawn"})
"""States after which nothing is done with an alert."""

IT_IS_OVER = mark_translatable("It is over. Start a new alert when something happens.")


def barriers(alert: StudioAlert, project: Project, now: dt.datetime, say: Say) -> dict[str, str]:
    """Say for each step why it would be refused now; empty where it would not."""
    state, prepared = alert.state(now), alert.prepared
    if state in OVER:
        over = say(IT_IS_OVER)
        return dict.fromkeys(("slots", "approve", "send", "end"), over)
    out = sent_out(alert.steps)
    found = {
        "slots": "",
        "approve": "",
        "send": "",
        "end": "" if out else say(mark_translatable("It was not published yet.")),
    }
    if prepared is None:
        words = say(mark_translatable("Fill in the slots first."))
        if alert.problems:
            words = " ".join(refusal_words(one, say) for one in alert.problems)
        return {**found, "approve": words, "send": words}
    if state in {"published", "updated"}:
        words = say(REFUSALS["alert-unchanged"])
        return {**found, "approve": "" if sent_alone(alert.steps) else words, "send": words}
    problem = sending_refusal(project, prepared, now)
    found["send"] = refusal_words(problem, say) if problem else ""
    if not prepared.sendable.languages:
        found["approve"] = say(REFUSALS["alert-language"])
        found["send"] = say(REFUSALS["alert-language"])
    elif len(prepared.approval.people) >= PEOPLE:
        found["approve"] = say(mark_translatable("Two people have approved it."))
    return found


def _doubts(alert: StudioAlert, now: dt.datetime) -> tuple[Doubt, ...]:
    return doubts_of(alert.document.record, now) if alert.document else ()


def next_step(alert: StudioAlert, waits: dict[str, str], now: dt.datetime) -> str:
    """Name what has to be done next, as far as nothing ``waits``."""
    if alert.state(now) in OVER:
        return ""
    late = alert.state(now) == "expired" and spent(alert, now)
    if late or alert.state(now) in {"published", "updated"}:
        return "end"
    if alert.prepared is None or not alert.prepared.sendable.languages:
        return "slots" if alert.prepared is None else "words"
    return "send" if not waits["send"] else "approve"


def _is_written(live: LiveCampaign, alert_id: str) -> bool:
    """Tell whether an alert has a file; ``alert_id`` is any text."""
    folder = live.root / "campaigns" / live.slug / "alerts"
    return is_id(alert_id) and (folder / f"{alert_id}.yaml").is_file()


@with_live_campaign
def alert(request: Request, live: LiveCampaign) -> Response:
    """Show the board of an alert."""
    alert_id = request.path_params["id"]
    project = alert_project(live)
    found = read_alert(project, alert_id) if project else None
    if found is None and _is_written(live, alert_id):
        # Somebody wrote it a moment ago in a terminal, and opens it before the watcher has read it.
        anyio.from_thread.run(request.app.state.follower.read, live)
        project = alert_project(live)
        found = read_alert(project, alert_id) if project else None
    if project is None or found is None:
        return answer_missing(request)
    say, _ = speakers(request, live)
    now: dt.datetime = request.app.state.now()
    state, viewer = found.state(now), viewer_of(request, live, project)
    plan = preview(live, found.prepared, now) if found.prepared else None
    wanted = request.query_params.get("language", viewer.edition.lang)
    waits = barriers(found, project, now, say)
    return show_campaign(
        request,
        live,
        "alert.html",
        project=project,
        alert=found,
        state=state,
        state_words=say(STATES[state]),
        parts={name: say(words) for name, words in PARTS.items()},
        headline=headline_of(found, viewer),
        clock=clock_of(found.id, found.steps, state, now),
        out=sent_out(found.steps),
        alone=sent_alone(found.steps),
        was_out=last_published(found.steps) is not None,
        shown=_shown_message(found),
        slots=_slots(found, project, now),
        waits=waits,
        doubts=_doubts(found, now),
        causes={
            step: {one: say(CAUSE_WORDS[one]) for one in known} for step, known in CAUSES.items()
        },
        next=next_step(found, waits, now),
        spoken=languages_of(live, viewer, found, plan, say),
        outputs=None if spent(found, now) else _outputs(request, live, plan, (found.id, wanted)),
        helplines=_helplines(project),
        targets=tuple(one.id for one in reader_targets(live)[0]),
        progress=request.app.state.builder.progress(live.slug),
        **_around(found, viewer, now),
    )


def _outputs(
    request: Request, live: LiveCampaign, plan: Snapshot | None, about: tuple[str, str]
) -> AlertOutputs | None:
    """Show what an alert becomes, ``about`` its name and a language; sheets in the interface's."""
    if plan is None:
        return None
    alert_id, wanted = about
    language = request.app.state.templates.language_of(request)
    return outputs_of(live, for_team(plan, alert_id, language), alert_id, wanted)


def spent(alert: StudioAlert, now: dt.datetime) -> bool:
    """Tell whether what an alert says holds no longer: nobody shall copy a draft of it then."""
    over = alert.document is not None and alert.document.record.ends <= now
    return over or alert.state(now) in OVER


def _around(alert: StudioAlert, viewer: AlertViewer, now: dt.datetime) -> dict[str, Any]:
    """Give what of the campaign the board shows around an alert."""
    campaign = viewer.project.campaign.record
    zone = time_zone(campaign.schedule.timezone)
    return {
        "places": viewer.names("places"),
        "authorities": viewer.names("authorities"),
        "addresses": tuple(one.url for one in campaign.authorities),
        "sentences": viewer.sentences(alert.template) if alert.template else {},
        "lang": campaign.source_language,
        "zone": zone,
        "zone_name": campaign.schedule.timezone,
        "today": now.astimezone(zone).date(),
        "now": now,
        "until": default_end(now, zone),
        "folder": OUT,
        "actual_cap": campaign.sponsor.kind == "authority",
        "autonym": autonym,
        "direction": direction,
    }


def _shown_message(found: StudioAlert) -> Alert | None:
    """Give the slots of the message that is out, if one is."""
    out = sent_out(found.steps)
    return alert_of(out) if out else None


def _slots(found: StudioAlert, project: Project, now: dt.datetime) -> SlotValues:
    zone = time_zone(project.campaign.record.schedule.timezone)
    if found.document is not None:
        return shown_values(found.document.record, zone)
    return SlotValues(place=found.place, next_update=propose_update(now, zone))


def _helplines(project: Project) -> dict[str, list[tuple[str, str]]]:
    """List helplines by the country whose readers may see them: id, name and number."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in project.all_helplines:
        words = f"{line.short_name or line.name} · {line.phone.printed}"
        found.setdefault(line.country, []).append((line.id, words))
    return dict(sorted(found.items()))


@refuse_in_words
async def save(request: Request, live: LiveCampaign) -> Response:
    """Save the slots of an alert."""
    sent: Sent = await read_json(request, dict[str, str | list[str]])
    say, _ = speakers(request, live)
    now: dt.datetime = request.app.state.now()
    project, found = await anyio.to_thread.run_sync(_read, live, request.path_params["id"])
    if found.state(now) in OVER or found.template is None:
        raise RefusedRequest(IT_IS_OVER, 409)
    start = (found.id, found.template.id, found.status)
    read = read_slots(sent, start, project, now, say)
    if read.alert is None:
        return answer_json({"refused": "", "fields": read.errors}, 422)
    keep = partial(_keep, request.app.state.saver, live, found, read.alert)
    if not await anyio.to_thread.run_sync(keep, _known_digest(sent)):
        words = mark_translatable(
            "Someone else changed these slots at this moment. Look at them again."
        )
        raise RefusedRequest(words, 409)
    await request.app.state.follower.read(live)
    return answer_json({"said": say(mark_translatable("Saved. Now two people approve it."))})


def _known_digest(sent: Sent) -> str:
    known = sent.get("known", "")
    return known if isinstance(known, str) else ""


def _keep(saver: Saver, live: LiveCampaign, found: StudioAlert, alert: Alert, known: str) -> bool:
    """Write the file of an alert; False when somebody else has written it since."""
    path = f"campaigns/{live.slug}/alerts/{found.id}.yaml"
    if found.document is not None:
        text = write_alert(live, alert, saver.load(path).text)
        return not isinstance(saver.write(path, text, known), Conflict)
    try:
        saver.create(path, write_alert(live, alert, ""))
    except disk_save.ChangedFile:
        return False
    return True


def _read(live: LiveCampaign, alert_id: str) -> tuple[Project, StudioAlert]:
    """Read an alert from the disk as it is now."""
    inputs = read_for_alert(live.root, live.slug)
    faults = own_faults(inputs, alert_id)
    if faults:
        raise ProblemsFound(faults)
    project = inputs.project
    found = read_alert(project, alert_id)
    if found is None:
        raise RefusedRequest(mark_translatable("There is no such alert."), 404)
    return project, found


APPROVED = mark_translatable("Approved.")
SAID_NO = mark_translatable("The person said no. Ask why before anything goes out.")
SENT = mark_translatable("Published. Now upload the folder.")
AWAY = mark_translatable("It is taken away. Now upload the folder.")
CANCELLED = mark_translatable("It is taken away, and machines are told so. Now upload the folder.")
PRACTISED = mark_translatable("The exercise is over.")
DROPPED = mark_translatable("It is dropped. Nothing was sent.")


CAUSE_WORDS = {
    "false-alarm": mark_translatable("It was a false alarm."),
    "corrected": mark_translatable("The authority has corrected what it had said."),
    "mistake": mark_translatable("It was a mistake of ours."),
    "over": mark_translatable("It is over: the authority says so."),
    "lapsed": mark_translatable("It no longer applies."),
}
"""Why an alert is taken away: what readers are told, in each of their languages."""


class SentStep(msgspec.Struct, forbid_unknown_fields=True):
    """A step, who takes it, and the digest of the words that were on the page.

    ``why`` is what readers are told of an alert that is taken away, ``reason`` is for the team.
    ``sure`` sends an alert though its moments do not go with the clock.

    ``code`` came back from the file of a person who is elsewhere.
    """

    step: Literal["approve", "code", "send", "end", "withdraw"]
    by: str = ""
    code: str = ""
    seen: str = ""
    reason: str = ""
    why: Cause | Literal[""] = ""
    sure: str = ""


@refuse_in_words
async def step(request: Request, live: LiveCampaign) -> Response:
    """Approve an alert, take a code for it, send it, end it, or withdraw it."""
    sent: SentStep = await read_json(request, SentStep)
    say, _ = speakers(request, live)
    if not sent.by.strip() and sent.step != "code":
        return answer_json({"refused": "", "fields": {"by": say(WHO)}}, 422)
    lacking = await anyio.to_thread.run_sync(_unexplained_field, request, live, sent)
    if lacking:
        words = say(mark_translatable("Say why it is withdrawn."))
        if lacking == "why":
            words = say(mark_translatable("Choose what readers are told."))
        return answer_json({"refused": "", "fields": {lacking: words}}, 422)
    work = partial(_take, request, live, sent, say)
    try:
        building, said = await anyio.to_thread.run_sync(work)
    except msgspec.ValidationError:
        raise RefusedRequest(UNFIT, 422) from None
    except ProblemsFound as problems:
        words = " ".join(refusal_words(one, say) for one in problems.problems)
        raise RefusedRequest(words, 409) from None
    except Busy:
        raise RefusedRequest(RUNNING, 409) from None
    if building:
        return answer_json({"building": True, "done": say(said)}, 202)
    await request.app.state.follower.read(live)
    return answer_json({"said": say(said)})


def _unexplained_field(request: Request, live: LiveCampaign, sent: SentStep) -> str:
    """Name the field that lacks a reason; one that was never sent has no readers to tell."""
    if sent.step not in CAUSES:
        return ""
    _, found = _read(live, request.path_params["id"])
    if sent_out(found.steps) is None:
        return "reason" if sent.step == "withdraw" and not sent.reason.strip() else ""
    return "" if sent.why in CAUSES[sent.step] else "why"


def _end(
    request: Request,
    live: LiveCampaign,
    project: Project,
    found: StudioAlert,
    what: tuple[AlertStep, str, str],
    cause: Cause | None,
) -> tuple[bool, str]:
    """Take an alert away; tell what ``_take`` tells.

    A build is started that tells readers what was taken away and why, and machines, too.
    """
    clock: alert_workflow.Clock = request.app.state.now
    shown, slug = _shown_message(found), project.campaign.record.id
    inputs = read_for_alert(live.root, slug)
    asked = BuildRequest(out=live.root / OUT, today=clock().date(), code=code_digest(), now=clock())
    alert_workflow.take_away(live.root, inputs, found.id, what, asked, cause)
    if shown is None:
        return False, DROPPED
    if shown.exercise:
        return False, PRACTISED
    said = CANCELLED if must_cancel(project, shown, clock()) else AWAY

    def build(live: LiveCampaign, asked: BuildRequest) -> WorkDone:
        with suppress(Busy):  # that build tells machines, too
            cancel(live.root, slug, shown, msgspec.structs.replace(asked, now=clock()))
        live.refresh()
        return WorkDone(1)

    if request.app.state.builder.start(live, build, found.id):
        return True, said
    build(
        live, asked
    )  # what is running, such as pictures of it, tells nobody why it was taken away
    return False, said


def _take(request: Request, live: LiveCampaign, sent: SentStep, say: Say) -> tuple[bool, str]:
    """Take a step; tell whether a build was started for it, and what to say when all is done."""
    clock: alert_workflow.Clock = request.app.state.now
    now, by = clock(), sent.by.strip()
    project, found = _read(live, request.path_params["id"])
    if sent.step in {"end", "withdraw"}:
        if found.state(now) in OVER or (sent.step == "end" and not sent_out(found.steps)):
            raise RefusedRequest(barriers(found, project, now, say)["end"], 409)
        what = (sent.step, by, sent.reason.strip())
        return _end(request, live, project, found, what, sent.why or None)
    if sent.step == "code":
        taken = take_code(live.root, project, found.id, sent.code, now)
        return False, APPROVED if taken.answer == "yes" else SAID_NO
    if sent.seen != found.seen:
        raise RefusedRequest(CHANGED, 409)
    waits = barriers(found, project, now, say)[sent.step]
    if waits:
        raise RefusedRequest(waits, 409)
    if sent.step == "approve":
        alert_workflow.sign(live.root, project, found.id, ("approve", by), now)
        return False, APPROVED
    if not sent.sure and _doubts(found, now):
        raise RefusedRequest(
            mark_translatable("Its moments do not go with the clock: look again."), 409
        )
    make_step(project, found.id, found.lines, ("publish", by, ""), now)  # a name that is refused

    def build(live: LiveCampaign, asked: BuildRequest) -> WorkDone:
        asked = msgspec.structs.replace(asked, now=clock())
        inputs = read_for_alert(live.root, project.campaign.record.id)
        files = alert_workflow.send(live.root, inputs, found.id, by, asked, clock).files
        live.refresh()  # before the page says that it is out, so that it shows it
        return WorkDone(files)

    if not request.app.state.builder.start(live, build, found.id):
        raise RefusedRequest(RUNNING, 409)
    return True, mark_translatable("The exercise is published.") if found.exercise else SENT
