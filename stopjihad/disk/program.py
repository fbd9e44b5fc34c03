"""Name the program that runs: digests of its code and data, versions of installed packages.

Versions are read from the names of folders, without looking at what is in them.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from functools import cache
from pathlib import Path


@cache
def code_digest(*folders: str) -> str:
    """Digest the package's own code and data, so that a newer version makes everything anew.

    Args:
        folders: folders of the package that matter, such as ``check/rules``; all when none is
            given.

    Returns:
        SHA-256 in lower-case hexadecimal over the names and bytes of all their files.
    """
    digest = hashlib.sha256()
    inside = tuple(f"{folder}/" for folder in folders)
    for name, own in _file_digests():
        if not inside or name.startswith(inside):
            digest.update(name.encode() + b"\0" + own)
    return digest.hexdigest()


_PASSED_OVER = frozenset({"_share", "__pycache__"})
"""Folders without a say of their own: templates and assets, which are digested where they are read,
and compiled code."""


@cache
def _file_digests() -> tuple[tuple[str, bytes], ...]:
    """Read every file of the package once."""
    package = str(Path(__file__).resolve().parent.parent)
    found: list[tuple[str, bytes]] = []
    for folder, below, files in os.walk(package):
        below[:] = [name for name in below if name not in _PASSED_OVER]
        for file in files:
            if file.endswith((".py", ".yaml", ".json", ".txt")):
                path = os.path.join(folder, file)
                with open(path, "rb") as opened:
                    own = hashlib.sha256(opened.read()).digest()
                found.append((path[len(package) + 1 :].replace(os.sep, "/"), own))
    return tuple(sorted(found))


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
