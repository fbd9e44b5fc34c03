"""Exports in the studio: choose, see what a file would hold, take it away."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stopjihad.build.standing_drafts import EXPIRED, OUTDATED, standing_drafts
from stopjihad.model.posting import posted_days
from stopjihad.model.project import Project
from stopjihad.plan.calendar import windows_of
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.post.export.formats import (
    EXPORTS,
    HELD,
    POSTED,
    WITHDRAWN,
    Export,
    ExportJob,
    export,
)
from stopjihad.render.post.export.queue import queued_lines
from stopjihad.render.post.files import DraftEntry
from stopjihad.review.ledger import append_exports
from stopjihad.studio.answers import (
    answer_missing,
    download,
    download_all,
    language_choices,
    newest_project,
    platform_choices,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.words import Choice, Say, mark_translatable

POSTS = "posts/posts.json"

FORMATS = {
    "xlsx": (
        "Excel",
        mark_translatable("For people who decide: a sheet per platform with picture and text"),
    ),
    "ics": ("iCalendar", mark_translatable("For any calendar: an event for each draft")),
    "csv": ("CSV", mark_translatable("Every draft with every field, for anything")),
    "json": ("JSON", mark_translatable("The same for programs")),
    "buffer": ("Buffer", mark_translatable("Scheduler: one file for each account")),
    "publer": ("Publer", mark_translatable("Scheduler: threads and alternative texts included")),
    "metricool": ("Metricool", mark_translatable("Scheduler: one file for all networks")),
    "hootsuite": ("Hootsuite", mark_translatable("Scheduler: one file for each account")),
    "sprout": ("Sprout Social", mark_translatable("Scheduler: one file for each account")),
    "socialbee": ("SocialBee", mark_translatable("Scheduler: one file for each account")),
    "ayrshare": ("Ayrshare", mark_translatable("Scheduler: one file for all networks")),
    "postiz": ("Postiz", mark_translatable("Scheduler: drafts for its programming interface")),
}
"""Formats in the order in which they are offered: name of the program, and what the file is for."""

REASONS = {
    "it is a draft: sentences wait for a reader": mark_translatable(
        "it is a draft: sentences wait for a reader"
    ),
    "nobody has approved the text": mark_translatable("nobody has approved the text"),
    POSTED: mark_translatable("it was posted"),
    WITHDRAWN: mark_translatable("it is told no more"),
    OUTDATED: mark_translatable("its words are no longer whole in this language"),
    EXPIRED: mark_translatable("its time is over"),
    HELD: mark_translatable("it is due when it may not be posted"),
}
"""Reasons for leaving a draft out that are said in the interface's language."""


class ExportQuery(NamedTuple):
    """Say which drafts are wanted; empty means all. Days include both ends."""

    languages: tuple[str, ...]
    platforms: tuple[str, ...]
    first: str
    last: str


EVERYTHING = ExportQuery((), (), "", "")


class Offer(NamedTuple):
    """Say what a file would hold: drafts, and how many it leaves out for which reason."""

    files: int
    drafts: int
    left_out: tuple[tuple[str, int], ...]


def formats(say: Say) -> tuple[Choice, ...]:
    """List the formats with what they are for."""
    known = {name: FORMATS.get(name, (name, "")) for name in (*FORMATS, *EXPORTS)}
    return tuple(
        Choice(name, label, say(text)) for name, (label, text) in known.items() if name in EXPORTS
    )


def entries(live: LiveCampaign) -> tuple[DraftEntry, ...]:
    """Give all drafts of the last good plan.

    Returns:
        The drafts as ``posts.json`` lists them; none when the campaign has none.

    Raises:
        ProblemsFound: a draft or a card cannot be made.
    """

    def read() -> tuple[DraftEntry, ...]:
        served = live.serve(POSTS)
        if served is None:
            return ()
        if served.data is None or served.problems:
            raise ProblemsFound(served.problems)
        return msgspec.json.decode(served.data, type=tuple[DraftEntry, ...])

    return live.get_or_make("export-entries", read)


def make(live: LiveCampaign, name: str, asked: ExportQuery) -> Export:
    """Make an export.

    Raises:
        ProblemsFound: a draft or a card cannot be made.
    """
    return export(name, export_job(live, asked))


