"""Answer requests for files as they are: texts to mend by hand, pictures to look at and to add.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

import contextlib
import re

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stopjihad.disk import save
from stopjihad.load import files as loading
from stopjihad.preview.edit.choices import marked
from stopjihad.preview.edit.picture import FileName, Notes, made_anew, notes_text
from stopjihad.preview.edit.request import Refused, read, read_json
from stopjihad.preview.edit.routes import answering
from stopjihad.preview.edit.save import Conflict, Desk
from stopjihad.preview.files import media_type
from stopjihad.preview.live import Live
from stopjihad.preview.views import (
    answer_json,
    live_of,
    missing,
    newest_project,
    show_campaign,
)
from stopjihad.problem import Problem, ProblemsFound

TEXTS = (".md", ".yaml", ".po", ".csv", ".jsonl")
"""Endings of files that are edited as text."""

PICTURES = re.compile(r"\.(jpe?g|png|webp)$", re.IGNORECASE)


MOST_LINES = 20
"""Errors that can be mended where they are shown; who has more mends them in their files."""


class Written(msgspec.Struct, forbid_unknown_fields=True):
    """Hold a whole file as a page sends it."""

    path: str
    text: str
    digest: str


class WrittenLine(msgspec.Struct, forbid_unknown_fields=True):
    """Hold one line as a page sends it: its number from 1, and what the page showed there."""

    path: str
    number: int
    was: str
    text: str


def text_paths(live: Live) -> tuple[str, ...]:
    """List the files of a campaign that can be edited as text."""
    paths, _ = loading.walk(live.root, f"campaigns/{live.slug}")
    return tuple(path for path in paths if path.endswith(TEXTS))


def file(request: Request) -> Response:
    """Show a file as text."""
    live = live_of(request)
    wanted = request.query_params.get("path", "")
    if live is None or wanted not in text_paths(live):
        return missing(request)
    desk: Desk = request.app.state.desk
    try:
        saved = desk.load(wanted)
    except ProblemsFound:
        return missing(request)
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


@answering
async def write(request: Request, live: Live) -> Response:
    """Save a file as a whole."""
    sent: Written = await read_json(request, Written)
    if sent.path not in text_paths(live):
        raise Refused(marked("There is no such file."), 404)
    text = sent.text.replace("\r\n", "\n").replace("\r", "\n")
    desk: Desk = request.app.state.desk
    result = await anyio.to_thread.run_sync(desk.write, sent.path, text, sent.digest)
    if isinstance(result, Conflict):
        theirs = {"theirs": result.theirs, "digest": result.digest}
        return answer_json({"conflict": theirs}, 409)
    await request.app.state.follower.saved(live, [live.root / sent.path])
    await anyio.to_thread.run_sync(live.refresh)
    own = [one for one in live.problems() if one.path == sent.path]
    return answer_json({"digest": result.digest, "problems": own})


@answering
async def write_line(request: Request, live: Live) -> Response:
    """Save one line of a file, if it still is what the page showed."""
    sent: WrittenLine = await read_json(request, WrittenLine)
    if sent.path not in text_paths(live):
        raise Refused(marked("There is no such file."), 404)
    desk: Desk = request.app.state.desk
    saved = desk.load(sent.path)
    lines = saved.text.split("\n")
    place = _place(lines, sent)
    theirs = lines[place] if place is not None else ""
    if place is None or theirs != sent.was:
        return answer_json({"conflict": {"theirs": theirs}}, 409)
    lines[place] = " ".join(sent.text.splitlines())
    text = "\n".join(lines)
    result = await anyio.to_thread.run_sync(desk.write, sent.path, text, saved.digest)
    if isinstance(result, Conflict):
        return answer_json({"conflict": {"theirs": theirs}}, 409)
    await request.app.state.follower.saved(live, [live.root / sent.path])
    return answer_json({"digest": result.digest})


def _place(lines: list[str], sent: WrittenLine) -> int | None:
    """Find the line that the page showed, from 0: in its place, or where others have pushed it."""
    place = sent.number - 1 if 0 < sent.number <= len(lines) else None
    if place is not None and lines[place] == sent.was:
        return place
    moved = sent.was.strip() and lines.count(sent.was) == 1
    return lines.index(sent.was) if moved else place


def lines_of(live: Live, desk: Desk) -> dict[Problem, str]:
    """Read the lines that the first errors of a campaign are about.

    Args:
        live: the campaign.
        desk: reads files.

    Returns:
        Problems in texts of the campaign, each with its line.
    """
    known = frozenset(text_paths(live))
    wrong = [one for one in live.problems() if one.severity == "error" and one.line]
    found: dict[Problem, str] = {}
    for problem in wrong[:MOST_LINES]:
        if problem.path in known:
            with contextlib.suppress(ProblemsFound):
                lines = desk.load(problem.path).text.split("\n")
                found |= dict.fromkeys([problem], "".join(lines[problem.line - 1 : problem.line]))
    return found


def picture(request: Request) -> Response:
    """Show a picture of the campaign from the map of them."""
    live = live_of(request)
    project = newest_project(live) if live else None
    path = f"campaigns/{live.slug}/media/{request.path_params['name']}" if live else ""
    if live is None or project is None or path not in project.media or not PICTURES.search(path):
        return missing(request)
    data = loading.read(live.root, path, loading.MAX_MEDIA_BYTES)
    if isinstance(data, Problem):
        return missing(request)
    return Response(data, headers={"content-type": media_type(path.lower())})


@answering
async def add_picture(request: Request, live: Live) -> Response:
    """Decode a picture, make it anew, and store it with what is known of it."""
    asked = request.query_params
    notes = Notes(**{name: asked.get(name, "").strip() for name in Notes._fields})
    name = FileName.of(asked.get("name", ""))
    if not (notes.alt and notes.source and notes.licence):
        words = marked("Say what it shows, who made it, and what allows us to use it.")
        raise Refused(words, 422)
    data = await read(request, loading.MAX_MEDIA_BYTES)
    if not data:
        raise Refused(marked("Choose a file first."), 422)
    fresh = await anyio.to_thread.run_sync(made_anew, data, name)
    folder = f"campaigns/{live.slug}/media"
    try:
        said = notes_text(notes).encode()
        save.write(live.root, f"{folder}/{name.whole}.yaml", said, save.ABSENT)
        save.write(live.root, f"{folder}/{name.whole}", fresh, save.ABSENT)
    except save.Changed:
        words = marked("There is a picture of this name already. Rename the file.")
        raise Refused(words, 409) from None
    await request.app.state.follower.saved(live, [])
    await anyio.to_thread.run_sync(live.refresh)
    return answer_json({"said": name.whole}, 201)


ROUTES = [
    Route("/c/{slug}/file", file),
    Route("/c/{slug}/file", write, methods=["POST"]),
    Route("/c/{slug}/line", write_line, methods=["POST"]),
    Route("/c/{slug}/media", add_picture, methods=["POST"]),
    Route("/media/{slug}/{name}", picture),
]
