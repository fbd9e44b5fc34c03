"""What holds, what was sent, and what holds no longer."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from stopjihad.model.review import Review
from stopjihad.review.alert_status import live_alerts, past_alerts, sent_messages
from stopjihad.review.alert_steps import make_step

from support.alerts import ALERT, LINES, NOON, PROJECT, chain, step


def test_what_holds_is_what_was_sent_and_only_until_its_end():
    lines = chain(("publish", "Ida", 3), ("update", "Ida", 30))
    [(out, live)] = live_alerts(lines, NOON + dt.timedelta(hours=5))
    assert out == lines[1]
    assert live.alert == ALERT.stamp(NOON + dt.timedelta(minutes=30))  # never the file's moment
    assert (live.languages, live.number) == (("en", "fr"), 2)
    assert [one.identifier for one in live.earlier] == ["lyon-1-20261128T120300Z"]
    assert live.reference.identifier == "lyon-2-20261128T123000Z"
    assert live_alerts(lines, NOON + dt.timedelta(hours=6, minutes=30)) == ()
    assert live_alerts((*lines, step("end", "Nour", 40)), NOON) == ()


def test_only_what_was_published_can_be_cancelled_so_no_cancel_lacks_its_references():
    now = NOON + dt.timedelta(minutes=30)
    steps = (step("publish", "Ida", 5), step("end", "Nour", 20))
    (found,) = past_alerts(steps, now)
    assert found.cancels
    assert [one.identifier for one in found.sent] == ["lyon-1-20261128T120500Z"]
    assert found.reference.identifier == "lyon-2-20261128T122000Z"
    assert past_alerts(steps[1:], now) == ()  # somebody took the line out of the ledger


@pytest.mark.parametrize(
    ("steps", "hours", "expected"),
    [
        ((("publish", 5),), 5, None),
        ((("publish", 5),), 7, (False, "lapsed", True)),
        ((("publish", 5),), 6 + 49, (False, "lapsed", False)),
        ((("publish", 5), ("withdraw", 56)), 1, (True, "false-alarm", True)),
        ((("publish", 5), ("withdraw", 56)), 48.5, (True, "false-alarm", True)),
        ((("publish", 5), ("withdraw", 56)), 49, (True, "false-alarm", False)),
        ((("publish", 5), ("withdraw", 56), ("update", 70)), 2, None),
    ],
)
def test_how_long_readers_are_told_of_an_alert_that_holds_no_longer(
    steps: tuple[tuple[str, float], ...], hours: float, expected: tuple[bool, str, bool] | None
) -> None:
    lines: tuple[Review, ...] = ()
    for name, minutes in steps:
        project = msgspec.structs.replace(PROJECT, reviews=lines)
        when = NOON + dt.timedelta(minutes=minutes)
        cause = "false-alarm" if name == "withdraw" else None
        lines += (make_step(project, "lyon", LINES, (name, "Ida", ""), when, cause),)
    found = past_alerts(lines, NOON + dt.timedelta(hours=hours))
    assert [(one.withdrawn, one.cause, one.told) for one in found] == [expected] * bool(expected)


def test_a_withdrawal_by_a_clock_of_days_ago_is_told_as_long_as_any():
    """Nobody was told: by its own line it was over before the alert had been sent."""
    now = NOON + dt.timedelta(minutes=30)
    for step_name in ("withdraw", "end"):
        steps = (step("publish", "Ida", 5), step(step_name, "Nour", -3 * 24 * 60))
        (found,) = past_alerts(steps, now)
        assert (found.told, found.on) == (True, NOON + dt.timedelta(minutes=5))
        assert found.reference.identifier == "lyon-2-20261128T120500Z"


def test_no_identifier_is_used_twice_though_another_alert_has_the_same_name():
    lines = chain(("publish", "Ida", 3), ("end", "Nour", 9), ("publish", "Ida", 600))
    names = [one.reference.identifier for one in sent_messages(lines)]
    assert names == ["lyon-1-20261128T120300Z", "lyon-2-20261128T220000Z"]
