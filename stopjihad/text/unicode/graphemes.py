r"""Cut text into what readers see as characters: UAX #29 extended grapheme clusters (Unicode 15.1).

We keep our own table and one pattern over it. The package ``regex`` (``\\X``), which this project
uses elsewhere, fails 5 of the 1,187 cases of Unicode 15.1's GraphemeBreakTest (conjuncts after a
Devanagari virama, ZWJ between pictographs that are no emoji), takes 12 ms to import, and follows
another version of Unicode with each release, so that counts would change without our doing.
"""

from __future__ import annotations

import re
from functools import cache

from stopjihad.text.unicode.class_table import ClassTable
from stopjihad.text.unicode.data import GRAPHEME

_CLUSTER = re.compile(
    r"RF|[RFc]"  # GB3 to GB5
    r"|p*(?:"  # GB9b
    r"L*(?:V+|HV*|I)T*|L+|T+"  # GB6 to GB8
    r"|rr?"  # GB12, GB13
    r"|k(?:[nj]*v[nvj]*k)*"  # GB9c
    r"|x(?:[nve]*jx)*"  # GB11
    r"|[^RFc]"  # GB999
    r")[nvejs]*"  # GB9, GB9a
)
_ALONE = re.compile(r"[oxk]*")  # classes that never join each other


def clusters(text: str) -> list[str]:
    """Cut a text into extended grapheme clusters."""
    classes = _needed_classes(text)
    if classes is None:
        return list(text)
    found: list[str] = []
    start = 0
    for cluster in _CLUSTER.findall(classes):
        end = start + len(cluster)
        found.append(text[start:end])
        start = end
    return found


def count(text: str) -> int:
    """Count what readers see as characters.

    Returns:
        The number of extended grapheme clusters.
    """
    classes = _needed_classes(text)
    return len(text) if classes is None else len(_CLUSTER.findall(classes))


def _needed_classes(text: str) -> str | None:
    """Give the classes of a text, or None when each character is a cluster of its own."""
    if text.isascii():
        return text.translate(_classes()) if "\r\n" in text else None
    classes = text.translate(_classes())
    return None if _ALONE.fullmatch(classes) else classes


@cache
def _classes() -> ClassTable:
    """Decode the table of classes when the first text needs it."""
    return ClassTable(GRAPHEME)
