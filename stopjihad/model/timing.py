"""When drafts may be posted: the campaign's schedule and the windows of its talking points."""

from __future__ import annotations

import datetime as dt

import msgspec

from stopjihad.model.campaign import Schedule


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Say when a talking point may be posted: from ``embargo`` on, and before ``expires``."""

    embargo: dt.datetime | None = None
    expires: dt.datetime | None = None


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """The campaign's schedule, and the windows of the talking points that have one."""

    schedule: Schedule
    windows: dict[str, Window] = {}
