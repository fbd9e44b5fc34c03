"""Look as a reader does whether what publishing keeps on a target can be read: it must not."""

from __future__ import annotations

import http.client
import threading
import urllib.error
import urllib.request

from stopjihad.problem import Problem
from stopjihad.publish.release import POINTER, STATE

PATIENCE = 10.0
"""Seconds to wait for the whole answer: a server that sends a byte now and then holds nobody up."""

MARK = b"stopjihad-published"
"""Stands in every record of ours: a server that answers all with one page is not meant."""


def exposed_record(address: str) -> Problem | None:
    """Ask an address for the record of what is published.

    Args:
        address: of the site, as readers see it.

    Returns:
        The problem ``publish-open`` when it is given to anybody; None also when nobody answers.
    """
    where = f"{address.rstrip('/')}/{STATE}/{POINTER}"
    answers: list[bytes] = []
    reader = threading.Thread(target=lambda: answers.append(_answer(where)), daemon=True)
    reader.start()
    reader.join(PATIENCE)
    if not any(MARK in found for found in answers):
        return None
    return Problem(
        path=where,
        code="publish-open",
        message="anybody can read what publishing keeps: also what was taken back",
        hint="close /.stopjihad/ (docs/servers.md), or give the target a 'state' elsewhere",
    )


def _answer(where: str) -> bytes:
    try:
        with urllib.request.urlopen(where, timeout=PATIENCE) as answer:  # noqa: S310 (http only)
            found: bytes = answer.read(1 << 16)
            return found
    except (OSError, ValueError, http.client.HTTPException, urllib.error.URLError):
        return b""
