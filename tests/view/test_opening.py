"""Opening hours of helplines, on the clock of their country."""

from __future__ import annotations

import datetime as dt

import pytest
from stopjihad.view.opening import answers_at

SATURDAY = dt.datetime(2026, 11, 28, 22, 40, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("rows", "hours", "same_clock", "answers"),
    [
        (("Mo-Fr 09:00-18:00",), 0, True, False),
        (("Mo-Fr 09:00-18:00", "Sa 20:00-23:00"), 0, True, True),
        (("Mo,Sa 22:40-22:41",), 0, True, True),
        (("Sa 20:00-22:40",), 0, True, False),
        (("Sa 20:00-04:00",), 5, True, True),  # Sunday at 3:40 is Saturday's night
        (("Su 20:00-04:00",), 5, True, False),
        (("Fr-Mo 00:00-23:59",), 0, True, True),
        (("Mo-Su",), 0, False, True),  # always, on whatever clock
        (("Mo-Fr",), 0, True, False),
        (("Sa 20:00-23:00",), 0, False, None),  # the hours are of another clock
        ((), 0, True, None),
    ],
)
def test_a_line_answers_or_not(
    rows: tuple[str, ...],
    hours: int,
    same_clock: bool,  # noqa: FBT001 (a parameter of the table above)
    answers: bool | None,  # noqa: FBT001
) -> None:
    assert answers_at(rows, SATURDAY + dt.timedelta(hours=hours), same_clock=same_clock) is answers
