"""Weigh a text as X does: twitter-text version 3, confirmed against npm twitter-text 3.1.0."""

from __future__ import annotations

import re
import unicodedata

from stopjihad.text.count.x_emoji import emoji_pattern
from stopjihad.text.count.x_links import find_links

_HEAVY = re.compile("[^\x00-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""Characters of weight 2: all outside the ranges of weight 1 in twitter-text's config v3."""

_MAYBE_EMOJI = re.compile(
    "[\u200d\u20e3\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e007f]"
)
"""Every emoji sequence holds one of these; without any, each character stands alone."""

_EMOJI_WEIGHT = 2
"""Weight of an emoji, however many code points it has; twitter-text config v3."""


def weigh(text: str, url_cost: int = 23) -> int:
    """Weigh a text in units of X: one for most letters, two for CJK, emoji and others.

    Args:
        text: what is posted, in any normal form; it is weighed in NFC.
        url_cost: weight of every link, whatever its length; 23 (twitter-text config v3).

    Returns:
        The weight; a post may weigh 280 (docs.x.com, Counting characters).
    """
    text = unicodedata.normalize("NFC", text)
    stops: dict[int, tuple[int, int]] = {}
    if _MAYBE_EMOJI.search(text):
        for match in emoji_pattern().finditer(text):
            stops[match.start()] = (len(match[0]), _EMOJI_WEIGHT)
    for link in find_links(text):
        stops[link.start] = (link.length, url_cost)
    total, position = 0, 0
    for start in sorted(stops):
        if start >= position:
            length, weight = stops[start]
            total += _plain(text[position:start]) + weight
            position = start + length
    return total + _plain(text[position:])


def _plain(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_HEAVY.findall(text))
