"""Weigh a text as X does: twitter-text version 3, confirmed against npm twitter-text 3.1.0."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from stopjihad.text.count.x_domains import TOP_LEVEL_DOMAINS
from stopjihad.text.count.x_emoji import emoji_pattern

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


# Links as X finds them: with and without ``https://``.

_MAX_URL = 4096
"""Longest link in UTF-16 units, its scheme counted twice as X does; twitter-text 3.1.0."""

_MAX_LABEL = 63
"""Longest label of a domain name in octets; RFC 1035 section 2.3.4."""

_MAX_SLUG = 40
"""Longest name after ``t.co/`` in characters; twitter-text 3.1.0."""

_PUNCTUATION = r"!'#%&()*+,\\./:;<=>?@\[\]^{|}~$"
"""Punctuation in no label of a name; hyphen and underscore are treated apart."""

_SPACES = "\x09-\x0d \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_INVALID = "\ufffe\ufeff\uffff"
_DIRECTIONS = "\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
_LATIN = (
    "\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0260\u0263\u0268\u0269"
    "\u026f\u0272\u0275\u0280\u0283\u0288-\u028c\u0292\u02bb\u0300-\u036f\u0399\u03b9\u1e00-\u1eff"
    "\u1fbe\u2c65\u2c66\u2c7e\u2c7f"
)
"""Latin letters with accents, and the few letters that JavaScript folds onto them."""

_CYRILLIC = "\u0400-\u04ff\u1c80-\u1c87"
_LETTERS = f"A-Za-z0-9{_CYRILLIC}{_LATIN}"
_SCHEME_ROOM = len("https://") + 1
"""Characters before a name that may belong to its link: the scheme, and the one before it."""

_DOT = re.compile(r"\.")
_LATER_HALF = re.compile("[\udc00-\udfff]")


class FoundLink(NamedTuple):
    """Say where a link stands: index of its first code point, and its length in code points."""

    start: int
    length: int


class _Patterns(NamedTuple):
    chain: Any
    top: Any
    link: Any
    bare: Any
    short: re.Pattern[str]


@cache
def _small_letters() -> dict[int, str]:
    """Map the capitals of the letters of domains: ``.ORG`` is ``.org``, of one length for sure."""
    letters = {letter for name in TOP_LEVEL_DOMAINS for letter in name}
    capitals = {letter.upper(): letter for letter in letters}
    return {ord(big): small for big, small in capitals.items() if len(big) == 1 and big != small}


@cache
def _patterns() -> _Patterns:
    import regex

    apart = f"{_PUNCTUATION}{_SPACES}{_INVALID}{_DIRECTIONS}"
    letter = f"[^{apart}_-]"
    name = f"{letter}[^{apart}_]*+(?<!-)\\."
    below = f"{letter}[^{apart}]*+(?<![-_])\\."
    top = r"(?:\L<domains>(?=[^0-9A-Za-z@+-]|$)|xn--[-0-9A-Za-z]+)"
    inner = rf"[{_LETTERS}!*';:=+,.$/%#\[\]\-\u2013~@|&_]"
    nested = rf"\((?:{inner}+|{inner}*\({inner}+\){inner}*)\)"
    ending = rf"[+\-=_#/{_LETTERS}]"
    path = rf"/(?:{inner}*(?:{nested}{inner}*)*{ending}|{nested}|@{inner}+/)*"
    query = r"\?[A-Za-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[A-Za-z0-9\-_&=#/]"
    before = f"(?:[^A-Za-z0-9@\uff20$#\uff03{_INVALID}]|^)"
    link = (
        f"(?P<before>{before})(?P<url>(?P<scheme>https?://)?"
        f"(?P<domain>(?:{below})*{name}{top})(?::[0-9]+)?(?P<path>{path})?(?:{query})?)"
    )
    bare = rf"(?:[-A-Za-z0-9{_LATIN}]+\.)+{top}"
    return _Patterns(
        regex.compile(f"(?<!{letter})(?:{below})++"),
        regex.compile(top, domains=TOP_LEVEL_DOMAINS),
        regex.compile(link, domains=TOP_LEVEL_DOMAINS),
        regex.compile(bare, domains=TOP_LEVEL_DOMAINS),
        re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{query})?", re.ASCII | re.IGNORECASE),
    )


def find_links(text: str, *, bare: bool = True) -> list[FoundLink]:
    """Find the links of a text in NFC.

    Args:
        text: what is posted.
        bare: find ``example.org`` without ``https://`` too, as X does.

    Returns:
        The links in order; they do not overlap.
    """
    if "." not in text:
        return []
    if text.isascii() or max(text) < "\U00010000":
        return _find(text, bare=bare)
    data = text.encode("utf-16-le", "surrogatepass")
    units = "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))
    return [_in_code_points(units, found) for found in _find(units, bare=bare)]


def _in_code_points(units: str, found: FoundLink) -> FoundLink:
    """Count a link's place in code points; X's library looks at UTF-16 units."""
    last = found.start + found.length
    return FoundLink(
        found.start - len(_LATER_HALF.findall(units, 0, found.start)),
        found.length - len(_LATER_HALF.findall(units, found.start, last)),
    )


def _find(text: str, *, bare: bool) -> list[FoundLink]:
    patterns = _patterns()
    found: list[FoundLink] = []
    for match in _matches(text.translate(_small_letters()), patterns):
        if not _possible(match, text, patterns):
            continue
        if match["scheme"]:
            link = _with_scheme(match, patterns)
            if link:
                found.append(link)
        elif bare and match["before"] not in {"-", "_", ".", "/"}:
            found += _without_scheme(match, patterns)
    return found


def _matches(text: str, patterns: _Patterns) -> Iterator[Any]:
    """Match links from left to right, looking only where a name ends with a known domain.

    Tried at every letter, the pattern takes time with the square of the text's length: minutes for
    10 KB of ``a.a.a.``. So the chains of labels are found first, and those without an ending that
    could be a domain are passed over.
    """
    position = 0
    for chain in patterns.chain.finditer(text):
        if chain.end() <= position:
            continue
        start = _first_start(text, chain, patterns)
        while start is not None:
            match = patterns.link.search(text, max(position, start - _SCHEME_ROOM))
            if match is None:
                return
            yield match
            position = match.end()
            if position >= chain.end() or match.start("domain") >= chain.end():
                break
            start = _first_start(text, chain, patterns, position)


def _first_start(text: str, chain: Any, patterns: _Patterns, after: int = 0) -> int | None:
    """Find where a link in a chain of labels may start: None when no label is a known domain.

    The label before the domain holds no underscore; when it does, only its end can be a name.
    """
    partial = None
    low: int = max(chain.start(), after)
    for dot in _DOT.finditer(text, low, chain.end()):
        if patterns.top.match(text, dot.end()):
            label = text.rfind(".", chain.start(), dot.start()) + 1
            under: int = text.rfind("_", max(label, low), dot.start())
            if under < 0:
                return low
            partial = under if partial is None else partial
    return partial


def _possible(match: Any, text: str, patterns: _Patterns) -> bool:
    """Tell whether the domain name could be looked up and the link is short enough."""
    domain = text[slice(*match.span("domain"))]
    if domain.startswith("xn--") and not patterns.bare.search(match["domain"]):
        return False
    if any(not 0 < _octets(label) <= _MAX_LABEL for label in domain.split(".")):
        return False
    scheme = match["scheme"] or "https://"
    return len(scheme) + _units(match["url"]) <= _MAX_URL


def _octets(label: str) -> int:
    if label.isascii():
        return len(label)
    whole = label.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return len("xn--") + len(whole.encode("punycode"))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _with_scheme(match: Any, patterns: _Patterns) -> FoundLink | None:
    """Take the whole link; X's own short links end with their name."""
    start, url = match.start("url"), match["url"]
    short = patterns.short.match(url)
    if short is None:
        return FoundLink(start, len(url))
    return None if len(short[1]) > _MAX_SLUG else FoundLink(start, len(short[0]))


def _without_scheme(match: Any, patterns: _Patterns) -> list[FoundLink]:
    """Take the Latin part of the domain; its path belongs to the last of several."""
    start, domain = match.start("domain"), match["domain"]
    found = [
        FoundLink(start + bare.start(), len(bare[0])) for bare in patterns.bare.finditer(domain)
    ]
    if found and match["path"]:
        last = found[-1]
        found[-1] = FoundLink(last.start, last.length + len(match["url"]) - len(domain))
    return found
