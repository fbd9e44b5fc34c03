"""Fetch what colleagues sent, and send what is on the disk.

What is on the disk is committed before anything is merged into it. Files are written one by one,
each only while it is what was committed; what somebody types meanwhile is merged with what comes.
A fetch that is killed is noted in git's folder and goes on where it stopped. Where both changed the
same lines, both versions stand in the file between git's marks, and git's own note of an unfinished
merge says so: once nobody's marks are left, the next step commits the merge.

Throughout, ``by`` is what the person calls itself, and ``git`` the workspace's repository.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from stopjihad import disk
from stopjihad.disk.history import saving_as
from stopjihad.disk.lock import Busy
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.destination import AlteredFile, LostConnection, Unreachable
from stopjihad.publish.git_objects import add_objects, make_trees
from stopjihad.publish.repository import LocalRepository, Repository, ask_library, open_repository
from stopjihad.publish.team.disk_changes import (
    FileDelta,
    file_deltas,
    has_marks,
    refuse_marks,
    write_file,
)
from stopjihad.publish.team.disk_merge import (
    FetchedChanges,
    file_data,
    merge_commits,
    write_merge,
)
from stopjihad.publish.team.git_index import refuse_locked, write_index
from stopjihad.publish.team.shared_tree import (
    WITH_GIT,
    DiskFile,
    GitTree,
    blob_data,
    cannot_share,
    laid_over,
    read_disk,
    read_tree,
    shared_path,
)
from stopjihad.publish.team.workspace_git import (
    FETCHING,
    MERGING,
    WorkspaceGit,
    open_workspace,
)

ADDRESS = "studio@stopjihad.invalid"
"""Address of commits: nobody's."""

MOST_OBJECTS = 500_000
"""Objects that one fetch brings or one send takes."""


FEW = 4
"""Files that may go at once, however few there are."""


class DeliveredFiles(NamedTuple):
    """What a send took."""

    sent: tuple[FileDelta, ...]


class TeamState(NamedTuple):
    """How a workspace stands to its remote, as far as is known without asking it.

    Attributes:
        is_known: whether the remote's host may have the user's credentials, or needs none.
        outgoing: shared files that colleagues do not have as they are here.
        clashes: files in which two versions stand.
        merging: whether what was fetched waits to be settled.
    """

    address: str
    host: str
    is_known: bool
    outgoing: tuple[FileDelta, ...]
    clashes: tuple[str, ...]
    merging: bool


class _Both(NamedTuple):
    """The workspace's repository, the same to be written, and the remote's."""

    git: WorkspaceGit
    local: LocalRepository
    remote: Repository
    by: str


def read_state(root: Path) -> TeamState:
    """Say what would be sent.

    Raises:
        ProblemsFound: ``share-repository``, or a file cannot be read.
    """
    with _explain_failures(), open_workspace(root) as git:
        head, remote = git.head, git.remote
        base = git.common(head, git.tip(remote.tracking))
        merging = git.pending_commits(MERGING)
        known = read_tree(git.store, head)
        if merging:
            known = merge_commits(git, head, merging[0]).tree
            base = merging[0]
        now = read_disk(root, known, git.store)
        clashes = tuple(path for path, file in sorted(now.items()) if has_marks(path, file))
        outgoing = file_deltas(git.store, read_tree(git.store, base), now)
        return TeamState(
            remote.address, remote.host, remote.is_known, outgoing, clashes, bool(merging)
        )


def fetch(root: Path, by: str) -> FetchedChanges:
    """Bring colleagues' changes onto the disk.

    Raises:
        ProblemsFound: ``share-repository``, ``share-unreachable``, ``share-unsettled``, or what the
            disk refuses.
    """
    with _explain_failures(), _open_both(root, by) as both:
        _go_on(both)
        _commit_disk(both)
        git = both.git
        tip = both.remote.tip(git.remote.branch)
        if not tip:
            return FetchedChanges()
        _carry(both.remote, git.store, tip, (git.head, git.tip(git.remote.tracking)))
        _refuse_rewritten(git, tip)
        both.local.note(git.remote.tracking, tip)
        return _take_in(both, tip)


def send(root: Path, by: str) -> DeliveredFiles:
    """Give colleagues what is on the disk.

    Raises:
        ProblemsFound: as for `fetch`; ``share-behind``: they sent something that is not here yet.
    """
    with _explain_failures(), _open_both(root, by) as both:
        git = both.git
        _refuse_open_workspace(both)
        _go_on(both)
        _commit_disk(both)
        head, tip = git.head, both.remote.tip(git.remote.branch)
        if tip and (tip not in git.store or git.common(head, tip) != tip):
            raise ProblemsFound((_BEHIND,))
        sent = file_deltas(
            git.store,
            read_tree(git.store, tip),
            read_disk(root, read_tree(git.store, head), git.store),
        )
        if head and tip != head:
            ids = _carry(both.git, both.remote.store, head, (tip,) if tip else ())
            both.remote.move(git.remote.branch, tip, head, ids)
        if head:
            both.local.note(git.remote.tracking, head)
        return DeliveredFiles(sent)


