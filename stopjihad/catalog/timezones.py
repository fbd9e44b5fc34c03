"""Read time zones from the tz database that our dependencies bring, not from the machine's."""

from __future__ import annotations

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

    Args:
        name: such as ``Europe/Paris``.

    Returns:
        The zone.

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


def is_time_zone(name: str) -> bool:
    """Tell whether a time zone has this name."""
    try:
        time_zone(name)
    except KeyError:
        return False
    return True


def zone_hint(name: str) -> str:
    """Say which time zone was probably meant: people write a city, or a country's code.

    Args:
        name: what was written.

    Returns:
        A hint of one line.
    """
    from stopjihad.text.nearest import close_name

    cities = {zone.rpartition("/")[2]: zone for zone in zone_names() if "/" in zone}
    written = name.replace(" ", "_")
    meant = _OTHER.get(name.upper()) or close_name(written, zone_names())
    meant = meant or cities.get(close_name(written, cities), "")
    return f"did you mean {meant}?" if meant else "write its name of IANA, for example Europe/Paris"


_OTHER = {"UK": "Europe/London", "FRANCE": "Europe/Paris", "GERMANY": "Europe/Berlin"}
