"""Names of talking points and pages: a file's name, and part of a published address."""

from __future__ import annotations

import re
import unicodedata

MAX_ID = 80
"""Longest id in characters."""

DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
"""Names Windows keeps for devices, with any extension.
Source: Microsoft, Naming Files, Paths, and Namespaces."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_id(name: str) -> bool:
    """Tell whether a name can be an id: small letters, digits and single hyphens."""
    return not id_fault(name)


def id_fault(name: str) -> str:
    """Say why a name cannot be an id; empty when it can."""
    if name in DEVICES:
        return "Windows keeps this name for a device"
    fits = len(name) <= MAX_ID and _ID.fullmatch(name) is not None
    return "" if fits else "use small letters, digits and hyphens"


def proposed_id(name: str) -> str:
    """Make an id of a name as far as its letters are Latin.

    Returns:
        For example ``my-point``; empty when no letter is left.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:MAX_ID].strip("-")
