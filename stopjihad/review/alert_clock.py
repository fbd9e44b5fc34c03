"""The clock of an alert: minutes between its steps, and the mark of ninety minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from stopjihad.model.alert import later
from stopjihad.model.review import AlertStep, Review
from stopjihad.review.alert_state import State

MARK = dt.timedelta(minutes=90)
"""How soon after its first step an alert should be out."""


class ClockRow(msgspec.Struct, frozen=True, kw_only=True):
    """One step: minutes since the first one, and since the one before.

    ``through`` is ``file`` where somebody answered who was not at the machine.
    """

    step: str
    by: str
    through: str = ""
    on: dt.datetime
    minutes: float
    since_previous: float


class AlertClock(msgspec.Struct, frozen=True, kw_only=True):
    """The times of an alert.

    Attributes:
        id: of the alert.
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
    """Compute the times of an alert from its lines in the ledger."""
    rows = tuple(_rows(steps))
    first = steps[0].on if steps else None
    mark = later(first, MARK) if first else None
    out = next((row for row, one in zip(rows, steps, strict=True) if one.step == "publish"), None)
    return AlertClock(
        id=alert_id,
        state=state,
        mark=mark,
        minutes_left=_minutes(mark - now) if mark else None,
        published_after=out.minutes if out else None,
        in_time=out.minutes <= _minutes(MARK) if out else None,
        steps=rows,
    )


_DONE: Mapping[AlertStep, str] = {
    "draft": "drafted",
    "approve": "approved",
    "refuse": "refused",
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
            through=one.through or "",
            on=one.on,
            minutes=_minutes(one.on - steps[0].on),
            since_previous=_minutes(one.on - before),
        )
        before = one.on


def _minutes(span: dt.timedelta) -> float:
    return round(span.total_seconds() / 60, 1)
