"""Fetch what colleagues sent, and send what they lack, over the git remote of the workspace."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Literal, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.build.request import Request as BuildRequest
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.channel import require
from stopjihad.publish.git_credentials import name_host
from stopjihad.publish.team.disk_changes import FileDelta
from stopjihad.publish.team.disk_merge import FetchedChanges
from stopjihad.publish.team.exchange import (
    DeliveredFiles,
    TeamState,
    fetch,
    read_state,
    send,
    take_back,
)
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.builder import Builder, Progress, WorkDone
from stopjihad.studio.file_history import field_changes, is_ledger
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.history import ChangedField, file_name, named_changes
from stopjihad.studio.remedies import view_of_versions
from stopjihad.studio.words import CHANGED, RUNNING, Say, mark_translatable

SHOWN = 60
"""Files that a list names."""

OF = "colleagues"
"""What the work of this view is of, as `Progress` says it."""


class SharedFileRow(NamedTuple):
    """Show a file that was changed: what it is called, by whom, and what differs.

    Attributes:
        kind: ``new``, ``gone``, or empty.
        more: fields that are not shown.
        lines: whether only lines are added to it: they are not shown one by one.
    """

    name: str
    by: str
    kind: str
    fields: tuple[ChangedField, ...]
    more: int
    lines: bool


class ClashRow(NamedTuple):
    """Name a file in which two versions wait, and where one is chosen."""

    name: str
    address: str


class FetchedRows(NamedTuple):
    """Show what a fetch brought; the rest as in `FetchedChanges`."""

    rows: tuple[SharedFileRow, ...]
    names: tuple[str, ...]
    returned: tuple[str, ...]
    beside: tuple[str, ...]
    unwritten: tuple[str, ...]


@with_live_campaign
def show_colleagues(request: Request, live: LiveCampaign) -> Response:
    """Show what would be sent, what was fetched last, and what waits for a choice."""
    say, _ = speakers(request, live)
    progress: Progress = request.app.state.builder.progress(live.slug)
    act, _, of = progress.of.partition(" ")
    told = progress.told if of == OF and progress.state == "done" else None
    state: TeamState | None = None
    problems: tuple[Problem, ...] = ()
    try:
        require("dulwich")
        state = read_state(live.root)
    except ProblemsFound as found:
        problems = found.problems
    clashes = [
        ClashRow(file_name(live, path, say), f"/c/{live.slug}{view_of_versions(path)}")
        for path in (state.clashes if state else ())
    ]
    return show_campaign(
        request,
        live,
        "colleagues.html",
        progress=progress,
        act=act if of == OF else "",
        state=state,
        state_problems=problems,
        clashes=clashes,
        outgoing=_rows(live, _without(state.outgoing, state.clashes) if state else (), say),
        fetched=_fetched_rows(live, told, say) if isinstance(told, FetchedChanges) else None,
        sent=len(told.sent) if isinstance(told, DeliveredFiles) else None,
        most=SHOWN,
    )


def count_unsent(live: LiveCampaign) -> int:
    """Count files that colleagues lack, as far as is known; none where nothing can be shared."""
    if not (live.root / ".git").is_dir():
        return 0
    try:
        require("dulwich")
        return len(read_state(live.root).outgoing)
    except ProblemsFound:
        return 0


def _fetched_rows(live: LiveCampaign, told: FetchedChanges, say: Say) -> FetchedRows:
    rows = _rows(live, _without(told.came, told.clashes), say)

    def names(paths: Sequence[str]) -> tuple[str, ...]:
        return tuple(file_name(live, path, say) for path in paths)

    return FetchedRows(
        rows,
        tuple(sorted({row.by for row in rows if row.by})),
        names(told.returned),
        names([one for _, one in told.beside]),
        told.unwritten,
    )


def _without(changes: Sequence[FileDelta], clashes: Collection[str]) -> list[FileDelta]:
    """Leave out files in which two versions wait: they are named apart."""
    return [one for one in changes if one.path not in clashes]


def _rows(live: LiveCampaign, changes: Sequence[FileDelta], say: Say) -> tuple[SharedFileRow, ...]:
    rows: list[SharedFileRow] = []
    for one in changes:
        kind = "new" if one.old is None else "gone" if one.new is None else ""
        lines = is_ledger(one.path)
        told = not kind and not lines and len(rows) < SHOWN
        found = field_changes(one.path, one.old, one.new) if told else []
        fields, more = named_changes(one.path, found, say)
        rows.append(
            SharedFileRow(file_name(live, one.path, say), one.by, kind, fields, more, lines)
        )
    return tuple(rows)


class SentExchange(msgspec.Struct, forbid_unknown_fields=True):
    """A step, who takes it, and the host that somebody says is theirs."""

    step: Literal["fetch", "send", "back", "host"]
    by: str = ""
    host: str = ""


@refuse_in_words
async def exchange(request: Request, live: LiveCampaign) -> Response:
    """Start to fetch, to send, or to take back what was fetched; or name a host as one's own."""
    sent: SentExchange = await read_json(request, SentExchange)
    require("dulwich")
    if sent.step == "host":
        _name_host(live, sent.host)
        return answer_json({"said": speakers(request, live)[0](NAMED)})
    builder: Builder = request.app.state.builder
    if not builder.start(live, _work(sent), f"{sent.step} {OF}"):
        raise RefusedRequest(RUNNING, 409)
    return answer_json({"building": True}, 202)


NAMED = mark_translatable("It is yours from now on.")


def _name_host(live: LiveCampaign, host: str) -> None:
    """Let a host have credentials, if it is still the one that the page showed."""
    state = read_state(live.root)
    if not host or state.host != host:
        raise RefusedRequest(CHANGED, 409)
    name_host(host)


def _work(sent: SentExchange) -> Callable[[LiveCampaign, BuildRequest], WorkDone]:
    steps: dict[str, Callable[..., object]] = {"fetch": fetch, "send": send, "back": take_back}
    by = " ".join(sent.by.split())[:80]

    def work(live: LiveCampaign, _: BuildRequest) -> WorkDone:
        return WorkDone(0, told=steps[sent.step](live.root, by))

    return work
