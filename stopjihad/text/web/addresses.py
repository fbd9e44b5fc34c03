"""Find web addresses in a text, and tell which a link in authored prose may have and lead where."""

from __future__ import annotations

import re
from typing import NamedTuple

_EXTERNAL = re.compile(r"https://[^\s<>\"'\\]+")
_CONTACT = re.compile(r"mailto:[^\s<>\"'\\:/?@]+@[A-Za-z0-9.-]+|tel:\+?[0-9][0-9.()-]{2,30}")
_INSIDE = re.compile(
    r"(?:\.{1,2}/)*(?P<folder>points/|pages/)?(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?:\.md|/(?:index\.html)?)?"
)


OWN_PLACE = frozenset({"about", "privacy", "accessibility"})
"""Free pages that every site has: they stand at ``<lang>/<id>/``, others at ``<lang>/pages/``."""


class Inside(NamedTuple):
    """Name something of the same site and language.

    Attributes:
        key: ``points/<id>``, ``pages/<id>`` or the name of a page that every site has (``help``).
        path: its file below the folder of its language.
    """

    key: str
    path: str


def is_external(address: str) -> bool:
    """Tell whether an address leads to another site by https.

    Args:
        address: address as written.

    Returns:
        True for a well-formed https address.
    """
    return _EXTERNAL.fullmatch(address) is not None


def is_contact(address: str) -> bool:
    """Tell whether an address is one mailbox (mailto) or one telephone number (tel).

    Args:
        address: address as written; a mailto address carries no header fields.

    Returns:
        True for a well-formed one.
    """
    return _CONTACT.fullmatch(address) is not None


def inside(address: str) -> Inside | None:
    """Read an address that names a talking point or a page of the same campaign.

    Args:
        address: ``points/<id>``, ``pages/<id>`` or ``help``, as files (``../pages/about.md``) or
            folders (``pages/about/``).

    Returns:
        What it names, or None when it has another form.
    """
    match = _INSIDE.fullmatch(address)
    if match is None:
        return None
    folder, name = match["folder"] or "", match["name"]
    place = name if folder == "pages/" and name in OWN_PLACE else f"{folder}{name}"
    return Inside(f"{folder}{name}", f"{place}/index.html")


_WEB = re.compile(r"(?<![A-Za-z0-9@$#_/])https?://[^\s<>\"«»“”„‟‹›]+", re.IGNORECASE)
_TRAILING = ".,;:!?…'’\"*_~،؛؟。、！？।"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def web_links(text: str) -> list[tuple[int, int]]:
    """Find the addresses with ``http://`` or ``https://``.

    The full stop after an address is not part of it, nor is a bracket that opened before it.

    Args:
        text: any text.

    Returns:
        Start and end of each address in code points, in order.
    """
    if "://" not in text:
        return []
    found = []
    for match in _WEB.finditer(text):
        address = trimmed(match[0])
        if "." in address or "localhost" in address:
            found.append((match.start(), match.start() + len(address)))
    return found


def trimmed(address: str) -> str:
    """Take off what ends a sentence and not an address.

    Args:
        address: as it was found in a text.

    Returns:
        The address without marks at its end and brackets that opened before it.
    """
    while address:
        last = address[-1]
        unmatched = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if last not in _TRAILING and not unmatched:
            break
        address = address[:-1]
    return address
