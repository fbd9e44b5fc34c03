"""Name the program that runs: digests of its code and data, versions of installed packages.

Versions are read from the names of folders, without looking at what is in them.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple


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

    Returns:
        What the folder of the package says; empty where none does, or two of one path do.
    """
    return _installed_packages(tuple(sys.path)).get(_plain(name), "")


def _plain(name: str) -> str:
    """Give the form in which names of packages are compared: PEP 503, with underscores."""
    return re.sub(r"[-_.]+", "_", name).lower()


@cache
def _installed_packages(path: tuple[str, ...]) -> dict[str, str]:
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


class EntryPoint(NamedTuple):
    """One entry point: its name, ``module:attribute``, and the package with its version."""

    name: str
    target: str
    package: str


def list_entry_points(group: str) -> tuple[EntryPoint, ...]:
    """List the entry points of a ``group`` in all installed packages, sorted; nothing is imported.

    ``importlib.metadata`` would take ten times as long (docs/benchmarks.md).
    """
    return _read_entry_points(tuple(sys.path), group)


@cache
def _read_entry_points(path: tuple[str, ...], group: str) -> tuple[EntryPoint, ...]:
    found: dict[str, EntryPoint] = {}
    for place in path:
        try:
            names = [one for one in os.listdir(place or ".") if one.endswith(_INFO)]
        except OSError:
            continue
        for one in names:
            try:
                with open(
                    os.path.join(place or ".", one, "entry_points.txt"), encoding="utf-8"
                ) as file:
                    lines = file.read().splitlines()
            except (OSError, UnicodeDecodeError):
                continue
            package, _, version = one.removesuffix(_INFO).partition("-")
            for name, target in _entry_points(lines, group):
                found.setdefault(name, EntryPoint(name, target, f"{package} {version}"))
    return tuple(found[name] for name in sorted(found))


def code_of(one: EntryPoint) -> str:
    """Digest the package of an entry point: who writes it changes its files under one version.

    Returns:
        SHA-256 in lower-case hexadecimal over name, version, and the files of its module.
    """
    digest = hashlib.sha256("\0".join(one).encode())
    top = one.target.partition(":")[0].partition(".")[0]
    found = find_spec(top) if top else None
    if found is not None and found.origin:
        for path in sorted(Path(found.origin).parent.glob("*.py")):
            if found.submodule_search_locations or path.stem == top:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _entry_points(lines: list[str], group: str) -> Iterator[tuple[str, str]]:
    inside = False
    for line in lines:
        if line.startswith("["):
            inside = line.strip() == f"[{group}]"
        elif inside and "=" in line:
            name, _, target = line.partition("=")
            yield name.strip(), target.strip()
