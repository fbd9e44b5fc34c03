"""Let a page of the site reload itself while it is previewed; what is published stays as it is."""

from __future__ import annotations

import re
from typing import NamedTuple

from markupsafe import Markup

_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"<>]*">\n?')

PAGE_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
"""Content security policy of a previewed page: that of the site, and our one script.

The page's own policy stands in a ``meta`` element, allows no script at all, and would add up with
this one, so it is taken out here. Everything it forbids is forbidden here too."""

_SCRIPT = Markup(
    '<script src="/studio/reload.js" defer data-campaign="{campaign}" data-output="{output}"'
    ' data-version="{version}"></script>\n'
)


class PageOrigin(NamedTuple):
    """Say which output a page is, and of which version of the campaign."""

    campaign: str
    output: str
    version: str


def with_reload(page: bytes, origin: PageOrigin) -> bytes:
    """Put our script into a page.

    Args:
        page: HTML as it would be published.
        origin: what the script must know.

    Returns:
        The page with the script at the end of its head.
    """
    script = str(_SCRIPT.format(**origin._asdict())).encode()
    head, end, rest = _POLICY.sub(b"", page, count=1).partition(b"</head>")
    return head + script + end + rest


def below(page: bytes, top: str, prefix: str) -> bytes:
    """Move the links of the site's 404 page, which start at the top of its host, to the preview.

    Args:
        page: the 404 page.
        top: path of the site on its host, from ``/`` to ``/``.
        prefix: where the preview shows the site, with a slash at the end.

    Returns:
        The page with links that lead into the preview.
    """
    attribute = re.compile(rb'((?:href|src)=")' + re.escape(top).encode() + rb"(?!/)")
    return attribute.sub(lambda found: found[1] + prefix.encode(), page)
