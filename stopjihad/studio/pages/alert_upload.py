"""Upload an alert from its board, and say what of it the target shows."""

from __future__ import annotations

from functools import partial
from typing import Literal

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.build.request import Request as BuildRequest
from stopjihad.model.targets import PublishTarget
from stopjihad.problem import ProblemsFound
from stopjihad.publish.channel import open_channel
from stopjihad.publish.deployment import explain_target
from stopjihad.publish.publish_request import PublishRequest
from stopjihad.publish.upload import shown_there
from stopjihad.review.alert_steps import messages_out, steps_of
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    read_json,
    refuse_in_words,
    speakers,
)
from stopjihad.studio.builder import WorkDone
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.publisher import find_target, publish_build
from stopjihad.studio.words import RUNNING, Say, mark_translatable
from stopjihad.translate.po_files import read_project

UPLOADED = mark_translatable("It is uploaded, and was read back from there.")
NOTHING_THERE = mark_translatable("Nothing is published on %(target)s yet.")
SHOWN_THERE = mark_translatable("%(target)s shows this alert (%(id)s, %(when)s).")
NOT_THERE = mark_translatable(
    "%(target)s does not show this alert as it was sent last (%(id)s, %(when)s)."
)


class SentUpload(msgspec.Struct, forbid_unknown_fields=True):
    """A target, and whether to upload, or to look at what it shows; ``by`` is a role for a list.

    ``sure`` uploads an alert though the target's clock says another time than ours.
    """

    step: Literal["upload", "look"]
    target: str
    by: str = ""
    sure: str = ""


@refuse_in_words
async def upload(request: Request, live: LiveCampaign) -> Response:
    """Upload what is built, or say what the target shows of an alert."""
    sent: SentUpload = await read_json(request, SentUpload)
    say, _ = speakers(request, live)
    target = find_target(live, sent.target)
    if sent.step == "look":
        look = partial(_look, live, target, request.path_params["id"], say)
        try:
            return answer_json({"said": await anyio.to_thread.run_sync(look)})
        except ProblemsFound as found:
            raise RefusedRequest(" ".join(map(str, found.problems)), 409) from None
    clock = request.app.state.now

    def work(live: LiveCampaign, asked: BuildRequest) -> WorkDone:
        now = clock()
        wanted = PublishRequest(
            root=live.root,
            campaign=live.slug,
            target=target,
            now=int(now.timestamp()),
            by=sent.by.strip(),
            sure=bool(sent.sure),
            progress=asked.progress,
        )
        done = publish_build(live, wanted, now)
        return WorkDone(done.outcome.uploads, told=done)

    if not request.app.state.builder.start(live, work, request.path_params["id"]):
        raise RefusedRequest(RUNNING, 409)
    return answer_json({"building": True, "done": say(UPLOADED)}, 202)


def _look(live: LiveCampaign, target: PublishTarget, alert_id: str, say: Say) -> str:
    with explain_target(target), open_channel(target, live.root) as channel:
        found = shown_there(channel)
    if found is None:
        return say(NOTHING_THERE) % {"target": target.id}
    steps = steps_of(read_project(live.root, live.slug).reviews, alert_id)
    out = {one.digest for one in messages_out(steps)}
    words = SHOWN_THERE if out & found.alerts else NOT_THERE
    return say(words) % {"target": target.id, "id": found.id, "when": found.when}
