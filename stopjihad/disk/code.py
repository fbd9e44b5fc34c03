"""Digest the program's own code and data."""

from __future__ import annotations

import hashlib
import os
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
