"""Look into the repository that a workspace is in: branch, commits, and what git has not finished.

Nothing is written here, and nothing of the repository runs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from stopjihad import disk
from stopjihad.publish.destination import Unreachable
from stopjihad.publish.repository import MAPPED, ask_library, plain_repository
from stopjihad.publish.schema import plain
from stopjihad.publish.team.remote_name import BRANCH, TeamRemote, team_remote
from stopjihad.publish.team.shared_tree import WITH_GIT, cannot_share

FETCHING = "stopjihad-fetch"
"""File in git's folder: the commit whose files are being written to the disk."""

MERGING = "MERGE_HEAD"
"""Git's own file: the commits whose files are on the disk, and wait to be settled and committed."""

MOST_COMMITS = 100_000
"""Commits that are looked at: a second or two."""

_UNFINISHED = ("rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG")
_COMMIT = re.compile(rb"[0-9a-f]{40}")


class WorkspaceGit(NamedTuple):
    """The repository of a workspace.

    Attributes:
        folder: its own, ``.git`` of the workspace.
        branch: whole name of the branch that the workspace is at.
    """

    root: Path
    folder: str
    branch: bytes
    store: Any
    remote: TeamRemote

    def tip(self, ref: bytes) -> bytes:
        """Give the commit of a ref; empty where there is none."""
        from dulwich.refs import DiskRefsContainer

        refs: Any = DiskRefsContainer(self.folder)
        return bytes(
            ask_library(lambda: refs.read_loose_ref(ref) or refs.get_packed_refs().get(ref) or b"")
        )

    @property
    def head(self) -> bytes:
        """The commit that the workspace is at; empty before the first."""
        return self.tip(self.branch)

    def pending_commits(self, name: str) -> tuple[bytes, ...]:
        """Give the commits that a file of git's folder names: `FETCHING` or `MERGING`."""
        lines = (disk.read_below(self.folder, name, 4_096) or b"").split()
        return tuple(one for one in lines if _COMMIT.fullmatch(one) and one in self.store)

    def note(self, name: str, commit: bytes) -> None:
        """Write such a file; none where there is no commit."""
        with disk.hold(self.folder) as here:
            if commit:
                disk.replace_in(here, name, commit + b"\n", sync=True)
            elif here.is_there(name):
                here.forget(name)

    def common(self, one: bytes, other: bytes) -> bytes:
        """Give the commit with which two began, the newest of several; empty where there is none.

        The library's search goes by the seconds of commits, and misses it among those of one
        second, or of a wrong clock: who had fetched all was told to fetch first.
        """
        ours, theirs = self._history(one), self._history(other)
        shared = ours.keys() & theirs.keys()
        older = {parent for name in shared for parent in ours[name].parents}
        newest = sorted(shared - older, key=lambda name: (ours[name].commit_time, name))
        return newest[-1] if newest else b""

    def _history(self, tip: bytes) -> dict[bytes, Any]:
        """Collect a commit and all from which it comes, as far as they are here."""
        found: dict[bytes, Any] = {}
        pending = [tip]
        while pending and len(found) < MOST_COMMITS:
            name = pending.pop()
            if name and name not in found and name in self.store:
                found[name] = ask_library(lambda: self.store[name])  # noqa: B023 -- asked at once
                pending += found[name].parents
        return found

    def authors(self, tip: bytes, base: bytes) -> dict[bytes, str]:
        """Name who changed which path last, in the commits that led from ``base`` to ``tip``."""
        from dulwich.diff_tree import tree_changes

        found: dict[bytes, str] = {}
        for commit in self._between(tip, base):
            parents = [self.store[one].tree for one in commit.parents if one in self.store]
            if len(parents) > 1:
                continue
            changes = tree_changes(self.store, parents[0] if parents else None, commit.tree)
            for change in changes:
                for entry in (change.new, change.old):
                    if entry is not None and entry.path is not None:
                        found.setdefault(bytes(entry.path), author_name(commit))
        return found

    def _between(self, tip: bytes, base: bytes) -> Iterator[Any]:
        """Give commits that led to ``tip``, newest first; at most `_TOLD`."""
        pending, seen = [tip], {tip, base}
        for _ in range(_TOLD):
            known = [(one, self.store[one]) for one in pending if one in self.store]
            if not known:
                return
            name, commit = max(known, key=lambda pair: pair[1].commit_time)
            pending = [one for one, _ in known if one != name]
            yield commit
            pending += [bytes(one) for one in commit.parents if one not in seen]
            seen.update(map(bytes, commit.parents))


_TOLD = 500
"""Commits whose authors are named."""


def author_name(commit: Any) -> str:
    """Give the name that stands at a commit, without its address; empty where it is none."""
    name = plain(commit.author.partition(b"<")[0].decode("utf-8", "replace")).strip()[:80]
    return "" if "@" in name else name


@contextmanager
def open_workspace(root: Path) -> Iterator[WorkspaceGit]:
    """Open the repository of a workspace while a block runs.

    Raises:
        ProblemsFound: ``share-repository``: there is none that can be shared from here.
    """
    from dulwich.object_store import DiskObjectStore

    _refuse_other_places(root)
    try:
        folder = plain_repository(str(root / ".git"))
    except Unreachable as error:
        raise cannot_share(f"the workspace's git cannot be used: {error}", WITH_GIT) from None
    head = (disk.read_below(folder, "HEAD", 4_096) or b"").strip()
    branch = head.removeprefix(b"ref:").strip()
    if not head.startswith(b"ref:") or not BRANCH.fullmatch(branch):
        raise cannot_share(
            "git is at a single commit, not on a branch", "type: git switch main (or your branch)"
        )
    _refuse_unfinished(folder)
    remote = team_remote(folder, branch)
    store: Any = DiskObjectStore(
        os.path.join(folder, "objects"),  # noqa: PTH118 (the library takes texts)
        packed_git_limit=MAPPED,
    )
    with closing(store):
        yield WorkspaceGit(root, folder, branch, store, remote)


def _refuse_other_places(root: Path) -> None:
    """Refuse where git's folder is not the workspace's own."""
    place = root / ".git"
    if place.is_symlink() or place.is_file():
        raise cannot_share(
            "the workspace is a part of another repository (submodule or working tree)", WITH_GIT
        )
    if not place.is_dir():
        above = any((one / ".git").exists() for one in root.absolute().parents)
        if above:
            raise cannot_share("the workspace lies inside of another repository", WITH_GIT)
        raise cannot_share(
            "the workspace is in no git repository",
            "who keeps yours types git clone ADDRESS, and you open the workspace that comes",
        )


def _refuse_unfinished(folder: str) -> None:
    with disk.hold(folder) as here:
        names: Iterable[str] = here.names()
    begun = sorted(set(names) & set(_UNFINISHED))
    if begun:
        raise cannot_share(
            f"git is in the middle of something here ({begun[0]})",
            "end it where it was begun, such as with: git rebase --abort",
        )
    if (disk.read_below(folder, "shallow", 4_096) or b"").strip():
        raise cannot_share(
            "the history of this copy is cut off", "type once: git fetch --unshallow"
        )
