"""Find addresses and accounts in a text that have no ``https://``: platforms make links of them."""

from __future__ import annotations

import re
import unicodedata

from stopjihad.text.count.x_domains import TOP_LEVEL_DOMAINS
from stopjihad.text.web.links import trimmed

_DOTTED = re.compile(r"[.\u2024\u3002\ufe52\uff0e\uff61](?<=[\w-].)[^\W\d_]")
_WIDE_DOT = re.compile(r"(?<=[A-Za-z0-9-])[\u3002\uff61](?=[A-Za-z0-9-])")
_BARE = re.compile(
    r"(?<![\w@.:/-])(?:(?P<labels>(?:[\w-]++\.(?=[^\W_]))++)(?P<top>[^\W\d_]++)(?![\w@-])(?P<path>/\S*)?"
    r"|@[\w.]{2,})"
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_ALSO = frozenset({"example", "i2p", "invalid", "local", "localhost", "onion", "test"})
"""Endings of names that are no top-level domains of X and still look like addresses."""


def may_be_bare(text: str) -> bool:
    """Tell whether a text could name an address without ``https://``: most cannot."""
    return _DOTTED.search(text) is not None


def bare_names(text: str) -> list[str]:
    """Find addresses and accounts that platforms turn into links, without ``https://``.

    Args:
        text: any text; its cost is linear.

    Returns:
        Addresses such as ``t.me/x`` or ``example.org`` in small letters, with the dots that
        platforms take for one, and names such as ``@someone``. Abbreviations are none: of two
        labels with one or two letters each, only those with a path count.
    """
    if "@" not in text and not may_be_bare(text):
        return []
    plain = unicodedata.normalize("NFKC", _WIDE_DOT.sub(".", _UNSEEN.sub("", text)))
    found = []
    for match in _BARE.finditer(plain):
        if match["top"] is None:
            found.append(trimmed(match[0]).lower())
            continue
        known = match["top"].lower() in TOP_LEVEL_DOMAINS or match["top"].lower() in _ALSO
        short = len(match["top"]) < 3 and len(match["labels"]) < 4
        if known and (match["path"] or not short):
            found.append(trimmed(match[0]).lower())
    return found
