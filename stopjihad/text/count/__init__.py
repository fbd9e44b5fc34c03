"""Measure a text as the platform that it is meant for does.

``len`` is right for none of them: X weighs code points, Bluesky counts graphemes and bytes,
Telegram UTF-16 units, an SMS septets. ``count`` chooses the way by the rule of the platform.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from stopjihad.text.count import simple, sms, x

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


def units(rule: CountRule, text: str) -> int:
    """Measure a text in the rule's unit.

    Args:
        rule: how the platform counts.
        text: what would be posted.

    Returns:
        Units; for an SMS septets or UTF-16 units, whichever its characters need.
    """
    return _WAYS[rule.unit](rule, text)


def count(rule: CountRule, text: str) -> Count:
    """Measure a text and compare it with the platform's limits.

    Args:
        rule: how the platform counts and what it allows.
        text: what would be posted.

    Returns:
        Unit, count, limit and whether the text fits; bytes where these are limited; encoding and
        segments for an SMS.
    """
    if rule.unit == "sms":
        return _sms(rule, text)
    number = units(rule, text)
    fits = rule.limit is None or number <= rule.limit
    if rule.byte_limit is None:
        return Count(unit=rule.unit, count=number, limit=rule.limit, fits=fits)
    size = simple.utf8_bytes(text)
    return Count(
        unit=rule.unit,
        count=number,
        limit=rule.limit,
        fits=fits and size <= rule.byte_limit,
        bytes=size,
        byte_limit=rule.byte_limit,
    )


def _sms(rule: CountRule, text: str) -> Count:
    message = sms.measure(text)
    return Count(
        unit="septets" if message.encoding == "GSM-7" else "utf16-units",
        count=message.units,
        limit=rule.limit,
        fits=rule.limit is None or message.units <= rule.limit,
        encoding=message.encoding,
        segments=message.segments,
    )


_WAYS: dict[Unit, Callable[[CountRule, str], int]] = {
    "x-weight": lambda rule, text: x.weigh(text, rule.url_cost),
    "graphemes": lambda _, text: simple.graphemes(text),
    "mastodon-characters": lambda rule, text: simple.mastodon(text, rule.url_cost),
    "threads-characters": lambda _, text: simple.threads(text),
    "linkedin-characters": lambda _, text: simple.linkedin(text),
    "utf16-units": lambda _, text: simple.utf16_units(text),
    "sms": lambda _, text: sms.measure(text).units,
    "utf8-bytes": lambda _, text: simple.utf8_bytes(text),
}
