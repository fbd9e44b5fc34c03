"""Publish an alert, or an exercise of one, and cancel it."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from stopjihad.build.alert_inputs import read_for_alert
from stopjihad.build.alert_judgement import refused_words
from stopjihad.build.live_alert import with_alerts
from stopjihad.build.prepared_alert import (
    PreparedAlert,
    approved_lines,
    prepare,
    sending_refusal,
    sent_step,
)
from stopjihad.build.tree.place import OutdatedPlan
from stopjihad.model.alert import Alert, LiveAlert
from stopjihad.model.options import Options
from stopjihad.model.project import Project
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.review.alert_approval import PEOPLE
from stopjihad.review.alert_status import as_live
from stopjihad.review.alert_steps import last_published

if TYPE_CHECKING:
    from stopjihad.build.alert_inputs import AlertInputs
    from stopjihad.build.request import Request

DRILLS = "drills"
"""Folder of the output that exercises are built into, each with a folder of its own."""


class AlertReport(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing an alert, or an exercise, gave.

    Attributes:
        id: of the alert.
        exercise: whether nothing has happened.
        folder: where it is built.
        languages: tags in which it is sent.
        left_out: tag to the reason, of all others.
        files: outputs of the build.
        ends: until when it holds.
        seconds: stage to seconds of machine time.
        debts: what is wrong elsewhere, and stopped nothing.
        siteless: whether there was no site to put it over.
    """

    id: str
    exercise: bool
    folder: str
    languages: tuple[str, ...]
    left_out: dict[str, str]
    files: int
    ends: dt.datetime
    seconds: dict[str, float]
    debts: tuple[Problem, ...] = ()
    siteless: bool = False


def publish_alert(inputs: AlertInputs, alert_id: str, request: Request) -> AlertReport:
    """Put an alert that two people approved over the site; the site after its end is staged.

    An exercise goes into a folder of its own.

    Args:
        request: what to make it with; ``out`` is the folder for results.

    Raises:
        ProblemsFound: ``alert-unapproved``, ``alert-changed``, ``alert-over`` (it would be over
            already), ``alert-live`` (another one about the same place holds), ``alert-cancelled``,
            ``alert-unchanged`` (an update says what was said); what it says breaks a message rule;
            or its own files or pages have errors. What is published stays as it was.
    """
    while True:
        try:
            return _publish(inputs, alert_id, request)
        except OutdatedPlan:  # others sent or ended another alert meanwhile
            workspace = inputs.workspace
            inputs = read_for_alert(workspace.root, workspace.campaign.slug)


def _publish(inputs: AlertInputs, alert_id: str, request: Request) -> AlertReport:
    project = inputs.project
    prepared = prepare(project, alert_id)
    now = request.now or dt.datetime.now(dt.UTC)
    needed = 1 if request.alone else PEOPLE
    problem = sending_refusal(project, prepared, now, needed)
    if problem is not None:
        raise ProblemsFound((problem,))
    refused = refused_words(project, prepared.document, approved_lines(prepared), now.date())
    if refused:
        raise ProblemsFound(refused)
    alert = prepared.document.record.stamp(now)
    step = sent_step(project, prepared, ("program", request.alone), now)
    if alert.exercise:
        live = as_live((*project.reviews, step), step, alert)
        return rehearse(inputs, prepared, live, request)
    options = with_alerts(project, request.options, (step,), now)
    return _lay_alert_over(inputs, prepared, msgspec.structs.replace(request, options=options))


def cancel(root: Path, slug: str, alert: Alert, request: Request) -> bool:
    """Tell readers and machines that an alert was taken away.

    Args:
        slug: the campaign; its ledger says already that the alert ended.
        request: what to make it with; ``now`` is the moment.

    Returns:
        Whether machines are told: only authorities send any messages, and none after its end.

    Raises:
        ProblemsFound: it cannot be made, or the disk refuses.
        Busy: other alerts keep the site.
    """
    from stopjihad.build.alert_sending import take_alert_off

    inputs = read_for_alert(root, slug)
    if alert.exercise:
        return False
    take_alert_off(inputs, request)
    return must_cancel(inputs.project, alert, request.now or dt.datetime.now(dt.UTC))


def must_cancel(project: Project, alert: Alert, now: dt.datetime) -> bool:
    """Tell whether machines must be told that an alert was taken back early.

    Returns:
        False for exercises, after its end, and for senders that are no authority.
    """
    authority = project.campaign.record.sponsor.kind == "authority"
    return authority and not alert.exercise and alert.ends > now


def rehearse(
    inputs: AlertInputs, prepared: PreparedAlert, live: LiveAlert, request: Request
) -> AlertReport:
    """Put an exercise over the last good site as an alert is, into a folder of its own.

    Args:
        request: what to make it with; ``out`` is the folder for results.

    Raises:
        ProblemsFound: its own pages cannot be made.
        Busy: as for ``send_alert``.
    """
    options = Options(alerts=(live,), alerted=True)
    own = msgspec.structs.replace(request, out=drill_folder(request, live.alert), options=options)
    return _lay_alert_over(inputs, prepared, own, request.out)


def drill_folder(request: Request, alert: Alert) -> Path:
    """Give the folder for results of an exercise."""
    return request.out / DRILLS / alert.id


def _lay_alert_over(
    inputs: AlertInputs, prepared: PreparedAlert, request: Request, ground: Path | None = None
) -> AlertReport:
    """Put an alert over the last good site; ``ground`` as of ``send_alert``."""
    from stopjihad.build.alert_sending import send_alert
    from stopjihad.build.check.survey import survey

    began, cpu = time.monotonic(), time.process_time()
    done = send_alert(inputs, request, ground)
    used = time.process_time() - cpu
    seconds = {"notice": done.seconds, "pictures": used - done.seconds}
    root, slug = inputs.workspace.root, inputs.project.campaign.record.id
    debts = [*done.debts]
    if not last_published(prepared.steps):  # whoever sends an update was told already
        debts += survey(root, slug, request.today, thorough=False).errors
    return _as_sent(
        prepared,
        request,
        files=done.files,
        seconds={**seconds, "all": time.monotonic() - began},
        debts=tuple(sorted(set(debts))),
        siteless=done.siteless,
    )


def _as_sent(prepared: PreparedAlert, request: Request, **more: Any) -> AlertReport:
    (live,) = (one for one in request.options.alerts if one.alert.id == prepared.id)
    left_out = dict(prepared.sendable.left_out)
    for tag in prepared.sendable.languages:
        if tag not in live.languages:
            left_out[tag] = "not everybody has approved it in this language"
    return AlertReport(
        id=live.alert.id,
        exercise=live.alert.exercise,
        folder=str(request.out / prepared.document.path.split("/")[1]),
        languages=live.languages,
        left_out=left_out,
        ends=live.alert.ends,
        **more,
    )
