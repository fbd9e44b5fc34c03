"""The editor of a talking point, and what becomes of it while it is written.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from stopjihad.load import files as loading
from stopjihad.load.documents import SourceFile
from stopjihad.studio.answers import (
    answer_json,
    answer_missing,
    newest_project,
    show,
    speakers,
    version_of,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.document import show_editor, show_fields
from stopjihad.studio.pages.editor import Editor
from stopjihad.studio.pages.field_state import FieldState, field_state
from stopjihad.studio.pages.point_parts import (
    cards_pane,
    drafts_pane,
    page_address,
    point_languages,
)
from stopjihad.studio.pages.point_state import MEANT, ORDER, counts
from stopjihad.studio.saver import SavedFile


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


def describe_point(
    live: LiveCampaign, path: str, saved: SavedFile, steps: tuple[bool, bool]
) -> FieldState:
    """Describe a version of a talking point, with everything wrong with it.

    Args:
        path: its file, relative to the workspace.
        steps: whether there is a step to take back, and one to do again.
    """
    problems = live.verdict(SourceFile(path, saved.text, saved.digest)).problems
    rows = {row.id: row for row in platform_rows(live)}
    return field_state(
        saved, problems, steps, meant=MEANT, counts=lambda found: counts(found, rows)
    )


def platform_rows(live: LiveCampaign) -> list[Any]:
    """List the platforms that the campaign posts on, as the catalogue knows them."""
    project = newest_project(live)
    rows = live.state.found.shared.platforms
    wanted = project.campaign.record.platforms if project else ()
    return [rows[name] for name in wanted if name in rows]


EDITOR = Editor(
    find=point_path,
    describe=describe_point,
    order=ORDER,
    optional=frozenset(
        {"claim", "warning", "technique", "alternative", "steps", "slides", "reviewed", "embargo"}
        | {"expires", "url", "page", "published", "archived_url", "posts.*"}
    ),
    languages=point_languages,
)
"""How talking points are edited."""


@with_live_campaign
def point(request: Request, live: LiveCampaign) -> Response:
    """Show the editor of a talking point."""
    return show_editor(request, live, EDITOR, "point.html", platforms=platform_rows(live))


@with_live_campaign
def part(request: Request, live: LiveCampaign) -> Response:
    """Show a part of the editor anew: sources, pictures, cards, drafts, where the page is."""
    name, point_id = request.path_params["part"], request.path_params["id"]
    path = point_path(live, point_id)
    if path is None:
        return answer_missing(request)
    language = request.query_params.get("language", "")
    project = newest_project(live)
    common: dict[str, Any] = {"live": live, "project": project, "version": version_of(live)}
    _, term = speakers(request, live)
    if name in {"sources", "pictures", "corrections"}:
        return show_fields(request, live, path, f"{name}.html")
    if name == "page":
        return answer_json({"address": page_address(live, f"points/{point_id}", language)})
    if name == "cards":
        return show(request, "cards.html", **cards_pane(live, point_id, language, term), **common)
    if name == "drafts":
        return show(request, "drafts.html", **drafts_pane(live, point_id, language), **common)
    return answer_missing(request)
