"""Make a notice ready, publish it, cancel it, and run exercises of notices."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from stopjihad.build.live_alert import document_of
from stopjihad.build.notice_words import refused_words
from stopjihad.check.alert import check_alert
from stopjihad.check.reading_list import open_sentences
from stopjihad.disk.lock import Busy
from stopjihad.model.alert import Alert, AlertTemplate, LiveAlert
from stopjihad.model.options import Options
from stopjihad.model.project import Document, Project
from stopjihad.model.review import AlertStep, Review
from stopjihad.plan.alert import Sendable, sendable
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.review import alert as ledger
from stopjihad.review.alert_status import as_live, live_alert, past_alerts, sent_messages
from stopjihad.view.alert import template_of

if TYPE_CHECKING:
    from stopjihad.build.notice_inputs import NoticeInputs
    from stopjihad.build.request import Request

DRILLS = "drills"
"""Folder of the output that exercises are built into, each with a folder of its own."""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as it stands, with all that is asked before it goes out.

    Attributes:
        document: the notice.
        lines: its words in every language in which it may be sent.
        steps: what was done with it.
        approval: who approved exactly these words.
        sendable: the languages, and why not the others.
    """

    document: Document[Alert]
    lines: tuple[ledger.NoticeLine, ...]
    steps: tuple[Review, ...]
    approval: ledger.Approval
    sendable: Sendable

    @property
    def id(self) -> str:
        """Name of the notice."""
        return self.document.record.id


def prepare(project: Project, alert_id: str) -> Prepared:
    """Look at a notice as it stands.

    Args:
        alert_id: name of the notice's file.

    Returns:
        The notice.

    Raises:
        ProblemsFound: there is no such notice, its slots are wrong, or no language has its words.
    """
    return _prepared(project, notice_named(project, alert_id))


def notice_named(project: Project, alert_id: str) -> Document[Alert]:
    """Find the notice ``alert_id``; raises ``alert-missing`` where it has no file."""
    document = next((one for one in project.alerts if one.record.id == alert_id), None)
    if document is None:
        path = f"campaigns/{project.campaign.record.id}/alerts/{alert_id}.yaml"
        message = f"there is no notice '{alert_id}'"
        hint = f"stopjihad new alert {alert_id}"
        raise ProblemsFound((Problem(path=path, code="alert-missing", message=message, hint=hint),))
    return document


def _prepared(project: Project, document: Document[Alert]) -> Prepared:
    prepared = examine(project, document)
    if not prepared.sendable.languages:
        raise ProblemsFound((ledger.nowhere(document, prepared.sendable.left_out),))
    return prepared


def examine(project: Project, document: Document[Alert]) -> Prepared:
    """Look at a notice, though no language may have its words.

    Args:
        document: the notice.

    Returns:
        The notice.

    Raises:
        ProblemsFound: its slots are wrong.
    """
    alert = document.record
    problems = tuple(check_alert(document, project))
    template = template_of(project, alert.template)
    if problems or template is None:
        raise ProblemsFound(problems)
    found = languages_for(project, template, exercise=alert.exercise)
    every = ledger.lines_of(project, document, project.campaign.record.languages)
    steps = ledger.steps_of(project.reviews, alert.id)
    return Prepared(
        document=document,
        lines=tuple(one for one in every if one.language in {"", *found.languages}),
        steps=steps,
        approval=ledger.approval_of(steps, every, found.languages),
        sendable=found,
    )


def languages_for(project: Project, template: AlertTemplate, *, exercise: bool) -> Sendable:
    """Say in which languages a ``template`` may be sent now, and why not in the others.

    Args:
        template: of the notice.
        exercise: whether nothing has happened: then nobody need have approved or read its words.

    Returns:
        The languages, and the reasons.
    """
    prefix = f"alerts/{template.id}/"
    unread = [
        tag
        for tag in (() if exercise else project.campaign.record.languages)
        if any(one.context.startswith(prefix) for one in open_sentences(project, tag))
    ]
    return sendable(project, template, unread, exercise=exercise)


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing a notice, or an exercise, gave.

    Attributes:
        id: of the notice.
        exercise: whether nothing has happened.
        folder: where it is built.
        languages: tags in which it is sent.
        left_out: tag to the reason, of all others.
        files: outputs of the build.
        ends: until when it holds.
        seconds: stage to seconds of machine time.
        debts: what is wrong elsewhere, and stopped nothing.
        alone: whether there was no site to put it over.
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
    alone: bool = False


