"""Read time zones from the tz database that our dependencies bring, not from the machine's."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")


@lru_cache(maxsize=8)
def time_zone(name: str) -> ZoneInfo:
    """Give a time zone by its IANA name.

    The package ``tzdata`` is read: the system's own database differs from machine to machine, and
    the same campaign must give the same calendar.

    Raises:
        KeyError: there is no such zone.
    """
    if not _NAME.fullmatch(name):
        raise KeyError(name)
    file = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    if not file.is_file():
        raise KeyError(name)
    with file.open("rb") as data:
        try:
            return ZoneInfo.from_file(data, key=name)
        except ValueError as error:  # tables of names stand beside the zones
            raise KeyError(name) from error


@cache
def zone_names() -> tuple[str, ...]:
    """Name all time zones, sorted."""
    return tuple(sorted(resources.files("tzdata").joinpath("zones").read_text("utf-8").split()))


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """Read which zones a country has: the first two columns that matter of ``zone.tab``."""
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found[country] = (*found.get(country, ()), zone)
    return found


def zones_of(country: str) -> tuple[str, ...]:
    """Name the time zones of a ``country``, ISO 3166-1 alpha-2; none of one without a row."""
    return _zones().get(country, ())


def clocks_of(country: str, moment: dt.datetime) -> dict[dt.timedelta, ZoneInfo]:
    """Give what clocks in a country show at a moment.

    Args:
        country: ISO 3166-1 alpha-2.

    Returns:
        Each offset from UTC with a zone that has it, the first one of ``zones_of``.
    """
    zones = (time_zone(name) for name in reversed(zones_of(country)))
    return {_offset(zone, moment): zone for zone in zones}


def is_clock_of(country: str, zone: str, moment: dt.datetime) -> bool:
    """Tell whether a clock of a country shows at a moment what one of the ``zone`` does.

    Args:
        country: ISO 3166-1 alpha-2.

    Returns:
        True, too, where nothing is known of the country, or there is no such zone.
    """
    known = clocks_of(country, moment)
    return not known or not is_time_zone(zone) or _offset(time_zone(zone), moment) in known


def _offset(zone: ZoneInfo, moment: dt.datetime) -> dt.timedelta:
    return moment.astimezone(zone).utcoffset() or dt.timedelta()


def is_time_zone(name: str) -> bool:
    """Tell whether a time zone has this name."""
    try:
        time_zone(name)
    except KeyError:
        return False
    return True


def zone_hint(name: str) -> str:
    """Say which time zone was probably meant: people write a city, or a country's code."""
    from stopjihad.text.nearest import close_name

    cities = {zone.rpartition("/")[2]: zone for zone in zone_names() if "/" in zone}
    written = name.replace(" ", "_")
    meant = _OTHER.get(name.upper()) or close_name(written, zone_names())
    meant = meant or cities.get(close_name(written, cities), "")
    return f"did you mean {meant}?" if meant else "write its name of IANA, for example Europe/Paris"


_OTHER = {"UK": "Europe/London", "FRANCE": "Europe/Paris", "GERMANY": "Europe/Berlin"}
