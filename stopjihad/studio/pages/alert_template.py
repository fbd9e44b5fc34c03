"""What alerts say: the list of their templates, a copy of one, and the editor of one.

A change takes back the approval of the words it changes, and nothing is signed by shipping here.
Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.languages import autonym
from stopjihad.model.alert import SHORT, AlertTemplate
from stopjihad.model.project import Project
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_missing,
    newest_project,
    read_json,
    refuse_in_words,
    show,
    show_campaign,
    speakers,
    texts_in,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.document import create_file, require_id
from stopjihad.studio.pages.editor import Editor
from stopjihad.studio.pages.field_state import FieldLength, FieldState, field_state
from stopjihad.studio.pages.point_parts import LanguageState, language_states
from stopjihad.studio.pages.studio_alert import INCIDENTS
from stopjihad.studio.saver import SavedFile
from stopjihad.studio.sections import BY_ID, SECTIONS
from stopjihad.studio.words import Choice, Say, mark_translatable
from stopjihad.text.yaml.fields import for_template
from stopjihad.text.yaml.tree import Value
from stopjihad.translate.status import key_of
from stopjihad.view.source_segments import alert_segments

ORDER = tuple(
    field.encode_name
    for field in msgspec.structs.fields(AlertTemplate)
    if field.encode_name != "id"
)
"""Keys of a template in the order of the schema."""

LIMITS = {
    "headline": 120,
    "empathy": 300,
    "confirmed": 300,
    "unknown": 300,
    "short": SHORT,
    "update": 200,
    "look": 300,
}
"""Most code points of a field, as the schema has them."""


def template_path(live: LiveCampaign, name: str) -> str | None:
    """Find the file of a template among those that are there, by its id (any text)."""
    project: Project | None = newest_project(live)
    found = project.alert_templates if project else ()
    return next((one.path for one in found if one.record.id == name), None)


def _describe(
    live: LiveCampaign, path: str, saved: SavedFile, steps: tuple[bool, bool]
) -> FieldState:
    """Describe a version of a template, with what was wrong when the campaign was read last."""
    problems = [one for one in live.problems() if one.path == path]
    return field_state(saved, problems, steps, counts=_counts)


def _counts(fields: dict[str, Value]) -> dict[str, FieldLength]:
    return {
        name: FieldLength(len(str(fields.get(name, "")).strip()), most)
        for name, most in LIMITS.items()
    }


def _languages(live: LiveCampaign, name: str) -> tuple[LanguageState, ...]:
    project: Project | None = newest_project(live)
    found = project.alert_templates if project else ()
    own = next((one.record for one in found if one.record.id == name), None)
    return language_states(live, alert_segments(own) if own else ())


EDITOR = Editor(
    find=template_path,
    describe=_describe,
    order=ORDER,
    optional=frozenset({"short", "sentences.*"}),
    languages=_languages,
)
"""How templates of alerts are edited."""


class ApprovedTexts(NamedTuple):
    """Say how many of the texts of a template are approved in a language."""

    tag: str
    name: str
    approved: int
    texts: int


def approved_texts(live: LiveCampaign, name: str) -> tuple[ApprovedTexts, ...]:
    """Say how far a template is approved, language by language."""
    project: Project | None = newest_project(live)
    found = []
    for tag in project.campaign.record.languages if project else ():
        own = [
            one for one in texts_in(live, tag) if key_of(one.segment.context) == f"alerts/{name}"
        ]
        approved = sum(one.state == "approved" for one in own)
        found.append(ApprovedTexts(tag, autonym(tag), approved, len(own)))
    return tuple(found)


class ListedTemplate(NamedTuple):
    """Show a template in the list: when it is used, and how far it is approved."""

    id: str
    headline: str
    purpose: str
    approved: tuple[ApprovedTexts, ...]
    errors: int


def _list_templates(live: LiveCampaign, say: Say) -> tuple[ListedTemplate, ...]:
    project: Project | None = newest_project(live)
    wrong = [one.path for one in live.problems() if one.severity == "error"]
    return tuple(
        ListedTemplate(
            one.record.id,
            one.record.headline,
            say(INCIDENTS[one.record.incident]),
            approved_texts(live, one.record.id),
            wrong.count(one.path),
        )
        for one in (project.alert_templates if project else ())
    )


SECTION = BY_ID["alerts"]


@with_live_campaign
def templates(request: Request, live: LiveCampaign) -> Response:
    """List what alerts say, by what has happened."""
    project: Project | None = newest_project(live)
    say, _ = speakers(request, live)
    return show_campaign(
        request,
        live,
        "alert-templates.html",
        rows=_list_templates(live, say),
        section=SECTION,
        sections=SECTIONS,
        lang=project.campaign.record.source_language if project else "",
    )


@with_live_campaign
def template(request: Request, live: LiveCampaign) -> Response:
    """Show the editor of a template."""
    found = EDITOR.page_state(request, live)
    if found is None:
        return answer_missing(request)
    path, state = found
    say, _ = speakers(request, live)
    name = request.path_params["id"]
    return show_campaign(
        request,
        live,
        "alert-template.html",
        id=name,
        path=path,
        state=state,
        values=for_template(state.values),
        limits=LIMITS,
        another=_free_name(state.values),
        incidents=tuple(Choice(key, say(words)) for key, words in INCIDENTS.items()),
        approved=approved_texts(live, name),
        section=SECTION,
        sections=SECTIONS,
    )


def _free_name(fields: dict[str, Value]) -> str:
    """Give a name that no sentence of a template has yet."""
    own = fields.get("sentences")
    taken = own if isinstance(own, dict) else {}
    names = (f"sentence-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


@with_live_campaign
def approval(request: Request, live: LiveCampaign) -> Response:
    """Show anew how far a template is approved."""
    name = request.path_params["id"]
    if template_path(live, name) is None:
        return answer_missing(request)
    return show(
        request,
        "alert-approval.html",
        approved=approved_texts(live, name),
        id=name,
        base=f"/c/{live.slug}",
    )


class NewTemplate(msgspec.Struct, forbid_unknown_fields=True):
    """What a new template starts with: its name, and the one whose words it takes over."""

    id: str
    like: str


@refuse_in_words
async def create(request: Request, live: LiveCampaign) -> Response:
    """Copy a template under another name; nobody has approved the words of the copy."""
    sent: NewTemplate = await read_json(request, NewTemplate)
    require_id(sent.id)
    like = template_path(live, sent.like)
    if like is None:
        raise RefusedRequest(mark_translatable("Say which one to begin with."), 422)
    text = request.app.state.saver.load(like).text
    place, address = f"alerts/templates/{sent.id}.yaml", f"campaign/alerts/{sent.id}"
    answer = await create_file(request, live, place, text, address)
    await request.app.state.follower.read(live)  # who approved it is known of the whole campaign
    return answer
