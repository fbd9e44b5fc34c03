"""The pages of a campaign: their list, how one is begun, and the editor of one.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.check.campaign import REQUIRED_PAGES, check_one_page
from stopjihad.check.placeholders import page_placeholders
from stopjihad.load import files as loading
from stopjihad.load.documents import SourceFile, markdown_document
from stopjihad.load.drafts import as_warnings, begin_draft, says_draft
from stopjihad.load.workspace import new_file
from stopjihad.model.project import Page
from stopjihad.problem import ProblemsFound
from stopjihad.studio.answers import (
    answer_json,
    answer_missing,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.document import create_file, require_id, show_editor, show_fields
from stopjihad.studio.pages.editor import Editor
from stopjihad.studio.pages.field_state import FieldState, field_state, read_values
from stopjihad.studio.pages.point_parts import (
    LanguageState,
    language_states,
    page_address,
)
from stopjihad.studio.saver import SavedFile, Saver
from stopjihad.text.yaml.fields import Remove, SetField, apply
from stopjihad.view.source_segments import page_segments

ORDER = tuple(
    field.encode_name
    for field in msgspec.structs.fields(Page)
    if field.encode_name not in {"id", "body"}
)
"""Keys of a page in the order of the schema."""


def page_path(live: LiveCampaign, name: str) -> str | None:
    """Find the file of a page among those that are there, by its id (any text)."""
    return next((path for path in _paths(live) if _name(path) == name), None)


def _paths(live: LiveCampaign) -> list[str]:
    paths, _ = loading.walk(live.root, f"campaigns/{live.slug}/pages")
    return [path for path in paths if path.endswith(".md")]


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def describe_page(
    live: LiveCampaign, path: str, saved: SavedFile, steps: tuple[bool, bool]
) -> FieldState:
    """Describe a version of a page, with everything wrong with it.

    Args:
        path: its file, relative to the workspace.
        steps: whether there is a step to take back, and one to do again.
    """
    file = SourceFile(path, saved.text, saved.digest)
    document, problems = markdown_document(file, Page, _name(path))
    project = newest_project(live)
    if document is not None and project is not None:
        problems += check_one_page(document, project, live.today())
        problems += page_placeholders(document)
    return field_state(saved, as_warnings(problems, {path} if says_draft(file.text) else ()), steps)


def _languages(live: LiveCampaign, name: str) -> tuple[LanguageState, ...]:
    project = newest_project(live)
    pages = project.pages if project else ()
    own = next((one.record for one in pages if one.record.id == name), None)
    return language_states(live, page_segments(own, {}) if own else ())


EDITOR = Editor(
    find=page_path,
    describe=describe_page,
    order=ORDER,
    optional=frozenset({"summary", "label", "need", "url", "published", "archived_url", "media"}),
    languages=_languages,
)
"""How pages are edited."""


@with_live_campaign
def page(request: Request, live: LiveCampaign) -> Response:
    """Show the editor of a page."""
    return show_editor(request, live, EDITOR, "page.html")


@with_live_campaign
def part(request: Request, live: LiveCampaign) -> Response:
    """Show a part of the editor anew: sources, pictures, where the page is."""
    name, page_id = request.path_params["part"], request.path_params["id"]
    path = page_path(live, page_id)
    if path is None:
        return answer_missing(request)
    if name in {"sources", "pictures"}:
        return show_fields(request, live, path, f"{name}.html")
    language = request.query_params.get("language", "")
    if name == "page":
        places = (f"pages/{page_id}", page_id)  # what every site needs stands at the top
        shown = (page_address(live, place, language) for place in places)
        return answer_json({"address": next(filter(None, shown), "")})
    return answer_missing(request)


class ListedPage(NamedTuple):
    """Show one page in the list; ``there``: False for one that every site needs and none has."""

    id: str
    title: str = ""
    draft: bool = False
    menu: bool = False
    errors: int = 0
    there: bool = False


def page_rows(live: LiveCampaign, saver: Saver) -> tuple[ListedPage, ...]:
    """List the pages, those that are still missing at the end."""
    wrong = [one.path for one in live.problems() if one.severity == "error"]
    found = []
    for path in _paths(live):
        try:
            fields = read_values(saver.load(path).text)
        except ProblemsFound:
            fields = {}
        found.append(
            ListedPage(
                id=_name(path),
                title=str(fields.get("title", "")),
                draft=fields.get("draft") == "true",
                menu=fields.get("menu") == "true",
                errors=wrong.count(path),
                there=True,
            )
        )
    there = {row.id for row in found}
    missing = (name for name in REQUIRED_PAGES if name not in there)
    return (*found, *(ListedPage(name) for name in missing))


@with_live_campaign
def pages(request: Request, live: LiveCampaign) -> Response:
    """List the pages."""
    project = newest_project(live)
    return show_campaign(
        request,
        live,
        "pages.html",
        rows=page_rows(live, request.app.state.saver),
        lang=project.campaign.record.source_language if project else "",
    )


class NewPage(msgspec.Struct, forbid_unknown_fields=True):
    """What a new page starts with."""

    id: str
    title: str


@refuse_in_words
async def create(request: Request, live: LiveCampaign) -> Response:
    """Start a page; it is a draft until its writer says that it is ready."""
    sent: NewPage = await read_json(request, NewPage)
    require_id(sent.id)
    text = begin_draft(new_file(live.root, "page.md"))
    for edit in (SetField(("title",), " ".join(sent.title.split())), Remove(("summary",))):
        text = apply(text, edit, ORDER)
    return await create_file(request, live, f"pages/{sent.id}.md", text, f"pages/{sent.id}")
