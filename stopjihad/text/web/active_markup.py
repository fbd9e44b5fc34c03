"""Find what acts or loads in a finished page: only built-in templates are known to write none.

Browsers mend broken markup in ways that no other parser shares. So nothing is parsed here: each
stretch of text from one ``<`` to the next is looked at, and what could be read as a tag that acts
counts as one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

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
_ELSEWHERE = r"\s*=\s*[\"']?\s*(?:https?:|[\\/]{2})"
_LOADS = re.compile(
    r"[\s\"'/](?:src|srcset|imagesrcset|poster|data|background|action|formaction|ping|manifest)"
    + _ELSEWHERE
)
_SRCSET = re.compile(r"[\s\"'/](?:image)?srcset\s*=[^>]*//")
_HREF = re.compile(r"[\s\"'/](?:xlink:)?href" + _ELSEWHERE)
_STYLE = re.compile(r"url\s*\(\s*[\"']?\s*(?:https?:|[\\/]{2})|@import|image-set\s*\(")
_PLAIN_LINK = re.compile(r"rel\s*=\s*[\"']?(?:alternate|canonical)[\"'\s>]")
_EQUIV = re.compile(r"http-equiv\s*+=\s*+[\"']?+\s*+(?!content-security-policy)")


def active_markup(text: str) -> Iterator[str]:
    """Say what acts or loads from elsewhere in a page, or in a part of one.

    Args:
        text: HTML.

    Yields:
        What was found, in words, in the order of the page.
    """
    for stretch in text.split("<")[1:]:
        if stretch.startswith(DATA):
            continue
        tag = html.unescape(stretch).lower()
        found = _NAME.match(tag)
        name = found[0] if found else ""
        if name.rpartition(":")[2] in _ACTING:
            yield f"an element <{name}>"
        if _HANDLER.search(tag):
            yield "an attribute that runs something (on…=)"
        if _SCHEME.search(_CONTROL.sub("", tag)):
            yield "an address that runs something"
        loads = _LOADS.search(tag) or _SRCSET.search(tag) or _STYLE.search(tag)
        leads = name in _LEADING or (name == "link" and _PLAIN_LINK.search(tag))
        if loads or (_HREF.search(tag) and not leads):
            yield "something that is loaded from another site"
        if name == "meta" and _EQUIV.search(tag):
            yield "an order to the browser (http-equiv)"
