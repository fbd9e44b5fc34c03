"""Make hashtags that screen readers can read and that every platform links."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BREAKS = re.compile(r"[\s_\-‐‑–—/.,:;!?&+'’]+")


def hashtag(words: str) -> str:
    """Make one hashtag from words, or mend one that was written by hand.

    Each word starts with a capital where its script has capitals, so that screen readers say the
    words and not one long noise (UK Government Communication Service, accessible social media
    campaigns). Words of other scripts are joined by underscores, as their readers do. Only
    letters, marks, digits and underscores remain: what all platforms take for one tag.

    Args:
        words: with or without ``#``, such as ``#stop jihadism`` or ``ensemble``.

    Returns:
        The tag with its ``#``, or an empty text when no letter is left: digits alone are no tag.
    """
    kept = [_kept(word) for word in _BREAKS.split(unicodedata.normalize("NFC", words))]
    kept = [word for word in kept if word]
    if not any(unicodedata.category(character)[0] == "L" for word in kept for character in word):
        return ""
    cased = any(character.lower() != character.upper() for word in kept for character in word)
    joined = "".join(_capital(word) for word in kept) if cased else "_".join(kept)
    return f"#{joined}"


def _kept(word: str) -> str:
    """Keep letters, marks and digits; a zero-width non-joiner holds Persian words together."""
    kept = "".join(c for c in word if unicodedata.category(c)[0] in "LMN" or c == "\u200c")
    return kept.strip("\u200c")


def _capital(word: str) -> str:
    return word if word[:1].isupper() else word[:1].upper() + word[1:]


@lru_cache(maxsize=16)  # all drafts of a language share their hashtags
def hashtags(tags: tuple[str, ...], most: int | None) -> tuple[str, ...]:
    """Make the hashtags of a post.

    Args:
        tags: words or tags, the best first.
        most: how many at most; None for no limit.

    Returns:
        Different tags, in order.
    """
    made: dict[str, str] = {}
    for tag in tags:
        ready = hashtag(tag)
        if ready:
            made.setdefault(ready.casefold(), ready)
    found = tuple(made.values())
    return found if most is None else found[:most]
