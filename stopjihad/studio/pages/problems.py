"""What is wrong with a campaign: the badge at the top, the overlay, a page of its own."""

from __future__ import annotations

import contextlib

from starlette.requests import Request
from starlette.responses import Response

from stopjihad.problem import Problem, ProblemsFound
from stopjihad.studio.answers import live_of, missing, show_campaign
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.file import text_paths
from stopjihad.studio.saver import Saver


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
        lines = lines_of(live, request.app.state.saver)
        return show_campaign(request, live, "overlay.html", lines=lines)
    return show_campaign(request, live, "problems.html")


MOST_LINES = 20
"""Errors that can be mended where they are shown; who has more mends them in their files."""


def lines_of(live: LiveCampaign, saver: Saver) -> dict[Problem, str]:
    """Read the lines that the first errors of a campaign are about.

    Args:
        saver: reads files.

    Returns:
        Problems in texts of the campaign, each with its line.
    """
    known = frozenset(text_paths(live))
    wrong = [one for one in live.problems() if one.severity == "error" and one.line]
    found: dict[Problem, str] = {}
    for problem in wrong[:MOST_LINES]:
        if problem.path in known:
            with contextlib.suppress(ProblemsFound):
                lines = saver.load(problem.path).text.split("\n")
                found |= dict.fromkeys([problem], "".join(lines[problem.line - 1 : problem.line]))
    return found
