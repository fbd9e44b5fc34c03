"""Take the steps of an alert: begin, sign, send, take away; each is a line of the ledger.

Throughout, ``root`` is the workspace, ``project`` what was read of its campaign, ``alert_id`` the
name of the alert, ``now`` the moment that the ledger keeps. A name or reason that no ledger may
hold raises ``msgspec.ValidationError``.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stopjihad.build.alert import AlertReport, publish_alert
from stopjihad.build.drill import keep_result, take_back
from stopjihad.build.live_alert import moment_of, switch
from stopjihad.build.prepared_alert import PreparedAlert, prepare, sent_step
from stopjihad.disk.lock import Busy
from stopjihad.load import files
from stopjihad.model.project import Project
from stopjihad.model.review import AlertStep, Cause, Review, person
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.review.alert_lines import AlertLine, read_lines
from stopjihad.review.alert_status import as_live, live_alerts, sent_out
from stopjihad.review.alert_steps import alert_of, make_step, steps_of
from stopjihad.review.ledger import append_reviews
from stopjihad.text.yaml.fields import values

if TYPE_CHECKING:
    from stopjihad.build.alert_inputs import AlertInputs
    from stopjihad.build.request import Request


Clock = Callable[[], dt.datetime]
"""Gives the moment, with its offset from UTC."""


class SignedAlert(msgspec.Struct, frozen=True, kw_only=True):
    """What signing an alert gave.

    Attributes:
        id: of the alert.
        people: who have approved it as it stands.
        languages: tags in which it may be sent.
        left_out: tag to the reason, of all others.
    """

    id: str
    people: tuple[str, ...]
    languages: tuple[str, ...]
    left_out: dict[str, str]


def begin(
    root: Path,
    project: Project,
    alert_id: str,
    known: dict[str, str],
    what: tuple[str, dt.datetime],
) -> None:
    """Start the clock of an alert whose slots are not filled yet.

    Args:
        known: the slots that are: template and status, perhaps the place.

    Raises:
        ProblemsFound: the disk refuses.
    """
    by, now = what
    lines = [AlertLine("", name, text, "", 0) for name, text in known.items()]
    _write(root, project, make_step(project, alert_id, lines, ("draft", by, ""), now))


def begin_unfilled(
    root: Path, project: Project, alert_id: str, what: tuple[str, dt.datetime]
) -> str:
    """Start the clock of an alert whose file has slots that are not filled yet.

    Args:
        project: from ``read_project``, which left that file out.

    Returns:
        Path of the file; empty, and nothing is done, where it is filled or there is none.

    Raises:
        ProblemsFound: the disk refuses.
    """
    path = f"campaigns/{project.campaign.record.id}/alerts/{alert_id}.yaml"
    data = files.read(root, path)
    if isinstance(data, Problem) or any(one.record.id == alert_id for one in project.alerts):
        return ""
    written = values(data.decode())
    known = {name: str(written[name]) for name in ("template", "status") if written.get(name)}
    begin(root, project, alert_id, known, what)
    return path


def same_person(prepared: PreparedAlert, who: str) -> Problem | None:
    """Refuse a second approval by ``who`` (``alert-same-person``); None for anybody else."""
    if person(who) not in {person(one) for one in prepared.approval.people}:
        return None
    return Problem(
        path=prepared.document.path,
        code="alert-same-person",
        message=f"{who} has approved these words already: another person must do it, too",
        hint="ask someone else to read it in every language they know",
    )


def sign(
    root: Path,
    project: Project,
    alert_id: str,
    what: tuple[AlertStep, str],
    now: dt.datetime,
) -> SignedAlert:
    """Say that an alert is being written, or approve it as it stands.

    Args:
        what: ``draft`` or ``approve``, and who does it.

    Raises:
        ProblemsFound: as for ``prepare``, or ``alert-same-person``, or the disk refuses.
    """
    name, by = what
    prepared = prepare(project, alert_id)
    problem = same_person(prepared, by) if name == "approve" else None
    if problem is not None:
        raise ProblemsFound((problem,))
    _write(root, project, make_step(project, alert_id, prepared.lines, (name, by, ""), now))
    return SignedAlert(
        id=alert_id,
        people=(*prepared.approval.people, *([by] if name == "approve" else [])),
        languages=prepared.sendable.languages,
        left_out=prepared.sendable.left_out,
    )


def send(
    root: Path,
    inputs: AlertInputs,
    alert_id: str,
    by: str,
    request: Request,
    clock: Clock,
) -> AlertReport:
    """Publish an alert, or an update of it, and keep the result of an exercise.

    Args:
        request: what to build it with; ``now`` is when it is sent, as its readers are told.
        clock: gives the moment at which the site is there.

    Raises:
        ProblemsFound: as for ``publish_alert``, ``alert-overtaken`` (somebody ended it meanwhile),
            or the disk refuses.
        Busy: another build is writing the same output.
    """
    project = inputs.project
    prepared, written = prepare(project, alert_id), list[Review]()

    sent_at = request.now or clock()

    def line() -> Review:
        written[:] = [sent_step(project, prepared, (by, request.alone), sent_at)]
        return written[0]

    asked = msgspec.structs.replace(request, sending=line)
    sent = publish_alert(inputs, alert_id, asked)
    if sent.exercise:
        steps = (*prepared.steps, *written)
        keep_result(root, project, prepared.document.record, (sent, "", steps), clock())
    return sent


def take_away(
    root: Path,
    inputs: AlertInputs,
    alert_id: str,
    what: tuple[AlertStep, str, str],
    request: Request,
    cause: Cause | None = None,
) -> float:
    """End an alert, or withdraw it; the site that was staged takes the place of the one with it.

    No build is waited for: the ledger has the line first, and whoever builds looks there last.
    Where nothing fit is staged, the alert is taken off the pages that are there.

    Args:
        what: ``end`` or ``withdraw``, who does it, and why.
        request: its folder for results, and the moment.

    Raises:
        ProblemsFound: as for ``take_alert_off``, as for ``prepare`` where nothing was done with
            the alert yet, or the disk refuses.
        Busy: as for ``take_alert_off``.
    """
    project, now = inputs.project, moment_of(request)
    steps = steps_of(project.reviews, alert_id)
    out = sent_out(steps)
    alert = alert_of(out) if out else None
    began = time.monotonic()
    lines = _last_lines(out or steps[-1]) if steps else prepare(project, alert_id).lines
    _write(root, project, make_step(project, alert_id, lines, what, now, cause))
    if out is not None and alert is not None and alert.exercise:
        live = as_live(project.reviews, out, alert)
        take_back(inputs, live, (what[0], cause or "lapsed"), request)
    elif alert is not None:
        others = any(live.alert.id != alert_id for _, live in live_alerts(project.reviews, now))
        _show_end(root.resolve(), project.campaign.record.id, request, others=others)
    return time.monotonic() - began


def _show_end(root: Path, slug: str, request: Request, *, others: bool) -> None:
    """Switch to the site that was staged; take the alert off where ``others`` hold still."""
    if not others:
        with suppress(Busy, ProblemsFound):
            switch(request.out, slug)
            return
    from stopjihad.build.alert_inputs import read_for_alert
    from stopjihad.build.alert_sending import take_alert_off

    take_alert_off(read_for_alert(root, slug), request)


def _last_lines(line: Review) -> list[AlertLine]:
    """Give the words of an alert as they stood in a line of the ledger."""
    words = read_lines(line.words)
    return [AlertLine(*key, text, "", 0) for key, text in words.items()]


def _write(root: Path, project: Project, line: Review) -> None:
    append_reviews(root, project.campaign.record.id, (line,))
