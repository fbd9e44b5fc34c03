"""Find what acts or loads in a finished page: only built-in templates are known to write none.

Browsers mend broken markup in ways that no other parser shares. So nothing is parsed here: each
stretch of text from one ``<`` to the next is looked at, and what could be read as a tag that acts
counts as one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from stopjihad.text.xml import parse

DATA = 'script type="application/ld+json">'
"""The one script that is none: structured data for search engines."""

_ACTING = frozenset(
    {"script", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "portal"}
    | {"fencedframe", "form", "animate", "set", "animatemotion", "animatetransform"}
)
"""Elements that run, frame, send or change what stands elsewhere in a page."""

_LEADING = frozenset({"a", "area"})
"""Elements whose address a person follows; of all others a browser loads it."""

_NAME = re.compile(r"[a-z][a-z0-9:-]*")
_HANDLER = re.compile(r"[\s\"'/]on[a-z]{3,}\s*=")
_SCHEME = re.compile(r"=[\"']?(?:(?:java|vb|live)script:|data:text/html)")
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_WHITE = re.compile(r"[\t\r\n]+")
_ADDRESS = (
    r"\s*+[\"']?+\s*+(?:h[\t\r\n]*+t[\t\r\n]*+t[\t\r\n]*+p[\t\r\n]*+s?+[\t\r\n]*+:"
    r"|[\\/][\t\r\n]*+[\\/])"
)
"""Of another site; browsers take tabs and line feeds out. Nothing is read twice (``*+``)."""

_LOADS = re.compile(
    r"[\s\"'/](?:src|srcset|imagesrcset|poster|data|background|action|formaction|ping|manifest"
    rf"|attributionsrc)\s*+={_ADDRESS}"
)
_SRCSET = re.compile(r"[\s\"'/](?:image)?srcset\s*+=")
_HREF = re.compile(rf"[\s\"'/](?:xlink:)?href\s*+={_ADDRESS}")
_STYLE = re.compile(rf"url\s*+\({_ADDRESS}|@import|image-set\s*+\(")
_REL = re.compile(r"[\s\"'/]rel\s*+=")
_PLAIN_LINK = re.compile(r"[\s\"'/]rel=([\"'])(?:alternate|canonical)\1")
_AHEAD = re.compile(r"preconnect|dns-prefetch|prefetch|prerender|preload")
"""What a link may be that has a browser ask another site before anybody follows it: no policy of a
page forbids all of these."""

_EQUIV = re.compile(r"http-equiv\s*+=\s*+[\"']?+\s*+(?!content-security-policy)")


def active_markup(text: str) -> Iterator[str]:
    """Say what acts or loads from elsewhere in a page, or in a part of one.

    Yields:
        What was found, in words, in the order of the page.
    """
    for stretch in text.split("<")[1:]:
        tag = html.unescape(stretch.removeprefix(DATA)).lower()
        found = _NAME.match(tag) if not stretch.startswith(DATA) else None
        name = found[0] if found else ""
        if name.rpartition(":")[2] in _ACTING:
            yield f"an element <{name}>"
        if _HANDLER.search(tag):
            yield "an attribute that runs something (on…=)"
        if _SCHEME.search(_CONTROL.sub("", tag)):
            yield "an address that runs something"
        loads = _LOADS.search(tag) or _loads_of_a_set(tag) or _STYLE.search(tag)
        leads = name in _LEADING or (name == "link" and _is_plain_link(stretch.lower()))
        ahead = _REL.search(tag) and _AHEAD.search(tag)
        if loads or ahead or (_HREF.search(tag) and not leads):
            yield "something that is loaded from another site"
        if _EQUIV.search(tag):  # of any element: a value of meta may hold what looks like one
            yield "an order to the browser (http-equiv)"


def _loads_of_a_set(tag: str) -> bool:
    """Tell whether a set of pictures names another site, before the next end of a tag."""
    for part in tag.split(">"):
        found = _SRCSET.search(part)
        if found and "//" in _WHITE.sub("", part[found.end() :]):
            return True
    return False


def _is_plain_link(stretch: str) -> bool:
    """Tell whether a link, as it is written, says where else a page is, and nothing more."""
    return len(_REL.findall(stretch)) == len(_PLAIN_LINK.findall(stretch)) == 1


XML = '<?xml version="1.0" encoding="utf-8"?>'
"""How files for programs begin."""

_LISTS = ("{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}")
_LINK = "{http://www.w3.org/1999/xhtml}link"


def active_xml(text: str) -> str:
    """Say what of a feed or a list of pages a browser would run, that shows it as a page.

    Returns:
        What was found, in words; empty for nothing.
    """
    if not text.startswith(XML) or "<?" in text[len(XML) :]:
        return "an order to the browser (<?…?>)"
    try:
        root = parse(text.encode("utf-8", "surrogatepass"))
    except ValueError as error:
        return f"what cannot be read: {error}"
    tags = {str(element.tag) for element in root.iter()}
    wrong = sorted(tag for tag in tags if not tag.startswith(_LISTS) and tag != _LINK)
    return f"an element that is none of a feed: {wrong[0][:80]}" if wrong else ""
