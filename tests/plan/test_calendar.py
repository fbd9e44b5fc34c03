from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stopjihad.catalog.timezones import time_zone
from stopjihad.model.campaign import QuietDay, Repeat, Schedule, Timing, Window
from stopjihad.plan.calendar import Post, plan_repeats, plan_times, repeat_weeks


def posts(platforms=("x",), languages=("en",), points=4):
    return [
        Post(platform, lang, f"p{n}")
        for n in range(points)
        for lang in languages
        for platform in platforms
    ]


def plan(wanted, windows=None, **schedule):
    made = Schedule(**{"start": dt.date(2026, 12, 1), "slots": {"x": ("12:30",)}, **schedule})
    return plan_times(wanted, Timing(schedule=made, windows=windows or {}))


def test_drafts_fill_the_slots_in_order():
    planned = plan(posts(), slots={"x": ("18:30", "12:30")})
    assert [moment.isoformat() for moment in planned.values()] == [
        "2026-12-01T12:30:00+01:00",
        "2026-12-01T18:30:00+01:00",
        "2026-12-02T12:30:00+01:00",
        "2026-12-02T18:30:00+01:00",
    ]


def test_talking_points_go_out_in_the_order_in_which_readers_meet_them():
    """They went out by the names of their files, and two cards that look alike stood together."""
    made = Schedule(start=dt.date(2026, 12, 1), slots={"x": ("12:30",)})
    timing = Timing(schedule=made, order=("p2", "p0", "p3"))
    planned = plan_times(posts(languages=("en", "fr")), timing)
    for lang, wanted in (("en", "p2 p0 p3 p1"), ("fr", "p0 p3 p1 p2")):
        mine = {moment: post.point for post, moment in planned.items() if post.language == lang}
        assert [mine[moment] for moment in sorted(mine)] == wanted.split()


def test_a_language_may_have_slots_and_a_time_zone_of_its_own():
    planned = plan(
        posts(languages=("en", "ar"), points=1),
        slots={"x": ("12:30",), "x/ar": ("20:00",)},
        timezones={"ar": "Asia/Baghdad"},
    )
    assert planned[Post("x", "en", "p0")].isoformat() == "2026-12-01T12:30:00+01:00"
    # One talking point a day on one platform, whatever the language.
    assert planned[Post("x", "ar", "p0")].isoformat() == "2026-12-02T20:00:00+03:00"


def test_wall_times_stay_when_the_clocks_change():
    planned = plan(posts(points=3), start=dt.date(2027, 3, 27))
    assert [moment.isoformat() for moment in planned.values()] == [
        "2027-03-27T12:30:00+01:00",
        "2027-03-28T12:30:00+02:00",
        "2027-03-29T12:30:00+02:00",
    ]


def test_a_time_that_the_change_leaves_out_is_moved_past_the_gap():
    planned = plan(posts(points=1), start=dt.date(2027, 3, 28), slots={"x": ("02:30",)})
    assert planned[Post("x", "en", "p0")].isoformat() == "2027-03-28T03:30:00+02:00"


def test_a_time_that_the_change_repeats_is_the_first_of_the_two():
    planned = plan(posts(points=1), start=dt.date(2027, 10, 31), slots={"x": ("02:30",)})
    assert planned[Post("x", "en", "p0")].isoformat() == "2027-10-31T02:30:00+02:00"


def test_nothing_is_planned_before_its_embargo_or_after_it_expires():
    zone = dt.timezone(dt.timedelta(hours=1))
    windows = {
        "p0": Window(embargo=dt.datetime(2026, 12, 3, 13, tzinfo=zone)),
        "p1": Window(expires=dt.datetime(2026, 12, 1, 12, 30, tzinfo=zone)),
    }
    planned = plan(posts(points=3), windows)
    assert planned[Post("x", "en", "p0")].date() == dt.date(2026, 12, 4)
    assert Post("x", "en", "p1") not in planned
    assert planned[Post("x", "en", "p2")].date() == dt.date(2026, 12, 1)


def test_what_finds_no_day_before_the_end_is_left_out():
    assert len(plan(posts(points=9), end=dt.date(2026, 12, 3))) == 3


def test_a_platform_without_slots_is_left_out():
    assert plan(posts(platforms=("facebook",))) == {}


@pytest.mark.parametrize("name", ["Europe/Paris", "America/Argentina/Buenos_Aires", "UTC"])
def test_zones_are_found(name):
    assert time_zone(name).key == name