def publish_alert(root: Path, inputs: NoticeInputs, alert_id: str, request: Request) -> Sent:
    """Put a notice that two people approved over the site; the site after its end is staged.

    An exercise goes into a folder of its own.

    Args:
        root: the workspace, absolute.
        inputs: what the notice is made of.
        alert_id: name of the notice's file.
        request: what to make it with; ``out`` is the folder for results.

    Returns:
        What was made.

    Raises:
        ProblemsFound: ``alert-unapproved``, ``alert-changed``, ``alert-over`` (it would be over
            already), ``alert-live`` (another one holds), ``alert-cancelled``, ``alert-unchanged``
            (an update says what was said); what it says breaks a message rule; or its own files or
            pages have errors. What is published stays as it was.
    """
    project = inputs.project
    prepared = prepare(project, alert_id)
    now = request.now or dt.datetime.now(dt.UTC)
    needed = 1 if request.alone else ledger.PEOPLE
    problem = sending_refusal(project, prepared, now, needed)
    if problem is not None:
        raise ProblemsFound((problem,))
    refused = refused_words(project, prepared.document, approved_lines(prepared), now.date())
    if refused:
        raise ProblemsFound(refused)
    alert = prepared.document.record.stamped(now)
    step = sent_step(project, prepared, ("program", request.alone), now)
    live = as_live((*project.reviews, step), step, alert)
    if alert.exercise:
        return _built(root, project, prepared, _exercise(request, live))
    gone = past_alerts(project.reviews, now)
    options = msgspec.structs.replace(
        request.options,
        alert=live,
        alerted=True,
        past=tuple(one for one in gone if one.live.alert.id != alert.id),
        messages=sent_messages(project.reviews),
    )
    return _laid(inputs, prepared, msgspec.structs.replace(request, options=options))


def approved_lines(prepared: Prepared) -> tuple[ledger.NoticeLine, ...]:
    """Give the lines of a notice in the languages that everybody approved."""
    own = {"", *prepared.approval.languages}
    return tuple(line for line in prepared.lines if line.language in own)


def sent_step(
    project: Project, prepared: Prepared, who: tuple[str, str], now: dt.datetime
) -> Review:
    """Make the ledger's line for a notice that goes out: ``publish``, or ``update`` of one.

    Args:
        prepared: the notice.
        who: who sends it, and why one person does so alone; empty where two have approved it.
        now: when.

    Returns:
        The line.
    """
    out = ledger.last_published(prepared.steps)
    name: AlertStep = "update" if out else "publish"
    return ledger.step(project, prepared.id, approved_lines(prepared), (name, *who), now)


def _unchanged(prepared: Prepared) -> Problem | None:
    """Refuse an update that says what was said; a notice that was taken away may come back."""
    out, *rivals = ledger.messages_out(prepared.steps) or (None,)
    said = {one.key: one.text for one in approved_lines(prepared)}
    if out is None or rivals or ledger.read(out.words) != said:
        return None
    return Problem(
        path=prepared.document.path,
        code="alert-unchanged",
        message=f"nothing of '{prepared.id}' has changed since it was sent ({out.on.isoformat()})",
        hint="change its slots, and have two people approve it again",
    )


def sending_refusal(
    project: Project, prepared: Prepared, now: dt.datetime, needed: int = ledger.PEOPLE
) -> Problem | None:
    """Say why a notice may not be sent at a moment; None when it may.

    Args:
        prepared: the notice.
        now: the moment.
        needed: how many people must have approved it.

    Returns:
        The problem that ``publish_alert`` would raise.
    """
    problem = ledger.refusal(
        prepared.document, prepared.approval, prepared.sendable.left_out, needed
    )
    return problem or _untimely(prepared, project, now) or _unchanged(prepared)


def _untimely(prepared: Prepared, project: Project, now: dt.datetime) -> Problem | None:
    alert, path = prepared.document.record.stamped(now), prepared.document.path
    line = prepared.document.place("expires")[0] or prepared.document.place("sent")[0]
    if alert.status == "cancelled":
        line = prepared.document.place("status")[0]
        message, hint = "the notice is cancelled", "set 'status' to actual or exercise"
        return Problem(path=path, line=line, code="alert-cancelled", message=message, hint=hint)
    if alert.ends <= now:
        message = f"the notice was over at {alert.ends.isoformat()}"
        hint = "set 'next_update' and 'expires' anew, and have it approved again"
        return Problem(path=path, line=line, code="alert-over", message=message, hint=hint)
    live = live_alert(project.reviews, now)
    if live is not None and live[1].alert.id != alert.id and not alert.exercise:
        other = live[1].alert.id
        return Problem(
            path=path,
            code="alert-live",
            message=f"the notice '{other}' holds already",
            hint=f"update that one, or end it: stopjihad alert end {other} --by NAME",
        )
    return None


