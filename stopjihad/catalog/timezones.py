"""Read time zones from the tz database that our dependencies bring, not from the machine's."""

from __future__ import annotations

import re
from functools import lru_cache
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
