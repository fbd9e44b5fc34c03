"""The notice that holds now: put into what a build or a preview makes, taken out at its end.

The site after its end is staged while it holds, and switched to in one operation.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stopjihad import disk
from stopjihad.build.tree import manifest
from stopjihad.disk import PRIVATE, kernel
from stopjihad.disk.lock import sole_writer
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.load.project import load_project
from stopjihad.load.workspace import Workspace
from stopjihad.model.alert import Alert, LiveAlert
from stopjihad.model.options import Options
from stopjihad.model.project import Document, Project
from stopjihad.model.review import Review
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.review import alert as ledger
from stopjihad.review.alert_status import cancelled_alert, live_alert, was_published

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


AFTER_END = "after-end"
"""Folder of the output with the site as it will be when the notice that holds is over."""


def after_end(request: Request) -> Request | None:
    """Say what to stage beside a build.

    Args:
        request: what is built.

    Returns:
        The same site without its notice, in a folder of its own; None where no notice holds, and
        for an exercise: nobody sees it.
    """
    live = request.options.alert
    if live is None or live.alert.exercise:
        return None
    options = Options(draft=request.options.draft, alerted=True)
    return msgspec.structs.replace(request, out=request.out / AFTER_END, options=options)


def switch(out: Path, slug: str) -> None:
    """Put the staged site in the place of the one with the notice.

    Args:
        out: folder for results, absolute.
        slug: the campaign.

    Raises:
        ProblemsFound: ``alert-stage`` (nothing fit is staged: build again), or the disk refuses.
        Busy: a build is writing one of the two.
    """
    site, staged = out / slug, out / AFTER_END / slug
    found = manifest.load(str(staged / "manifest.json"))
    if found is None or any(file.kind.startswith("alert-") for file in found.files):
        raise ProblemsFound(
            (
                Problem(
                    path=f"{AFTER_END}/{slug}",
                    code="alert-stage",
                    message="the site after the end is not staged",
                    hint="run 'stopjihad build': without a notice that holds it makes the same",
                ),
            )
        )
    with (
        sole_writer(out / PRIVATE / slug / "lock"),
        sole_writer(out / AFTER_END / PRIVATE / slug / "lock"),
    ):
        try:
            if not kernel.exchange(str(site), str(staged)):
                _by_renames(site, staged)
        except OSError as error:
            raise ProblemsFound((disk.explain(error, f"{AFTER_END}/{slug}"),)) from error


def _by_renames(site: Path, staged: Path) -> None:
    """Swap two folders where the system cannot do it in one operation."""
    aside = f"{staged.name}.old"
    with disk.open_root(str(site.parent)) as above, disk.open_root(str(staged.parent)) as beside:
        above.rename(site.name, beside, aside)
        try:
            beside.rename(staged.name, above, site.name)
        except OSError:
            with contextlib.suppress(OSError):
                beside.rename(aside, above, site.name)
            raise
        beside.rename(aside, beside, staged.name)
