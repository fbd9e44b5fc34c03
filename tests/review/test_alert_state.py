"""Where an alert stands, from lines of a ledger alone."""

from __future__ import annotations

import datetime as dt

import pytest
from stopjihad.review.alert_state import state_of

from support.alerts import LINES, NOON, chain


@pytest.mark.parametrize(
    ("steps", "minutes", "state"),
    [
        ([], 0, "new"),
        ([("draft", "Nour", 0)], 1, "drafted"),
        ([("draft", "Nour", 0), ("approve", "Nour", 1)], 2, "approved once"),
        ([("approve", "Nour", 1), ("approve", "NOUR", 2)], 3, "approved once"),
        ([("approve", "Nour", 1), ("approve", " N. O-U R", 2)], 3, "approved once"),
        ([("approve", "Nour", 1), ("approve", "Noür", 2)], 3, "approved once"),
        ([("approve", "नूर", 1), ("approve", "نور", 2)], 3, "approved twice"),
        ([("approve", "Nour", 1), ("approve", "Ida", 2)], 3, "approved twice"),
        ([("approve", "Nour", 1), ("approve", "Ida", 2), ("publish", "Ida", 3)], 4, "published"),
        ([("publish", "Ida", 3), ("update", "Ida", 30)], 31, "updated"),
        ([("publish", "Ida", 3)], 6 * 60 + 3, "expired"),
        ([("publish", "Ida", 3), ("end", "Nour", 60)], 61, "ended"),
        ([("publish", "Ida", 3), ("withdraw", "Nour", 4)], 5, "withdrawn"),
    ],
)
def test_the_state_follows_from_the_lines(steps, minutes, state):
    lines = chain(*steps)
    assert state_of(lines, LINES, NOON + dt.timedelta(minutes=minutes)) == state
