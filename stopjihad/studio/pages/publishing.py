"""Publish from the studio: what stops it, build, publish, what was published, and the way back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from contextlib import suppress
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import anyio.to_thread
import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.build.request import Request as BuildRequest
from stopjihad.model.campaign import must_be_read
from stopjihad.model.project import Project
from stopjihad.model.targets import PublishTarget
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.channel import require
from stopjihad.publish.publish_request import PublishRequest
from stopjihad.publish.upload import upload_key
from stopjihad.publish.way_back import KeptPublication
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.builder import (
    OUT,
    Builder,
    Progress,
    WorkDone,
    published_map,
    whole,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.review import tabs
from stopjihad.studio.pages.settings import left_of_sample
from stopjihad.studio.planned_acts import (
    PlannedAct,
    cancel_act,
    due_act,
    plan_act,
    planned_acts,
    planned_moment,
)
from stopjihad.studio.publisher import (
    PlannedChanges,
    PublishingOutcome,
    find_target,
    list_kept,
    preview_changes,
    publish_build,
    reader_targets,
    return_to,
)
from stopjihad.studio.target_folders import (
    target_places,
)
from stopjihad.studio.words import RUNNING, Say, mark_translatable

SHOWN = 12
"""Paths of each sort that a plan names."""


class Barrier(NamedTuple):
    """Say what stands in the way, and where it is mended; ``stops`` where trying is no use.

    ``at_once``: a click mends it; the address takes it.
    """

    words: str
    address: str
    label: str
    stops: bool = True
    at_once: bool = False


class PointChange(NamedTuple):
    """Name a talking point whose words differ, and in which languages."""

    name: str
    languages: tuple[str, ...]


class PublicationRow(NamedTuple):
    """Show a publication: what `KeptPublication` says, with names and a moment for people."""

    kept: KeptPublication
    when: dt.datetime
    words: tuple[PointChange, ...] | None
    back_words: tuple[PointChange, ...] | None


class Publications(NamedTuple):
    """Show what a target shows and keeps; or why that cannot be said."""

    rows: tuple[PublicationRow, ...] = ()
    problems: tuple[Problem, ...] = ()


class WaitingAct(NamedTuple):
    """Show a step that waits for its time, or that was missed."""

    act: PlannedAct
    when: dt.datetime
    missed: bool


class OverrulingField(NamedTuple):
    """Offer to publish all the same: the name of a field, its value, and what it says."""

    name: str
    value: str
    words: str


ERRORS = mark_translatable("Errors stop it: %(count)s")
SAMPLE = mark_translatable(
    "This is the sample campaign: it says so on each page, and is not published."
)
UNREAD = mark_translatable("Sentences wait for a reader: %(count)s")
MEND = mark_translatable("Mend them")
READ = mark_translatable("Read them")
NOW_OURS = mark_translatable("It is ours now")
OURS = mark_translatable("Make it yours")

DOUBTS = {
    "publish-clock": ("sure", mark_translatable("This clock is right: publish all the same.")),
    "publish-newer": ("over", mark_translatable("Ours is to replace it.")),
    "publish-vanishing": ("gone", mark_translatable("So many files are to go.")),
}
"""Code of a problem that a person may overrule, to the field that does, and what it says."""


def barriers(live: LiveCampaign, say: Say) -> tuple[Barrier, ...]:
    """Say what is known to stop a publication before anything is tried."""
    project: Project | None = newest_project(live)
    base, found = f"/c/{live.slug}", []
    errors = live.count("error")
    if errors:
        found.append(Barrier(say(ERRORS) % {"count": errors}, f"{base}/problems", say(MEND)))
    if project is not None:
        unread = sum(tab.sentences for tab in tabs(live))
        if unread and must_be_read(project.campaign.record):
            found.append(
                Barrier(say(UNREAD) % {"count": unread}, f"{base}/review", say(READ), stops=False)
            )
        if project.campaign.record.sample:
            left = bool(left_of_sample(live))
            words = say(OURS if left else NOW_OURS)
            found.append(Barrier(say(SAMPLE), f"{base}/campaign/left", words, at_once=not left))
    return tuple(found)


def doubts(progress: Progress, say: Say) -> tuple[OverrulingField, ...]:
    """List what a person may overrule of what stopped a publication."""
    found = []
    for one in progress.problems:
        if one.code in DOUBTS:
            name, words = DOUBTS[one.code]
            found.append(OverrulingField(name, one.message.partition(" ")[0], say(words)))
    return tuple(found)


@with_live_campaign
def show_publishing(request: Request, live: LiveCampaign) -> Response:
    """Show what stops a publication, what is built, and what a target shows and keeps."""
    say, _ = speakers(request, live)
    builder: Builder = request.app.state.builder
    targets, problems = reader_targets(live)
    asked = request.query_params.get("target", "")
    chosen = next((one for one in targets if one.id == asked), targets[0] if targets else None)
    look = "look" in request.query_params
    kept = None
    if chosen is not None and (look or chosen.folder is not None):
        kept = _publications(request, live, chosen)
    project: Project | None = newest_project(live)
    progress = builder.progress(live.slug)
    act, _, of = progress.of.partition(" ")
    told = progress.told
    return show_campaign(
        request,
        live,
        "publish.html",
        barriers=barriers(live, say),
        progress=progress,
        act=act,
        of=of,
        planned=told if isinstance(told, PlannedChanges) else None,
        planned_words=_points(live, told.words) if isinstance(told, PlannedChanges) else None,
        done=told if isinstance(told, PublishingOutcome) else None,
        doubts=doubts(progress, say) if act in {"publish", "back"} else (),
        built="site/index.html" in published_map(live),
        folder=f"{OUT}/{live.slug}/site",
        workspace=str(live.root),
        targets=targets,
        target_problems=problems,
        chosen=chosen,
        kept=kept,
        places=target_places(live.root),
        public=project.campaign.record.signing_key if project else None,
        signature_problems=_signature_problems(live, project),
        zone=_zone(live),
        waiting=_waiting_acts(request, live),
        most=SHOWN,
    )


def _waiting_acts(request: Request, live: LiveCampaign) -> tuple[WaitingAct, ...]:
    now = int(request.app.state.now().timestamp())
    zone = _zone(live)
    return tuple(
        WaitingAct(one, dt.datetime.fromtimestamp(one.at, zone), one.is_missed(now))
        for one in planned_acts(live.root, live.slug)
    )


def _publications(request: Request, live: LiveCampaign, target: PublishTarget) -> Publications:
    now: dt.datetime = request.app.state.now()
    asked = PublishRequest(live.root, live.slug, target, int(now.timestamp()))
    try:
        found = list_kept(live, asked, now)
    except ProblemsFound as wrong:
        return Publications(problems=wrong.problems)
    rows = [
        PublicationRow(
            kept=one,
            when=dt.datetime.fromisoformat(one.record.when),
            words=_points(live, one.words),
            back_words=_points(live, one.back_words),
        )
        for one in found
    ]
    return Publications(tuple(rows))


def _points(live: LiveCampaign, words: tuple[str, ...] | None) -> tuple[PointChange, ...] | None:
    """Name talking points by their facts, those that are gone by their ids."""
    if words is None:
        return None
    project: Project | None = newest_project(live)
    facts = {one.record.id: one.record.fact for one in project.points} if project else {}
    found: dict[str, list[str]] = defaultdict(list)
    for one in words:
        language, _, point = one.partition("/")
        found[point].append(language)
    return tuple(PointChange(facts.get(id_, id_), tuple(found[id_])) for id_ in sorted(found))


def _signature_problems(live: LiveCampaign, project: Project | None) -> tuple[Problem, ...]:
    public = project.campaign.record.signing_key if project else None
    if public is None:
        return ()
    try:
        require("cryptography")
        upload_key(live.root, live.slug, public)
    except ProblemsFound as found:
        return found.problems
    return ()


class SentPublication(msgspec.Struct, forbid_unknown_fields=True):
    """A step, its target, and who takes it; ``sure``, ``over`` and ``gone`` overrule a doubt.

    ``at`` is a moment by the campaign's clock: the step waits for it.
    """

    step: Literal["plan", "publish", "back"]
    target: str
    by: str = ""
    id: str = ""
    at: str = ""
    sure: str = ""
    over: str = ""
    gone: str = ""


@refuse_in_words
async def publish(request: Request, live: LiveCampaign) -> Response:
    """Start to publish, to say what that would change, or to return."""
    sent: SentPublication = await read_json(request, SentPublication)
    find_target(live, sent.target)
    if sent.at and sent.step != "plan":
        act = _planned_act(request, live, sent)
        if not await anyio.to_thread.run_sync(plan_act, live.root, live.slug, act):
            raise RefusedRequest(mark_translatable("No more can wait here."), 409)
        return answer_json({"said": speakers(request, live)[0](WAITS)}, 201)
    if not _start_step(request.app, live, sent):
        raise RefusedRequest(RUNNING, 409)
    return answer_json({"building": True}, 202)


WAITS = mark_translatable("It waits for its time.")


def _zone(live: LiveCampaign) -> ZoneInfo:
    project: Project | None = newest_project(live)
    return ZoneInfo(project.campaign.record.schedule.timezone if project else "UTC")


def _planned_act(request: Request, live: LiveCampaign, sent: SentPublication) -> PlannedAct:
    moment = planned_moment(sent.at, _zone(live).key, request.app.state.now())
    if moment is None:
        raise RefusedRequest(mark_translatable("This is no moment to come."), 422)
    return PlannedAct(
        id="",
        at=int(moment.timestamp()),
        step="back" if sent.step == "back" else "publish",
        target=sent.target,
        by=sent.by.strip()[:80],
        publication=sent.id,
    )


@refuse_in_words
async def cancel(request: Request, live: LiveCampaign) -> Response:
    """Let a step wait no longer."""
    sent: dict[str, str] = await read_json(request, dict[str, str])
    if not await anyio.to_thread.run_sync(cancel_act, live.root, live.slug, sent.get("id", "")):
        raise RefusedRequest(mark_translatable("It waits no longer."), 404)
    return answer_json({"said": speakers(request, live)[0](CANCELLED)})


CANCELLED = mark_translatable("Cancelled: nothing happens then.")


def carry_out_due(app: Starlette, live: LiveCampaign) -> None:
    """Begin the next step of a campaign whose moment has come, unless a build is running."""
    now: dt.datetime = app.state.now()
    act = due_act(live.root, live.slug, int(now.timestamp()))
    if act is None or app.state.builder.progress(live.slug).state == "running":
        return
    cancel_act(live.root, live.slug, act.id)  # it is tried once
    sent = SentPublication(step=act.step, target=act.target, by=act.by, id=act.publication)
    with suppress(RefusedRequest):  # the target is gone
        _start_step(app, live, sent)


def _start_step(app: Starlette, live: LiveCampaign, sent: SentPublication) -> bool:
    target = find_target(live, sent.target)
    clock = app.state.now

    def work(live: LiveCampaign, asked: BuildRequest) -> WorkDone:
        now = clock()
        if sent.step != "back":  # this very process vouches for what goes up
            whole(live, msgspec.structs.replace(asked, now=now))
        wanted = PublishRequest(
            root=live.root,
            campaign=live.slug,
            target=target,
            now=int(now.timestamp()),
            by=sent.by.strip()[:80],
            over=sent.over,
            most_gone=100 if sent.gone else None,
            sure=bool(sent.sure),
            progress=asked.progress,
        )
        if sent.step == "plan":
            return WorkDone(0, told=preview_changes(live, wanted, now))
        if sent.step == "back":
            return WorkDone(0, told=return_to(live, wanted, sent.id, now))
        return WorkDone(0, told=publish_build(live, wanted, now))

    started: bool = app.state.builder.start(live, work, f"{sent.step} {target.id}")
    return started


@refuse_in_words
async def build(request: Request, live: LiveCampaign) -> Response:
    """Start a build."""
    await read_json(request, dict[str, str])
    if not request.app.state.builder.start(live, whole, ""):
        raise RefusedRequest(RUNNING, 409)
    return answer_json({}, 202)


@with_live_campaign
def building_state(request: Request, live: LiveCampaign) -> Response:
    """Say how far a build or a publication is."""
    progress: Progress = request.app.state.builder.progress(live.slug)
    return answer_json(progress._replace(told=None)._asdict())
