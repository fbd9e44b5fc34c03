"""Find hosts of a campaign that look like another of its hosts: one of the two is a trap or a slip.

A host by itself tells nothing: ``stop-djihadisrne.gouv.fr`` is a name like others. Beside the one
that it imitates it is caught. Of the 531 hosts that the sample, the documentation and the reference
name, no two look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import msgspec

from stopjihad.check.finding import at
from stopjihad.check.texts import authored_files, texts_in
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem
from stopjihad.text.unicode.lookalikes import fold_lookalikes

_START = re.compile(r"://([^\s<>\"()\[\]/\\?#]+)")
"""What stands between the scheme of an address and its path."""

LEAST = 8
"""Shortest host that another is said to carry in its name: ``un.org`` stands in too many."""


def check_hosts(project: Project) -> Iterator[Problem]:
    """Find hosts that look like others, in all texts of a campaign.

    Yields:
        Problems ``address-twin``, each at the first place of the host that is named less often;
        none of a host, or of what is below one, that the campaign lists under ``allow_hosts``.
    """
    first: dict[str, Document[Any]] = {}
    counts: dict[str, int] = {}
    for document in authored_files(project):
        # As JSON: to name each field would take ten times as long, and hardly any is asked for.
        for start in _START.findall(msgspec.json.encode(document.record).decode()):
            host = _host(start)
            first.setdefault(host, document)
            counts[host] = counts.get(host, 0) + 1
    counts.pop("", None)
    allowed = project.campaign.record.allow_hosts
    for host, other in twins(counts):
        if not any(host == one or host.endswith(f".{one}") for one in allowed):
            document = first[host]
            message = f"{host} looks like {other}, which the campaign names as well"
            hint = "correct it; where both are meant, list it under allow_hosts"
            yield at(document, _field_of(document, host), "address-twin", message, hint)


def _field_of(document: Document[Any], host: str) -> str:
    """Name the first field that names a host."""
    fields = texts_in(document.record)
    return next((field for field, text in fields if host in map(_host, _START.findall(text))), "")


@lru_cache(maxsize=1024)
def _host(start: str) -> str:
    """Name the host of what ``_START`` finds: a campaign names few again and again.

    Returns:
        The host without ``www.``; empty where there is none (``address-odd`` tells that).
    """
    try:
        return (urlsplit(f"https://{start}").hostname or "").removeprefix("www.")
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
        other = _carried_host(host, names)
        if other and seen[_shape(host)] == host:
            yield host, other


def _shape(host: str) -> str:
    """Give what a hasty reader sees of a host: a dot is as good as a hyphen."""
    return fold_lookalikes(_flat(host))


def _flat(host: str) -> str:
    return host.replace(".", "-")


def _carried_host(host: str, names: Mapping[str, str]) -> str:
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
