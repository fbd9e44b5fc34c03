"""What schedulers were given, in the studio: what to stop while an alert holds, what to correct."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.build.partner_mails import partner_mails
from stopjihad.catalog.languages import autonym
from stopjihad.catalog.platforms import Platform
from stopjihad.catalog.schedulers import stop_steps
from stopjihad.catalog.timezones import time_zone
from stopjihad.model.project import Project
from stopjihad.model.queued import QueueItem, note_taken_out, standing_queue
from stopjihad.plan.editions import remembered_points
from stopjihad.plan.mistakes import known_mistakes
from stopjihad.render.post.export.formats import ExportJob, export
from stopjihad.render.post.export.queue import (
    HOURS,
    draft_texts,
    judge_item,
    list_stopped,
    pause_until,
    stopped_posts,
)
from stopjihad.review.ledger import append_exports
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    download,
    download_all,
    newest_project,
    read_json,
    refuse_in_words,
    require_project,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.export import FORMATS, export_job
from stopjihad.studio.words import CHANGED
from stopjihad.view.partner_mail import PartnerMail

TOLD = 5
"""Most mistakes, the newest first, whose mails are drafted."""

SHOWN = 40
"""Most posts that a view lists; files have all."""


class StoppedQueue(NamedTuple):
    """What to stop in a scheduler: what it is called, how it is stopped, what goes out next.

    ``source`` is the page that says how; ``soon`` are the posts of the next hours, ``total`` is the
    number of all.
    """

    id: str
    name: str
    steps: tuple[str, ...]
    source: str
    soon: tuple[QueueItem, ...]
    total: int


class WrongPost(NamedTuple):
    """A post that may be queued and says something else than its draft; ``right`` is that one.

    ``right`` is empty where nothing is told any more.
    """

    item: QueueItem
    right: str


class MistakeMails(NamedTuple):
    """A talking point that was wrong, its fact, and the mails about it to partners who have it."""

    point: str
    name: str
    mails: tuple[PartnerMail, ...]


@with_live_campaign
def queue(request: Request, live: LiveCampaign) -> Response:
    """Show what is queued elsewhere: what goes out while an alert holds, and what is wrong."""
    project = newest_project(live)
    say, _ = speakers(request, live)
    queues: list[StoppedQueue] = []
    wrong: list[WrongPost] = []
    mails: list[MistakeMails] = []
    until = live.now()
    if project is not None:
        now = live.now()
        until = pause_until(project.reviews, now)
        items = standing_queue(project.exports)
        soon = now + dt.timedelta(hours=HOURS)
        for name, found in stopped_posts(items, now, until).items():
            first = tuple(one for one in found if one.at and one.at < soon)[:SHOWN]
            steps = stop_steps(name)
            told = tuple(map(say, steps.steps))
            label = FORMATS.get(name, (steps.name, ""))[0]
            queues.append(StoppedQueue(name, label, told, steps.source, first, len(found)))
        # All drafts are made for it, with their cards: where nothing was exported, none is.
        wrong = _wrong_posts(items, export_job(live)) if items else []
        mails = _mails(live, project)
    return show_campaign(
        request,
        live,
        "queue.html",
        queues=queues,
        wrong=wrong[:SHOWN],
        more=max(0, len(wrong) - SHOWN),
        mails=mails,
        name_of=partial(_name_post, live.state.found.shared.platforms, _facts(project)),
        schedulers={name: label for name, (label, _) in FORMATS.items()},
        until=_wall(live, until),
    )


def _name_post(platforms: Mapping[str, Platform], facts: Mapping[str, str], item: QueueItem) -> str:
    """Name a post by platform, language and fact."""
    platform, language, point = item.post.split("/")
    name = platforms[platform].name if platform in platforms else platform
    return f"{name} · {autonym(language)} · \u2068{facts.get(point, point)}\u2069"


def _facts(project: Project | None) -> dict[str, str]:
    told = (*project.points, *project.withdrawn_points) if project else ()
    return {one.record.id: one.record.fact for one in told}


def _wall(live: LiveCampaign, moment: dt.datetime) -> str:
    """Write a moment by the campaign's clock, apart from the letters around it."""
    project = newest_project(live)
    zone = time_zone(project.campaign.record.schedule.timezone) if project else dt.UTC
    return f"\u2066{moment.astimezone(zone):%Y-%m-%d %H:%M}\u2069"


def _mails(live: LiveCampaign, project: Project) -> list[MistakeMails]:
    """Draft the mails about the newest mistakes."""
    known = known_mistakes(project, remembered_points(project))
    points = list(dict.fromkeys(one.point for one in reversed(known)))[:TOLD]
    facts = _facts(project)
    drafted = [(point, partner_mails(live.state.found, point)) for point in points]
    return [
        MistakeMails(point, facts.get(point, point), mails) for point, mails in drafted if mails
    ]


@with_live_campaign
def mail(request: Request, live: LiveCampaign) -> Response:
    """Give a mail to a partner as a draft that a mail program opens."""
    point, partner = request.path_params["point"], request.path_params["partner"]
    for one in partner_mails(live.state.found, point):
        if one.partner == partner:
            return download(one.as_file(), f"{one.partner}-{point}.eml")
    return answer_missing(request)


def _wrong_posts(items: tuple[QueueItem, ...], job: ExportJob) -> list[WrongPost]:
    texts = draft_texts(job)
    verdicts = [(one, judge_item(one, job)) for one in items]
    return [
        WrongPost(one, texts.get(one.post, "") if verdict == "changed" else "")
        for one, verdict in verdicts
        if verdict != "current"
    ]


class DonePost(msgspec.Struct, forbid_unknown_fields=True):
    """Name the line of a post that somebody corrected or deleted in its scheduler."""

    about: str


@refuse_in_words
async def done(request: Request, live: LiveCampaign) -> Response:
    """Write down that a post was corrected or deleted in its scheduler: it is not listed again."""
    sent: DonePost = await read_json(request, DonePost)
    project = require_project(live)
    known = {one.line: one for one in standing_queue(project.exports)}
    if sent.about not in known:
        raise RefusedRequest(CHANGED, 409)
    line = note_taken_out(known[sent.about], live.now())
    await anyio.to_thread.run_sync(append_exports, live.root, live.slug, (line,))
    await request.app.state.follower.read(live)
    return answer_json({"done": 1})


@with_live_campaign
def take(request: Request, live: LiveCampaign) -> Response:
    """Give the list of what to stop in a scheduler, and what is imported in its place."""
    name = request.path_params["scheduler"]
    project = newest_project(live)
    now = live.now()
    found: tuple[QueueItem, ...] = ()
    if project is not None:
        until = pause_until(project.reviews, now)
        found = stopped_posts(standing_queue(project.exports), now, until).get(name, ())
    if project is None or not found or name not in FORMATS:
        return answer_missing(request)
    files = {"stop.csv": list_stopped(found)}
    made = export(name, export_job(live, halt=(now, until)))
    files |= {f"instead/{file}": data for file, data in made.files.items()}
    return download_all(sorted(files.items()), f"{live.slug}-{name}-stop.zip")
