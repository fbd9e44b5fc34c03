"""Answer requests about what leaves the house: gallery, board, calendar, exports, build, site.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stopjihad.build.cards import CardChoice
from stopjihad.catalog.timezones import time_zone
from stopjihad.model.campaign import Schedule
from stopjihad.preview import building, exporting
from stopjihad.preview.board import COLUMNS, make_board, states
from stopjihad.preview.calendar import Asked, make_week, platforms_of
from stopjihad.preview.edit.authored import Remove, Set, value_at, values
from stopjihad.preview.edit.choices import marked
from stopjihad.preview.edit.request import Refused, read_json
from stopjihad.preview.edit.routes import answering
from stopjihad.preview.edit.save import Conflict, Wanted
from stopjihad.preview.files import media_type
from stopjihad.preview.gallery import Wanted as WantedCards
from stopjihad.preview.gallery import archive, draw, make_gallery
from stopjihad.preview.inject import PAGE_POLICY
from stopjihad.preview.live import Live
from stopjihad.preview.views import (
    answer_json,
    language_choices,
    live_of,
    missing,
    newest_project,
    refuse,
    show_campaign,
)
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.export.formats import EXPORTS

SCHEDULE = tuple(field.encode_name for field in msgspec.structs.fields(Schedule))


def gallery(request: Request) -> Response:
    """Show all cards of a design, a format and a language."""
    live = live_of(request)
    if live is None:
        return missing(request)
    asked = request.query_params
    say, term = request.app.state.pages.speakers(request, live)
    wanted = WantedCards(*(asked.get(name, "") for name in WantedCards._fields))
    found = make_gallery(live, wanted, say, term)
    if found is not None and "zip" in asked:
        name = f"{live.slug}-{found.wanted.design}-{found.wanted.format}.zip"
        return download(archive(live, found.tiles, found.wanted), name)
    return show_campaign(request, live, "gallery.html", gallery=found, query=request.url.query)


def card(request: Request) -> Response:
    """Draw one card: every part of its name is looked up."""
    live = live_of(request)
    if live is None:
        return missing(request)
    path = request.path_params
    choice = CardChoice(
        subject=path["subject"],
        language=path["language"],
        format=path["format"],
        design=path["design"],
        debug="lines" in request.query_params,
    )
    try:
        data = draw(live, choice)
    except ProblemsFound as found:
        return refuse(" ".join(f"{one.message}. {one.hint}" for one in found.problems), 404)
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return Response(data, headers={"content-type": kind})


def board(request: Request) -> Response:
    """Show drafts by state, or by day."""
    live = live_of(request)
    project = newest_project(live) if live else None
    if live is None:
        return missing(request)
    say, _ = request.app.state.pages.speakers(request, live)
    asked = request.query_params
    platform, language = asked.get("platform", ""), asked.get("language", "")
    common: dict[str, Any] = {
        "names": {name: say(words) for name, words in COLUMNS.items()},
        "platforms": platforms_of(live),
        "languages": language_choices(live),
    }
    if asked.get("view") != "calendar" or project is None:
        found = make_board(live, platform, language)
        return show_campaign(request, live, "board.html", board=found, **common)
    start = project.campaign.record.schedule.start
    day = _day(asked.get("week", ""), max(start, live.today()))
    monday = day - dt.timedelta(days=day.weekday())
    week = make_week(live, Asked(platform, language, monday), states(live))
    return show_campaign(
        request,
        live,
        "calendar.html",
        week=week,
        platform=platform,
        language=language,
        schedule=project.campaign.record.schedule,
        **common,
    )


class Moved(msgspec.Struct, forbid_unknown_fields=True):
    """Hold where a post goes: wall time of its schedule, or nothing to let the slots decide."""

    post: str
    moment: str


@answering
async def move(request: Request, live: Live) -> Response:
    """Give a post a time of its own."""
    sent: Moved = await read_json(request, Moved)
    project = newest_project(live)
    known = {"/".join(post) for post in _every_post(live)}
    if project is None or sent.post not in known:
        raise Refused(marked("There is no such post."), 404)
    schedule = project.campaign.record.schedule
    path = f"campaigns/{live.slug}/campaign.yaml"
    place = ("schedule", "fixed", sent.post)
    desk = request.app.state.desk
    saved = desk.load(path)
    was = value_at(values(saved.text), place)
    if sent.moment:
        zone = time_zone(schedule.timezones.get(sent.post.split("/")[1], schedule.timezone))
        try:
            wall = dt.datetime.fromisoformat(sent.moment).replace(tzinfo=zone)
        except ValueError:
            raise Refused(marked("This is no time."), 422) from None
        edit: Set | Remove = Set(place, wall.isoformat(timespec="seconds"))
    elif was is None:
        return answer_json({})
    else:
        edit = Remove(place)
    wanted = [Wanted(edit, was)]
    result = await anyio.to_thread.run_sync(desk.save, path, wanted, saved.digest, SCHEDULE)
    if isinstance(result, Conflict):
        raise Refused(marked("Someone else moved it at this moment. Look again."), 409)
    await request.app.state.follower.saved(live, [])
    await anyio.to_thread.run_sync(live.refresh)
    return answer_json({})


def exports(request: Request) -> Response:
    """Offer exports, and say what a file would hold."""
    live = live_of(request)
    project = newest_project(live) if live else None
    if live is None:
        return missing(request)
    say, _ = request.app.state.pages.speakers(request, live)
    asked = _asked(request)
    name = request.query_params.get("format", "")
    offered: exporting.Offer | None = None
    problems: tuple[Problem, ...] = ()
    listed = exporting.formats(say)
    if project is not None and name in {one.value for one in listed}:
        try:
            offered = exporting.offer(live, name, asked, say)
        except ProblemsFound as found:
            problems = found.problems
    builder: building.Builder = request.app.state.builder
    return show_campaign(
        request,
        live,
        "export.html",
        formats=listed,
        format=name if offered else "",
        asked=asked,
        offer=offered,
        stopped=problems,
        platforms=platforms_of(live),
        languages=language_choices(live),
        query=request.url.query,
        progress=builder.progress(live.slug),
        folder=f"{building.OUT}/{live.slug}/site",
        workspace=str(live.root),
        built="site/index.html" in building.published(live),
    )


def take(request: Request) -> Response:
    """Give an export away."""
    live = live_of(request)
    name = request.path_params["format"]
    if live is None or newest_project(live) is None or name not in EXPORTS:
        return missing(request)
    try:
        made = exporting.make(live, name, _asked(request))
    except ProblemsFound as found:
        return show_campaign(request, live, "problems.html", 500, problems=found.problems)
    if len(made.files) == 1:
        ((file, data),) = made.files.items()
        return download(data, file)
    return download(exporting.packed(made), f"{live.slug}-{name}.zip")


@answering
async def build(request: Request, live: Live) -> Response:
    """Start a build."""
    await read_json(request, dict[str, str])
    if not request.app.state.builder.start(live):
        raise Refused(marked("A build is running already."), 409)
    return answer_json({}, 202)


def building_state(request: Request) -> Response:
    """Say how far the build is."""
    live = live_of(request)
    if live is None:
        return missing(request)
    return answer_json(request.app.state.builder.progress(live.slug)._asdict())


def built(request: Request) -> Response:
    """Show a built file: looked up in the manifest, compared with its digest."""
    live = live_of(request)
    if live is None:
        return missing(request)
    wanted = request.path_params["path"]
    known = building.published(live)
    if wanted not in known:
        wanted = f"{wanted}index.html"
    data = building.read_published(live, wanted, known[wanted]) if wanted in known else None
    if data is None:
        return missing(request)
    headers = {"content-type": media_type(wanted)}
    if wanted.endswith(".html"):
        headers["content-security-policy"] = PAGE_POLICY
    return Response(data, headers=headers)


def site(request: Request) -> Response:
    """Show the site in a frame, at the width of a device."""
    live = live_of(request)
    project = newest_project(live) if live else None
    if live is None:
        return missing(request)
    campaign = project.campaign.record if project else None
    return show_campaign(
        request,
        live,
        "site.html",
        languages=language_choices(live),
        source=campaign.source_language if campaign else "",
    )


def download(data: bytes, name: str) -> Response:
    """Answer with a file to be saved.

    Args:
        data: its bytes.
        name: made by us: letters, digits, dots and hyphens.

    Returns:
        The answer.
    """
    headers = {
        "content-type": media_type(name),
        "content-disposition": f'attachment; filename="{name}"',
    }
    return Response(data, headers=headers)


def _asked(request: Request) -> exporting.Asked:
    asked = request.query_params
    return exporting.Asked(
        tuple(asked.getlist("language")),
        tuple(asked.getlist("platform")),
        asked.get("first", "")[:10],
        asked.get("last", "")[:10],
    )


def _day(text: str, otherwise: dt.date) -> dt.date:
    """Read a day whose weeks before and after a calendar has."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = otherwise
    edge = dt.timedelta(weeks=2)
    return min(max(day, dt.date.min + edge), dt.date.max - edge)


def _every_post(live: Live) -> list[tuple[str, str, str]]:
    return [
        (platform.value, language, point)
        for language, point in states(live)
        for platform in platforms_of(live)
    ]


ROUTES = [
    Route("/c/{slug}/gallery", gallery),
    Route("/card/{slug}/{design}/{language}/{subject}/{format}", card),
    Route("/c/{slug}/board", board),
    Route("/c/{slug}/board", move, methods=["POST"]),
    Route("/c/{slug}/export", exports),
    Route("/c/{slug}/export/{format}", take),
    Route("/c/{slug}/build", building_state),
    Route("/c/{slug}/build", build, methods=["POST"]),
    Route("/c/{slug}/site", site),
    Route("/built/{slug}/{path:path}", built),
]
