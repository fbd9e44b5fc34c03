"""Keep git's list of files in step, so that git itself sees what we did and undoes none of it.

An entry without times and size is looked at by git when it is asked next; it keeps its own entry
where nothing changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from io import BytesIO
from typing import TYPE_CHECKING, Any

from stopjihad import disk
from stopjihad.publish.repository import ask_library
from stopjihad.publish.team.shared_tree import WITH_GIT, GitFile, GitTree, cannot_share

if TYPE_CHECKING:
    from dulwich.index import ConflictedIndexEntry, IndexEntry

    Entries = dict[bytes, IndexEntry | ConflictedIndexEntry]

_NAME, _LOCK = "index", "index.lock"
_MOST = 64 * 1024 * 1024
"""Bytes of a list: that of 100,000 files has some ten million."""


def read_index(folder: str) -> Entries:
    """Read the list of a repository; nothing where there is none.

    Raises:
        ProblemsFound: ``share-repository``: only a part of the files is on the disk.
        Unreachable: it cannot be read.
    """
    from dulwich.index import (
        EXTENDED_FLAG_SKIP_WORKTREE,
        IndexEntry,
        read_index_dict_with_version,
    )

    data = disk.read_below(folder, _NAME, _MOST)
    if data is None:
        return {}
    found: Entries = ask_library(lambda: read_index_dict_with_version(BytesIO(data))[0])
    for entry in found.values():
        if isinstance(entry, IndexEntry) and entry.extended_flags & EXTENDED_FLAG_SKIP_WORKTREE:
            raise cannot_share("only a part of the repository is on the disk", WITH_GIT)
    return found


def write_index(
    folder: str,
    before: GitTree,
    now: GitTree,
    sides: tuple[GitTree, GitTree, GitTree] = ({}, {}, {}),
    clashes: Collection[str] = (),
) -> None:
    """Let the list say what a commit holds; files of neither commit stay in it.

    Args:
        before: the commit that the branch was at.
        now: the one that it is at.
        sides: the commits of a merge: what both began with, one's own, the colleagues'.
        clashes: files that wait for somebody to choose.

    Raises:
        ProblemsFound: as for `refuse_locked`.
    """
    from dulwich.index import ConflictedIndexEntry, IndexEntry, write_index_dict

    old = read_index(folder)
    fresh: Any = {path: one for path, one in old.items() if path not in before}
    for path, file in now.items():
        entry = old.get(path)
        same = isinstance(entry, IndexEntry) and (entry.mode, entry.sha) == file
        fresh[path] = entry if same else _entry(file)
    for name in clashes:
        base, mine, theirs = (side.get(name.encode()) for side in sides)
        fresh[name.encode()] = ConflictedIndexEntry(
            *(_entry(one) if one else None for one in (base, mine, theirs))
        )
    out = BytesIO()
    ask_library(lambda: write_index_dict(out, fresh))
    data = out.getvalue()
    refuse_locked(folder)
    with disk.hold(folder) as here:
        disk.create_in(here, _LOCK, data, hashlib.sha1(data, usedforsecurity=False).digest())
        here.rename(_LOCK, here, _NAME)


def refuse_locked(folder: str) -> None:
    """Refuse while another git writes the list.

    Raises:
        ProblemsFound: ``share-repository``: it does, or was killed.
    """
    with disk.hold(folder) as here:
        if here.is_there(_LOCK):
            raise cannot_share(
                "another git is at work in this workspace",
                "wait for it; if none is, delete the file index.lock in its folder .git",
            )


def _entry(file: GitFile) -> Any:
    from dulwich.index import IndexEntry

    return IndexEntry((0, 0), (0, 0), 0, 0, file.mode, 0, 0, 0, file.blob)  # type: ignore[arg-type]