def take_back(root: Path, by: str) -> None:
    """Give the disk back as it was before what was fetched and is not settled yet.

    What was typed since into other files stays; what was chosen is in the history of each file.

    Raises:
        ProblemsFound: as for `fetch`.
    """
    with _explain_failures(), open_workspace(root) as git:
        pending = git.pending_commits(MERGING)
        if not pending:
            return
        head = git.head
        mine = read_tree(git.store, head)
        merged = merge_commits(git, head, pending[0])
        with saving_as(by):
            for name in sorted({*mine, *merged.tree}):
                path = shared_path(name, mine.get(name) or merged.tree.get(name))
                if path and (path in merged.clashes or mine.get(name) != merged.tree.get(name)):
                    before = None if path in merged.clashes else file_data(git, merged, name)
                    old = blob_data(git.store, mine[name]) if name in mine else None
                    write_file(root, path, before, old, force=path in merged.clashes)
        git.note(MERGING, b"")
        write_index(git.folder, merged.tree, mine)


@contextmanager
def _open_both(root: Path, by: str) -> Iterator[_Both]:
    with open_workspace(root) as git:
        if not git.remote.is_known:
            raise ProblemsFound((_no_name_problem(git.remote.host),))
        refuse_locked(git.folder)
        with (
            open_repository(str(root / ".git"), root) as (local, _),
            open_repository(git.remote.address, root) as (remote, _),
        ):
            assert isinstance(local, LocalRepository)
            yield _Both(git, local, remote, by)


def _go_on(both: _Both) -> None:
    """End what an earlier fetch began: write what a killed one did not, commit what is settled."""
    git = both.git
    for tip in git.pending_commits(FETCHING):
        _take_in(both, tip)
    if git.pending_commits(MERGING):
        _commit_merge(both, git.pending_commits(MERGING))


def _commit_merge(both: _Both, others: Sequence[bytes]) -> None:
    git = both.git
    head = git.head
    merged = merge_commits(git, head, others[0])
    now = read_disk(git.root, merged.tree, git.store)
    refuse_marks(now)
    tree = laid_over(merged.tree, now)
    commit = _commit(both, tree, _blobs(now), (head, *others), "Put together what was fetched")
    both.local.move(git.branch, head, commit, ())
    git.note(MERGING, b"")
    write_index(git.folder, merged.tree, tree)


def _commit_disk(both: _Both) -> None:
    """Commit what differs on the disk from the commit that the workspace is at."""
    git = both.git
    head = git.head
    known = read_tree(git.store, head)
    now = read_disk(git.root, known, git.store)
    tree = laid_over(known, now)
    if tree == known:
        write_index(git.folder, known, known)  # one that was killed may have left it behind
        return
    changed = sorted(path for path in {*tree, *known} if tree.get(path) != known.get(path))
    names = [path.decode("utf-8", "replace") for path in changed]
    _refuse_emptied(known, tree)
    refuse_marks({path: now[path] for path in names if path in now})
    title = f"Change {names[0]}" if len(names) == 1 else f"Change {len(names)} files"
    message = "\n".join((title, *(("", *names) if names[1:] else ())))
    commit = _commit(both, tree, _blobs(now), (head,) if head else (), message)
    both.local.move(git.branch, head, commit, ())
    write_index(git.folder, known, tree)


def _refuse_emptied(known: GitTree, tree: GitTree) -> None:
    """Refuse to remove for everybody what a disk that is not there has taken away."""
    gone = len(known.keys() - tree.keys())
    if gone > FEW and 2 * gone > len(known):
        raise cannot_share(
            "more than half of the files are gone from this disk",
            "put them back first; if it is meant, remove them with git",
        )


def _commit(
    both: _Both, tree: GitTree, blobs: Mapping[bytes, bytes], parents: Sequence[bytes], message: str
) -> bytes:
    """Write a commit, and those of its blobs that are not there yet."""
    from dulwich.objects import Blob, Commit

    store: Any = both.git.store
    fresh = [data for name, data in blobs.items() if name not in store]
    trees = make_trees((path, file.blob, file.mode) for path, file in tree.items())
    commit: Any = Commit()
    commit.tree, commit.parents = trees[-1].id, list(parents)
    name = "".join(" " if sign in "<>\n\0" else sign for sign in both.by).strip() or "stopjihad"
    commit.author = commit.committer = f"{name} <{ADDRESS}>".encode()
    commit.author_time = commit.commit_time = int(time.time())
    commit.author_timezone = commit.commit_timezone = 0
    commit.encoding, commit.message = b"UTF-8", f"{message}\n".encode()
    add_objects(store, map(Blob.from_string, fresh))
    add_objects(store, [one for one in (*trees, commit) if one.id not in store])
    return bytes(commit.id)


