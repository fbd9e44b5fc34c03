"""Where content is reported: platforms and national portals, each with its source."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from importlib import resources
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

_Https = Annotated[str, Meta(pattern=r"^https://[^\s<>\"'\\]+$", max_length=2048)]


class Service(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Describe one way to report content.

    Attributes:
        id: stable slug.
        kind: ``platform`` (a network reports go to) or ``portal`` (a national service).
        name: what people call it.
        country: ISO 3166-1 alpha-2 for a portal, ``EU`` for the Union; None for a platform.
        url: where reporting starts.
        how: what to do there, one or two English sentences; pages translate them.
        source: address of the document the row was read from.
        checked: day on which it was read.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    kind: Literal["platform", "portal"]
    name: str
    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$")] | None = None
    url: _Https
    how: str
    source: _Https
    checked: dt.date


@lru_cache(maxsize=1)
def services() -> tuple[Service, ...]:
    """Give all rows of ``data/reporting.yaml`` in the file's order.

    Returns:
        The services; every id is unique.

    Raises:
        msgspec.ValidationError: when a row lacks a field or has one too many.
        ValueError: when two rows share an id.
    """
    data = resources.files("stopjihad.catalog").joinpath("data/reporting.yaml").read_bytes()
    rows = msgspec.yaml.decode(data, type=_File).services
    ids = [row.id for row in rows]
    if len(set(ids)) != len(ids):
        raise ValueError("data/reporting.yaml: two rows share an id")
    return rows


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    services: tuple[Service, ...]
