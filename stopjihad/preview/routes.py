"""Answer requests for looking: the site, cards, drafts, problems, and the studio's own files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from stopjihad.preview.files import media_type
from stopjihad.preview.inject import PAGE_POLICY, Origin, below, with_reload
from stopjihad.preview.live import Live, Served
from stopjihad.preview.made import make_list

MISSING = "There is nothing at this address."


def live_of(request: Request) -> Live | None:
    """Find the campaign that an address names."""
    lives: dict[str, Live] = request.app.state.lives
    return lives.get(request.path_params["slug"])


def show(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """Answer with a page of the studio.

    Args:
        request: decides the language.
        template: file name below ``templates/studio/``.
        status: of the answer.
        **values: what the template shows.

    Returns:
        The page.
    """
    answer: Response = request.app.state.pages.answer(request, template, values, status)
    return answer


def missing(request: Request) -> Response:
    """Answer for an address that leads nowhere."""
    lives: dict[str, Live] = request.app.state.lives
    return show(request, "missing.html", 404, slugs=tuple(lives))


def start(request: Request) -> Response:
    """Lead to the campaign, or let people choose one."""
    lives: dict[str, Live] = request.app.state.lives
    if len(lives) == 1:
        return RedirectResponse(f"/c/{next(iter(lives))}", 303)
    return show(request, "campaigns.html", lives=lives)


def opening(request: Request) -> Response:
    """Turn a token into a cookie, once."""
    state = request.app.state
    known = request.cookies.get(state.cookie) == state.session.secret
    used = not known and state.session.use(request.path_params["token"])
    if not known and not used:
        words = "This address was used already. The terminal shows the next one.\n"
        return Response(words, 403, media_type="text/plain")
    answer = RedirectResponse("/", 303)
    if used:
        answer.set_cookie(state.cookie, state.session.secret, httponly=True, samesite="strict")
        state.opened(state.session.token)
    return answer


def asset(request: Request) -> Response:
    """Serve a file of the studio from the map of them."""
    found = request.app.state.assets.get(request.path_params["name"])
    if found is None:
        return missing(request)
    return Response(found.data, headers={"content-type": found.type})


def made(request: Request) -> Response:
    """List everything that a campaign becomes."""
    live = live_of(request)
    if live is None:
        return missing(request)
    state = live.state
    language = request.query_params.get("language", "")
    return show(
        request,
        "made.html",
        live=live,
        project=state.found.project,
        made=make_list(state.good, language) if state.good else None,
        problems=live.problems(),
        version=version_of(live),
    )


def problems(request: Request) -> Response:
    """Show what is wrong, for the frame at the foot of a page and for a page of its own."""
    live = live_of(request)
    if live is None:
        return missing(request)
    template = "overlay.html" if "overlay" in request.query_params else "problems.html"
    return show(
        request,
        template,
        live=live,
        project=live.state.found.project,
        problems=live.problems(),
        version=version_of(live),
    )


def output(request: Request) -> Response:
    """Serve an output of the last good plan: looked up in the plan's map, made when asked for."""
    live = live_of(request)
    if live is None:
        return missing(request)
    wanted = request.path_params["path"]
    steps = live.state.good.steps if live.state.good else {}
    if wanted not in steps:
        folder = f"{wanted}/index.html" if wanted and not wanted.endswith("/") else ""
        if folder in steps:
            return RedirectResponse(f"/out/{live.slug}/{steps[folder].output[:-10]}", 308)
        wanted = f"{wanted}index.html"
    version = version_of(live)
    served = live.serve(wanted)
    if served is None:
        return missing(request)
    if served.data is None:
        return _unmade(request, live, served)
    data, headers = served.data, {"content-type": media_type(wanted)}
    if wanted.endswith(".html"):
        if wanted == "site/404.html":
            data = below(data, _top(live), f"/out/{live.slug}/site/")
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


def version_of(live: Live) -> str:
    """Name the state that a page shows; the page compares it with what it is told."""
    return str(live.state.number)


def _unmade(request: Request, live: Live, served: Served) -> Response:
    return show(
        request,
        "problems.html",
        500,
        live=live,
        project=live.state.found.project,
        problems=served.problems,
        version=version_of(live),
    )


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
    Route("/c/{slug}", made),
    Route("/c/{slug}/problems", problems),
    Route("/out/{slug}/{path:path}", output),
    Route("/events/{slug}", events),
]
