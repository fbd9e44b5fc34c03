"""Find web addresses in a text."""

from __future__ import annotations

import re

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