@pytest.mark.parametrize("name", ["", "Europe/Atlantis", "../../etc/passwd", "zone.tab", "Europe"])
def test_what_is_no_zone_is_refused(name):
    with pytest.raises(KeyError):
        time_zone(name)


@settings(max_examples=60)
@given(
    points=st.integers(1, 12),
    languages=st.integers(1, 4),
    slots=st.lists(st.times(), min_size=1, max_size=3, unique_by=lambda t: (t.hour, t.minute)),
    start=st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)),
    zone=st.sampled_from(
        ["Europe/Paris", "America/New_York", "Asia/Tehran", "Australia/Lord_Howe"]
    ),
)
def test_every_draft_is_planned_once_and_no_point_twice_a_day(
    points, languages, slots, start, zone
):
    names = ("en", "fr", "ar", "de")[:languages]
    wanted = posts(("x", "mastodon"), names, points)
    times = tuple(f"{time:%H:%M}" for time in slots)
    slots_of = {"x": times, "mastodon": times}
    planned = plan(wanted, start=start, slots=slots_of, timezone=zone)
    assert set(planned) == set(wanted)
    days = Counter((p.platform, p.point, m.date()) for p, m in planned.items())
    assert max(days.values()) == 1
    for post, moment in planned.items():
        assert moment.utcoffset() is not None
        assert moment.date() >= start
        assert f"{moment:%H:%M}" in times or post in planned


def test_on_a_quiet_day_nothing_is_posted_and_posts_move_on():
    quiet = (QuietDay(day="12-02", reason="a memorial"),)
    planned = plan(posts(points=3), quiet=quiet)
    assert [f"{moment:%m-%d}" for moment in planned.values()] == ["12-01", "12-03", "12-04"]
    fixed = {"x/en/p2": dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)}
    assert plan(posts(points=3), quiet=quiet, fixed=fixed) == planned
    french = (QuietDay(day="12-01", until="12-02", reason="a memorial", languages=("fr",)),)
    planned = plan(posts(languages=("en", "fr"), points=1), quiet=french)
    assert planned[Post("x", "en", "p0")].day == 1
    assert planned[Post("x", "fr", "p0")].day == 3


@pytest.mark.parametrize(
    ("quiet", "day", "holds"),
    [
        ({"day": "2027-01-07"}, "2027-01-07", True),
        ({"day": "2027-01-07"}, "2028-01-07", False),
        ({"day": "01-07"}, "2028-01-07", True),
        ({"day": "12-24", "until": "01-01"}, "2026-12-31", True),
        ({"day": "12-24", "until": "01-01"}, "2026-12-23", False),
        ({"day": "2026-12-24", "until": "2027-01-01"}, "2027-01-02", False),
    ],
)
def test_quiet_days_are_of_one_year_or_of_every_year(quiet, day, holds):
    one = QuietDay(**quiet, reason="a memorial")
    assert one.holds(dt.date.fromisoformat(day), "fr") is holds


def again(planned, repeats, **schedule):
    made = Schedule(**{"start": dt.date(2026, 12, 1), "slots": {"x": ("12:30",)}, **schedule})
    last = dt.date(2027, 1, 31)
    found = {name: Repeat(weeks, last) for name, weeks in repeats.items()}
    return plan_repeats(planned, Timing(schedule=made, repeats=found))


def test_a_post_comes_again_where_it_is_free_and_until_its_facts_are_due():
    planned = plan(posts(points=16))
    quiet = (QuietDay(day="12-30", until="01-13", reason="a memorial"),)
    found = again(planned, {"x/en/p0": 2, "x/en/p1": 8}, quiet=quiet)
    # The 15th and 16th are taken by others; all days from the 31st on are quiet for two weeks.
    times = [f"{one:%m-%d %H:%M}" for one in found[Post("x", "en", "p0")]]
    assert times == ["12-17 12:30", "01-14 12:30", "01-28 12:30"]
    assert [f"{one:%m-%d}" for one in found[Post("x", "en", "p1")]] == ["01-27"]
    taken = [*planned.values(), *(one for own in found.values() for one in own)]
    assert len(set(taken)) == len(taken)


def test_the_longest_name_says_when_a_post_comes_again():
    schedule = Schedule(
        start=dt.date(2026, 12, 1), repeats={"x": 4, "x/fr": 6, "x/fr/p0": 0, "mastodon": 2}
    )
    names = ("x/en/p0", "x/fr/p1", "x/fr/p0", "mastodon/fr/p0", "bluesky/fr/p0")
    assert [repeat_weeks(schedule, Post(*one.split("/"))) for one in names] == [4, 6, 0, 2, 0]
