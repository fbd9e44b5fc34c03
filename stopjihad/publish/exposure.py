"""Look as a reader does whether what publishing keeps on a target can be read: it must not."""

from __future__ import annotations

import http.client
import threading
import urllib.error
import urllib.request
from urllib.parse import urljoin

from stopjihad.model.targets import PublishTarget
from stopjihad.problem import Problem
from stopjihad.publish.release import PUBLIC_MANIFEST
from stopjihad.publish.releases_layout import FOLDERS
from stopjihad.publish.site_record import POINTER, STATE

PATIENCE = 10.0
"""Seconds to wait for all answers: a server that sends a byte now and then holds nobody up."""

MARKS = (b"stopjihad-published/", b"stopjihad-site/")
"""One stands in every record and list of ours: a server that answers all with one page is not
meant."""


def exposed_record(target: PublishTarget, id_: str) -> Problem | None:
    """Ask, where readers see a target, for what it keeps beside the publication ``id_``.

    Returns:
        The problem ``publish-open`` when it is given to anybody; None also when nobody answers, and
        for a target without an address.
    """
    if target.address is None:
        return None
    asked = _kept_addresses(target, f"{target.address.rstrip('/')}/", id_)
    found: list[str] = []

    def look() -> None:
        found.extend(one for one in asked if any(mark in _answer(one) for mark in MARKS))

    reader = threading.Thread(target=look, daemon=True)
    reader.start()
    reader.join(PATIENCE)
    if not found:
        return None
    hint = "close /.stopjihad/ (docs/servers.md), or give the target a 'state' elsewhere"
    if STATE not in found[0]:
        hint = "let the web server show the folder 'current' alone"
    return Problem(
        path=found[0],
        code="publish-open",
        message="anybody can read what publishing keeps: also what was taken back",
        hint=hint,
    )


def _kept_addresses(target: PublishTarget, base: str, id_: str) -> tuple[str, ...]:
    """Name what must not be given to readers; ``current`` may be a part of their address."""
    place = target.folder or target.sftp
    if place is None or place.layout == "plain":
        return (f"{base}{STATE}/{POINTER}",)
    kept = f"{FOLDERS}/{id_}/{PUBLIC_MANIFEST}"
    return tuple(dict.fromkeys((f"{base}{kept}", urljoin(base, f"../{kept}"))))


def _answer(where: str) -> bytes:
    try:
        with urllib.request.urlopen(where, timeout=PATIENCE) as answer:  # noqa: S310 (http only)
            found: bytes = answer.read(1 << 16)
            return found
    except (OSError, ValueError, http.client.HTTPException, urllib.error.URLError):
        return b""
