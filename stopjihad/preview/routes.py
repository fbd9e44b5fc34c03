"""Answer requests for looking: the site, cards, drafts, problems, and the studio's own files."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from stopjihad.preview.edit.files_routes import lines_of
from stopjihad.preview.files import media_type
from stopjihad.preview.inject import PAGE_POLICY, Origin, below, with_reload
from stopjihad.preview.live import Live
from stopjihad.preview.made import make_list
from stopjihad.preview.overview import make_overview
from stopjihad.preview.views import (
    STATE_WORDS,
    live_of,
    missing,
    show,
    show_campaign,
    version_of,
)


def start(request: Request) -> Response:
    """Lead to the campaign, or let people choose one."""
    lives: dict[str, Live] = request.app.state.lives
    if len(lives) == 1:
        return RedirectResponse(f"/c/{next(iter(lives))}", 303)
    return show(request, "campaigns.html", lives=lives)


_INSIDE = '<!doctype html><meta http-equiv="refresh" content="0;url=/"><a href="/">stopjihad</a>\n'
"""Page that leads on: after a redirect a browser that came from elsewhere would bring no cookie."""


def opening(request: Request) -> Response:
    """Turn a token into a cookie, once; looking ahead (HEAD, prefetching) does not use it up."""
    state, token = request.app.state, request.path_params["token"]
    if request.cookies.get(state.cookie) == state.session.secret:
        return RedirectResponse("/", 303)
    ahead = request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", "")
    if not (state.session.knows(token) if ahead else state.session.use(token)):
        words = "This address was used already. The terminal shows the next one.\n"
        return Response(words, 403, media_type="text/plain")
    if ahead:
        return Response(status_code=200 if request.method == "HEAD" else 503)
    answer = HTMLResponse(_INSIDE)
    answer.set_cookie(state.cookie, state.session.secret, httponly=True, samesite="strict")
    state.opened(state.session.opening)
    return answer


def asset(request: Request) -> Response:
    """Serve a file of the studio from the map of them."""
    found = request.app.state.assets.get(request.path_params["name"])
    if found is None:
        return missing(request)
    return Response(found.data, headers={"content-type": found.type})


def overview(request: Request) -> Response:
    """Show a campaign at a glance."""
    live = live_of(request)
    if live is None:
        return missing(request)
    say, term = request.app.state.pages.speakers(request, live)
    return show_campaign(
        request,
        live,
        "overview.html",
        overview=make_overview(live, say, term),
        states={name: say(words) for name, words in STATE_WORDS.items()},
    )


def made(request: Request) -> Response:
    """List everything that a campaign becomes."""
    live = live_of(request)
    if live is None:
        return missing(request)
    good = live.state.good
    language = request.query_params.get("language", "")
    return show_campaign(
        request, live, "made.html", made=make_list(good, language) if good else None
    )


def badge(request: Request) -> Response:
    """Say how many problems there are, as the top of each page says it."""
    live = live_of(request)
    return missing(request) if live is None else show_campaign(request, live, "badge.html")


def problems(request: Request) -> Response:
    """Show what is wrong, for the frame at the foot of a page and for a page of its own."""
    live = live_of(request)
    if live is None:
        return missing(request)
    if "overlay" in request.query_params:
        lines = lines_of(live, request.app.state.desk)
        return show_campaign(request, live, "overlay.html", lines=lines)
    return show_campaign(request, live, "problems.html")


def attempt(request: Request) -> Response:
    """Serve an output of the files as they are, with mistakes that can be planned around."""
    live = live_of(request)
    if live is None:
        return missing(request)
    return _serve(request, live, newest=True)


def output(request: Request) -> Response:
    """Serve an output of the last good plan: looked up in the plan's map, made when asked for."""
    live = live_of(request)
    if live is None:
        return missing(request)
    return _serve(request, live, newest=False)


def _serve(request: Request, live: Live, *, newest: bool) -> Response:
    wanted = request.path_params["path"]
    plan = live.state.newest if newest else live.state.good
    steps = plan.steps if plan else {}
    top = f"/{'try' if newest else 'out'}/{live.slug}/"
    if wanted not in steps:
        folder = f"{wanted}/index.html" if wanted and not wanted.endswith("/") else ""
        if folder in steps:
            return RedirectResponse(top + steps[folder].output[:-10], 308)
        wanted = f"{wanted}index.html"
    version = version_of(live)
    served = live.serve(wanted, newest=newest)
    if served is None:
        return missing(request)
    if served.data is None:
        return show_campaign(request, live, "problems.html", 500, problems=served.problems)
    data, headers = served.data, {"content-type": media_type(wanted)}
    if wanted.endswith(".html"):
        if wanted == "site/404.html":
            data = below(data, _top(live), f"{top}site/")
        data = with_reload(data, Origin(live.slug, wanted, version))
        headers["content-security-policy"] = PAGE_POLICY
    return Response(data, headers=headers)


def events(request: Request) -> Response:
    """Tell a page what changes while it is open."""
    live = live_of(request)
    if live is None:
        return missing(request)
    first = msgspec.json.encode({"version": version_of(live), "errors": live.count_errors()})
    stream = request.app.state.hub.listen(live.slug, first)
    return StreamingResponse(stream, media_type="text/event-stream")


def _top(live: Live) -> str:
    """Give the path of the site on its own host, from slash to slash."""
    project = live.state.good.found.project if live.state.good else None
    base = project.campaign.record.base_url if project else ""
    return urlsplit(base).path.rstrip("/") + "/"


async def unknown(request: Request, _: Exception) -> Response:
    """Answer where no route leads."""
    return missing(request)


ROUTES = [
    Route("/", start),
    Route("/open/{token}", opening),
    Route("/studio/{name}", asset),
    Route("/c/{slug}", overview),
    Route("/c/{slug}/made", made),
    Route("/c/{slug}/problems", problems),
    Route("/c/{slug}/badge", badge),
    Route("/out/{slug}/{path:path}", output),
    Route("/try/{slug}/{path:path}", attempt),
    Route("/events/{slug}", events),
]
