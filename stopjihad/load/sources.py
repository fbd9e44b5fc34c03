"""Read the files of one campaign's folder, unparsed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from stopjihad.load import files
from stopjihad.problem import Problem


class Sources(msgspec.Struct, frozen=True):
    """Hold the bytes of a campaign's files by path, and the digest over all of them."""

    slug: str
    files: dict[str, bytes]
    digest: str


def read_sources(root: Path, slug: str) -> tuple[Sources, list[Problem]]:
    """Read every file of a campaign.

    Args:
        root: the workspace.
        slug: name of the folder in ``campaigns/``.

    Returns:
        The bytes of all files, and problems of reading.
    """
    paths, problems = files.walk(root, f"campaigns/{slug}")
    problems += files.odd_names(root, "campaigns")
    found: dict[str, bytes] = {}
    digest = hashlib.sha256()
    for path, data in files.read_all(root, paths):
        if isinstance(data, Problem):
            problems.append(data)
            continue
        found[path] = data
        digest.update(f"{path}\0".encode() + hashlib.sha256(data).digest())
    return Sources(slug, found, digest.hexdigest()), problems
