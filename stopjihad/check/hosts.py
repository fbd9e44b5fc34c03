"""Find hosts of a campaign that look like another of its hosts: one of the two is a trap or a slip.

A host by itself tells nothing: ``stop-djihadisrne.gouv.fr`` is a name like others. Beside the one
that it imitates it is caught. Of the 531 hosts that the sample, the documentation and the reference
name, no two look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from stopjihad.check.finding import at
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem

_PAIRS = (("rn", "m"), ("vv", "w"))
_SAME = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s"})
"""Letters and digits that are taken for each other in most typefaces."""

_ADDRESS = re.compile(r"https?://[^\s<>\"()\[\]]+", re.IGNORECASE)

LEAST = 8
"""Shortest host that another is said to carry in its name: ``un.org`` stands in too many."""


class _Use(NamedTuple):
    """A host where it was first named."""

    document: Document[Any]
    field: str
    host: str


def check_hosts(project: Project) -> Iterator[Problem]:
    """Find hosts that look like others, of helplines, sources, actions, links and sponsor.

    Yields:
        Problems ``address-twin``, each at the first place of the host that is named less often;
        none of a host, or of what is below one, that the campaign lists under ``allow_hosts``.
    """
    uses: dict[str, _Use] = {}
    counts: dict[str, int] = {}
    for use in _named(project):
        uses.setdefault(use.host, use)
        counts[use.host] = counts.get(use.host, 0) + 1
    allowed = project.campaign.record.allow_hosts
    for host, other in twins(counts):
        if not any(host == one or host.endswith(f".{one}") for one in allowed):
            use = uses[host]
            message = f"{host} looks like {other}, which the campaign names as well"
            hint = "correct it; where both are meant, list it under allow_hosts"
            yield at(use.document, use.field, "address-twin", message, hint)


def _named(project: Project) -> Iterator[_Use]:
    sponsor = project.campaign.record.sponsor
    if sponsor.url:
        yield from _of(project.campaign, "sponsor.url", sponsor.url)
    if project.helplines is not None:
        for index, line in enumerate(project.helplines.record.helplines):
            for name in ("url", "source"):
                field = f"helplines.{index}.{name}"
                yield from _of(project.helplines, field, getattr(line, name))
    for document in project.points:
        point = document.record
        yield from _of(document, "action.url", point.action.url or "")
        for index, source in enumerate(point.sources):
            yield from _of(document, f"sources.{index}.url", source.url)
        yield from _linked(document, point.body)
    for page in project.pages:
        yield from _linked(page, page.record.body)


def _linked(document: Document[Any], text: str) -> Iterator[_Use]:
    if "://" in text:
        for address in _ADDRESS.findall(text):
            yield from _of(document, "body", address)


def _of(document: Document[Any], field: str, address: str) -> Iterator[_Use]:
    slash = address.find("/", len("https://"))
    host = _host(address[:slash] if slash > 0 else address)
    if host:
        yield _Use(document, field, host)


@lru_cache(maxsize=1024)
def _host(start: str) -> str:
    """Name the host of an address of which the path was cut: a campaign names few again and again.

    Returns:
        The host without ``www.``; empty where there is none (``address-odd`` tells that).
    """
    try:
        return (urlsplit(start).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def twins(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Pair hosts that look alike, the rarer one first.

    Args:
        counts: how often the campaign names each host, in its order.

    Yields:
        A host, and the one that it looks like; each host at most once.
    """
    often = sorted(counts, key=lambda host: -counts[host])  # else in the order of the campaign
    seen: dict[str, str] = {}
    for host in often:
        other = seen.setdefault(_shape(host), host)
        if other != host:
            yield host, other
    names = {_flat(host): host for host in often if len(host) >= LEAST}
    for host in often:
        other = _carried(host, names)
        if other and seen[_shape(host)] == host:
            yield host, other


def _shape(host: str) -> str:
    """Give what a hasty reader sees of a host."""
    for pair, one in _PAIRS:
        host = host.replace(pair, one)
    return host.translate(_SAME)


def _flat(host: str) -> str:
    return host.replace(".", "-")


def _carried(host: str, names: Mapping[str, str]) -> str:
    """Name the other host with which a host begins, its dots perhaps as hyphens, if any.

    ``example.gouv.fr.evil.com`` and ``example.gouv-fr.com`` begin with ``example.gouv.fr``. The
    same name below a country, as ``example.com.tr`` beside ``example.com``, is no trap.
    """
    flat = _flat(host)
    for end in re.finditer("-", flat):
        other = names.get(flat[: end.start()], "")
        rest = host[end.start() :]
        if other and not re.fullmatch(r"\.[a-z]{2}", rest):
            return other
    return ""
