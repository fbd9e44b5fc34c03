"""Minutes between the steps of an alert."""

from __future__ import annotations

import datetime as dt

from stopjihad.review.alert_clock import clock_of

from support.alerts import NOON, step


def test_the_clock_counts_from_the_first_step_and_knows_ninety_minutes():
    lines = (step("draft", "Nour", 0), step("approve", "Nour", 20), step("approve", "Ida", 50.5))
    found = clock_of("lyon", lines, "approved twice", NOON + dt.timedelta(minutes=60))
    assert [(row.minutes, row.since_previous) for row in found.steps] == [
        (0.0, 0.0),
        (20.0, 20.0),
        (50.5, 30.5),
    ]
    assert (found.minutes_left, found.published_after, found.in_time) == (30.0, None, None)
    late = clock_of("lyon", (*lines, step("publish", "Ida", 91)), "published", NOON)
    assert (late.published_after, late.in_time) == (91.0, False)
