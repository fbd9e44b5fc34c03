"""An alert as it stands, with all that is asked before it goes out."""

from __future__ import annotations

import datetime as dt

import msgspec

from stopjihad.check.placeholders import alert_placeholders
from stopjihad.check.reading_list import open_sentences
from stopjihad.model.alert import Alert, AlertTemplate
from stopjihad.model.project import Document, Project
from stopjihad.model.review import AlertStep, Review
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.alert.check import check_alert
from stopjihad.render.alert.plan import Sendable, sendable
from stopjihad.review.alert_approval import PEOPLE, Approval, approval_of, nowhere, refusal
from stopjihad.review.alert_lines import AlertLine, lines_of, read_lines
from stopjihad.review.alert_status import live_alerts
from stopjihad.review.alert_steps import last_published, make_step, messages_out, steps_of
from stopjihad.view.alert import template_of


class PreparedAlert(msgspec.Struct, frozen=True, kw_only=True):
    """An alert as it stands, with all that is asked before it goes out.

    Attributes:
        document: the alert.
        lines: its words in every language in which it may be sent.
        steps: what was done with it.
        approval: who approved exactly these words.
        sendable: the languages, and why not the others.
    """

    document: Document[Alert]
    lines: tuple[AlertLine, ...]
    steps: tuple[Review, ...]
    approval: Approval
    sendable: Sendable

    @property
    def id(self) -> str:
        """Name of the alert."""
        return self.document.record.id


def prepare(project: Project, alert_id: str) -> PreparedAlert:
    """Look at an alert as it stands.

    Raises:
        ProblemsFound: there is no such alert, its slots are wrong, or no language has its words.
    """
    return prepare_document(project, alert_named(project, alert_id))


def alert_named(project: Project, alert_id: str) -> Document[Alert]:
    """Find the alert ``alert_id``; raises ``alert-missing`` where it has no file."""
    document = next((one for one in project.alerts if one.record.id == alert_id), None)
    if document is None:
        path = f"campaigns/{project.campaign.record.id}/alerts/{alert_id}.yaml"
        message = f"there is no alert '{alert_id}'"
        hint = f"stopjihad new alert {alert_id}"
        raise ProblemsFound((Problem(path=path, code="alert-missing", message=message, hint=hint),))
    return document


def prepare_document(project: Project, document: Document[Alert]) -> PreparedAlert:
    """Look at the alert of a ``document``; raises as ``prepare``."""
    prepared = examine(project, document)
    if not prepared.sendable.languages:
        raise ProblemsFound((nowhere(document, prepared.sendable.left_out),))
    return prepared


def examine(project: Project, document: Document[Alert]) -> PreparedAlert:
    """Look at an alert, though no language may have its words.

    Raises:
        ProblemsFound: its slots are wrong.
    """
    alert = document.record
    problems = tuple(check_alert(document, project))
    template = template_of(project, alert.template)
    if problems or template is None:
        raise ProblemsFound(problems)
    found = languages_for(project, template, exercise=alert.exercise)
    every = lines_of(project, document, project.campaign.record.languages)
    steps = steps_of(project.reviews, alert.id)
    return PreparedAlert(
        document=document,
        lines=tuple(one for one in every if one.language in {"", *found.languages}),
        steps=steps,
        approval=approval_of(steps, every, found.languages),
        sendable=found,
    )


def languages_for(project: Project, template: AlertTemplate, *, exercise: bool) -> Sendable:
    """Say in which languages a ``template`` may be sent now, and why not in the others.

    Args:
        exercise: whether nothing has happened: then nobody need have approved or read its words.
    """
    unread = [
        tag
        for tag in (() if exercise else project.campaign.record.languages)
        if open_sentences(project, tag, f"alerts/{template.id}/")
    ]
    return sendable(project, template, unread, exercise=exercise)


def approved_lines(prepared: PreparedAlert) -> tuple[AlertLine, ...]:
    """Give the lines of an alert in the languages that everybody approved."""
    own = {"", *prepared.approval.languages}
    return tuple(line for line in prepared.lines if line.language in own)


def sent_step(
    project: Project, prepared: PreparedAlert, who: tuple[str, str], now: dt.datetime
) -> Review:
    """Make the ledger's line for an alert that goes out: ``publish``, or ``update`` of one.

    Args:
        who: who sends it, and why one person does so alone; empty where two have approved it.
    """
    out = last_published(prepared.steps)
    name: AlertStep = "update" if out else "publish"
    return make_step(project, prepared.id, approved_lines(prepared), (name, *who), now)


def _unchanged_words(prepared: PreparedAlert) -> Problem | None:
    """Refuse an update that says what was said; an alert that was taken away may come back."""
    out, *rivals = messages_out(prepared.steps) or (None,)
    said = {one.key: one.text for one in approved_lines(prepared)}
    if out is None or rivals or read_lines(out.words) != said:
        return None
    return Problem(
        path=prepared.document.path,
        code="alert-unchanged",
        message=f"nothing of '{prepared.id}' has changed since it was sent ({out.on.isoformat()})",
        hint="change its slots, and have two people approve it again",
    )


def sending_refusal(
    project: Project, prepared: PreparedAlert, now: dt.datetime, needed: int = PEOPLE
) -> Problem | None:
    """Say why an alert may not be sent at a moment; None when it may.

    Args:
        needed: how many people must have approved it.
    """
    problem = refusal(prepared.document, prepared.approval, prepared.sendable.left_out, needed)
    problem = problem or _untimely(prepared, project, now) or _unchanged_words(prepared)
    return problem or _placeholder(project, prepared.document.record)


def _placeholder(project: Project, alert: Alert) -> Problem | None:
    """Refuse to send in earnest what only the sample says; ``publish`` refuses a sample."""
    if alert.exercise or project.campaign.record.sample:
        return None
    return next(alert_placeholders(project, alert.confirmed_by), None)


def _untimely(prepared: PreparedAlert, project: Project, now: dt.datetime) -> Problem | None:
    alert, path = prepared.document.record.stamp(now), prepared.document.path
    line = prepared.document.place("expires")[0] or prepared.document.place("sent")[0]
    if alert.status == "cancelled":
        line = prepared.document.place("status")[0]
        message, hint = "the alert is cancelled", "set 'status' to actual or exercise"
        return Problem(path=path, line=line, code="alert-cancelled", message=message, hint=hint)
    if alert.ends <= now:
        message = f"the alert was over at {alert.ends.isoformat()}"
        hint = "set 'next_update' and 'expires' anew, and have it approved again"
        return Problem(path=path, line=line, code="alert-over", message=message, hint=hint)
    rival = None if alert.exercise else _at_same_place(project, alert, now)
    if rival is not None:
        return Problem(
            path=path,
            line=prepared.document.place("place")[0],
            code="alert-live",
            message=f"the alert '{rival}' about '{alert.place}' holds already: of two about one"
            " place nobody knows which to believe",
            hint=f"update that one, its template may be another one then; or end it:"
            f" stopjihad alert end {rival} --why over --by NAME",
        )
    return None


def _at_same_place(project: Project, alert: Alert, now: dt.datetime) -> str | None:
    """Name another alert about the place of ``alert`` that holds."""
    held = (live.alert for _, live in live_alerts(project.reviews, now))
    rivals = (one.id for one in held if one.place == alert.place and one.id != alert.id)
    return next(rivals, None)
