"""Answer requests for writing: lists, the editor, saves.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stopjihad.check.project import check_one_point
from stopjihad.disk import save
from stopjihad.load import files as loading
from stopjihad.load.workspace import shared_files
from stopjihad.preview.edit.authored import BODY, Remove, Set, apply, for_template, value_at, values
from stopjihad.preview.edit.choices import choices, marked
from stopjihad.preview.edit.listing import point_rows
from stopjihad.preview.edit.panes import (
    cards_pane,
    drafts_pane,
    language_states,
    media_list,
    page_address,
)
from stopjihad.preview.edit.patch import CannotChange
from stopjihad.preview.edit.request import Changes, Refused, read_json, wanted
from stopjihad.preview.edit.save import Conflict, Desk, Saved, Stepped, Wanted
from stopjihad.preview.edit.state import ORDER, PointState, point_state, read_document
from stopjihad.preview.edit.tree import NoSuchPlace
from stopjihad.preview.live import Live
from stopjihad.preview.views import (
    answer_json,
    live_of,
    missing,
    newest_project,
    refuse,
    show,
    show_campaign,
    version_of,
)
from stopjihad.problem import ProblemsFound
from stopjihad.text.ids import is_id

Work = Callable[[Request, Live], Awaitable[Response]]


def answering(work: Work) -> Callable[[Request], Awaitable[Response]]:
    """Wrap what saves: what goes wrong becomes a sentence for the page.

    Args:
        work: answers for a campaign.

    Returns:
        An endpoint.
    """

    @functools.wraps(work)
    async def endpoint(request: Request) -> Response:
        live = live_of(request)
        if live is None:
            return refuse("There is no such campaign.", 404)
        say, _ = request.app.state.pages.speakers(request, live)
        try:
            return await work(request, live)
        except Refused as refused:
            return refuse(say(str(refused)), refused.status)
        except (NoSuchPlace, CannotChange):
            return refuse(say(UNCHANGEABLE), 422)
        except ProblemsFound as found:
            return refuse(" ".join(map(str, found.problems)), 507)

    return endpoint


UNCHANGEABLE = marked("This field cannot be changed here. Open the file and change it there.")
GONE = marked("The talking point is gone.")


def point_path(live: Live, name: str) -> str | None:
    """Find the file of a talking point among those that are there.

    Args:
        live: the campaign.
        name: id of the talking point; any text.

    Returns:
        Path relative to the workspace, or None.
    """
    folder = f"campaigns/{live.slug}/points"
    project = newest_project(live)
    known = {one.record.id: one.path for one in project.points} if project else {}
    if name not in known:
        paths, _ = loading.walk(live.root, folder)
        known |= {Path(path).stem: path for path in paths if path.endswith(".md")}
    return known.get(name)


def state_of(live: Live, path: str, saved: Saved, desk: Desk) -> PointState:
    """Describe a talking point as it was just saved, with everything wrong with it.

    Args:
        live: the campaign.
        path: its file, relative to the workspace.
        saved: the file.
        desk: knows what can be taken back.

    Returns:
        The state for the editor.
    """
    document, problems = read_document(path, saved)
    project = newest_project(live)
    if document is not None and project is not None:
        problems = list(check_one_point(document, project, live.today()))
    rows = {row.id: row for row in platforms_of(live)}
    return point_state(saved, problems, steps=desk.steps(path), platforms=rows)


def platforms_of(live: Live) -> list[Any]:
    """List the platforms that the campaign posts on, as the catalogue knows them."""
    project = newest_project(live)
    rows = live.state.found.shared.platforms
    wanted = project.campaign.record.platforms if project else ()
    return [rows[name] for name in wanted if name in rows]


def points(request: Request) -> Response:
    """List the talking points."""
    live = live_of(request)
    if live is None:
        return missing(request)
    project = newest_project(live)
    say, term = request.app.state.pages.speakers(request, live)
    paths, _ = loading.walk(live.root, f"campaigns/{live.slug}/points")
    read = {one.path for one in project.points} if project else set()
    return show_campaign(
        request,
        live,
        "points.html",
        rows=point_rows(live, say, term),
        broken=[path for path in paths if path not in read],
        choices=choices(project, say, term),
        lang=project.campaign.record.source_language if project else "",
    )


def point(request: Request) -> Response:
    """Show the editor of a talking point."""
    live = live_of(request)
    path = point_path(live, request.path_params["id"]) if live else None
    if live is None or path is None:
        return missing(request)
    desk: Desk = request.app.state.desk
    try:
        saved = desk.load(path)
    except ProblemsFound:
        return missing(request)
    project = newest_project(live)
    say, term = request.app.state.pages.speakers(request, live)
    state = state_of(live, path, saved, desk)
    return show_campaign(
        request,
        live,
        "point.html",
        id=request.path_params["id"],
        path=path,
        state=state,
        values=for_template(state.values),
        choices=choices(project, say, term),
        platforms=platforms_of(live),
        languages=language_states(live, ""),
        media=media_list(live),
    )


def part(request: Request) -> Response:
    """Show a part of the editor anew: sources, pictures, cards, drafts, where the page is."""
    live = live_of(request)
    name, point_id = request.path_params["part"], request.path_params["id"]
    path = point_path(live, point_id) if live else None
    if live is None or path is None:
        return missing(request)
    language = request.query_params.get("language", "")
    project = newest_project(live)
    common: dict[str, Any] = {"live": live, "project": project, "version": version_of(live)}
    say, term = request.app.state.pages.speakers(request, live)
    if name in {"sources", "pictures"}:
        common["choices"] = choices(project, say, term)
        found = for_template(values(request.app.state.desk.load(path).text))
        return show(request, f"{name}.html", values=found, media=media_list(live), **common)
    if name == "page":
        return answer_json({"address": page_address(live, point_id, language)})
    if name == "cards":
        return show(request, "cards.html", **cards_pane(live, point_id, language, term), **common)
    if name == "drafts":
        return show(request, "drafts.html", **drafts_pane(live, point_id, language), **common)
    return missing(request)


@answering
async def state(request: Request, live: Live) -> Response:
    """Give the editor the talking point as it is now."""
    path = point_path(live, request.path_params["id"])
    if path is None:
        raise Refused(GONE, 404)
    return await _answer(request, live, path, request.app.state.desk.load(path))


@answering
async def change(request: Request, live: Live) -> Response:
    """Save fields of a talking point."""
    path = point_path(live, request.path_params["id"])
    if path is None:
        raise Refused(GONE, 404)
    sent: Changes = await read_json(request, Changes)
    desk: Desk = request.app.state.desk
    edits = [_cleared(wanted(one)) for one in sent.changes]
    result = await anyio.to_thread.run_sync(desk.save, path, edits, sent.digest, ORDER, sent.step)
    if isinstance(result, Conflict):
        conflict = {"path": result.path, "theirs": result.theirs, "digest": result.digest}
        return answer_json({"conflict": conflict}, 409)
    await request.app.state.follower.saved(live, [live.root / path])
    return await _answer(request, live, path, result)


@answering
async def undo(request: Request, live: Live) -> Response:
    """Take the last step of writing a talking point back."""
    desk: Desk = request.app.state.desk
    return await _stepped(request, live, desk.undo, marked("There is nothing to take back."))


@answering
async def redo(request: Request, live: Live) -> Response:
    """Do again what was taken back."""
    desk: Desk = request.app.state.desk
    return await _stepped(request, live, desk.redo, marked("There is nothing to do again."))


async def _stepped(
    request: Request, live: Live, step: Callable[[str], Stepped | None], nothing: str
) -> Response:
    path = point_path(live, request.path_params["id"])
    if path is None:
        raise Refused(GONE, 404)
    await read_json(request, dict[str, str])
    result = await anyio.to_thread.run_sync(step, path)
    if result is None:
        raise Refused(nothing, 409)
    await request.app.state.follower.saved(live, [live.root / path])
    return await _answer(request, live, path, result.saved, result.field)


class NewPoint(msgspec.Struct, forbid_unknown_fields=True):
    """Hold what a new talking point starts with."""

    id: str
    fact: str
    mode: str
    pull_factor: str
    messenger: str = ""
    audience: str = ""


@answering
async def create(request: Request, live: Live) -> Response:
    """Start a talking point."""
    sent: NewPoint = await read_json(request, NewPoint)
    if not is_id(sent.id):
        raise Refused(marked("The name needs small letters, digits and single hyphens."), 422)
    path = f"campaigns/{live.slug}/points/{sent.id}.md"
    text = _new_text(live, sent)
    try:
        await anyio.to_thread.run_sync(request.app.state.desk.create, path, text)
    except save.Changed:
        words = marked("There is a talking point of this name already.")
        raise Refused(words, 409) from None
    await request.app.state.follower.saved(live, [live.root / path])
    return answer_json({"address": f"/c/{live.slug}/points/{sent.id}"}, 201)


def _new_text(live: Live, sent: NewPoint) -> str:
    found, _ = shared_files(live.root, "templates/new")
    text = found["point.md"].decode().replace("{{today}}", live.today().isoformat())
    edits: list[Set | Remove] = [
        Set(("mode",), sent.mode),
        Set(("fact",), sent.fact),
        Set(("pull_factor",), sent.pull_factor),
        Set(("messenger",), sent.messenger),
        Set(("audiences",), [sent.audience] if sent.audience else []),
    ]
    if sent.mode in {"alternative", "testimony"}:
        edits += [Remove((name,)) for name in ("claim", "warning", "technique", "prevalence")]
    edits += [Remove(("alternative",)), Set(("sources",), [])]
    for edit in edits:
        if value_at(values(text), edit.path) is not None or isinstance(edit, Set):
            text = apply(text, edit, ORDER)
    return text


_OPTIONAL = frozenset(
    {"claim", "warning", "technique", "alternative", "reviewed", "embargo", "expires"}
    | {"url", "page", "published", "archived_url"}
)
"""Fields that go when they are emptied."""


def _cleared(one: Wanted) -> Wanted:
    """Turn the emptying of an optional field into its removal."""
    edit = one.edit
    if not isinstance(edit, Set) or edit.value != "" or edit.path == (BODY,):
        return one
    if edit.path[-1] in _OPTIONAL or edit.path[0] == "posts":
        return one._replace(edit=Remove(edit.path)) if one.was is not None else one
    return one


async def _answer(
    request: Request, live: Live, path: str, saved: Saved, field: tuple[str | int, ...] = ()
) -> Response:
    desk: Desk = request.app.state.desk
    # The version that the page has seen: an older one where the file has moved on since, so that
    # the page asks again when it hears of it.
    version = version_of(live)
    moved = desk.load(path).digest != saved.digest
    found = await anyio.to_thread.run_sync(state_of, live, path, saved, desk)
    return answer_json(
        {
            "state": found,
            "field": field,
            "version": "0" if moved else version,
            "errors": live.count_errors(),
            "languages": language_states(live, request.path_params["id"]),
        }
    )


ROUTES = [
    Route("/c/{slug}/points", points),
    Route("/c/{slug}/points", create, methods=["POST"]),
    Route("/c/{slug}/points/{id}", point),
    Route("/c/{slug}/points/{id}", change, methods=["POST"]),
    Route("/c/{slug}/points/{id}/state", state),
    Route("/c/{slug}/points/{id}/undo", undo, methods=["POST"]),
    Route("/c/{slug}/points/{id}/redo", redo, methods=["POST"]),
    Route("/c/{slug}/points/{id}/{part}", part),
]
