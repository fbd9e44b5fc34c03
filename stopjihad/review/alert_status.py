"""How alerts stand, as the ledger tells: which hold now, and which were taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stopjihad.model.alert import (
    TOLD_FOR,
    Alert,
    LiveAlert,
    PastAlert,
    Reference,
    identifier,
    later,
)
from stopjihad.model.chain import chain_of, standing_lines
from stopjihad.model.review import Review, person
from stopjihad.review.alert_approval import PEOPLE
from stopjihad.review.alert_lines import read_lines, words_of
from stopjihad.review.alert_steps import (
    SENDS,
    alert_of,
    last_published,
    messages_out,
    sent_before,
    steps_of,
)


def sent_out(steps: Sequence[Review]) -> Review | None:
    """Find a step that sent an alert out and was not taken away since, though it may be ahead."""
    found = messages_out(steps, ahead=True)
    return found[-1] if found else None


def undecided_alerts(reviews: Iterable[Review], now: dt.datetime) -> tuple[Alert, ...]:
    """Find alerts that two people sent without knowing of each other: none of them is shown.

    Returns:
        Each as one of them sent it, where it would hold now.
    """
    found = []
    for steps in _alerts(reviews).values():
        out = messages_out(steps)
        alerts = [alert for alert in map(alert_of, out) if alert and alert.ends > now]
        if len(out) > 1 and alerts:
            found.append(alerts[-1])
    return tuple(found)


def _alerts(reviews: Iterable[Review]) -> dict[str, tuple[Review, ...]]:
    """Give the steps of each alert by its name."""
    lines: dict[str, list[Review]] = {}
    for one in reviews:
        if one.kind == "alert" and one.step:
            lines.setdefault(one.context.partition("/")[2], []).append(one)
    return {name: steps_of(own, name) for name, own in lines.items()}


def sent_alone(steps: Sequence[Review]) -> Review | None:
    """Find the step with which one person sent an alert out alone, for a written reason.

    Returns:
        The step; None once a second person has approved what it says, or where nothing is out.
    """
    out, *rivals = messages_out(steps) or (None,)
    if out is None or rivals or not out.reason:
        return None
    said, people = read_lines(out.words).items(), set()
    for link in standing_lines(chain_of(steps)):
        if link.line.step == "approve" and said <= read_lines(link.line.words).items():
            people.add(person(link.line.by))
    return out if len(people) < PEOPLE else None


def alone_now(reviews: Iterable[Review], now: dt.datetime) -> tuple[tuple[Alert, Review], ...]:
    """Find the alerts that hold at a moment and that one person sent alone."""
    steps = map(sent_alone, _alerts(reviews).values())
    found = ((alert_of(out), out) for out in steps if out)
    return tuple((alert, out) for alert, out in found if alert and alert.ends > now)


def live_alerts(
    reviews: Iterable[Review], now: dt.datetime
) -> tuple[tuple[Review, LiveAlert], ...]:
    """Find the alerts that hold now.

    Args:
        reviews: lines of the ledger in the order of its file.
        now: the moment; it decides only what is over.

    Returns:
        For each the line that sent it out, and the alert as it was sent; the one first that says
        that it was sent last.
    """
    sent = SentAlerts(reviews)
    found = []
    for steps in sent.steps.values():
        out = messages_out(steps)
        alert = alert_of(out[0]) if len(out) == 1 else None
        if alert is not None and not alert.exercise and alert.ends > now:
            found.append((out[0], alert))
    found.sort(key=lambda pair: (pair[1].sent, pair[1].id), reverse=True)
    return tuple((out, sent.as_live(out, alert)) for out, alert in found)


class SentAlerts:
    """The alerts of a ledger, each with its steps; what one of them replaced is looked up once."""

    def __init__(self, reviews: Iterable[Review]) -> None:
        """Put the ``reviews`` in order, alert by alert."""
        self.lines = tuple(reviews)
        self.steps = _alerts(self.lines)
        self._place = {id(one): at for at, one in reversed(tuple(enumerate(self.lines)))}
        self._taken: dict[str, list[tuple[Review, str, dt.datetime]]] = {}
        for name, steps in self.steps.items():
            sent = [alert for one in steps if one.step in SENDS and (alert := alert_of(one))]
            for end in steps if sent else ():
                if end.takes_back and not sent[-1].exercise:
                    last = max(one.ends for one in sent)
                    for place in {one.place for one in sent}:
                        self._taken.setdefault(place, []).append((end, name, last))

    def as_live(self, out: Review, alert: Alert) -> LiveAlert:
        """Give the alert that a step sent out, with the messages that it replaces.

        Those are the messages of it that were sent before, and those of an alert about the same
        place that was taken back and would still hold: "it is over" replaces "it goes on".

        Args:
            out: the step, one of the ledger's lines.
        """
        steps = self.steps.get(alert.id, ())
        before = sent_before(steps, out)
        earlier = () if alert.exercise else self._replaced_messages(out, alert)
        return LiveAlert(
            alert=alert,
            languages=languages_in(out),
            alone=sent_alone(steps) is not None,
            number=len(before) + 1,
            earlier=(*earlier, *_references(before)),
            words=words_of((*key, text) for key, text in read_lines(out.words).items()),
        )

    def _replaced_messages(self, out: Review, alert: Alert) -> tuple[Reference, ...]:
        """Name the messages of the alert about the same place that was taken back last."""
        at = self._place.get(id(out), len(self.lines))
        taken = [
            (end.on, name)
            for end, name, last in self._taken.get(alert.place, ())
            if name != alert.id and last > out.on and self._place[id(end)] < at
        ]
        for _, name in sorted(taken, reverse=True):
            known = (one for one in self.steps[name] if self._place[id(one)] < at)
            gone = _ended_alert(steps_of(known, name), out.on)
            if gone is None or gone.alert.place != alert.place:
                continue
            if _over(gone.alert, gone.end) < gone.alert.ends > out.on:
                return gone.sent
        return ()


def as_live(reviews: Iterable[Review], out: Review, alert: Alert) -> LiveAlert:
    """Give the alert that a step sent out (`SentAlerts.as_live`); ``out`` is among the lines."""
    return SentAlerts(reviews).as_live(out, alert)


def _references(sent: Iterable[Review]) -> tuple[Reference, ...]:
    """Name messages of an alert, from lines that sent it out."""
    found = enumerate(map(alert_of, sent), start=1)
    return tuple(
        Reference(identifier(one.id, number, one.sent), one.sent) for number, one in found if one
    )


def past_alerts(reviews: Iterable[Review], now: dt.datetime) -> tuple[PastAlert, ...]:
    """Find the alerts that were sent and hold no longer.

    Args:
        reviews: lines of the ledger in the order of its file.

    Returns:
        Each as it was sent last, the one first that ended last; no exercises.
    """
    sent = SentAlerts(reviews)
    gone = filter(None, (_ended_alert(steps, now) for steps in sent.steps.values()))
    found = [past(sent.as_live(one.out, one.alert), one.sent, now, one.end) for one in gone]
    return tuple(sorted(found, key=lambda one: (one.on, one.live.alert.id), reverse=True))


class _EndedAlert(NamedTuple):
    """An alert that holds no longer: its last message, all of them, and the line that took it."""

    out: Review
    alert: Alert
    sent: tuple[Reference, ...]
    end: Review | None


def _ended_alert(steps: Sequence[Review], now: dt.datetime) -> _EndedAlert | None:
    """Tell how an alert with these steps came to hold no longer; None where it holds."""
    out = last_published(steps)
    alert = alert_of(out) if out else None
    if out is None or alert is None or alert.exercise:
        return None
    standing, ends = messages_out(steps), [one for one in steps if one.takes_back]
    if len(standing) > 1 or (standing and alert.ends > now):
        return None
    sent = _references(one for one in steps if one.step in SENDS and not one.ahead)
    return _EndedAlert(out, alert, sent, None if standing else ends[-1])


def _over(alert: Alert, end: Review | None) -> dt.datetime:
    """Say when an alert was over: when it was withdrawn or ended, at the latest at its time.

    Never before it was sent: the clock of a laptop that takes it back may be days behind.
    """
    if end is None:
        return alert.ends
    on = max(end.on, alert.sent)
    return on if end.step == "withdraw" else min(on, alert.ends)


def past(
    live: LiveAlert, sent: tuple[Reference, ...], now: dt.datetime, end: Review | None = None
) -> PastAlert:
    """Say how an alert came to its end.

    Args:
        now: the moment, which tells whether readers are told.
        end: the line that took it away; None where its time was over.

    Returns:
        The alert. One that was ended after its time was over at that time.
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
    sent, found = SentAlerts(reviews), []
    for one in sent.lines:
        alert = alert_of(one) if one.kind == "alert" and one.step in SENDS else None
        if alert is not None and not alert.exercise and one.is_kept() and not one.ahead:
            found.append(sent.as_live(one, alert))
    return tuple(sorted(found, key=lambda live: (live.alert.sent, live.alert.id)))


def languages_in(line: Review) -> tuple[str, ...]:
    """Name the languages of a line of the ledger."""
    return tuple(dict.fromkeys(language for language, _ in read_lines(line.words) if language))


def was_published(reviews: Iterable[Review]) -> bool:
    """Tell whether an alert that was no exercise was ever sent out."""
    return any(
        one.step in SENDS and (alert := alert_of(one)) is not None and not alert.exercise
        for one in reviews
        if one.kind == "alert"
    )
