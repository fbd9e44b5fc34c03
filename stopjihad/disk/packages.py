"""Name the versions of installed packages by their folders, without reading what is in them."""

from __future__ import annotations

import os
import re
import sys
from functools import cache

_INFO = ".dist-info"


def installed_version(name: str) -> str:
    """Give the version of a package.

    Args:
        name: in any spelling.

    Returns:
        What the folder of the package says; empty where none does, or two of one path do.
    """
    return _installed(tuple(sys.path)).get(_plain(name), "")


def _plain(name: str) -> str:
    """Give the form in which names of packages are compared: PEP 503, with underscores."""
    return re.sub(r"[-_.]+", "_", name).lower()


@cache
def _installed(path: tuple[str, ...]) -> dict[str, str]:
    """Read the names of folders, NAME-VERSION.dist-info; what comes first is what is imported."""
    found: dict[str, str] = {}
    for place in path:
        here: dict[str, str] = {}
        try:
            names = [one for one in os.listdir(place or ".") if one.endswith(_INFO)]
        except OSError:  # an archive, or nothing
            continue
        for one in names:
            name, _, version = one.removesuffix(_INFO).partition("-")
            here[_plain(name)] = "" if _plain(name) in here else version
        found = here | found
    return found
