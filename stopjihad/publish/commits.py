"""Name the commit that a workspace is at, and tell which commits are in its past.

A workspace may bring a repository of a stranger: none of its settings is read, no command is run,
and what is no plain file in it makes it none at all.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from stopjihad import disk
from stopjihad.publish.destination import Unreachable

MOST_COMMITS = 100_000
"""Commits of a history that are looked at: a second or two."""

_COMMIT = re.compile(r"[0-9a-f]{40}\Z")
_HEAD_BYTES, _PACKED_BYTES = 4_096, 16 * 1024 * 1024


def commit_of(root: Path) -> str:
    """Name the commit of the workspace's repository; empty when there is none."""
    for folder in _folders(root):
        head = _line(folder, "HEAD")
        if not head.startswith("ref: "):
            return head if _COMMIT.match(head) else ""
        ref = head.removeprefix("ref: ").strip()
        found = _line(_shared_folder(folder), ref) or _packed_ref(_shared_folder(folder), ref)
        return found if _COMMIT.match(found) else ""
    return ""


def commit_mark(commit: str) -> str:
    """Give what stands for a commit on a target: it names it only to who has it; 40 digits."""
    return hashlib.sha256(f"stopjihad {commit}".encode()).hexdigest()[:40] if commit else ""


def descends(root: Path, mark: str) -> bool:
    """Tell whether the workspace's commit comes after another, or is the same.

    Returns:
        False also when there is no repository, or when it does not know the commit.
    """
    head = commit_of(root)
    if not head or not mark or commit_mark(head) == mark:
        return bool(head) and commit_mark(head) == mark
    try:
        from stopjihad.publish.repository import ask_library, plain_repository
    except ImportError:
        return False
    try:
        folder = next(_shared_folder(folder) for folder in _folders(root))
        plain_repository(folder)
        return ask_library(lambda: _is_past(folder, head.encode(), mark))
    except (Unreachable, ImportError):
        return False


def _is_past(folder: str, head: bytes, mark: str) -> bool:
    from dulwich.object_store import DiskObjectStore

    store: Any = DiskObjectStore(os.path.join(folder, "objects"))  # noqa: PTH118 (it takes texts)
    pending, seen = [head], {head}
    with closing(store):
        while pending and len(seen) < MOST_COMMITS:
            try:
                parents = getattr(store[pending.pop()], "parents", [])
            except KeyError:  # a clone that is shallow
                continue
            if any(commit_mark(parent.decode()) == mark for parent in parents):
                return True
            pending += [parent for parent in parents if parent not in seen]
            seen.update(parents)
    return False


def _folders(root: Path) -> Iterator[str]:
    """Give the folder of the repository that a workspace is in; a working tree names another."""
    for above in (root.absolute(), *root.absolute().parents):
        place = above / ".git"
        if place.is_dir() and not place.is_symlink():
            yield str(place)
            return
        line = _line(str(above), ".git")
        if line.startswith("gitdir: "):
            yield str((above / line.removeprefix("gitdir: ")).absolute())
            return


def _shared_folder(folder: str) -> str:
    """Give the folder that the working trees of a repository share."""
    common = _line(folder, "commondir")
    return str(Path(folder, common).absolute()) if common else folder


def _line(folder: str, path: str) -> str:
    data = disk.read_below(folder, path, _HEAD_BYTES) or b""
    return data.decode("utf-8", "replace").partition("\n")[0].strip()


def _packed_ref(folder: str, ref: str) -> str:
    data = disk.read_below(folder, "packed-refs", _PACKED_BYTES) or b""
    for line in data.decode("utf-8", "replace").splitlines():
        commit, _, name = line.partition(" ")
        if name == ref:
            return commit
    return ""