def cancel(root: Path, slug: str, alert: Alert, request: Request) -> bool:
    """Tell readers and machines that a notice was taken away.

    Args:
        root: the workspace, absolute.
        slug: the campaign; its ledger says already that the notice ended.
        alert: the notice as it was sent.
        request: what to make it with; ``now`` is the moment.

    Returns:
        Whether machines are told: only authorities send any messages, and none after its end.

    Raises:
        ProblemsFound: it cannot be made, or the disk refuses.
        Busy: other notices keep the site.
    """
    from stopjihad.build.notice import take_notice_off
    from stopjihad.build.notice_inputs import read_for_notice

    inputs = read_for_notice(root, slug)
    if alert.exercise:
        return False
    take_notice_off(inputs, request)
    return must_cancel(inputs.project, alert, request.now or dt.datetime.now(dt.UTC))


def must_cancel(project: Project, alert: Alert, now: dt.datetime) -> bool:
    """Tell whether machines must be told that a notice was taken back early.

    Args:
        alert: the notice as it was sent.
        now: the moment at which it ends.

    Returns:
        False for exercises, after its end, and for senders that are no authority.
    """
    authority = project.campaign.record.sponsor.kind == "authority"
    return authority and not alert.exercise and alert.ends > now


def run_drill(root: Path, project: Project, alert: Alert, request: Request) -> Sent:
    """Build an exercise that nobody need approve into a folder of its own.

    Args:
        root: the workspace.
        alert: the notice; its status is ``exercise``.
        request: what to make it with; ``out`` is the folder for results.

    Returns:
        What was made.

    Raises:
        ProblemsFound: the campaign or the notice has errors.
    """
    prepared = _prepared(project, document_of(project, alert))
    live = LiveAlert(alert=alert, languages=prepared.sendable.languages)
    return _built(root, project, prepared, _exercise(request, live))


def _exercise(request: Request, live: LiveAlert) -> Request:
    options = Options(
        only=("site", "alert"), languages=live.languages, draft=True, alert=live, alerted=True
    )
    out = request.out / DRILLS / live.alert.id
    return msgspec.structs.replace(request, out=out, options=options)


def _laid(inputs: NoticeInputs, prepared: Prepared, request: Request) -> Sent:
    """Put a notice over the last good site; where there is none, its pages are made after it."""
    from stopjihad.build.check.survey import survey
    from stopjihad.build.notice import send_notice

    began, cpu = time.monotonic(), time.process_time()
    done = send_notice(inputs, request)
    used = time.process_time() - cpu
    seconds = {"notice": done.seconds, "pictures": used - done.seconds}
    root, slug = inputs.workspace.root, inputs.project.campaign.record.id
    debts = [*done.debts, *_build_pages(root, slug, request)] if done.alone else [*done.debts]
    if not done.alone or debts:
        debts += survey(root, slug, request.today, thorough=False).errors
    return _as_sent(
        prepared,
        request,
        files=done.files,
        seconds={**seconds, "all": time.monotonic() - began},
        debts=tuple(sorted(set(debts))),
        alone=done.alone and bool(debts),
    )


def _build_pages(root: Path, slug: str, request: Request) -> tuple[Problem, ...]:
    """Build the pages of a site that was never built here; give what stands in their way."""
    from stopjihad.build.driver import build_campaign

    asked = msgspec.structs.replace(request, options=Options(only=("site",)), sending=None)
    try:
        build_campaign(root, slug, asked)
    except ProblemsFound as found:
        return found.problems
    except Busy:
        pass  # that build makes them
    return ()


def _built(root: Path, project: Project, prepared: Prepared, request: Request) -> Sent:
    from stopjihad.build.driver import build_campaign

    began = time.monotonic()
    report = build_campaign(root, project.campaign.record.id, request)
    seconds = {**report.seconds, "all": time.monotonic() - began}
    return _as_sent(prepared, request, files=report.made + report.reused, seconds=seconds)


def _as_sent(prepared: Prepared, request: Request, **more: Any) -> Sent:
    live = request.options.alert
    assert live is not None
    left_out = dict(prepared.sendable.left_out)
    for tag in prepared.sendable.languages:
        if tag not in live.languages:
            left_out[tag] = "not everybody has approved it in this language"
    return Sent(
        id=live.alert.id,
        exercise=live.alert.exercise,
        folder=str(request.out / prepared.document.path.split("/")[1]),
        languages=live.languages,
        left_out=left_out,
        ends=live.alert.ends,
        **more,
    )
