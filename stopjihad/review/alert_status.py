"""How notices stand, as the ledger tells: which holds now, which was taken back, and their clock.

The clock counts the minutes between steps, to the mark of ninety minutes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from stopjihad.model.alert import Alert, CancelledAlert, LiveAlert, Reference
from stopjihad.model.review import AlertStep, Review
from stopjihad.review.alert import ENDS, State, alert_of, last_published, read, steps_of


def sent_out(steps: Sequence[Review]) -> Review | None:
    """Find the step that sent a notice out, unless it was taken away since."""
    out = last_published(steps)
    return None if any(out and one.on >= out.on and one.step in ENDS for one in steps) else out


def live_alert(reviews: Iterable[Review], now: dt.datetime) -> tuple[Review, LiveAlert] | None:
    """Find the notice that holds now.

    Args:
        reviews: lines of the ledger.
        now: the moment.

    Returns:
        The line that sent it out, and the notice as it was sent; the later one where several hold.
    """
    kept = [one for one in reviews if one.kind == "alert" and one.step]
    found = []
    for name in dict.fromkeys(one.context.partition("/")[2] for one in kept):
        out = sent_out(steps_of(kept, name))
        if out is None:
            continue
        alert = alert_of(out)
        if alert is not None and not alert.exercise and alert.ends > now:
            found.append((out, as_live(kept, out, alert)))
    return max(found, key=lambda pair: pair[0].on, default=None)


def as_live(reviews: Iterable[Review], out: Review, alert: Alert) -> LiveAlert:
    """Give the notice that a step sent out, with the messages that it replaces.

    Those are the messages of it that were sent before, and those of a notice that was taken back
    and would still hold: "it is over" replaces "it goes on".

    Args:
        reviews: lines of the ledger, ``out`` among them.
        out: the step.
        alert: its slots.

    Returns:
        The notice.
    """
    lines = list(reviews)
    sent = _sent(steps_of(lines, alert.id), out.on)
    before = None if alert.exercise else cancelled_alert(lines, out.on, but=alert.id)
    return LiveAlert(
        alert=alert,
        languages=languages_in(out),
        number=len(sent),
        earlier=(*(before.earlier if before else ()), *sent[:-1]),
    )


def _sent(steps: Sequence[Review], until: dt.datetime) -> tuple[Reference, ...]:
    """Name the messages of a notice that went out until a moment."""
    out = [one for one in steps if one.step in {"publish", "update"} and one.on <= until]
    found = enumerate((alert_of(one) for one in out), start=1)
    return tuple(Reference(identifier(one.id, number), one.sent) for number, one in found if one)


def cancelled_alert(
    reviews: Iterable[Review], now: dt.datetime, but: str = ""
) -> CancelledAlert | None:
    """Find the notice that was taken back and would hold now.

    Args:
        reviews: lines of the ledger.
        now: the moment.
        but: id of a notice that is not meant.

    Returns:
        The one that was taken back last; None when there is none, or when it was an exercise.
    """
    kept = [one for one in reviews if one.kind == "alert" and one.step and one.on <= now]
    found = []
    for name in dict.fromkeys(one.context.partition("/")[2] for one in kept):
        steps = steps_of(kept, name)
        out = last_published(steps)
        alert = alert_of(out) if out else None
        ends = [one.on for one in steps if out and one.on >= out.on and one.step in ENDS]
        if alert is None or alert.exercise or not ends or name == but:
            continue
        if ends[0] < alert.ends and now < alert.ends:
            sent = _sent(steps, now)
            found.append(CancelledAlert(id=name, on=ends[0], number=len(sent) + 1, earlier=sent))
    return max(found, key=lambda one: one.on, default=None)


def languages_in(line: Review) -> tuple[str, ...]:
    """Name the languages of a line of the ledger."""
    return tuple(dict.fromkeys(language for language, _ in read(line.words) if language))


def identifier(alert_id: str, number: int) -> str:
    """Name the message ``number`` of the notice ``alert_id``, as CAP does: no space, no comma."""
    return f"{alert_id}-{number}"


def was_published(reviews: Iterable[Review]) -> bool:
    """Tell whether a notice that was no exercise was ever sent out."""
    return any(
        one.step in {"publish", "update"}
        and (alert := alert_of(one)) is not None
        and not alert.exercise
        for one in reviews
        if one.kind == "alert"
    )


MARK = dt.timedelta(minutes=90)
"""How soon after its first step a notice should be out."""


class ClockRow(msgspec.Struct, frozen=True, kw_only=True):
    """One step: minutes since the first one, and since the one before."""

    step: str
    by: str
    on: dt.datetime
    minutes: float
    since_previous: float


class AlertClock(msgspec.Struct, frozen=True, kw_only=True):
    """The times of a notice.

    Attributes:
        id: of the notice.
        state: where it stands.
        mark: the moment 90 minutes after the first step.
        minutes_left: until that moment; below zero when it has passed.
        published_after: minutes from the first step to the first message; None while there is none.
        in_time: whether that was within 90 minutes; None while there is none.
        steps: every step.
    """

    id: str
    state: State
    mark: dt.datetime | None
    minutes_left: float | None
    published_after: float | None
    in_time: bool | None
    steps: tuple[ClockRow, ...]


def clock_of(alert_id: str, steps: Sequence[Review], state: State, now: dt.datetime) -> AlertClock:
    """Compute the times of a notice from its lines in the ledger.

    Args:
        alert_id: id of the notice.
        steps: its steps.
        state: where it stands.
        now: the moment.

    Returns:
        The clock; it starts with the first step.
    """
    rows = tuple(_rows(steps))
    first = steps[0].on if steps else None
    out = next((row for row, one in zip(rows, steps, strict=True) if one.step == "publish"), None)
    return AlertClock(
        id=alert_id,
        state=state,
        mark=first + MARK if first else None,
        minutes_left=_minutes(first + MARK - now) if first else None,
        published_after=out.minutes if out else None,
        in_time=out.minutes <= _minutes(MARK) if out else None,
        steps=rows,
    )


_DONE: Mapping[AlertStep, str] = {
    "draft": "drafted",
    "approve": "approved",
    "publish": "published",
    "update": "updated",
    "end": "ended",
    "withdraw": "withdrawn",
}


def _rows(steps: Sequence[Review]) -> Iterator[ClockRow]:
    before = steps[0].on if steps else None
    for one in steps:
        assert before is not None
        assert one.step is not None
        yield ClockRow(
            step=_DONE[one.step],
            by=one.by,
            on=one.on,
            minutes=_minutes(one.on - steps[0].on),
            since_previous=_minutes(one.on - before),
        )
        before = one.on


def _minutes(span: dt.timedelta) -> float:
    return round(span.total_seconds() / 60, 1)
