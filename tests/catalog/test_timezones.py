"""Clocks of countries, as the tz database has them."""

from __future__ import annotations

import datetime as dt

from stopjihad.catalog.countries import COUNTRIES
from stopjihad.catalog.timezones import clocks_of, is_clock_of, is_time_zone, zones_of

NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def test_countries_have_their_zones() -> None:
    assert zones_of("GB") == ("Europe/London",)
    assert zones_of("ES")[0] == "Europe/Madrid"
    without = {one for one in COUNTRIES if not zones_of(one)}
    assert without <= {"AC", "CP", "DG", "EA", "IC", "TA", "XK", "BV", "HM"}
    assert all(is_time_zone(name) for one in COUNTRIES for name in zones_of(one))


def test_a_clock_is_compared_with_all_of_a_country() -> None:
    assert len(zones_of("DE")) == 2
    assert [*clocks_of("DE", NOON)] == [dt.timedelta(hours=1)]
    assert clocks_of("ES", NOON).keys() == {dt.timedelta(0), dt.timedelta(hours=1)}
    assert not is_clock_of("GB", "Europe/Paris", NOON)
    assert is_clock_of("BE", "Europe/Paris", NOON)
    assert is_clock_of("ES", "Europe/London", NOON)
    assert is_clock_of("XK", "Europe/London", NOON), "of Kosovo nothing is known"
    summer = NOON.replace(month=7)
    assert is_clock_of("DZ", "Europe/Paris", NOON)
    assert not is_clock_of("DZ", "Europe/Paris", summer)
