"""Answer requests for looking: the site, cards and drafts, as the files are now or were built."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stopjihad.studio.answers import (
    language_choices,
    live_of,
    missing,
    newest_project,
    show_campaign,
    version_of,
)
from stopjihad.studio.builder import published, read_published
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.own_files import media_type
from stopjihad.studio.reload import PAGE_POLICY, PageOrigin, below, with_reload


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


def _serve(request: Request, live: LiveCampaign, *, newest: bool) -> Response:
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
        data = with_reload(data, PageOrigin(live.slug, wanted, version))
        headers["content-security-policy"] = PAGE_POLICY
    return Response(data, headers=headers)


def _top(live: LiveCampaign) -> str:
    """Give the path of the site on its own host, from slash to slash."""
    project = live.state.good.found.project if live.state.good else None
    base = project.campaign.record.base_url if project else ""
    return urlsplit(base).path.rstrip("/") + "/"


def built(request: Request) -> Response:
    """Show a built file: looked up in the manifest, compared with its digest."""
    live = live_of(request)
    if live is None:
        return missing(request)
    wanted = request.path_params["path"]
    known = published(live)
    if wanted not in known:
        wanted = f"{wanted}index.html"
    data = read_published(live, wanted, known[wanted]) if wanted in known else None
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
