"""Judge a message of the Common Alerting Protocol 1.2, also by what its schema lets through.

The order, number and values of its elements are those of the standard (OASIS, CAP-v1.2-os, 3.2).
The schema accepts nine things that are wrong all the same: an end before the beginning, no end, no
headline, no area, a cancel or update without reference, HTML, two blocks of one language, an open
polygon, an identifier with space or comma.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"

_ALERT = (
    "identifier sender sent status msgType source? scope restriction? addresses? code* note? "
    "references? incidents? info*"
)
_INFO = (
    "language? category+ event responseType* urgency severity certainty audience? eventCode* "
    "effective? onset? expires? senderName? headline? description? instruction? web? contact? "
    "parameter* resource* area*"
)
_AREA = "areaDesc polygon* circle* geocode* altitude? ceiling?"
_RESOURCE = "resourceDesc mimeType size? uri? derefUri? digest?"
_PAIR = "valueName value"

_CHILDREN = {
    "alert": _ALERT,
    "info": _INFO,
    "area": _AREA,
    "resource": _RESOURCE,
    "eventCode": _PAIR,
    "parameter": _PAIR,
    "geocode": _PAIR,
}
"""Element to its children in order; ``?`` may be missing, ``+`` may repeat, ``*`` both."""

_VALUES = {
    "status": "Actual Exercise System Test Draft",
    "msgType": "Alert Update Cancel Ack Error",
    "scope": "Public Restricted Private",
    "category": "Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other",
    "responseType": "Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None",
    "urgency": "Immediate Expected Future Past Unknown",
    "severity": "Extreme Severe Moderate Minor Unknown",
    "certainty": "Observed Likely Possible Unlikely Unknown",
}
_MOMENTS = frozenset({"sent", "effective", "onset", "expires"})
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_NAME = re.compile(r"[^\s,<&]+")
MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|&(?:[a-zA-Z]+|#\d+);")
"""HTML in a value: readers of CAP would see it as it is written."""

_CORNER = re.compile(r"-?\d+(?:\.\d{1,6})?,-?\d+(?:\.\d{1,6})?")


class CapFault(NamedTuple):
    """Name one fault of a message: its line from 1, and what is wrong."""

    line: int
    message: str


def cap_faults(data: bytes) -> Iterator[CapFault]:
    """Judge a message.

    Args:
        data: the XML document; document types and entities are refused.
    """
    from lxml import etree

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        yield CapFault(1, "document types and entities are not read")
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        yield CapFault(error.lineno or 1, f"this is not XML: {error.msg}")
        return
    if root.tag != f"{{{NAMESPACE}}}alert":
        yield CapFault(root.sourceline or 1, "the root is no alert of CAP 1.2")
        return
    yield from _shape(root)
    yield from _values(root)
    yield from _message(root)
    for info in _all(root, "info"):
        yield from _block(info, _text(root, "sent"))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(parent: Any, name: str) -> list[Any]:
    found: list[Any] = parent.findall(f"{{{NAMESPACE}}}{name}")
    return found


def _text(parent: Any, name: str) -> str:
    return str(parent.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()


def _line(parent: Any, name: str) -> int:
    found = _all(parent, name)
    return int((found[0] if found else parent).sourceline or 1)


def _shape(element: Any) -> Iterator[CapFault]:
    """Find children that are unknown, out of order, missing, or there too often."""
    wanted = _CHILDREN.get(_name(element))
    if wanted is None:
        return
    rules = [(rule.rstrip("?*+"), rule[-1] if rule[-1] in "?*+" else "") for rule in wanted.split()]
    names = [name for name, _ in rules]
    place = 0
    for child in element:
        if not isinstance(child.tag, str) or not child.tag.startswith(f"{{{NAMESPACE}}}"):
            continue  # comments and signatures
        name, line = _name(child), int(child.sourceline or 1)
        if name not in names:
            yield CapFault(line, f"<{name}> does not belong into <{_name(element)}>")
            continue
        if names.index(name) < place:
            yield CapFault(line, f"<{name}> stands too late: the order of CAP is fixed")
        place = max(place, names.index(name))
        yield from _shape(child)
    counts = Counter(_name(child) for child in element if isinstance(child.tag, str))
    for name, often in rules:
        if not counts[name] and often in {"", "+"}:
            yield CapFault(int(element.sourceline or 1), f"<{name}> is missing")
        elif counts[name] > 1 and often in {"", "?"}:
            yield CapFault(_line(element, name), f"<{name}> stands {counts[name]} times")


def _values(root: Any) -> Iterator[CapFault]:
    """Find values that the standard does not know, and moments that are written otherwise."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name, text, line = _name(element), (element.text or "").strip(), int(element.sourceline)
        if name in _VALUES and text not in _VALUES[name].split():
            yield CapFault(line, f"<{name}> cannot be '{text[:40]}'")
        elif name in _MOMENTS and not _MOMENT.fullmatch(text):
            yield CapFault(line, f"<{name}> is no moment with offset: '{text[:40]}'")
        elif name == "polygon":
            yield from _polygon(text, line)
        elif name not in _CHILDREN and MARKUP.search(text):
            yield CapFault(line, f"<{name}> holds markup: CAP is plain text")


def _polygon(text: str, line: int) -> Iterator[CapFault]:
    corners = text.split()
    if not all(map(_CORNER.fullmatch, corners)):
        yield CapFault(line, "<polygon> holds a corner that is no latitude,longitude")
    elif len(corners) < 4 or corners[0] != corners[-1]:
        yield CapFault(line, "<polygon> is open: its last corner is not its first")


def _message(root: Any) -> Iterator[CapFault]:
    for name in ("identifier", "sender"):
        text = _text(root, name)
        if text and not _NAME.fullmatch(text):
            yield CapFault(_line(root, name), f"<{name}> holds a space, a comma, < or &")
    kind = _text(root, "msgType")
    if kind in {"Update", "Cancel", "Ack", "Error"} and not _text(root, "references"):
        yield CapFault(_line(root, "msgType"), f"a message of type {kind} has no <references>")
    for entry in _text(root, "references").split():
        if len(entry.split(",")) != 3:
            yield CapFault(_line(root, "references"), "<references> are sender,identifier,sent")
    if _text(root, "scope") == "Restricted" and not _text(root, "restriction"):
        yield CapFault(_line(root, "scope"), "a restricted message has no <restriction>")
    if not _all(root, "info") and kind in {"Alert", "Update"}:
        yield CapFault(int(root.sourceline), "<info> is missing: nobody learns what to do")
    languages: set[str] = set()
    for info in _all(root, "info"):
        language = _text(info, "language").lower() or "en-us"
        if language in languages:
            line = _line(info, "language")
            yield CapFault(line, f"two <info> blocks are in the language '{language}'")
        languages.add(language)


def _block(info: Any, sent: str) -> Iterator[CapFault]:
    line = int(info.sourceline)
    for name in ("headline", "description", "area", "expires"):
        if not _all(info, name):
            yield CapFault(line, f"<info> has no <{name}>")
    end, begin = _moment(_text(info, "expires")), _moment(sent)
    if end and begin and end <= begin:
        yield CapFault(_line(info, "expires"), "<expires> is not after <sent>")
    onset = _moment(_text(info, "onset"))
    if end and onset and end <= onset:
        yield CapFault(_line(info, "expires"), "<expires> is not after <onset>")


def _moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
