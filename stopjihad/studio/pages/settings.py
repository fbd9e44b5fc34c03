"""What is true of the whole campaign, as forms: a page for each part of *Campaign*.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, get_args

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog import terms
from stopjihad.catalog.countries import COUNTRIES
from stopjihad.catalog.languages import country_name
from stopjihad.check.placeholders import placeholders
from stopjihad.model.campaign import Brand, Campaign, MessengerKind, QuietDay, Schedule, Stage
from stopjihad.model.helpline import Helpline, Helplines, Operator
from stopjihad.model.project import Responses
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    language_choices,
    newest_project,
    platform_choices,
    show,
    show_campaign,
    speakers,
    version_of,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.follower import Follower
from stopjihad.studio.pages.editor import Editor
from stopjihad.studio.pages.field_state import FieldState, field_state, read_values
from stopjihad.studio.pages.point_parts import language_states, media_list
from stopjihad.studio.saver import Conflict, SavedFile, Saver, WantedEdit
from stopjihad.studio.sections import BY_ID, SECTIONS, WORDS, Section
from stopjihad.studio.templates import Templates
from stopjihad.studio.words import CHANGED, Choice, Say, mark_translatable
from stopjihad.text.yaml.fields import Edit, for_template, value_at, values
from stopjihad.text.yaml.tree import Value


def _find(section: Section, live: LiveCampaign, _: str) -> str | None:
    """Find the file of a part; None where the campaign has none."""
    path = f"campaigns/{live.slug}/{section.file}"
    return path if (live.root / path).is_file() else None


def left_of_sample(live: LiveCampaign) -> tuple[Problem, ...]:
    """List what a copy of the sample must still replace; found out once while a campaign stays."""
    project = newest_project(live)
    if project is None:
        return ()
    return live.get_or_make("placeholders", lambda: tuple(sorted(placeholders(project))))


def _describe(
    section: Section, live: LiveCampaign, path: str, saved: SavedFile, steps: tuple[bool, bool]
) -> FieldState:
    """Describe a version of a file, with what was wrong when the campaign was read last."""
    problems = [one for one in live.problems() if one.path == path]
    problems += [one for one in left_of_sample(live) if one.path == path]
    state = field_state(saved, dict.fromkeys(problems), steps)
    if not state.readable:
        return state
    own = tuple(
        one
        for one in state.problems
        if one.field.partition(".")[0] in section.fields
        or (not one.field and one.severity == "error")
    )
    return msgspec.structs.replace(state, problems=own)


def _keys(*records: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(
        field.encode_name for record in records for field in msgspec.structs.fields(record)
    )


_ORDER = tuple(
    dict.fromkeys(_keys(Campaign, Helplines, Helpline, Responses, Brand, Schedule, QuietDay))
)
_OPTIONAL = frozenset(
    {"url", "logo", "summary", "intro", "need", "consent", "short_name", "night", "phone", "role"}
    | {"operator_note", "passed_on", "note", "hashtags", "country", "interpreters", "anonymous"}
    | {"minors", "no_answer", "end", "until", "at_some_hours", "must_tell"}
)

EDITORS = {
    one.id: Editor(partial(_find, one), partial(_describe, one), _ORDER, _OPTIONAL)
    for one in SECTIONS
    if one.id not in {"languages", "numbers", "glossary", "alerts", "partners"}
}
"""How the parts that are fields of one file are edited, by their id."""


Fields = dict[str, Value]


async def save_fields(
    request: Request, live: LiveCampaign, name: str, make: Callable[[Fields], list[Edit]]
) -> None:
    """Change several fields of a file at once, one step of undo.

    Args:
        name: of the file below the campaign's folder.
        make: gives the edits of the fields that it is given, as they are now.

    Raises:
        RefusedRequest: somebody saves them at this very moment.
    """
    path = f"campaigns/{live.slug}/{name}"
    saver: Saver = request.app.state.saver
    follower: Follower = request.app.state.follower
    saved = saver.load(path)
    found = values(saved.text)
    wanted = [WantedEdit(edit, value_at(found, edit.path)) for edit in make(found)]
    if not wanted:
        return
    with follower.hold_for_saving(live, live.root / path):
        result = await anyio.to_thread.run_sync(saver.save, path, wanted, saved.digest, _ORDER)
        if isinstance(result, Conflict):
            raise RefusedRequest(CHANGED, 409)
        await follower.show_saved(live, [live.root / path])


STAGES = {
    "public": mark_translatable("Everybody"),
    "relatives": mark_translatable("Parents and relatives"),
    "professionals": mark_translatable("People who work with them"),
    "at-risk": mark_translatable("People who are being approached"),
}

KINDS = {
    "government": mark_translatable("An authority"),
    "ngo": mark_translatable("An organisation"),
    "faith": mark_translatable("A religious community"),
    "former": mark_translatable("People who left"),
    "survivor": mark_translatable("Survivors"),
    "family": mark_translatable("Families"),
    "peer": mark_translatable("People of the same age"),
    "expert": mark_translatable("Experts"),
}

SPONSORS = {
    "other": mark_translatable("An organisation, a group, a person"),
    "authority": mark_translatable("An authority for public safety"),
}

HOW = {
    "read": mark_translatable("Read on their own page"),
    "called": mark_translatable("Called"),
}

AGAIN = dt.timedelta(days=90)
"""Time after which a helpline is checked again where nobody says another day."""

UNREVIEWED = {
    "notice": mark_translatable("They are published, and say that nobody has read them"),
    "block": mark_translatable("They wait"),
    "allow": mark_translatable("They are published as any other"),
}


def country_choices(interface: str) -> tuple[Choice, ...]:
    """List all countries by their names in the language of the interface."""
    found = (Choice(code, country_name(code, interface)) for code in COUNTRIES)
    return tuple(sorted(found, key=lambda one: one.label))


def settings_choices(
    live: LiveCampaign, say: Say, term: Say, countries: tuple[Choice, ...]
) -> dict[str, tuple[Choice, ...]]:
    """List what can be chosen for each field of the forms."""
    return {
        "logo": tuple(Choice(one.name, one.name) for one in media_list(live)),
        "countries": countries,
        "how": _choices(HOW, HOW, say),
        "stage": _choices(STAGES, get_args(Stage), say),
        "kind": _choices(KINDS, get_args(MessengerKind), say),
        "sponsor": _choices(SPONSORS, SPONSORS, say),
        "unreviewed": _choices(UNREVIEWED, UNREVIEWED, say),
        "platform": platform_choices(live),
        "language": language_choices(live),
        "need": tuple(Choice(key, term(one.name)) for key, one in terms.NEEDS.items()),
        "operator": tuple(
            Choice(key, term(terms.OPERATORS[key].name)) for key in get_args(Operator)
        ),
    }


def _choices(names: Mapping[str, str], keys: Iterable[str], say: Say) -> tuple[Choice, ...]:
    return tuple(Choice(key, say(names[key])) for key in keys)


def interface_of(request: Request) -> str:
    """Give the language of the interface for whoever asks."""
    pages: Templates = request.app.state.templates
    return pages.language_of(request)


@with_live_campaign
def form(request: Request, live: LiveCampaign) -> Response:
    """Show a part of *Campaign* as a form; the first one where none is named."""
    editor = EDITORS.get(request.path_params.setdefault("id", SECTIONS[0].id))
    found = editor.page_state(request, live) if editor else None
    if found is None:
        return answer_missing(request)
    path, state = found
    shown = _gather_shown(request, live, state.values)
    left = len(left_of_sample(live))
    return show_campaign(request, live, "settings.html", path=path, state=state, left=left, **shown)


@with_live_campaign
def part(request: Request, live: LiveCampaign) -> Response:
    """Show the fields of a part anew, or say where what it changes is seen."""
    name, wanted = request.path_params["id"], request.path_params["part"]
    path = _find(BY_ID[name], live, "") if name in EDITORS else None
    if path is None:
        return answer_missing(request)
    if wanted == "page":
        tag = request.query_params.get("language", "")
        return answer_json({"address": _address(live, BY_ID[name], tag)})
    if wanted != "fields":
        return answer_missing(request)
    try:
        values = read_values(request.app.state.saver.load(path).text)
    except ProblemsFound:
        values = {}
    shown = _gather_shown(request, live, values)
    return show(request, f"settings-{name}.html", live=live, version=version_of(live), **shown)


def _address(live: LiveCampaign, section: Section, language: str) -> str:
    """Say where what a part changes is seen while it is written; nothing where there is no page."""
    path = f"site/{language}/{section.shows}"
    there = section.shows is not None and f"{path}index.html" in live.written_steps
    return f"/try/{live.slug}/{path}" if there else ""


def _gather_shown(request: Request, live: LiveCampaign, values: Any) -> dict[str, Any]:
    """Gather what the template of a part shows."""
    say, term = speakers(request, live)
    section = BY_ID[request.path_params["id"]]
    project = newest_project(live)
    return {
        "id": say(section.name),
        "section": section,
        "sections": SECTIONS,
        "project": project,
        "values": for_template(values),
        "choices": settings_choices(live, say, term, country_choices(interface_of(request))),
        "languages": language_states(live),
        "blank": for_template({}),
        "plain": {key: say(words) for key, words in WORDS.items()},
        "today": live.today().isoformat(),
        "soon": (live.today() + AGAIN).isoformat(),
    }
