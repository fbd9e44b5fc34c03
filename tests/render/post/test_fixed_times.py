"""Posts that a person moved in the calendar keep their time."""

from __future__ import annotations

import datetime as dt

from stopjihad.model.campaign import Schedule, Timing, Window
from stopjihad.plan.calendar import Post, plan_times

PARIS = dt.timezone(dt.timedelta(hours=1))


def plan(fixed: dict[str, dt.datetime], windows: dict[str, Window] | None = None):
    schedule = Schedule(start=dt.date(2026, 12, 1), slots={"x": ("12:30",)}, fixed=fixed)
    posts = [Post("x", "en", f"p{number}") for number in range(3)]
    posts.append(Post("facebook", "en", "p0"))
    planned = plan_times(posts, Timing(schedule=schedule, windows=windows or {}))
    return {"/".join(post): moment.isoformat() for post, moment in planned.items()}


def test_a_fixed_time_is_kept_and_its_slot_is_not_given_twice():
    moment = dt.datetime(2026, 12, 1, 12, 30, tzinfo=PARIS)
    assert plan({"x/en/p2": moment}) == {
        "x/en/p2": "2026-12-01T12:30:00+01:00",
        "x/en/p0": "2026-12-02T12:30:00+01:00",
        "x/en/p1": "2026-12-03T12:30:00+01:00",
    }


def test_a_time_beside_the_slots_takes_none():
    moment = dt.datetime(2026, 12, 2, 8, 0, tzinfo=PARIS)
    planned = plan({"x/en/p2": moment})
    assert planned["x/en/p2"] == "2026-12-02T08:00:00+01:00"
    assert planned["x/en/p0"] == "2026-12-01T12:30:00+01:00"
    assert planned["x/en/p1"] == "2026-12-02T12:30:00+01:00"


def test_a_platform_without_slots_can_have_fixed_times():
    moment = dt.datetime(2026, 12, 5, 9, 0, tzinfo=dt.UTC)
    assert plan({"facebook/en/p0": moment})["facebook/en/p0"] == "2026-12-05T10:00:00+01:00"


def test_an_embargo_is_stronger_than_a_fixed_time():
    embargo = dt.datetime(2026, 12, 10, 0, 0, tzinfo=PARIS)
    moment = dt.datetime(2026, 12, 1, 12, 30, tzinfo=PARIS)
    planned = plan({"x/en/p0": moment}, {"p0": Window(embargo=embargo)})
    assert planned["x/en/p0"] == "2026-12-10T12:30:00+01:00"
