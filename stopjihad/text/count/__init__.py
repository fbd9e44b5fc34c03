"""Measure a text as the platform that it is meant for does.

``len`` is right for none of them: X weighs code points, Bluesky counts graphemes and bytes,
Telegram UTF-16 units, an SMS septets. ``count`` chooses the way by the rule of the platform.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import msgspec

from stopjihad.text.count import sms, x
from stopjihad.text.unicode import graphemes as clusters
from stopjihad.text.web.addresses import web_links

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

    Returns:
        Units; for an SMS septets or UTF-16 units, whichever its characters need.
    """
    return _WAYS[rule.unit](rule, text)


def count(rule: CountRule, text: str) -> Count:
    """Measure a text and compare it with the platform's limits.

    Args:
        rule: how the platform counts and what it allows.

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
    size = utf8_bytes(text)
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
    "graphemes": lambda _, text: graphemes(text),
    "mastodon-characters": lambda rule, text: mastodon(text, rule.url_cost),
    "threads-characters": lambda _, text: threads(text),
    "linkedin-characters": lambda _, text: linkedin(text),
    "utf16-units": lambda _, text: utf16_units(text),
    "sms": lambda _, text: sms.measure(text).units,
    "utf8-bytes": lambda _, text: utf8_bytes(text),
}


_RESERVED = re.compile(r"[|{}@\[\]()<>#\\*_~]")
"""Characters that LinkedIn's "little text" escapes with a backslash (Posts API)."""

_REMOTE_MENTION = re.compile(
    r"(?<![=/\w])(@[a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)@[\w.-]*\w", re.IGNORECASE
)
"""``@user@server``; Mastodon counts ``@user`` alone (docs.joinmastodon.org, Posting)."""

_EMOJI = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)


def graphemes(text: str) -> int:
    """Count what a reader sees as one character: extended grapheme clusters of UAX #29."""
    return clusters.count(text)


def utf16_units(text: str) -> int:
    """Count UTF-16 code units: most characters are one, emoji and rare scripts two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8_bytes(text: str) -> int:
    """Count the bytes of the text in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def mastodon(text: str, url_cost: int = 23) -> int:
    """Count as Mastodon does: graphemes, a link as a fixed number, ``@user@server`` as ``@user``.

    Args:
        text: the post; a content warning counts as well, so put it in front.
        url_cost: graphemes of a link with ``http(s)://``; 23 unless the server says otherwise
            (``characters_reserved_per_url``, docs.joinmastodon.org/entities/Instance).
    """
    kept: list[str] = []
    position, cost = 0, 0
    for start, end in web_links(text):
        kept.append(text[position:start])
        cost += url_cost
        position = end
    kept.append(text[position:])
    return cost + sum(graphemes(_REMOTE_MENTION.sub(r"\1", part)) for part in kept)


def threads(text: str) -> int:
    """Count as Threads may: the stricter of two readings of its documentation.

    "Emojis are counted as the number of UTF-8 bytes" (developers.facebook.com, Threads posts,
    2026-04-14), while others report graphemes; the larger of the two is never too long.

    Returns:
        Characters, an emoji counted as its bytes.
    """
    if text.isascii():
        return len(text)
    if not _EMOJI.search(text):
        return len(text)
    return sum(
        utf8_bytes(cluster) if _EMOJI.search(cluster) else len(cluster)
        for cluster in clusters.clusters(text)
    )


def linkedin(text: str) -> int:
    """Count as LinkedIn's Posts API does: UTF-16 units, and one more for each escaped character."""
    return utf16_units(text) + len(_RESERVED.findall(text))
