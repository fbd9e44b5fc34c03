"""What is wrong with a campaign, and its files as texts, in which it is mended by hand.

Problems stand in the badge at the top, in the overlay and on a page of their own. Throughout,
``request`` is what a page of the studio asks, and ``live`` the campaign that its address names.
"""

from __future__ import annotations

import contextlib

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.load import files as loading
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    read_json,
    refuse_in_words,
    show_campaign,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.follower import Follower
from stopjihad.studio.saver import Conflict, Saver
from stopjihad.studio.words import mark_translatable


@with_live_campaign
def badge(request: Request, live: LiveCampaign) -> Response:
    """Say how many problems there are, as the top of each page says it."""
    return show_campaign(request, live, "badge.html")


@with_live_campaign
def problems(request: Request, live: LiveCampaign) -> Response:
    """Show what is wrong, for the frame at the foot of a page and for a page of its own."""
    if "overlay" in request.query_params:
        lines = lines_of(live, request.app.state.saver)
        return show_campaign(request, live, "overlay.html", lines=lines)
    return show_campaign(request, live, "problems.html")


MOST_LINES = 20
"""Errors that can be mended where they are shown; further ones are mended in their files."""


def lines_of(live: LiveCampaign, saver: Saver) -> dict[Problem, str]:
    """Read the lines that the first errors of a campaign are about.

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


TEXTS = (".md", ".yaml", ".po", ".csv", ".jsonl")
"""Endings of files that are edited as text."""


class SentFile(msgspec.Struct, forbid_unknown_fields=True):
    """A whole file as a page sends it."""

    path: str
    text: str
    digest: str


class SentLine(msgspec.Struct, forbid_unknown_fields=True):
    """One line as a page sends it: its number from 1, and what the page showed there."""

    path: str
    number: int
    was: str
    text: str


def text_paths(live: LiveCampaign) -> tuple[str, ...]:
    """List the files of a campaign that can be edited as text."""
    paths, _ = loading.walk(live.root, f"campaigns/{live.slug}")
    return tuple(path for path in paths if path.endswith(TEXTS))


@with_live_campaign
def file(request: Request, live: LiveCampaign) -> Response:
    """Show a file as text."""
    wanted = request.query_params.get("path", "")
    if wanted not in text_paths(live):
        return answer_missing(request)
    saver: Saver = request.app.state.saver
    try:
        saved = saver.load_conflicted(wanted) or saver.load(wanted)
    except ProblemsFound:
        return answer_missing(request)
    line = request.query_params.get("line", "")
    own = tuple(one for one in live.problems() if one.path == wanted)
    return show_campaign(
        request,
        live,
        "file.html",
        path=wanted,
        text=saved.text,
        digest=saved.digest,
        line=int(line) if line.isdecimal() and len(line) < 7 else 0,
        own=own,
    )


@refuse_in_words
async def write(request: Request, live: LiveCampaign) -> Response:
    """Save a file as a whole."""
    sent: SentFile = await read_json(request, SentFile)
    if sent.path not in text_paths(live):
        raise RefusedRequest(mark_translatable("There is no such file."), 404)
    text = sent.text.replace("\r\n", "\n").replace("\r", "\n")
    saver: Saver = request.app.state.saver
    follower: Follower = request.app.state.follower
    with follower.hold_for_saving(live, live.root / sent.path):
        result = await anyio.to_thread.run_sync(saver.write, sent.path, text, sent.digest)
        if isinstance(result, Conflict):
            theirs = {"theirs": result.theirs, "digest": result.digest}
            return answer_json({"conflict": theirs}, 409)
        await follower.show_saved(live, [live.root / sent.path])
    await anyio.to_thread.run_sync(live.refresh)
    own = [one for one in live.problems() if one.path == sent.path]
    return answer_json({"digest": result.digest, "problems": own})


@refuse_in_words
async def write_line(request: Request, live: LiveCampaign) -> Response:
    """Save one line of a file, if it still is what the page showed."""
    sent: SentLine = await read_json(request, SentLine)
    if sent.path not in text_paths(live):
        raise RefusedRequest(mark_translatable("There is no such file."), 404)
    saver: Saver = request.app.state.saver
    saved = saver.load(sent.path)
    lines = saved.text.split("\n")
    place = _place(lines, sent)
    theirs = lines[place] if place is not None else ""
    if place is None or theirs != sent.was:
        return answer_json({"conflict": {"theirs": theirs}}, 409)
    lines[place] = " ".join(sent.text.splitlines())
    text = "\n".join(lines)
    follower: Follower = request.app.state.follower
    with follower.hold_for_saving(live, live.root / sent.path):
        result = await anyio.to_thread.run_sync(saver.write, sent.path, text, saved.digest)
        if isinstance(result, Conflict):
            return answer_json({"conflict": {"theirs": theirs}}, 409)
        await follower.show_saved(live, [live.root / sent.path])
    return answer_json({"digest": result.digest})


def _place(lines: list[str], sent: SentLine) -> int | None:
    """Find the line that the page showed, from 0: in its place, or where others have pushed it."""
    place = sent.number - 1 if 0 < sent.number <= len(lines) else None
    if place is not None and lines[place] == sent.was:
        return place
    moved = sent.was.strip() and lines.count(sent.was) == 1
    return lines.index(sent.was) if moved else place
