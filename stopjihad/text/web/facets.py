"""Find what Bluesky shows as links, tags and mentions, with their places in UTF-8 bytes.

Bluesky links nothing by itself: a program that posts sends these places along (facets,
``app.bsky.richtext.facet``). The rules are those of the official client library, confirmed against
npm @atproto/api 0.19.19.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

import msgspec

from stopjihad.text.web.bare_names import TOP_LEVEL_DOMAINS

Kind = Literal["link", "tag", "mention"]

_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""White space of ECMAScript, which is not that of Python."""

_JOINERS = "\u00ad\u2060\u200a\u200b\u200c\u200d\u20e2"
_BEFORE = f"(?:^|[{_SPACE}(])"
_MENTION = re.compile(rf"{_BEFORE}@([a-zA-Z0-9.-]+)(?<=[a-zA-Z0-9])(?![a-zA-Z0-9_])|{_BEFORE}@")
_LINK = re.compile(
    rf"(?:^|[{_SPACE}(])"
    rf"(?P<uri>https?://[^{_SPACE}]+|(?P<domain>[a-z][a-z0-9]*(?:\.[a-z0-9]+)+)[^{_SPACE}]*)",
    re.IGNORECASE | re.MULTILINE | re.ASCII,
)
_TAG = re.compile(rf"(?:^|(?<=[{_SPACE}]))[#＃](?!\ufe0f)(?P<tag>[^{_SPACE}{_JOINERS}]+)")
_TICKER = re.compile(
    rf"(?:^|(?<=[{_SPACE}(]))\$(?P<ticker>[A-Za-z][A-Za-z0-9]{{0,4}})"
    rf"(?=[{_SPACE}.,;:!?)\"'\u2019]|$)"
)
_MOST_TAG = 64
"""Longest tag in UTF-16 units that the client library accepts; 64 graphemes in the lexicon."""


class Facet(msgspec.Struct, frozen=True, order=True):
    """Mark bytes ``start`` (inclusive) to ``end`` (exclusive) of the text in UTF-8."""

    start: int
    end: int
    kind: Kind
    value: str


def find_facets(text: str) -> tuple[Facet, ...]:
    """Find the facets of a Bluesky post.

    Args:
        text: the post.

    Returns:
        Links with their address, tags without ``#``, mentions without ``@``, by place.
    """
    found = [*_mentions(text), *_links(text), *_tags(text), *_tickers(text)]
    return tuple(sorted(found))


def _facet(text: str, start: int, end: int, kind: Kind, value: str) -> Facet:
    first = len(text[:start].encode("utf-8", "surrogatepass"))
    size = len(text[start:end].encode("utf-8", "surrogatepass"))
    return Facet(first, first + size, kind, value)


def _mentions(text: str) -> Iterator[Facet]:
    for match in _MENTION.finditer(text):
        handle = match[1]
        if handle and (is_domain(handle) or handle.endswith(".test")):
            yield _facet(text, match.start(1) - 1, match.end(1), "mention", handle)


def _links(text: str) -> Iterator[Facet]:
    for match in _LINK.finditer(text):
        written = match["uri"]
        if not written.startswith("http") and not is_domain(match["domain"] or ""):
            continue
        shown = written
        if shown[-1] in ".,;:!?":
            shown = shown[:-1]
        if shown.endswith(")") and "(" not in shown:
            shown = shown[:-1]
        address = shown if written.startswith("http") else f"https://{shown}"
        start = match.start("uri")
        yield _facet(text, start, start + len(shown), "link", address)


def is_domain(name: str) -> bool:
    """Tell whether a name ends with a top-level domain."""
    _, dot, last = name.rpartition(".")
    return bool(dot) and last in TOP_LEVEL_DOMAINS


def _tags(text: str) -> Iterator[Facet]:
    for match in _TAG.finditer(text):
        tag = match["tag"]
        if not any(_counts(character) for character in tag):
            continue
        while tag and unicodedata.category(tag[-1])[0] == "P":
            tag = tag[:-1]
        if tag and len(tag.encode("utf-16-le", "surrogatepass")) // 2 <= _MOST_TAG:
            start = match.start()
            yield _facet(text, start, start + 1 + len(tag), "tag", tag)


def _counts(character: str) -> bool:
    """Digits and punctuation alone make no tag."""
    return not ("0" <= character <= "9") and unicodedata.category(character)[0] != "P"


def _tickers(text: str) -> Iterator[Facet]:
    for match in _TICKER.finditer(text):
        yield _facet(text, match.start(), match.end(), "tag", f"${match['ticker'].upper()}")
