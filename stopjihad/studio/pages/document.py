"""What talking points and pages have in common: the view of their editor, its lists, a beginning.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.disk import save
from stopjihad.problem import ProblemsFound
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    newest_project,
    show,
    show_campaign,
    speakers,
    version_of,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.editor import Editor
from stopjihad.studio.pages.field_state import read_values
from stopjihad.studio.pages.point_parts import language_states, media_list
from stopjihad.studio.pages.point_state import choices
from stopjihad.studio.pages.settings import left_of_sample
from stopjihad.studio.words import mark_translatable
from stopjihad.text.ids import is_id
from stopjihad.text.yaml.fields import for_template

UNFIT_NAME = mark_translatable("The name needs small letters, digits and single hyphens.")


def show_editor(
    request: Request, live: LiveCampaign, editor: Editor, template: str, **more: Any
) -> Response:
    """Show the editor of the file that the address names; ``more`` is for its own template."""
    found = editor.page_state(request, live)
    if found is None:
        return answer_missing(request)
    path, state = found
    say, term = speakers(request, live)
    return show_campaign(
        request,
        live,
        template,
        id=request.path_params["id"],
        path=path,
        state=state,
        values=for_template(state.values),
        choices=choices(newest_project(live), say, term),
        languages=language_states(live),
        media=media_list(live),
        left=len(left_of_sample(live)),
        **more,
    )


@with_live_campaign
def cited_sources(_request: Request, live: LiveCampaign) -> Response:
    """List what the campaign cites by title, each document once, for who cites it again."""
    project = newest_project(live)
    texts = (*live.draft_points, *project.points, *project.pages) if project else ()
    cited = {one.url: one for text in texts for one in text.record.sources}
    return answer_json(sorted(cited.values(), key=lambda it: it.title))


def show_fields(request: Request, live: LiveCampaign, path: str, template: str) -> Response:
    """Show a list of fields anew, as the file at ``path`` has it now; empty where it is broken."""
    project = newest_project(live)
    say, term = speakers(request, live)
    try:
        found = read_values(request.app.state.saver.load(path).text)
    except ProblemsFound:
        found = {}
    return show(
        request,
        template,
        values=for_template(found),
        media=media_list(live),
        choices=choices(project, say, term),
        live=live,
        project=project,
        version=version_of(live),
    )


def require_id(name: str) -> None:
    """Refuse a name that can be no part of an address."""
    if not is_id(name):
        raise RefusedRequest(UNFIT_NAME, 422)


TAKEN = mark_translatable("There is one of this name already.")


async def create_file(
    request: Request, live: LiveCampaign, place: str, text: str, address: str
) -> Response:
    """Write the file of a new document, and answer with the address of its editor.

    Args:
        place: the file below the campaign's folder, such as ``points/<id>.md``.
        address: that of its editor, below that of the campaign.

    Raises:
        RefusedRequest: there is one already.
    """
    path = f"campaigns/{live.slug}/{place}"
    try:
        await anyio.to_thread.run_sync(request.app.state.saver.create, path, text)
    except save.ChangedFile:
        raise RefusedRequest(TAKEN, 409) from None
    await request.app.state.follower.show_saved(live, [live.root / path])
    return answer_json({"address": f"/c/{live.slug}/{address}"}, 201)
