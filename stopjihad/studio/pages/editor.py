"""Edit a file as fields: show its state, save single fields, step back and forth.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stopjihad.problem import ProblemsFound
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    read_json,
    refuse_in_words,
    version_of,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.follower import Follower
from stopjihad.studio.pages.field_state import FieldState, read_values, unreadable_state
from stopjihad.studio.pages.point_parts import LanguageState
from stopjihad.studio.saver import Conflict, SavedFile, Saver, SteppedFile, WantedEdit
from stopjihad.studio.templates import Templates
from stopjihad.studio.words import mark_translatable
from stopjihad.text import versions
from stopjihad.text.yaml.fields import BODY, Edit, Insert, Remove, SetField
from stopjihad.text.yaml.patch import normal
from stopjihad.text.yaml.tree import Value

GONE = mark_translatable("The file is gone.")


class Editor(NamedTuple):
    """How one kind of file is edited as fields.

    Attributes:
        find: gives the path of the file that the ``id`` of an address names (empty where the
            address has none), relative to the workspace; None when there is none.
        describe: says how a version of it stands; its last argument: whether there is a step to
            take back, and one to do again.
        order: keys in the order of the schema.
        optional: last steps of the paths of fields that go when they are emptied.
        languages: says how far it is translated, by its id.
    """

    find: Callable[[LiveCampaign, str], str | None]
    describe: Callable[[LiveCampaign, str, SavedFile, tuple[bool, bool]], FieldState]
    order: tuple[str, ...]
    optional: frozenset[str]
    languages: Callable[[LiveCampaign, str], tuple[LanguageState, ...]] = lambda _live, _id: ()

    def routes(self, address: str) -> list[Route]:
        """Answer what the editor's script asks, below the address of its page."""
        post = ["POST"]
        return [
            Route(address, refuse_in_words(self.change), methods=post),
            Route(f"{address}/state", refuse_in_words(self.state)),
            Route(f"{address}/undo", refuse_in_words(self.undo), methods=post),
            Route(f"{address}/redo", refuse_in_words(self.redo), methods=post),
        ]

    def page_state(self, request: Request, live: LiveCampaign) -> tuple[str, FieldState] | None:
        """Find the file of a page with its state; None when it is gone."""
        path = self.find(live, request.path_params.get("id", ""))
        if path is None:
            return None
        saver: Saver = request.app.state.saver
        try:
            state = self.describe(live, path, saver.load(path), saver.steps(path))
        except ProblemsFound as found:
            if not (live.root / path).is_file():
                return None
            state = unreadable_state(found.problems, _own_side(saver, path))
        return path, _say_state(request, state)

    async def state(self, request: Request, live: LiveCampaign) -> Response:
        """Give the editor the file as it is now."""
        return await self._state(request, live, self._path(request, live))

    async def _state(
        self, request: Request, live: LiveCampaign, path: str, field: tuple[str | int, ...] = ()
    ) -> Response:
        try:
            saved = request.app.state.saver.load(path)
        except ProblemsFound as found:
            if not (live.root / path).is_file():
                raise RefusedRequest(GONE, 404) from None
            state = unreadable_state(found.problems)
            return self._answer_with(request, live, state, version_of(live), field)
        return await anyio.to_thread.run_sync(self._answer, request, live, path, saved, field)

    async def change(self, request: Request, live: LiveCampaign) -> Response:
        """Save fields."""
        path = self._path(request, live)
        sent: SentChanges = await read_json(request, SentChanges)
        saver: Saver = request.app.state.saver
        edits = [self._clear_field(wanted_edit(one)) for one in sent.changes]
        follower: Follower = request.app.state.follower
        with follower.hold_for_saving(live, live.root / path):
            result = await anyio.to_thread.run_sync(
                saver.save, path, edits, sent.digest, self.order, sent.step
            )
            if isinstance(result, Conflict):
                conflict = {"path": result.path, "theirs": result.theirs, "digest": result.digest}
                return answer_json({"conflict": conflict}, 409)
            await follower.show_saved(live, [live.root / path])
            return self._answer(request, live, path, result)

    async def undo(self, request: Request, live: LiveCampaign) -> Response:
        """Take the last step of writing back."""
        nothing = mark_translatable("There is nothing to take back.")
        return await self._answer_step(request, live, request.app.state.saver.undo, nothing)

    async def redo(self, request: Request, live: LiveCampaign) -> Response:
        """Do again what was taken back."""
        nothing = mark_translatable("There is nothing to do again.")
        return await self._answer_step(request, live, request.app.state.saver.redo, nothing)

    async def _answer_step(
        self,
        request: Request,
        live: LiveCampaign,
        step: Callable[[str], SteppedFile | None],
        nothing: str,
    ) -> Response:
        path = self._path(request, live)
        await read_json(request, dict[str, str])
        follower: Follower = request.app.state.follower
        with follower.hold_for_saving(live, live.root / path):
            result = await anyio.to_thread.run_sync(step, path)
            if result is None:
                raise RefusedRequest(nothing, 409)
            await follower.show_saved(live, [live.root / path])
            return await self._state(request, live, path, result.field)

    def _path(self, request: Request, live: LiveCampaign) -> str:
        path = self.find(live, request.path_params.get("id", ""))
        if path is None:
            raise RefusedRequest(GONE, 404)
        return path

    def _clear_field(self, one: WantedEdit) -> WantedEdit:
        """Turn the emptying of an optional field into its removal."""
        edit = one.edit
        if not isinstance(edit, SetField) or edit.value not in ("", []) or edit.path == (BODY,):
            return one
        if not self.optional.isdisjoint({str(edit.path[-1]), f"{edit.path[0]}.*"}):
            return one._replace(edit=Remove(edit.path)) if one.was is not None else one
        return one

    def _answer(
        self,
        request: Request,
        live: LiveCampaign,
        path: str,
        saved: SavedFile,
        field: tuple[str | int, ...] = (),
    ) -> Response:
        saver: Saver = request.app.state.saver
        # The version that the page has seen: an older one where the file has moved on since, so
        # that the page asks again when it hears of it.
        version = version_of(live)
        moved = saver.load(path).digest != saved.digest
        found = self.describe(live, path, saved, saver.steps(path))
        return self._answer_with(request, live, found, "0" if moved else version, field)

    def _answer_with(
        self,
        request: Request,
        live: LiveCampaign,
        state: FieldState,
        version: str,
        field: tuple[str | int, ...] = (),
    ) -> Response:
        return answer_json(
            {
                "state": _say_state(request, state),
                "field": field,
                "version": version,
                "errors": live.count("error"),
                "warnings": live.count("warning"),
                "notes": live.count("info"),
                "languages": self.languages(live, request.path_params.get("id", "")),
            }
        )


def _say_state(request: Request, state: FieldState) -> FieldState:
    """Say what is wrong in the language of whoever asks."""
    pages: Templates = request.app.state.templates
    words, hints = pages.finding_words(request), pages.hints(request)
    said = tuple(
        msgspec.structs.replace(one, message=words.say(one.message), hint=hints(one.code, one.hint))
        for one in state.problems
    )
    return msgspec.structs.replace(state, problems=said)


def _own_side(saver: Saver, path: str) -> dict[str, Value]:
    """Read what fields had before two versions met: they wait so until somebody has chosen."""
    met = saver.load_conflicted(path)
    return read_values(versions.side(met.text)) if met else {}


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
