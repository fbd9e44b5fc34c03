"""Say how a text is measured, and what was measured."""

from __future__ import annotations

from typing import Literal

import msgspec

Unit = Literal[
    "x-weight",
    "graphemes",
    "mastodon-characters",
    "threads-characters",
    "linkedin-characters",
    "utf16-units",
    "sms",
    "utf8-bytes",
]
"""Ways of counting; ``docs/platforms.md`` explains each."""


class CountRule(msgspec.Struct, frozen=True, kw_only=True):
    """How a platform measures a text.

    Attributes:
        unit: way of counting.
        limit: most units that a text may have; None when no limit is known.
        byte_limit: most UTF-8 bytes, where the platform limits these as well.
        url_cost: units of a link where it does not count its own length.
    """

    unit: Unit
    limit: int | None = None
    byte_limit: int | None = None
    url_cost: int = 23


class Count(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was measured.

    Attributes:
        unit: what ``count`` and ``limit`` are counted in; for an SMS ``septets`` (GSM-7) or
            ``utf16-units`` (UCS-2).
        count: units of the text.
        limit: most units allowed, or None.
        fits: whether every limit is kept.
        bytes: UTF-8 bytes, where the platform limits these.
        byte_limit: most UTF-8 bytes, where the platform limits these.
        encoding: ``GSM-7`` or ``UCS-2``, for an SMS.
        segments: messages that an SMS is sent as.
    """

    unit: str
    count: int
    limit: int | None
    fits: bool
    bytes: int | None = None
    byte_limit: int | None = None
    encoding: str | None = None
    segments: int | None = None
