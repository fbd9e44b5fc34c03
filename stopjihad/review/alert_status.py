"""How notices stand, as the ledger tells: which holds now, which was taken back, and their clock.

The clock counts the minutes between steps, to the mark of ninety minutes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from stopjihad.model.alert import (
    TOLD_FOR,
    Alert,
    LiveAlert,
    PastAlert,
    Reference,
    identifier,
    later,
)
from stopjihad.model.chain import chain_of, standing
from stopjihad.model.review import AlertStep, Review, person
from stopjihad.review.alert import (
    PEOPLE,
    SENDS,
    State,
    alert_of,
    last_published,
    messages_out,
    read,
    sent_before,
    steps_of,
)


def sent_out(steps: Sequence[Review]) -> Review | None:
    """Find a step that sent a notice out and was not taken away since, though it may be ahead."""
    found = messages_out(steps, ahead=True)
    return found[-1] if found else None


def undecided(reviews: Iterable[Review], now: dt.datetime) -> tuple[Alert, ...]:
    """Find notices that two people sent without knowing of each other: none of them is shown.

    Args:
        reviews: lines of the ledger.
        now: the moment.

    Returns:
        Each as one of them sent it, where it would hold now.
    """
    found = []
    for steps in _notices(reviews):
        out = messages_out(steps)
        alerts = [alert for alert in map(alert_of, out) if alert and alert.ends > now]
        if len(out) > 1 and alerts:
            found.append(alerts[-1])
    return tuple(found)


def _notices(reviews: Iterable[Review]) -> Iterator[tuple[Review, ...]]:
    """Give the steps of one notice after the other."""
    lines: dict[str, list[Review]] = {}
    for one in reviews:
        if one.kind == "alert" and one.step:
            lines.setdefault(one.context.partition("/")[2], []).append(one)
    return (steps_of(own, name) for name, own in lines.items())


def sent_alone(steps: Sequence[Review]) -> Review | None:
    """Find the step with which one person sent a notice out alone, for a written reason.

    Args:
        steps: of the notice.

    Returns:
        The step; None once a second person has approved what it says, or where nothing is out.
    """
    out, *rivals = messages_out(steps) or (None,)
    if out is None or rivals or not out.reason:
        return None
    said, people = read(out.words).items(), set()
    for link in standing(chain_of(steps)):
        if link.line.step == "approve" and said <= read(link.line.words).items():
            people.add(person(link.line.by))
    return out if len(people) < PEOPLE else None


def alone_now(reviews: Iterable[Review], now: dt.datetime) -> tuple[tuple[Alert, Review], ...]:
    """Find the notices that hold at a moment and that one person sent alone.

    Args:
        reviews: lines of the ledger.
        now: the moment.

    Returns:
        Each with the step that sent it.
    """
    steps = map(sent_alone, _notices(reviews))
    found = ((alert_of(out), out) for out in steps if out)
    return tuple((alert, out) for alert, out in found if alert and alert.ends > now)


def live_alert(reviews: Iterable[Review], now: dt.datetime) -> tuple[Review, LiveAlert] | None:
    """Find the notice that holds now.

    Args:
        reviews: lines of the ledger in the order of its file.
        now: the moment; it decides only what is over.

    Returns:
        The line that sent it out, and the notice as it was sent; of several the one that says that
        it was sent last.
    """
    kept = list(reviews)
    found = []
    for steps in _notices(kept):
        out = messages_out(steps)
        alert = alert_of(out[0]) if len(out) == 1 else None
        if alert is not None and not alert.exercise and alert.ends > now:
            found.append((out[0], alert))
    last = max(found, key=lambda pair: (pair[1].sent, pair[1].id), default=None)
    return (last[0], as_live(kept, *last)) if last else None


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
    steps = steps_of(lines, alert.id)
    before = sent_before(steps, out)
    earlier: tuple[Reference, ...] = ()
    if not alert.exercise:
        known = lines[: lines.index(out)]
        gone = _gone(known, out.on) if any(one.takes_back for one in known) else ()
        found = ((_over(one.alert, one.end), one) for one in gone if one.alert.id != alert.id)
        held = [(on, one) for on, one in found if on < one.alert.ends > out.on]
        last = max(held, key=lambda pair: (pair[0], pair[1].alert.id), default=None)
        earlier = last[1].sent if last else ()
    return LiveAlert(
        alert=alert,
        languages=languages_in(out),
        alone=sent_alone(steps) is not None,
        number=len(before) + 1,
        earlier=(*earlier, *_references(before)),
        words=_words_in(out),
    )


def _references(sent: Iterable[Review]) -> tuple[Reference, ...]:
    """Name messages of a notice, from lines that sent it out."""
    found = enumerate(map(alert_of, sent), start=1)
    return tuple(
        Reference(identifier(one.id, number, one.sent), one.sent) for number, one in found if one
    )


def past_alerts(reviews: Iterable[Review], now: dt.datetime) -> tuple[PastAlert, ...]:
    """Find the notices that were sent and hold no longer.

    Args:
        reviews: lines of the ledger in the order of its file.
        now: the moment.

    Returns:
        Each as it was sent last, the one first that ended last; no exercises.
    """
    lines = list(reviews)
    found = [
        past(as_live(lines, one.out, one.alert), one.sent, now, one.end)
        for one in _gone(lines, now)
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.live.alert.id), reverse=True))


class _Gone(NamedTuple):
    """A notice that holds no longer: its last message, all of them, and the line that took it."""

    out: Review
    alert: Alert
    sent: tuple[Reference, ...]
    end: Review | None


def _gone(lines: Iterable[Review], now: dt.datetime) -> Iterator[_Gone]:
    """Find the notices that hold no longer, without what each had replaced.

    What a notice replaced is asked of those before it: to ask it of them, too, would double the
    work with each notice.
    """
    for steps in _notices(lines):
        out = last_published(steps)
        alert = alert_of(out) if out else None
        if out is None or alert is None or alert.exercise:
            continue
        standing, ends = messages_out(steps), [one for one in steps if one.takes_back]
        if len(standing) > 1 or (standing and alert.ends > now):
            continue
        sent = _references(one for one in steps if one.step in SENDS and not one.ahead)
        yield _Gone(out, alert, sent, None if standing else ends[-1])


def _over(alert: Alert, end: Review | None) -> dt.datetime:
    """Say when a notice was over: when it was withdrawn or ended, at the latest at its time."""
    if end is None:
        return alert.ends
    return end.on if end.step == "withdraw" else min(end.on, alert.ends)


def past(
    live: LiveAlert, sent: tuple[Reference, ...], now: dt.datetime, end: Review | None = None
) -> PastAlert:
    """Say how a notice came to its end.

    Args:
        live: its last message.
        sent: all of its messages.
        now: the moment, which tells whether readers are told.
        end: the line that took it away; None where its time was over.

    Returns:
        The notice. One that was ended after its time was over at that time.
    """
    on = _over(live.alert, end)
    return PastAlert(
        live=live,
        sent=sent,
        on=on,
        withdrawn=end is not None and end.step == "withdraw",
        cause=(end.cause if end else None) or "lapsed",
        told=now < later(on, TOLD_FOR),
    )


def sent_messages(reviews: Iterable[Review]) -> tuple[LiveAlert, ...]:
    """List every message that went out, the first one first; no exercises.

    Args:
        reviews: lines of the ledger in the order of its file.
    """
    lines = list(reviews)
    found = []
    for one in lines:
        alert = alert_of(one) if one.kind == "alert" and one.step in SENDS else None
        if alert is not None and not alert.exercise and one.is_kept() and not one.ahead:
            found.append(as_live(lines, one, alert))
    return tuple(sorted(found, key=lambda live: (live.alert.sent, live.alert.id)))


def _words_in(line: Review) -> dict[str, dict[str, str]]:
    """Read the words of a line of the ledger: by language and field of the template."""
    found: dict[str, dict[str, str]] = {}
    for (language, field), text in read(line.words).items():
        if language:
            found.setdefault(language, {})[field] = text
    return found


def languages_in(line: Review) -> tuple[str, ...]:
    """Name the languages of a line of the ledger."""
    return tuple(dict.fromkeys(language for language, _ in read(line.words) if language))


def was_published(reviews: Iterable[Review]) -> bool:
    """Tell whether a notice that was no exercise was ever sent out."""
    return any(
        one.step in SENDS and (alert := alert_of(one)) is not None and not alert.exercise
        for one in reviews
        if one.kind == "alert"
    )


MARK = dt.timedelta(minutes=90)
"""How soon after its first step a notice should be out."""


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
