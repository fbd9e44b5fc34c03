"""Let people in: the opening address, the list of campaigns, the studio's own files."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from stopjihad.studio.answers import live_of, missing, show, version_of
from stopjihad.studio.live.campaign import LiveCampaign


def start(request: Request) -> Response:
    """Lead to the campaign, or let people choose one."""
    lives: dict[str, LiveCampaign] = request.app.state.lives
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


async def unknown(request: Request, _: Exception) -> Response:
    """Answer where no route leads."""
    return missing(request)


def events(request: Request) -> Response:
    """Tell a page what changes while it is open."""
    live = live_of(request)
    if live is None:
        return missing(request)
    errors, warnings = live.count("error"), live.count("warning")
    told = {"version": version_of(live), "errors": errors, "warnings": warnings}
    first = msgspec.json.encode(told)
    stream = request.app.state.hub.listen(live.slug, first)
    return StreamingResponse(stream, media_type="text/event-stream")
