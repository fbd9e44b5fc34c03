"""Weigh a text as X does: twitter-text version 3, confirmed against npm twitter-text 3.1.0.

Emoji that count as one are those of Emoji 11, the last that twitter-text knows. The sets were
measured by asking npm twitter-text 3.1.0 (with twemoji-parser 11.0.2) about every character and
every sequence of Unicode's emoji lists. Younger sequences fall apart into pieces there, and so they
do here: the counter must agree with the platform, not with the newest phone.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from stopjihad.text.web.links import TOP_LEVEL_DOMAINS

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
        bare: find ``example.org`` without ``https://`` too, as X does.
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


_TONE = "[\U0001f3fb-\U0001f3ff]"
_JOIN = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_GENDER = f"{_JOIN}[\u2640\u2642]{_EMOJI_STYLE}"

_MAN, _WOMAN, _BOY, _GIRL = "\U0001f468", "\U0001f469", "\U0001f466", "\U0001f467"

_TRADES = (
    "\U0001f33e\U0001f373\U0001f393\U0001f3a4\U0001f3a8\U0001f3eb\U0001f3ed\U0001f4bb\U0001f4bc"
    "\U0001f527\U0001f52c\U0001f680\U0001f692\U0001f9b0-\U0001f9b3"
)
"""What a man or a woman is joined with: tools of a trade, and hair."""

_GENDERED_STYLED = "\u26f9\U0001f3cb\U0001f3cc\U0001f574\U0001f575"
"""People that need a skin tone or the emoji style before the gender."""

_GENDERED = (
    "\U0001f3c3\U0001f3c4\U0001f3ca\U0001f46e\U0001f471\U0001f473\U0001f477\U0001f481\U0001f482"
    "\U0001f486\U0001f487\U0001f645-\U0001f647\U0001f64b\U0001f64d\U0001f64e\U0001f6a3"
    "\U0001f6b4-\U0001f6b6\U0001f926\U0001f935\U0001f937-\U0001f939\U0001f93d\U0001f93e"
    "\U0001f9b8\U0001f9b9\U0001f9d6-\U0001f9dd"
)
_GENDERED_TONELESS = "\U0001f46f\U0001f93c\U0001f9de\U0001f9df"

_TONED_STYLED = "\u261d\u26f7\u26f9\u270c\u270d\U0001f3cb\U0001f3cc\U0001f574\U0001f575\U0001f590"
"""Bases that take the emoji style and then a skin tone."""

_TONED = (
    "\u270a\u270b\U0001f385\U0001f3c2-\U0001f3c4\U0001f3c7\U0001f3ca\U0001f442\U0001f443"
    "\U0001f446-\U0001f450\U0001f466-\U0001f469\U0001f46e\U0001f470-\U0001f478\U0001f47c"
    "\U0001f481-\U0001f483\U0001f485-\U0001f487\U0001f4aa\U0001f57a\U0001f595\U0001f596"
    "\U0001f645-\U0001f647\U0001f64b-\U0001f64f\U0001f6a3\U0001f6b4-\U0001f6b6\U0001f6c0\U0001f6cc"
    "\U0001f918-\U0001f91c\U0001f91e\U0001f91f\U0001f926\U0001f930-\U0001f939\U0001f93d\U0001f93e"
    "\U0001f9b5\U0001f9b6\U0001f9b8\U0001f9b9\U0001f9d1-\U0001f9dd"
)

_STYLED = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23ed-\u23ef"
    "\u23f1\u23f2\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611"
    "\u2614\u2615\u2618\u2620\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642"
    "\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267f\u2692-\u2697\u2699\u269b\u269c"
    "\u26a0\u26a1\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8\u26cf\u26d1\u26d3\u26d4"
    "\u26e9\u26ea\u26f0-\u26f5\u26f8\u26fa\u26fd\u2702\u2708\u2709\u270f\u2712\u2714\u2716\u271d"
    "\u2721\u2733\u2734\u2744\u2747\u2757\u2763\u2764\u27a1\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c"
    "\u2b50\u2b55\u3030\u303d\u3297\u3299\U0001f004\U0001f170\U0001f171\U0001f17e\U0001f17f"
    "\U0001f202\U0001f21a\U0001f22f\U0001f237\U0001f321\U0001f324-\U0001f32c\U0001f336\U0001f37d"
    "\U0001f396\U0001f397\U0001f399-\U0001f39b\U0001f39e\U0001f39f\U0001f3cd\U0001f3ce"
    "\U0001f3d4-\U0001f3df\U0001f3f3\U0001f3f5\U0001f3f7\U0001f43f\U0001f441\U0001f4fd\U0001f549"
    "\U0001f54a\U0001f56f\U0001f570\U0001f573\U0001f576-\U0001f579\U0001f587\U0001f58a-\U0001f58d"
    "\U0001f5a5\U0001f5a8\U0001f5b1\U0001f5b2\U0001f5bc\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3"
    "\U0001f5dc-\U0001f5de\U0001f5e1\U0001f5e3\U0001f5e8\U0001f5ef\U0001f5f3\U0001f5fa\U0001f6cb"
    "\U0001f6cd-\U0001f6cf\U0001f6e0-\U0001f6e5\U0001f6e9\U0001f6f0\U0001f6f3"
)
"""Signs that the emoji style (U+FE0F) turns into emoji and that swallow it."""

_FLAGS = """
    AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CR CU CV CW CX CY CZ DE DG DJ DK DM DO
    DZ EA EC EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT
    GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR
    KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU
    MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM UN US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA
    ZM ZW
