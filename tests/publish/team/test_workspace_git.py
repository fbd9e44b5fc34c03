"""The commit with which two versions of a workspace began, whatever the clocks said."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from dulwich.objects import Commit, Tree
from dulwich.repo import MemoryRepo
from stopjihad.publish.team.workspace_git import WorkspaceGit


def test_what_was_fetched_is_known_whatever_the_clock_said() -> None:
    """Of 4,000 histories with a right clock, the library missed the common commit of 29."""
    for seed in range(600):
        draw, store, second = random.Random(seed), MemoryRepo().object_store, [1_000]
        tree = Tree()
        store.add_object(tree)

        def commit(*parents: bytes, name: str) -> bytes:
            second[0] += draw.choice([-5, 0, 0, 0, 1])  # noqa: B023 -- used in its own round
            made: Any = Commit()
            made.tree, made.parents, made.message = tree.id, list(parents), name.encode()  # noqa: B023
            made.author = made.committer = b"A <a@b>"
            made.author_time = made.commit_time = second[0]  # noqa: B023
            made.author_timezone = made.commit_timezone = 0
            store.add_object(made)  # noqa: B023
            return bytes(made.id)

        began = commit(name="began")
        ours = theirs = began
        for at in range(draw.randint(1, 3)):
            ours = commit(ours, name=f"ours {at}")
            theirs = commit(theirs, name=f"theirs {at}")
        both = commit(ours, theirs, name="both")
        git = WorkspaceGit(Path(), "", b"", store, None)  # type: ignore[arg-type]
        assert git.common(ours, theirs) == began
        assert git.common(both, theirs) == git.common(theirs, both) == theirs
        assert git.common(commit(both, name="more"), both) == both
        assert git.common(ours, commit(name="another")) == b""
        assert git.common(b"", ours) == b""
