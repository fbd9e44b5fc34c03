"""Measure texts in the plainer units: graphemes, UTF-16 units, and three platforms' own rules."""

from __future__ import annotations

import re

from stopjihad.text.unicode import graphemes as clusters
from stopjihad.text.web.addresses import web_links

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

    Returns:
        Characters as the server counts them.
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

    Args:
        text: the post.

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
