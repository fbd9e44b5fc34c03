"""The steps of an alert in the ledger: who did what when, and what of it is out."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from stopjihad.model.alert import Alert
from stopjihad.model.chain import chain_of, heads, newest, standing_lines
from stopjihad.model.project import Project
from stopjihad.model.review import AlertStep, Cause, Review, alert_digest
from stopjihad.review.alert_lines import AlertLine, read_lines, write_lines

SENDS = frozenset({"publish", "update"})
"""Steps that send an alert out."""


def subject(alert_id: str) -> str:
    """Name an alert in the ledger."""
    return f"alerts/{alert_id}"


def make_step(
    project: Project,
    alert_id: str,
    lines: Sequence[AlertLine],
    what: tuple[AlertStep, str, str],
    on: dt.datetime,
    cause: Cause | None = None,
) -> Review:
    """Make the line of the ledger for a step; it answers what ``project`` knows of the alert.

    Args:
        what: the step, who does it, and why.
        on: when, with its offset from UTC.
        cause: what readers are told of a step that takes it away.

    Raises:
        msgspec.ValidationError: the name or reason is not what a ledger may hold.
    """
    name, by, reason = what
    context, words = subject(alert_id), write_lines(lines)
    line = {
        "language": project.campaign.record.source_language,
        "context": context,
        "digest": alert_digest(context, words),
        "verdict": "withdraw" if name == "withdraw" else "approve",
        "kind": "alert",
        "by": by,
        "on": on,
        "words": words,
        "reason": reason,
        "step": name,
        "cause": cause,
        "answers": heads(_lines_about(project.reviews, alert_id)),
    }
    return msgspec.convert(line, type=Review)


def _lines_about(reviews: Iterable[Review], alert_id: str) -> Iterator[Review]:
    own = subject(alert_id)
    return (one for one in reviews if one.kind == "alert" and one.context == own and one.step)


def steps_of(reviews: Iterable[Review], alert_id: str) -> tuple[Review, ...]:
    """Find the steps of the alert ``alert_id``, each after those that it answers.

    Lines whose words were changed afterwards count for nothing, but for what takes it away.
    """
    chain = chain_of(_lines_about(reviews, alert_id))
    return tuple(one.line for one in chain if one.line.takes_back or one.line.is_kept())


def last_published(steps: Sequence[Review]) -> Review | None:
    """Find the last step that sent an alert out, though it may have been taken away since."""
    sent = (one for one in reversed(steps) if one.step in SENDS and not one.ahead)
    return next(sent, None)


def messages_out(steps: Sequence[Review], *, ahead: bool = False) -> tuple[Review, ...]:
    """Find the steps that sent out what was not taken away, nor replaced.

    Args:
        ahead: whether lines ahead of the clock count, too.

    Returns:
        Several where people sent it without knowing of each other: then none of them is shown.
    """
    sent = (one for one in standing_lines(chain_of(steps), ahead=ahead) if one.line.step in SENDS)
    return tuple(one.line for one in newest(tuple(sent)))


def sent_before(steps: Sequence[Review], line: Review) -> tuple[Review, ...]:
    """List the steps that had sent an alert out when a line of it was written, in their order.

    Args:
        steps: of the alert, the line among them.
    """
    chain = chain_of(steps)
    past = next((one.past for one in chain if one.line == line), 0)
    return tuple(one.line for one in chain if one.bit & past and one.line.step in SENDS)


def alert_of(line: Review) -> Alert | None:
    """Read the slots of an alert from a line of the ledger; None when they are none of ours.

    A line that sent it out says when: whoever began its file did not know.
    """
    values: dict[str, object] = {}
    for (language, field), text in read_lines(line.words).items():
        if not language:
            values[field] = _value(text)
    values["id"] = line.context.partition("/")[2]
    if line.step in SENDS:
        values["sent"] = line.on
    try:
        found = msgspec.convert(values, type=Alert, strict=False)
    except msgspec.ValidationError:
        return None
    moments = filter(None, (found.since, found.next_update, found.sent, found.expires))
    in_calendar = all(dt.MINYEAR < one.year < dt.MAXYEAR for one in moments)
    return found if in_calendar else None  # elsewhere it may be outside, by the zone


def _value(text: str) -> object:
    """Read a slot; what is no JSON, or nested too deep, is a text."""
    if text.startswith(("[", "{")) or text == "null":
        with contextlib.suppress(msgspec.DecodeError, RecursionError):
            return msgspec.json.decode(text)
    return text
