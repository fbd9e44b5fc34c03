"""Two versions of a text that met when files were fetched: shown side by side, and settled.

All editors ask here, whatever file it is: fields, a file as text, translations. Throughout,
``request`` is what a page of the studio asks, and ``live`` the campaign that its address names.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    read_json,
    refuse_in_words,
    show,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.follower import Follower
from stopjihad.studio.pages.problems import text_paths
from stopjihad.studio.saver import Saver
from stopjihad.studio.words import CHANGED, Say, field_name
from stopjihad.text.versions import Decision, Dispute, disputes
from stopjihad.text.yaml.tree import Value


class ShownDispute(NamedTuple):
    """One thing of which there are two versions, as people read it.

    Attributes:
        name: of the field; empty for lines that have none.
        mine: one's own version; a list has a line for each item.
        theirs: that of the others.
        kind: ``text``, ``list``, or ``lines`` of the file.
    """

    name: str
    mine: str
    theirs: str
    kind: str


def shown_dispute(dispute: Dispute, say: Say) -> ShownDispute:
    """Say what there are two versions of."""
    kind = "text"
    if dispute.lines:
        kind = "lines"
    elif isinstance(dispute.mine, list) or isinstance(dispute.theirs, list):
        kind = "list"
    return ShownDispute(
        _name(dispute.field, say), _words(dispute.mine), _words(dispute.theirs), kind
    )


def _name(path: tuple[str | int, ...], say: Say) -> str:
    if len(path) == len(("context", "source")) and "/" in str(path[0]):
        return field_name(str(path[0]), say)
    dotted = ".".join(map(str, path))
    known = field_name(dotted, say)
    if known != dotted:
        return known
    return " · ".join(str(one + 1) if isinstance(one, int) else one for one in path)


def _words(value: Value | None) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value).strip("\n")


@with_live_campaign
def versions(request: Request, live: LiveCampaign) -> Response:
    """Show what of a file there are two versions of; nothing where none met."""
    path = request.query_params.get("path", "")
    saver: Saver = request.app.state.saver
    found = saver.load_conflicted(path) if path in text_paths(live) else None
    say, _ = speakers(request, live)
    told = disputes(found.text, path) if found else ()
    return show(
        request,
        "versions.html",
        path=path,
        digest=found.digest if found else "",
        disputes=[shown_dispute(one, say) for one in told],
    )


class SentDecision(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody takes of one dispute; ``own`` are their words, where they take neither."""

    take: Literal["mine", "theirs", "both", "own"]
    own: str = ""


class SentDecisions(msgspec.Struct, forbid_unknown_fields=True):
    """Decisions about all disputes of a file, in their order, and the digest that was shown."""

    path: str
    digest: str
    decisions: list[SentDecision]


@refuse_in_words
async def settle(request: Request, live: LiveCampaign) -> Response:
    """Write a file without marks, as somebody decided."""
    sent: SentDecisions = await read_json(request, SentDecisions)
    saver: Saver = request.app.state.saver
    found = saver.load_conflicted(sent.path) if sent.path in text_paths(live) else None
    told = disputes(found.text, sent.path) if found else ()
    if found is None or found.digest != sent.digest or len(told) != len(sent.decisions):
        raise RefusedRequest(CHANGED, 409)
    decisions = [_decision(*one) for one in zip(told, sent.decisions, strict=True)]
    follower: Follower = request.app.state.follower
    with follower.hold_for_saving(live, live.root / sent.path):
        result: Any = await anyio.to_thread.run_sync(
            saver.settle, sent.path, decisions, sent.digest
        )
        if result is None:
            raise RefusedRequest(CHANGED, 409)
        if not sent.path.endswith(".po"):
            await follower.show_saved(live, [live.root / sent.path])
    if sent.path.endswith(".po"):  # a page of translations asks for them at once
        await follower.read(live)
    return answer_json({"digest": result.digest})


def _decision(dispute: Dispute, sent: SentDecision) -> Decision:
    own: Value = sent.own.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(dispute.mine, list) or isinstance(dispute.theirs, list):
        own = [line for line in map(str.strip, str(own).split("\n")) if line]
    return Decision(sent.take, own)
