"""Make what publishing needs from the studio: a target for a folder, and the key that signs."""

from __future__ import annotations

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.disk.save import ChangedFile
from stopjihad.load.targets import FILE
from stopjihad.publish.channel import require
from stopjihad.publish.signing_key import let_sign, signing_key
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    read_json,
    refuse_in_words,
    speakers,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.publisher import reader_targets
from stopjihad.studio.saver import Conflict, Saver, WantedEdit
from stopjihad.studio.target_folders import WantedTarget, first_targets, folder_target
from stopjihad.studio.words import mark_translatable
from stopjihad.text.yaml.fields import Insert, SetField, values


@refuse_in_words
async def make_target(request: Request, live: LiveCampaign) -> Response:
    """Make a target for a folder, one of those that are offered."""
    sent: WantedTarget = await read_json(request, WantedTarget)
    targets, problems = reader_targets(live)
    if problems:
        raise RefusedRequest(mark_translatable("Mend targets.yaml first: it cannot be read."), 409)
    if sent.id in {one.id for one in targets}:
        raise RefusedRequest(mark_translatable("There is a target of this name already."), 409)
    made = folder_target(live.root, sent)
    path = f"campaigns/{live.slug}/{FILE}"
    saver: Saver = request.app.state.saver
    if not (live.root / path).exists():
        try:
            await anyio.to_thread.run_sync(saver.create, path, first_targets(made))
        except ChangedFile:
            raise RefusedRequest(CHANGED_FILE, 409) from None
    else:
        saved = saver.load(path)
        was = values(saved.text).get("targets")
        place = len(was) if isinstance(was, list) else 0
        edit = WantedEdit(Insert(("targets",), place, made), was)
        await _save(request, live, path, edit, saved.digest)
    return answer_json({"address": f"/c/{live.slug}/publish?target={sent.id}"}, 201)


@refuse_in_words
async def make_key(request: Request, live: LiveCampaign) -> Response:
    """Make the key that signs on this computer, and write its public half into the campaign."""
    await read_json(request, dict[str, str])
    require("cryptography")
    key = signing_key(live.slug, make=True)
    if key is None:
        raise RefusedRequest(mark_translatable("No key can be kept on this computer."), 409)
    path = f"campaigns/{live.slug}/campaign.yaml"
    saver: Saver = request.app.state.saver
    saved = saver.load(path)
    was = values(saved.text).get("signing_key")
    if was and was != key.public:
        raise RefusedRequest(OTHER_KEY, 409)
    let_sign(live.root, live.slug, key)
    if not was:
        edit = WantedEdit(SetField(("signing_key",), key.public), None)
        await _save(request, live, path, edit, saved.digest)
    return answer_json({"said": speakers(request, live)[0](SIGNED)}, 201)


CHANGED_FILE = mark_translatable("Somebody changed the file meanwhile. Look again.")
OTHER_KEY = mark_translatable(
    "Readers check with another key than that of this computer. Publish where that one is."
)
SIGNED = mark_translatable("What you publish is signed from now on.")


async def _save(
    request: Request, live: LiveCampaign, path: str, edit: WantedEdit, digest: str
) -> None:
    saver: Saver = request.app.state.saver
    saved = await anyio.to_thread.run_sync(saver.save, path, [edit], digest)
    if isinstance(saved, Conflict):
        raise RefusedRequest(CHANGED_FILE, 409)
    await request.app.state.follower.read(live)