def export_job(
    live: LiveCampaign,
    asked: ExportQuery = EVERYTHING,
    halt: tuple[dt.datetime, dt.datetime] | None = None,
) -> ExportJob:
    """Give what an export is made from; ``halt`` is when nothing goes out.

    Raises:
        ProblemsFound: a draft or a card cannot be made.
    """
    project: Project = newest_project(live)
    campaign = project.campaign.record
    return ExportJob(
        campaign=live.slug,
        title=campaign.title,
        entries=tuple(one for one in entries(live) if _is_asked(one, asked)),
        policy=campaign.publication.unreviewed,
        timezone=campaign.schedule.timezone,
        updated=campaign.updated,
        picture=lambda path: _picture(live, path),
        between=(asked.first, asked.last),
        posted=posted_days(project.postings),
        standing=standing_drafts(project, live.now()),
        windows=windows_of(document.record for document in project.points),
        halt=halt,
    )


def offer(live: LiveCampaign, name: str, asked: ExportQuery, say: Say) -> Offer:
    """Say what an export would hold.

    Raises:
        ProblemsFound: a draft or a card cannot be made.
    """
    made = make(live, name, asked)
    reasons = Counter(say(REASONS.get(one.reason, one.reason)) for one in made.left_out)
    total = sum(_is_asked(one, asked) for one in entries(live))
    return Offer(len(made.files), total - len(made.left_out), tuple(reasons.most_common()))


def _is_asked(entry: DraftEntry, asked: ExportQuery) -> bool:
    if asked.languages and entry.language not in asked.languages:
        return False
    if asked.platforms and entry.platform not in asked.platforms:
        return False
    if not asked.first and not asked.last:
        return True
    days = [one[:10] for one in (entry.scheduled, *entry.again) if one]
    return any(asked.first <= day and (not asked.last or day <= asked.last) for day in days)


def _picture(live: LiveCampaign, path: str) -> bytes | None:
    served = live.serve(path)
    return served.data if served else None


@with_live_campaign
def exports(request: Request, live: LiveCampaign) -> Response:
    """Offer exports, and say what a file would hold."""
    project = newest_project(live)
    say, _ = speakers(request, live)
    asked = _asked_export(request)
    name = request.query_params.get("format", "")
    offered: Offer | None = None
    problems: tuple[Problem, ...] = ()
    listed = formats(say)
    if project is not None and name in {one.value for one in listed}:
        try:
            offered = offer(live, name, asked, say)
        except ProblemsFound as found:
            problems = found.problems
    return show_campaign(
        request,
        live,
        "export.html",
        formats=listed,
        format=name if offered else "",
        wanted=asked,
        offer=offered,
        stopped=problems,
        platforms=platform_choices(live),
        languages=language_choices(live),
        query=request.url.query,
    )


@with_live_campaign
def take(request: Request, live: LiveCampaign) -> Response:
    """Give an export away."""
    name = request.path_params["format"]
    if newest_project(live) is None or name not in EXPORTS:
        return answer_missing(request)
    asked = _asked_export(request)
    try:
        made = make(live, name, asked)
        if made.entries and not request.app.state.read_only:
            lines = queued_lines(name, made, newest_project(live).exports, live.now())
            append_exports(live.root, live.slug, lines)
    except ProblemsFound as found:
        return show_campaign(request, live, "problems.html", 422, problems=found.problems)
    if len(made.left_out) == sum(_is_asked(one, asked) for one in entries(live)):
        # A file of nothing helps nobody: the page says what is left out, and why.
        fields = [
            (key, value) for key, value in request.query_params.multi_items() if key != "format"
        ]
        query = urlencode([("format", name), *fields])
        return RedirectResponse(f"/c/{live.slug}/export?{query}", 303)
    if len(made.files) == 1:
        ((file, data),) = made.files.items()
        return download(data, file)
    return download_all(sorted(made.files.items()), f"{live.slug}-{name}.zip")


def _asked_export(request: Request) -> ExportQuery:
    asked = request.query_params
    return ExportQuery(
        tuple(asked.getlist("language")),
        tuple(asked.getlist("platform")),
        asked.get("first", "")[:10],
        asked.get("last", "")[:10],
    )
