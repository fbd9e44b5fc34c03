"""What was wrong since a kit was made, by the version that it names."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from stopjihad.model.correction import Correction, Withdrawal
from stopjihad.plan.editions import RememberedPoint
from stopjihad.plan.mistakes import kit_versions, known_mistakes, version_name

from support.campaign import generated_project

FIRST, SECOND = dt.date(2026, 12, 1), dt.date(2026, 12, 3)


def _told(mistakes):
    return {
        one.name: [(each.point, each.correction) for each in one.since]
        for one in kit_versions(mistakes)
    }


def test_a_kit_is_told_what_was_found_since_and_nothing_before():
    project = generated_project(3)
    one, two, three = project.points
    wrong = Correction(day=FIRST, why="Wrong."), Correction(day=SECOND, why="Wrong again.")
    corrected = replace(one, record=replace(one.record, corrections=wrong))
    gone = replace(two, record=replace(two.record, withdrawn=Withdrawal(day=SECOND, why="Wrong.")))
    now = replace(project, points=(corrected, three), withdrawn_points=(gone,))
    assert _told(known_mistakes(project, ())) == {"0-0": []}
    found = known_mistakes(now, ())
    assert version_name(found) == "3-0"
    of_both_days = [("p1", None), ("p0", 1), ("p0", 0)]
    assert _told(found) == {
        "0-0": of_both_days,
        "1-0": of_both_days[:2],
        "2-0": of_both_days[:2],  # of one day: nobody knows which of the two it knew
        "3-0": [],
    }


def test_what_is_gone_without_a_day_is_told_to_every_kit_of_before():
    project = generated_project(2)
    known = (RememberedPoint("old", frozenset({"fr"}), None),)
    found = known_mistakes(project, known)
    assert _told(found) == {"0-0": [("old", None)], "0-1": []}
    assert version_name(found) == "0-1"
