"""The alerts that hold now: put into what a build or a preview makes, taken out at their end.

The site after its end is staged while it holds, and switched to in one operation.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stopjihad import disk
from stopjihad.build.tree import manifest
from stopjihad.build.tree.place import OutdatedPlan
from stopjihad.build.tree.published import index_name, newest_index
from stopjihad.build.tree.swap import PATIENCE, PLACE
from stopjihad.check.alert_lines import sound_lines, unfit_lines
from stopjihad.disk import PRIVATE, kernel
from stopjihad.disk.lock import sole_writer
from stopjihad.disk.newest import forget_newest, remember_exchange
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.load import files
from stopjihad.load.clock import read_clock
from stopjihad.load.ledger import read_ledger
from stopjihad.load.project import load_project
from stopjihad.load.workspace import Workspace
from stopjihad.model.alert import Alert, LiveAlert
from stopjihad.model.options import Options
from stopjihad.model.project import Document, Project
from stopjihad.model.review import Review
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.review.alert_lines import lines_of, read_lines
from stopjihad.review.alert_status import (
    live_alerts,
    past,
    past_alerts,
    sent_messages,
    was_published,
)
from stopjihad.review.ledger import LEDGER, append_reviews

if TYPE_CHECKING:
    from stopjihad.build.request import Request


def with_alert(workspace: Workspace, request: Request) -> Request:
    """Put the alerts that hold now into what is asked for.

    Returns:
        The same where no alert was ever published, or one is asked for already.

    Raises:
        ProblemsFound: ``alert-changed``: its words are no longer those that were published; or the
            campaign cannot be read.
    """
    slug = workspace.campaign.slug
    ledger_bytes = workspace.campaign.files.get(f"campaigns/{slug}/reviews.jsonl", b"")
    if request.options.alerted or b'"alert"' not in ledger_bytes:
        return request
    with pack_of_parsed(workspace.root, slug) as pack:
        project, problems = load_project(workspace.campaign, pack)
    if project is None:  # else what was planned without the alert would be outdated for ever
        raise ProblemsFound(tuple(one for one in problems if one.severity == "error"))
    now = moment_of(request)
    require_same(project, now)
    return msgspec.structs.replace(request, options=show_alerts(project, request.options, now))


def moment_of(request: Request) -> dt.datetime:
    """Give the moment at which alerts hold or are over."""
    return request.now or dt.datetime.now(dt.UTC)


def show_alerts(project: Project, options: Options, now: dt.datetime) -> Options:
    """Put the alerts that hold at a moment into what is made of a campaign, as they were sent."""
    if not was_published(project.reviews):
        return options
    return with_alerts(project, options, (), now)


def with_alerts(
    project: Project, options: Options, more: tuple[Review, ...], now: dt.datetime
) -> Options:
    """Put what the ledger says of alerts into what is made of a campaign.

    Args:
        more: lines that are about to come after those of the ledger.

    Returns:
        What to make, without words that no alert may say.
    """
    unfit = unfit_lines(project)
    reviews = (*sound_lines(project.reviews, unfit), *more)
    return msgspec.structs.replace(
        options,
        alerts=tuple(live for _, live in live_alerts(reviews, now)),
        alerted=True,
        past=past_alerts(reviews, now),
        messages=sent_messages(reviews[: len(reviews) - len(more)]),
        unfit=tuple(sorted(unfit)),
    )


def require_same(project: Project, now: dt.datetime) -> None:
    """Refuse to build anything else while the words of an alert that holds were changed.

    Raises:
        ProblemsFound: ``alert-changed``: its words are no longer those that were published.
    """
    for out, live in live_alerts(project.reviews, now):
        _require_same(project, out, live)


def _require_same(project: Project, out: Review, live: LiveAlert) -> None:
    """Refuse an alert whose template or translations were changed while it holds."""
    document = document_of(project, live.alert)
    lines = lines_of(project, document, live.languages)
    was = read_lines(out.words)
    stamped = ("", "sent")  # when it went out is no word that anybody approved
    changed = next(
        (one for one in lines if one.key != stamped and was.get(one.key) != one.text), None
    )
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
                hint="undo the change while the alert holds, or approve and publish an update",
            ),
        )
    )


def document_of(project: Project, alert: Alert) -> Document[Alert]:
    """Give the file of an alert with the values that count."""
    known = next((one for one in project.alerts if one.record.id == alert.id), None)
    if known is not None:
        return msgspec.structs.replace(known, record=alert)
    path = f"campaigns/{project.campaign.record.id}/alerts/{alert.id}.yaml"
    return Document(path=path, record=alert, digest="")


def has_moved(root: Path, slug: str, request: Request) -> bool:
    """Read the ledger again, and tell whether a build has what it says now.

    Of an exercise it says nothing: readers never see one.
    """
    return not request.options.exercise and _says_other(_ledger(root, slug), request)


def _says_other(reviews: tuple[Review, ...], request: Request) -> bool:
    now, options = moment_of(request), request.options
    reviews = sound_lines(reviews, options.unfit)
    live = tuple(one for _, one in live_alerts(reviews, now))
    return (live, past_alerts(reviews, now)) != (options.alerts, options.past)


@contextlib.contextmanager
def last_look(root: Path, slug: str, request: Request) -> Iterator[None]:
    """Hold the place of a tree only if the ledger still says what it was planned with.

    What was staged for the end of an alert belongs to the tree of before: it serves no longer.

    Args:
        request: what was built, from ``with_alert``; the line of an alert that is sent is added to
            the ledger when the tree has taken its place.

    Raises:
        OutdatedPlan: it says something else.
        ProblemsFound: ``alert-overtaken``: the alert that is sent would not be shown any more.
    """
    if request.sending is None:
        if has_moved(root, slug, request):
            raise OutdatedPlan
        forget_newest(_staged_folder(request.out, slug))
        yield
        return
    line = request.sending()
    if not request.options.exercise:
        name = line.context.partition("/")[2]
        reviews = (*sound_lines(_ledger(root, slug), request.options.unfit), line)
        own = {live.alert.id: live for _, live in live_alerts(reviews, moment_of(request))}
        if own.get(name) not in request.options.alerts:
            raise ProblemsFound((_overtaken(slug, name),))
        if _says_other(reviews, request):
            raise OutdatedPlan  # another alert was sent or ended meanwhile
        forget_newest(_staged_folder(request.out, slug))
    yield
    append_reviews(root, slug, (line,))


def _overtaken(slug: str, alert_id: str) -> Problem:
    """Say that an alert was ended, or sent by somebody else, while it was built."""
    return Problem(
        path=f"campaigns/{slug}/alerts/{alert_id}.yaml",
        code="alert-overtaken",
        message=f"somebody ended '{alert_id}', or sent an alert, while this one was built",
        hint=f"look at what holds: stopjihad alert clock {alert_id}",
    )


def _ledger(root: Path, slug: str) -> tuple[Review, ...]:
    """Read the ledger as it is now; nothing where no alert stands in it."""
    path = f"campaigns/{slug}/{LEDGER}"
    data = files.read(root, path)
    if isinstance(data, Problem) or b'"alert"' not in data:
        return ()
    text = files.decode(data, path)
    return () if isinstance(text, Problem) else read_ledger(text, path, read_clock())[0]


AFTER_END = "after-end"
"""Folder of the output with the site as it will be when the alert that holds is over."""


def _staged_folder(out: Path, slug: str) -> str:
    return str(out / AFTER_END / slug)


def after_end(request: Request) -> Request | None:
    """Say what to stage beside a build.

    Returns:
        The same site as it will be when the time of its alert is over, in a folder of its own;
        None where no alert holds, or several do.
    """
    live, *others = request.options.alerts or (None,)
    if live is None or others:
        return None
    over = past(live, live.own, live.alert.ends)
    options = Options(
        draft=request.options.draft,
        alerted=True,
        past=(over, *request.options.past),
        messages=(*request.options.messages, live),
    )
    return msgspec.structs.replace(request, out=request.out / AFTER_END, options=options)


def switch(out: Path, slug: str) -> None:
    """Put the staged site in the place of the one with the alert, where there is one.

    Args:
        out: folder for results, absolute.

    Raises:
        ProblemsFound: ``alert-stage`` (nothing fit is staged: build again), or the disk refuses.
        Busy: for a second another tree has been taking the place of one of the two.
    """
    site, staged = out / slug, out / AFTER_END / slug
    if shown_alerts(site) == frozenset():
        return  # a build has left it out already, and is newer
    if shown_alerts(staged) != frozenset() or newest_index(_work(staged), str(staged)) is None:
        raise ProblemsFound(
            (
                Problem(
                    path=f"{AFTER_END}/{slug}",
                    code="alert-stage",
                    message="the alert is over; the site after its end is not staged",
                    hint="run 'stopjihad build': without an alert that holds it makes the same",
                ),
            )
        )
    with (
        sole_writer(Path(_work(site), PLACE), PATIENCE),
        sole_writer(Path(_work(staged), PLACE), PATIENCE),
    ):
        try:
            own, other = (index_name(os.lstat(tree)) for tree in (site, staged))
            with remember_exchange(str(site), str(staged)):
                if not kernel.exchange(str(site), str(staged)):
                    _by_renames(site, staged)
                _exchange_records(out, slug, own, other)
        except OSError as error:
            raise ProblemsFound((disk.explain(error, f"{AFTER_END}/{slug}"),)) from error


def _work(tree: Path) -> str:
    return str(tree.parent / PRIVATE / tree.name)


def shown_alerts(tree: Path) -> frozenset[str] | None:
    """Name the alerts that a finished build shows; None where there is none."""
    found = manifest.load(str(tree / "manifest.json"))
    if found is None or found.exercise:
        return None
    sheets = (file.path for file in found.files if file.kind == "alert-call-sheet")
    return frozenset(path.split("/")[-2] for path in sheets)


def _exchange_records(out: Path, slug: str, own: str, other: str) -> None:
    """Let what is known of two trees go with them: a build of some parts asks for it."""
    with (
        disk.hold(_work(out / slug)) as here,
        disk.hold(_work(out / AFTER_END / slug)) as beside,
    ):
        if here.is_there(own):
            here.rename(own, beside, own)
        if beside.is_there(other):
            beside.rename(other, here, other)


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
