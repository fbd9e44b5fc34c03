"""The studio as an application: whom it lets in, what it answers, and how it follows the files."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple

import anyio.to_thread
import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from stopjihad.build.work.keys import versions
from stopjihad.disk.program import code_digest
from stopjihad.disk.save import tidy
from stopjihad.load.clock import read_clock
from stopjihad.studio.answers import (
    answer_missing,
    newest_project,
    show,
    version_of,
    with_live_campaign,
)
from stopjihad.studio.builder import Builder
from stopjihad.studio.file_history import notice_campaign
from stopjihad.studio.guard import (
    READING,
    USED,
    WRITING,
    Guard,
    Rules,
    Session,
    closed_page,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.follower import Follower
from stopjihad.studio.live.renderer import Renderer
from stopjihad.studio.pages import (
    alert,
    alert_outputs,
    alert_template,
    alert_upload,
    alerts,
    begin,
    board,
    calendar,
    change_sets,
    colleagues,
    document,
    elsewhere,
    export,
    gallery,
    history,
    languages,
    media,
    outputs,
    overview,
    page,
    partners,
    point,
    points,
    postings,
    problems,
    publishing,
    queue,
    review,
    settings,
    settings_glossary,
    settings_languages,
    settings_numbers,
    sheet,
    targets,
    translation,
    two_versions,
)
from stopjihad.studio.reload import Hub
from stopjihad.studio.saver import Saver
from stopjihad.studio.templates import Templates, own_files
from stopjihad.studio.waiting import has_lapsed


def start(request: Request) -> Response:
    """Lead to the campaign, or let people choose one."""
    lives: dict[str, LiveCampaign] = request.app.state.lives
    if len(lives) == 1:
        return RedirectResponse(f"/c/{next(iter(lives))}", 303)
    return show(request, "campaigns.html", lives=lives)


_INSIDE = '<!doctype html><meta http-equiv="refresh" content="0;url=/"><a href="/">stopjihad</a>\n'
"""Page that leads on: after a redirect a browser that came from elsewhere would bring no cookie."""


REMEMBERED = 30 * 24 * 3600
"""Seconds for which a browser that was let in may come back: a month."""


def let_in(request: Request) -> Response:
    """Turn a token into a cookie, once; looking ahead (HEAD, prefetching) does not use it up."""
    state, token = request.app.state, request.path_params["token"]
    if request.cookies.get(state.cookie) == state.session.secret:
        return RedirectResponse("/", 303)
    ahead = request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", "")
    if not (state.session.knows(token) if ahead else state.session.use(token)):
        return Response(closed_page(USED), 403, media_type="text/html")
    if ahead:
        return Response(status_code=200 if request.method == "HEAD" else 503)
    answer = HTMLResponse(_INSIDE)
    answer.set_cookie(
        state.cookie, state.session.secret, max_age=REMEMBERED, httponly=True, samesite="strict"
    )
    state.opened(state.session.opening_address)
    return answer


def asset(request: Request) -> Response:
    """Serve a file of the studio from the map of them."""
    found = request.app.state.assets.get(request.path_params["name"])
    if found is None:
        return answer_missing(request)
    return Response(found.data, headers={"content-type": found.type})


async def unknown(request: Request, _: Exception) -> Response:
    """Answer where no route leads."""
    return answer_missing(request)


@with_live_campaign
def events(request: Request, live: LiveCampaign) -> Response:
    """Tell a page what changes while it is open."""

    def first() -> bytes:
        kinds = {"errors": "error", "warnings": "warning", "notes": "info"}
        numbers = {name: live.count(severity) for name, severity in kinds.items()}
        return msgspec.json.encode({"version": version_of(live), **numbers})

    stream = request.app.state.hub.listen(live.slug, first)
    return StreamingResponse(stream, media_type="text/event-stream")


LOOK = 2.0
"""Seconds between two looks at what waits for its time."""


async def keep_time(app: Starlette) -> None:
    """Carry out what was planned when its time comes, and show what is taken down by then."""
    read_again: dict[str, object] = {}  # one that cannot be read now is not tried for ever
    while True:
        for live in app.state.lives.values():
            with contextlib.suppress(Exception):  # the page shows what went wrong
                if not app.state.read_only:
                    await anyio.to_thread.run_sync(publishing.carry_out_due, app, live)
                project = newest_project(live)
                if project is not read_again.get(live.slug) and has_lapsed(project, read_clock()):
                    read_again[live.slug] = project
                    await app.state.follower.read(live)
        await asyncio.sleep(LOOK)


POST = ["POST"]

ROUTES = [
    Route("/", start),
    Route("/open/{token}", let_in),
    Route("/studio/{name}", asset),
    Route("/events/{slug}", events),
    Route("/c/{slug}", overview.overview),
    Route("/c/{slug}/problems", problems.problems),
    Route("/c/{slug}/badge", problems.badge),
    Route("/c/{slug}/made", outputs.show_outputs),
    Route("/c/{slug}/site", outputs.site),
    Route("/out/{slug}/{path:path}", outputs.output),
    Route("/try/{slug}/{path:path}", outputs.attempt),
    Route("/built/{slug}/{path:path}", outputs.show_built),
    Route("/c/{slug}/cited-sources", document.cited_sources),
    Route("/c/{slug}/points", points.points),
    Route("/c/{slug}/points", points.create, methods=POST),
    Route("/c/{slug}/points/{id}", point.point),
    *point.EDITOR.routes("/c/{slug}/points/{id}"),
    Route("/c/{slug}/points/{id}/{part}", point.part),
    Route("/c/{slug}/pages", page.pages),
    Route("/c/{slug}/pages", page.create, methods=POST),
    Route("/c/{slug}/pages/{id}", page.page),
    *page.EDITOR.routes("/c/{slug}/pages/{id}"),
    Route("/c/{slug}/pages/{id}/{part}", page.part),
    Route("/c/{slug}/campaign", settings.form),
    Route("/c/{slug}/campaign/begin", begin.begin),
    Route("/c/{slug}/campaign/begin", begin.finish, methods=POST),
    Route("/c/{slug}/campaign/languages", settings_languages.show_languages),
    Route("/c/{slug}/campaign/languages", settings_languages.change, methods=POST),
    Route("/c/{slug}/campaign/glossary", settings_glossary.glossary),
    Route("/c/{slug}/campaign/glossary", settings_glossary.change, methods=POST),
    Route("/c/{slug}/campaign/numbers", settings_numbers.numbers),
    Route("/c/{slug}/campaign/numbers", settings_numbers.change, methods=POST),
    *(
        route
        for name, editor in settings.EDITORS.items()
        for route in editor.routes(f"/c/{{slug}}/campaign/{name}")
    ),
    Route("/c/{slug}/campaign/left", overview.next_left),
    Route("/c/{slug}/campaign/left", overview.make_ours, methods=POST),
    Route("/c/{slug}/campaign/alerts", alert_template.templates),
    Route("/c/{slug}/campaign/alerts", alert_template.create, methods=POST),
    *alert_template.EDITOR.routes("/c/{slug}/campaign/alerts/{id}"),
    Route("/c/{slug}/campaign/alerts/{id}", alert_template.template),
    Route("/c/{slug}/campaign/alerts/{id}/approval", alert_template.approval),
    Route("/c/{slug}/campaign/partners", partners.partners),
    Route("/c/{slug}/campaign/partners", partners.create, methods=POST),
    Route("/c/{slug}/campaign/partners/{id}", partners.partner),
    Route("/c/{slug}/campaign/partners/{id}/{name}", partners.take),
    Route("/c/{slug}/campaign/{id}", settings.form),
    Route("/c/{slug}/campaign/{id}/{part}", settings.part),
    Route("/c/{slug}/logo", media.add_logo, methods=POST),
    Route("/c/{slug}/file", problems.file),
    Route("/c/{slug}/file", problems.write, methods=POST),
    Route("/c/{slug}/versions", two_versions.versions),
    Route("/c/{slug}/versions", two_versions.settle, methods=POST),
    Route("/c/{slug}/line", problems.write_line, methods=POST),
    Route("/c/{slug}/media", media.add_picture, methods=POST),
    Route("/media/{slug}/{name}", media.picture),
    Route("/c/{slug}/translate", languages.languages),
    Route("/c/{slug}/translate", languages.update, methods=POST),
    Route("/c/{slug}/translate/{language}", translation.language),
    Route("/c/{slug}/translate/{language}", translation.save, methods=POST),
    Route("/c/{slug}/sets", change_sets.show_sets),
    Route("/c/{slug}/sets", change_sets.change, methods=POST),
    Route("/c/{slug}/sets/{id}", change_sets.show_set),
    Route("/c/{slug}/review", review.review),
    Route("/c/{slug}/review", review.decide, methods=POST),
    Route("/c/{slug}/review/sheet", sheet.sheet),
    Route("/c/{slug}/review/remarks", sheet.remarks),
    Route("/c/{slug}/review/remarks", sheet.remark, methods=POST),
    Route("/c/{slug}/review/file", elsewhere.ask_about_texts, methods=POST),
    Route("/c/{slug}/review/code", elsewhere.take_code, methods=POST),
    Route("/c/{slug}/alerts", alerts.alerts),
    Route("/c/{slug}/alerts", alerts.start, methods=POST),
    Route("/c/{slug}/alerts/drill", alerts.practise, methods=POST),
    Route("/c/{slug}/alerts/drills.svg", alerts.chart),
    Route("/c/{slug}/alerts/{id}", alert.alert),
    Route("/c/{slug}/alerts/{id}", alert.save, methods=POST),
    Route("/c/{slug}/alerts/{id}/step", alert.step, methods=POST),
    Route("/c/{slug}/alerts/{id}/file", elsewhere.ask_about_alert, methods=POST),
    Route("/c/{slug}/alerts/{id}/upload", alert_upload.upload, methods=POST),
    Route("/alert/{slug}/{id}/{path:path}", alert_outputs.output),
    Route("/c/{slug}/gallery", gallery.gallery),
    Route("/card/{slug}/{design}/{language}/{subject}/{format}", gallery.card),
    Route("/film/{slug}/{language}/{subject}/{name}", gallery.film),
    Route("/c/{slug}/board", board.board),
    Route("/c/{slug}/calendar", calendar.show_calendar),
    Route("/c/{slug}/calendar", calendar.move, methods=POST),
    Route("/c/{slug}/calendar/pictures", calendar.pictures),
    Route("/c/{slug}/calendar/repeat", calendar.repeat, methods=POST),
    Route("/c/{slug}/calendar/posted", postings.mark, methods=POST),
    Route("/c/{slug}/export", export.exports),
    Route("/c/{slug}/queue", queue.queue),
    Route("/c/{slug}/queue/done", queue.done, methods=POST),
    Route("/c/{slug}/queue/{scheduler}", queue.take),
    Route("/c/{slug}/queue/mail/{point}/{partner}", queue.mail),
    Route("/c/{slug}/export/{format}", export.take),
    Route("/c/{slug}/publish", publishing.show_publishing),
    Route("/c/{slug}/publish", publishing.publish, methods=POST),
    Route("/c/{slug}/publish/target", targets.make_target, methods=POST),
    Route("/c/{slug}/publish/cancel", publishing.cancel, methods=POST),
    Route("/c/{slug}/publish/key", targets.make_key, methods=POST),
    Route("/c/{slug}/colleagues", colleagues.show_colleagues),
    Route("/c/{slug}/colleagues", colleagues.exchange, methods=POST),
    Route("/c/{slug}/history", history.history),
    Route("/c/{slug}/history", history.put_back, methods=POST),
    Route("/c/{slug}/history/forget", history.forget, methods=POST),
    Route("/c/{slug}/history/state", history.put_state_back, methods=POST),
    Route("/c/{slug}/build", publishing.building_state),
    Route("/c/{slug}/build", publishing.build, methods=POST),
]
"""Every address of the studio, and the view that answers it."""


def moment() -> dt.datetime:
    """Give the moment that counts, to the second."""
    return read_clock()


class StudioSetting(NamedTuple):
    """Say what the studio serves.

    Attributes:
        root: the workspace, absolute.
        slugs: campaigns to serve.
        port: port that browsers name, part of the addresses that are accepted.
        today: gives the day that counts for helplines.
        read_only: whether nothing may be changed.
        opened: called with a new opening address when one was used.
        numeric: whether the studio goes by ``127.0.0.1`` instead of a name of its own.
        now: gives the moment that the steps of alerts keep.
    """

    root: Path
    slugs: tuple[str, ...]
    port: int
    today: Callable[[], dt.date]
    read_only: bool
    opened: Callable[[str], None]
    numeric: bool = False
    now: Callable[[], dt.datetime] = moment


class Studio(NamedTuple):
    """The application and what its owner needs: who may come in, and how to stop."""

    app: Guard
    session: Session
    hub: Hub


def make_studio(setting: StudioSetting) -> Studio:
    """Make the application; campaigns are read at once."""
    session = Session(setting.port, setting.root, numeric=setting.numeric)
    hub = Hub(session.countersign)
    code = code_digest()
    renderer = Renderer(setting.root, versions(code))
    lives = {
        slug: LiveCampaign(setting.root, slug, renderer, setting.today, setting.now)
        for slug in setting.slugs
    }
    own = own_files()

    def keep_versions(slug: str, paths: frozenset[Path]) -> None:
        if not setting.read_only:
            notice_campaign(setting.root, slug, paths)

    @contextlib.asynccontextmanager
    async def run_follower(app: Starlette) -> AsyncIterator[None]:
        stop = asyncio.Event()
        app.state.follower = Follower(setting.root, lives, hub, keep_versions)
        task = asyncio.create_task(app.state.follower.run(stop))
        waiting = asyncio.create_task(keep_time(app))
        yield
        stop.set()
        hub.close()
        waiting.cancel()
        await task

    tidy(setting.root)
    app = Starlette(
        routes=ROUTES,
        lifespan=run_follower,
        exception_handlers={404: unknown},
    )
    app.router.redirect_slashes = False  # an address is in the plan, or it is nowhere
    app.state.lives = lives
    app.state.hub = hub
    app.state.builder = Builder(code)
    app.state.saver = Saver(setting.root)
    app.state.session = session
    app.state.templates = Templates(own)
    app.state.assets = own.assets
    app.state.read_only = setting.read_only
    app.state.cookie = f"stopjihad-{setting.port}"
    app.state.opened = setting.opened
    app.state.now = setting.now
    rules = Rules(
        hosts=frozenset({session.host.encode()}),
        cookie=app.state.cookie.encode(),
        session=session.secret.encode(),
        methods=READING if setting.read_only else WRITING,
        countersign=session.countersign.encode(),
    )
    return Studio(Guard(app, rules), session, hub)
