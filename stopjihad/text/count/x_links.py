"""Find links as X finds them: with and without ``https://``, by the rules of twitter-text 3.1.0."""

from __future__ import annotations

import re
import struct
from functools import cache
from typing import Any, NamedTuple

from stopjihad.text.count.x_domains import TOP_LEVEL_DOMAINS

_MAX_URL = 4096
"""Longest link in UTF-16 units, its scheme counted twice as X does; twitter-text 3.1.0."""

_MAX_LABEL = 63
"""Longest label of a domain name in octets; RFC 1035 section 2.3.4."""

_MAX_SLUG = 40
"""Longest name after ``t.co/`` in characters; twitter-text 3.1.0."""

_PUNCTUATION = r"!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$"
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
_UNFOLDED = str.maketrans({"\u017f": "\u0180", "\u212a": "\u2200"})
"""JavaScript does not fold long s and the Kelvin sign onto s and k; Python does."""
_LATER_HALF = re.compile("[\udc00-\udfff]")


class Found(NamedTuple):
    """Say where a link stands: index of its first code point, and its length in code points."""

    start: int
    length: int


class _Patterns(NamedTuple):
    link: Any
    bare: Any
    short: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    import regex

    letter = f"[^{_PUNCTUATION}{_SPACES}{_INVALID}{_DIRECTIONS}]"
    name = f"{letter}(?:{letter}|-)*+(?<!-)\\."
    below = f"(?:{letter}(?:{letter}|[-_])*+(?<![-_])\\.)*"
    top = r"(?:(?i:\L<domains>)(?=[^0-9A-Za-z@+-]|$)|[Xx][Nn]--[-0-9A-Za-z]+)"
    inner = rf"[{_LETTERS}!*';:=+,.$/%#\[\]\-\u2013~@|&_]"
    nested = rf"\((?:{inner}+|{inner}*\({inner}+\){inner}*)\)"
    ending = rf"[+\-=_#/{_LETTERS}]"
    path = rf"/(?:{inner}*(?:{nested}{inner}*)*{ending}|{nested}|@{inner}+/)*"
    query = r"\?[A-Za-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[A-Za-z0-9\-_&=#/]"
    before = f"(?:[^A-Za-z0-9@\uff20$#\uff03{_INVALID}]|^)"
    link = (
        f"(?P<before>{before})(?P<url>(?P<scheme>[Hh][Tt][Tt][Pp][Ss]?://)?"
        f"(?P<domain>{below}{name}{top})(?::[0-9]+)?(?P<path>{path})?(?:{query})?)"
    )
    bare = rf"(?:[-A-Za-z0-9{_LATIN}]+\.)+{top}"
    return _Patterns(
        regex.compile(link, domains=TOP_LEVEL_DOMAINS),
        regex.compile(bare, domains=TOP_LEVEL_DOMAINS),
        re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{query})?", re.ASCII | re.IGNORECASE),
    )


def find_links(text: str, *, bare: bool = True) -> list[Found]:
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


def _in_code_points(units: str, found: Found) -> Found:
    """Count a link's place in code points; X's library looks at UTF-16 units."""
    last = found.start + found.length
    return Found(
        found.start - len(_LATER_HALF.findall(units, 0, found.start)),
        found.length - len(_LATER_HALF.findall(units, found.start, last)),
    )


def _find(text: str, *, bare: bool) -> list[Found]:
    patterns = _patterns()
    found: list[Found] = []
    for match in patterns.link.finditer(text.translate(_UNFOLDED)):
        if not _possible(match, patterns):
            continue
        if match["scheme"]:
            link = _with_scheme(match, patterns)
            if link:
                found.append(link)
        elif bare and match["before"] not in {"-", "_", ".", "/"}:
            found += _without_scheme(match, patterns)
    return found


def _possible(match: Any, patterns: _Patterns) -> bool:
    """Tell whether the domain name could be looked up and the link is short enough."""
    domain = match["domain"]
    if domain.startswith("xn--") and not patterns.bare.search(domain):
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


def _with_scheme(match: Any, patterns: _Patterns) -> Found | None:
    """Take the whole link; X's own short links end with their name."""
    start, url = match.start("url"), match["url"]
    short = patterns.short.match(url)
    if short is None:
        return Found(start, len(url))
    return None if len(short[1]) > _MAX_SLUG else Found(start, len(short[0]))


def _without_scheme(match: Any, patterns: _Patterns) -> list[Found]:
    """Take the Latin part of the domain; its path belongs to the last of several."""
    start, domain = match.start("domain"), match["domain"]
    found = [Found(start + bare.start(), len(bare[0])) for bare in patterns.bare.finditer(domain)]
    if found and match["path"]:
        last = found[-1]
        found[-1] = Found(last.start, last.length + len(match["url"]) - len(domain))
    return found
