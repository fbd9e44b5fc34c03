"""Pictures of a campaign: shown from the map of them, taken in and described."""

from __future__ import annotations

import re

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.disk import save
from stopjihad.load import files as loading
from stopjihad.problem import Problem
from stopjihad.studio.edit.picture import FileName, PictureNotes, made_anew, notes_text
from stopjihad.studio.frame import answer_json, answering, live_of, missing, newest_project
from stopjihad.studio.interface import marked
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.own_files import media_type
from stopjihad.studio.requests import RefusedRequest, read

PICTURES = re.compile(r"\.(jpe?g|png|webp)$", re.IGNORECASE)


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
async def add_picture(request: Request, live: LiveCampaign) -> Response:
    """Decode a picture, make it anew, and store it with what is known of it."""
    asked = request.query_params
    notes = PictureNotes(**{name: asked.get(name, "").strip() for name in PictureNotes._fields})
    name = FileName.of(asked.get("name", ""))
    if not (notes.alt and notes.source and notes.licence):
        words = marked("Say what it shows, who made it, and what allows us to use it.")
        raise RefusedRequest(words, 422)
    data = await read(request, loading.MAX_MEDIA_BYTES)
    if not data:
        raise RefusedRequest(marked("Choose a file first."), 422)
    fresh = await anyio.to_thread.run_sync(made_anew, data, name)
    folder = f"campaigns/{live.slug}/media"
    try:
        said = notes_text(notes).encode()
        save.write(live.root, f"{folder}/{name.whole}.yaml", said, save.ABSENT)
        save.write(live.root, f"{folder}/{name.whole}", fresh, save.ABSENT)
    except save.Changed:
        words = marked("There is a picture of this name already. Rename the file.")
        raise RefusedRequest(words, 409) from None
    await request.app.state.follower.read(live)
    return answer_json({"said": name.whole}, 201)