def _blobs(now: Mapping[str, DiskFile]) -> dict[bytes, bytes]:
    return {file.blob: file.data for file in now.values()}


def _take_in(both: _Both, tip: bytes) -> FetchedChanges:
    """Merge a commit into the disk and the branch; once more after a kill, it goes on."""
    git = both.git
    head = git.head
    base = git.common(head, tip)
    if head and not base:
        raise cannot_share("the remote holds another workspace: no commit is in both", WITH_GIT)
    if base == tip:
        git.note(FETCHING, b"")
        return FetchedChanges()
    merged = merge_commits(git, head, tip)
    git.note(FETCHING, tip)
    told = write_merge(git, merged, tip)
    mine = read_tree(git.store, head)
    sides = read_tree(git.store, base), mine, read_tree(git.store, tip)
    if merged.clashes:
        git.note(MERGING, tip)
        git.note(FETCHING, b"")
        write_index(git.folder, mine, merged.tree, sides, merged.clashes)
        return told
    if base == head:
        commit = tip
    else:
        commit = _commit(
            both, merged.tree, merged.data, (head, tip), "Put together what was fetched"
        )
    both.local.move(git.branch, head, commit, ())
    git.note(FETCHING, b"")
    write_index(git.folder, mine, merged.tree)
    return told


def _carry(source: Any, store: Any, tip: bytes, haves: Sequence[bytes]) -> list[bytes]:
    """Copy a commit and all that it needs from one store to another; give their names."""
    from dulwich.object_store import MissingObjectFinder

    there: Any = source.store

    def find_missing() -> list[bytes]:
        known: Any = [one for one in haves if one]
        wanted: Any = [tip]
        return [bytes(one) for one, _ in MissingObjectFinder(there, known, wanted)]

    ids = ask_library(find_missing)
    if len(ids) > MOST_OBJECTS:
        raise cannot_share("the repository holds more than a workspace", WITH_GIT)
    add_objects(store, (there[one] for one in ids if one not in store))
    return ids


def _refuse_rewritten(git: WorkspaceGit, tip: bytes) -> None:
    """Refuse a branch that no longer holds what was there: its words would come back by a merge."""
    last = git.tip(git.remote.tracking)
    if last and git.common(last, tip) != last:
        raise cannot_share(
            "at the remote something was taken back that you have", "ask who keeps the repository"
        )


def _refuse_open_workspace(both: _Both) -> None:
    """Refuse a folder that is somebody's workspace: its files would not follow the branch."""
    git = both.git
    if isinstance(both.remote, LocalRepository):
        place = str((git.root / Path(git.remote.address).expanduser()).absolute())
        head = disk.read_below(place, ".git/HEAD", 4_096) or b""
        if head.removeprefix(b"ref:").strip() == git.remote.branch:
            raise cannot_share(
                "the remote is the workspace of somebody, open at this very branch",
                "share over a bare repository: git init --bare FOLDER",
            )


_BEHIND = Problem(
    code="share-behind",
    message="colleagues sent something that you do not have yet",
    hint="fetch it first, then send",
)


def _no_name_problem(host: str) -> Problem:
    return Problem(
        code="share-unreachable",
        message=f"nobody has said that {host} is yours, and may have your credentials",
        hint="say so once, if it is",
    )


_OFFLINE = re.compile(
    r"resolve|connection refused|timed out|unreachable|establish|closed the connection|aborted",
    re.IGNORECASE,
)
"""What the library and ``ssh`` say when there is no way to a host, or it is silent."""


@contextmanager
def _explain_failures() -> Iterator[None]:
    """Turn what a repository says into problems."""
    try:
        yield
    except AlteredFile:
        raise ProblemsFound((_BEHIND,)) from None
    except Busy:
        message, hint = "another fetch or send is at work", "wait for it, then try again"
    except Unreachable as error:
        message, hint = f"the remote refuses: {error}", error.remedy or WITH_GIT
        if isinstance(error, LostConnection) or _OFFLINE.search(str(error)):
            message, hint = "the remote does not answer", "see that you are online, then try again"
    except OSError as error:
        raise ProblemsFound((disk.explain(error, ".git"),)) from None
    else:
        return
    raise ProblemsFound((Problem(code="share-unreachable", message=message, hint=hint),))
