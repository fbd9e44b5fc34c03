"""Put the notice that holds now into whatever a build or a preview makes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from stopjihad.disk.pack import pack_of_parsed
from stopjihad.load.project import load_project
from stopjihad.load.workspace import Workspace
from stopjihad.model.alert import Alert, LiveAlert
from stopjihad.model.options import Options
from stopjihad.model.project import Document, Project
from stopjihad.model.review import Review
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.review import alert as ledger
from stopjihad.review.live_alert import cancelled_alert, live_alert, was_published

if TYPE_CHECKING:
    from stopjihad.build.request import Request


def with_alert(workspace: Workspace, request: Request) -> Request:
    """Put the notice that holds now into what is asked for.

    Args:
        workspace: the files of the campaign.
        request: what to make; its ``now`` decides.

    Returns:
        The same where no notice was ever published, or one is asked for already.

    Raises:
        ProblemsFound: ``alert-changed``: its words are no longer those that were published.
    """
    slug = workspace.campaign.slug
    ledger_bytes = workspace.campaign.files.get(f"campaigns/{slug}/reviews.jsonl", b"")
    if request.options.alerted or b'"kind":"alert"' not in ledger_bytes:
        return request
    with pack_of_parsed(workspace.root, slug) as pack:
        project, _ = load_project(workspace.campaign, pack)
    if project is None:
        return request
    return msgspec.structs.replace(
        request,
        options=noticed(project, request.options, request.now or dt.datetime.now(dt.UTC)),
    )


def noticed(project: Project, options: Options, now: dt.datetime) -> Options:
    """Put the notice that holds at a moment into what is made of a campaign.

    Args:
        options: what to make.

    Returns:
        The same where no notice was ever published.

    Raises:
        ProblemsFound: ``alert-changed``: its words are no longer those that were published.
    """
    if not was_published(project.reviews):
        return options
    found = live_alert(project.reviews, now)
    if found is not None:
        _require_same(project, *found)
    live = found[1] if found else None
    cancelled = None if live else cancelled_alert(project.reviews, now)
    return msgspec.structs.replace(options, alert=live, alerted=True, cancelled=cancelled)


def _require_same(project: Project, out: Review, live: LiveAlert) -> None:
    """Refuse a notice whose template or translations were changed while it holds."""
    document = document_of(project, live.alert)
    lines = ledger.lines_of(project, document, live.languages)
    was = ledger.read(out.words)
    changed = next((line for line in lines if was.get(line.key) != line.text), None)
    gone = sorted(set(was) - {line.key for line in lines})
    if changed is None and not gone:
        return
    language, field = changed.key if changed else gone[0]
    raise ProblemsFound(
        (
            Problem(
                path=changed.path if changed else document.path,
                line=changed.line if changed else 0,
                code="alert-changed",
                message=f"these words of '{live.alert.id}' are not those that were approved"
                f" ({f'{language}, ' if language else ''}{field})",
                hint="undo the change while the notice holds, or approve and publish an update",
            ),
        )
    )


def document_of(project: Project, alert: Alert) -> Document[Alert]:
    """Give the file of a notice with the values that count."""
    known = next((one for one in project.alerts if one.record.id == alert.id), None)
    if known is not None:
        return msgspec.structs.replace(known, record=alert)
    path = f"campaigns/{project.campaign.record.id}/alerts/{alert.id}.yaml"
    return Document(path=path, record=alert, digest="")
