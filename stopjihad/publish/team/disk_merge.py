"""Merge what colleagues committed with ours, and write it to the disk.

Throughout, ``git`` is the workspace's repository, ``merged`` the merge of two commits.
"""

from __future__ import annotations

from typing import NamedTuple

from stopjihad.disk.history import saving_as
from stopjihad.load import files
from stopjihad.publish.team.disk_changes import FileDelta, write_file
from stopjihad.publish.team.shared_tree import (
    WITH_GIT,
    blob_data,
    cannot_share,
    read_tree,
    shared_path,
)
from stopjihad.publish.team.tree_merge import MergedTree, merge_trees
from stopjihad.publish.team.workspace_git import WorkspaceGit


class FetchedChanges(NamedTuple):
    """What a fetch brought.

    Attributes:
        came: files that colleagues changed.
        clashes: those in which two versions wait for somebody to choose.
        returned: those that one removed and the other changed: they are there.
        beside: pictures that both changed, and where the colleagues' ones lie.
        unwritten: what came and is not written to the disk: hidden files, programs.
    """

    came: tuple[FileDelta, ...] = ()
    clashes: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    unwritten: tuple[str, ...] = ()


def merge_commits(git: WorkspaceGit, head: bytes, tip: bytes) -> MergedTree:
    """Merge a colleague's commit ``tip`` with ours, ``head``."""
    base = git.common(head, tip)
    trees = [read_tree(git.store, one) for one in (base, head, tip)]
    return merge_trees(git.store, trees[0], trees[1], trees[2])


def write_merge(git: WorkspaceGit, merged: MergedTree, tip: bytes) -> FetchedChanges:
    """Write to the disk what a merge changes, each file under the name of who changed it."""
    mine = read_tree(git.store, git.head)
    authors = git.authors(tip, git.common(git.head, tip))
    came, unwritten = [], []
    for name in sorted({*mine, *merged.tree}):
        old, new = mine.get(name), merged.tree.get(name)
        path = shared_path(name, old) if old else shared_path(name, new)
        if not path or (new is not None and not shared_path(name, new)):
            unwritten += [name.decode("utf-8", "replace")] if old != new else []
            continue
        if old == new and path not in merged.clashes:
            continue
        before = blob_data(git.store, old) if old else None
        wanted = file_data(git, merged, name)
        with saving_as(authors.get(name, "")):
            write_file(git.root, path, before, wanted)
        came.append(FileDelta(path, authors.get(name, ""), before, wanted))
    return FetchedChanges(
        tuple(came),
        tuple(sorted(merged.clashes)),
        merged.returned,
        tuple(sorted(merged.beside.items())),
        tuple(unwritten),
    )


def file_data(git: WorkspaceGit, merged: MergedTree, name: bytes) -> bytes | None:
    """Give what a file is to be on the disk after a merge; None where there is none."""
    path = name.decode("utf-8", "replace")
    file = merged.tree.get(name)
    if path in merged.clashes or file is None:
        return merged.clashes.get(path)
    data = merged.data.get(file.blob)
    data = blob_data(git.store, file) if data is None else data
    if len(data) > files.limit_of(path):
        raise cannot_share(f"'{path}' came with more bytes than such a file may have", WITH_GIT)
    return data
