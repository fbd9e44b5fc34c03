"""The editor of a talking point: what it shows, saves, steps back and forth.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.load import files as loading
from stopjihad.load.documents import SourceFile
from stopjihad.problem import ProblemsFound
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    answering,
    newest_project,
    read_json,
    show,
    show_campaign,
    showing,
    speakers,
    version_of,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.follower import Follower
from stopjihad.studio.pages.point_parts import (
    cards_pane,
    drafts_pane,
    language_states,
    media_list,
    page_address,
)
from stopjihad.studio.pages.point_state import (
    ORDER,
    PointState,
    choices,
    point_state,
    read_values,
    unreadable_state,
)
from stopjihad.studio.saver import Conflict, SavedFile, Saver, SteppedFile, WantedEdit
from stopjihad.studio.words import mark_translatable
from stopjihad.text.yaml.fields import BODY, Edit, Insert, Remove, SetField, for_template
from stopjihad.text.yaml.patch import normal
from stopjihad.text.yaml.tree import Value

GONE = mark_translatable("The talking point is gone.")


def point_path(live: LiveCampaign, name: str) -> str | None:
    """Find the file of a talking point among those that are there.

    Args:
        name: id of the talking point; any text.

    Returns:
        Path relative to the workspace, or None.
    """
    folder = f"campaigns/{live.slug}/points"
    project = newest_project(live)
    for one in project.points if project else ():
        if one.record.id == name:
            return str(one.path)
    paths, _ = loading.walk(live.root, folder)
    return next((path for path in paths if path.endswith(".md") and Path(path).stem == name), None)


def state_of(live: LiveCampaign, path: str, saved: SavedFile, saver: Saver) -> PointState:
    """Describe a talking point as it was just saved, with everything wrong with it.

    Args:
        path: its file, relative to the workspace.
    """
    problems = live.verdict(SourceFile(path, saved.text, saved.digest)).problems
    rows = {row.id: row for row in platform_rows(live)}
    return point_state(saved, problems, steps=saver.steps(path), platforms=rows)


def platform_rows(live: LiveCampaign) -> list[Any]:
    """List the platforms that the campaign posts on, as the catalogue knows them."""
    project = newest_project(live)
    rows = live.state.found.shared.platforms
    wanted = project.campaign.record.platforms if project else ()
    return [rows[name] for name in wanted if name in rows]


@showing
def point(request: Request, live: LiveCampaign) -> Response:
    """Show the editor of a talking point."""
    path = point_path(live, request.path_params["id"])
    if path is None:
        return answer_missing(request)
    saver: Saver = request.app.state.saver
    project = newest_project(live)
    say, term = speakers(request, live)
    try:
        state = state_of(live, path, saver.load(path), saver)
    except ProblemsFound as found:
        if not (live.root / path).is_file():
            return answer_missing(request)
        state = unreadable_state(found.problems)
    return show_campaign(
        request,
        live,
        "point.html",
        id=request.path_params["id"],
        path=path,
        state=state,
        values=for_template(state.values),
        choices=choices(project, say, term),
        platforms=platform_rows(live),
        languages=language_states(live, ""),
        media=media_list(live),
    )


@showing
def part(request: Request, live: LiveCampaign) -> Response:
    """Show a part of the editor anew: sources, pictures, cards, drafts, where the page is."""
    name, point_id = request.path_params["part"], request.path_params["id"]
    path = point_path(live, point_id)
    if path is None:
        return answer_missing(request)
    language = request.query_params.get("language", "")
    project = newest_project(live)
    common: dict[str, Any] = {"live": live, "project": project, "version": version_of(live)}
    say, term = speakers(request, live)
    if name in {"sources", "pictures"}:
        common["choices"] = choices(project, say, term)
        try:
            found = read_values(request.app.state.saver.load(path).text)
        except ProblemsFound:
            found = {}
        fields = for_template(found)
        return show(request, f"{name}.html", values=fields, media=media_list(live), **common)
    if name == "page":
        return answer_json({"address": page_address(live, point_id, language)})
    if name == "cards":
        return show(request, "cards.html", **cards_pane(live, point_id, language, term), **common)
    if name == "drafts":
        return show(request, "drafts.html", **drafts_pane(live, point_id, language), **common)
    return answer_missing(request)


@answering
async def state(request: Request, live: LiveCampaign) -> Response:
    """Give the editor the talking point as it is now."""
    path = point_path(live, request.path_params["id"])
    if path is None:
        raise RefusedRequest(GONE, 404)
    try:
        saved = request.app.state.saver.load(path)
    except ProblemsFound as found:
        if not (live.root / path).is_file():
            raise RefusedRequest(GONE, 404) from None
        return _answer_with(request, live, unreadable_state(found.problems), version_of(live))
    return await anyio.to_thread.run_sync(_answer, request, live, path, saved)


@answering
async def change(request: Request, live: LiveCampaign) -> Response:
    """Save fields of a talking point."""
    path = point_path(live, request.path_params["id"])
    if path is None:
        raise RefusedRequest(GONE, 404)
    sent: SentChanges = await read_json(request, SentChanges)
    saver: Saver = request.app.state.saver
    edits = [_clear_field(wanted_edit(one)) for one in sent.changes]
    follower: Follower = request.app.state.follower
    with follower.saving(live, live.root / path):
        result = await anyio.to_thread.run_sync(
            saver.save, path, edits, sent.digest, ORDER, sent.step
        )
        if isinstance(result, Conflict):
            conflict = {"path": result.path, "theirs": result.theirs, "digest": result.digest}
            return answer_json({"conflict": conflict}, 409)
        await follower.saved(live, [live.root / path])
        return _answer(request, live, path, result)


@answering
async def undo(request: Request, live: LiveCampaign) -> Response:
    """Take the last step of writing a talking point back."""
    saver: Saver = request.app.state.saver
    return await _answer_step(
        request, live, saver.undo, mark_translatable("There is nothing to take back.")
    )


@answering
async def redo(request: Request, live: LiveCampaign) -> Response:
    """Do again what was taken back."""
    saver: Saver = request.app.state.saver
    return await _answer_step(
        request, live, saver.redo, mark_translatable("There is nothing to do again.")
    )


async def _answer_step(
    request: Request, live: LiveCampaign, step: Callable[[str], SteppedFile | None], nothing: str
) -> Response:
    path = point_path(live, request.path_params["id"])
    if path is None:
        raise RefusedRequest(GONE, 404)
    await read_json(request, dict[str, str])
    follower: Follower = request.app.state.follower
    with follower.saving(live, live.root / path):
        result = await anyio.to_thread.run_sync(step, path)
        if result is None:
            raise RefusedRequest(nothing, 409)
        await follower.saved(live, [live.root / path])
        return _answer(request, live, path, result.saved, result.field)


_OPTIONAL = frozenset(
    {
        "claim",
        "warning",
        "technique",
        "alternative",
        "steps",
        "slides",
        "reviewed",
        "embargo",
        "expires",
    }
    | {"url", "page", "published", "archived_url"}
)
"""Fields that go when they are emptied."""


def _clear_field(one: WantedEdit) -> WantedEdit:
    """Turn the emptying of an optional field into its removal."""
    edit = one.edit
    if not isinstance(edit, SetField) or edit.value not in ("", []) or edit.path == (BODY,):
        return one
    if edit.path[-1] in _OPTIONAL or edit.path[0] == "posts":
        return one._replace(edit=Remove(edit.path)) if one.was is not None else one
    return one


def _answer(
    request: Request,
    live: LiveCampaign,
    path: str,
    saved: SavedFile,
    field: tuple[str | int, ...] = (),
) -> Response:
    saver: Saver = request.app.state.saver
    # The version that the page has seen: an older one where the file has moved on since, so that
    # the page asks again when it hears of it.
    version = version_of(live)
    moved = saver.load(path).digest != saved.digest
    found = state_of(live, path, saved, saver)
    return _answer_with(request, live, found, "0" if moved else version, field)


def _answer_with(
    request: Request,
    live: LiveCampaign,
    state: PointState,
    version: str,
    field: tuple[str | int, ...] = (),
) -> Response:
    return answer_json(
        {
            "state": state,
            "field": field,
            "version": version,
            "errors": live.count("error"),
            "warnings": live.count("warning"),
            "languages": language_states(live, request.path_params["id"]),
        }
    )


MAX_DEPTH = 4
"""Levels of a value that is sent: a list of sources with their fields has three."""


class SentChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One change as the page sends it; ``was`` is what it showed before."""

    op: Literal["set", "insert", "remove"]
    path: list[str | int]
    value: Any = None
    was: Any = None
    place: int = 0


class SentChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The changes to one file, and the digest of the file that the page shows.

    ``step`` is the same as long as the page stays in one field: such saves are taken back at once.
    """

    digest: str
    step: Annotated[str, msgspec.Meta(max_length=40)] = ""
    changes: Annotated[list[SentChange], msgspec.Meta(min_length=1)]


def wanted_edit(change: SentChange) -> WantedEdit:
    """Turn a change into an edit.

    Raises:
        RefusedRequest: a path is empty, or a value is neither text nor list nor keys with values.
    """
    path = tuple(change.path)
    if not path or not isinstance(path[0], str) or len(path) > MAX_DEPTH + 1:
        raise RefusedRequest("a path is missing")
    edit: Edit
    if change.op == "set":
        edit = SetField(path, _value(change.value))
    elif change.op == "insert":
        edit = Insert(path, change.place, _value(change.value))
    else:
        edit = Remove(path)
    return WantedEdit(edit, None if change.was is None else _value(change.was))


def _value(value: Any, depth: int = 0) -> Value:
    if depth > MAX_DEPTH:
        raise RefusedRequest("a value is nested too deep")
    if isinstance(value, str):
        return normal("".join(letter for letter in value if _is_sayable(letter)))
    if isinstance(value, list):
        return [_value(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {str(key): _value(one, depth + 1) for key, one in value.items()}
    raise RefusedRequest("a value must be text, a list, or keys with values")


def _is_sayable(letter: str) -> bool:
    """Tell control characters, which no file may hold, from text."""
    code = ord(letter)
    return (code >= 32 or letter in "\n\t\r") and code not in {0x7F, 0xFFFE, 0xFFFF}