"""
_REGION_FLAGS = ("gbeng", "gbsct", "gbwls")


def _pairs() -> str:
    """Write the flags as regional indicators, grouped by their first letter."""
    by_first: dict[str, str] = {}
    for flag in _FLAGS.split():
        first, second = flag[0], flag[1]
        by_first[first] = by_first.get(first, "") + _indicator(second)
    return "|".join(f"{_indicator(first)}[{seconds}]" for first, seconds in by_first.items())


def _indicator(letter: str) -> str:
    return chr(0x1F1E6 + ord(letter) - ord("A"))


def _tags(name: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in name) + "\U000e007f"


@cache
def emoji_pattern() -> re.Pattern[str]:
    """Build the pattern of the sequences that X counts as one emoji.

    Single emoji are left out: they weigh 2 like any other character of their blocks.
    """
    children = f"{_BOY}(?:{_JOIN}{_BOY})?|{_GIRL}(?:{_JOIN}[{_BOY}{_GIRL}])?"
    parents = f"{_MAN}(?:{_JOIN}[{_MAN}{_WOMAN}])?|{_WOMAN}(?:{_JOIN}{_WOMAN})?"
    heart = f"{_JOIN}\u2764{_EMOJI_STYLE}{_JOIN}(?:\U0001f48b{_JOIN})?"
    worker = f"[{_MAN}{_WOMAN}]{_TONE}?{_JOIN}"
    styled = f"(?:{_EMOJI_STYLE}{_TONE}?|{_TONE})"
    return re.compile(
        "|".join(
            (
                f"{worker}(?:[\u2695\u2696\u2708]{_EMOJI_STYLE}|[{_TRADES}])",
                f"[{_GENDERED_STYLED}](?:{_TONE}|{_EMOJI_STYLE}){_GENDER}",
                f"[{_GENDERED}]{_TONE}?{_GENDER}",
                f"[{_GENDERED_TONELESS}]{_GENDER}",
                f"{_MAN}{heart}{_MAN}",
                f"{_WOMAN}{heart}[{_MAN}{_WOMAN}]",
                f"(?:{parents}){_JOIN}(?:{children})",
                f"\U0001f3f3{_EMOJI_STYLE}{_JOIN}\U0001f308",
                f"\U0001f3f4{_JOIN}\u2620{_EMOJI_STYLE}",
                f"\U0001f441{_JOIN}\U0001f5e8",
                f"[#*0-9]{_EMOJI_STYLE}?\u20e3",
                f"[{_TONED_STYLED}]{styled}",
                f"[{_TONED}]{_TONE}",
                f"[{_STYLED}]{_EMOJI_STYLE}",
                f"\U0001f3f4(?:{'|'.join(map(_tags, _REGION_FLAGS))})",
                _pairs(),
            )
        )
    )
