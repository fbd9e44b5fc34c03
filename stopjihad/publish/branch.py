"""Publish as a commit on a branch that a service shows as pages; the branch moves in one step.

Each publication is a commit whose message says what it is; returning to an older one is a new
commit with its files, so that the history is never rewritten. What a commit holds is a stranger's
word: a tree with anything but plain files under plain paths is none of ours.

Throughout, ``release`` holds the files to publish, ``job`` says who does it and how; ``id_`` is the
name of a publication.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from stopjihad.build.tree.manifest import MadeFile
from stopjihad.model.targets import PublishTarget
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.changes import Changes, Outcome, compare_published
from stopjihad.publish.destination import AlteredFile, Pieces, TargetFile
from stopjihad.publish.git_objects import add_large, add_objects, make_trees
from stopjihad.publish.known_blobs import KnownBlobs
from stopjihad.publish.release import Release, check_digest, describe_made
from stopjihad.publish.repository import Repository, ask_library, open_repository
from stopjihad.publish.schema import is_inside
from stopjihad.publish.site_record import (
    Job,
    SiteRecord,
    decode_published,
    kept_problem,
    new_record,
    recall_release,
    unknown,
)

if TYPE_CHECKING:
    from dulwich.objects import ShaFile

AUTHOR = b"stopjihad <publish@stopjihad.invalid>"
"""Author of commits: no person. The message may name the role of the publisher."""

PLAIN_FILES = 0o100644
_FILES = frozenset({PLAIN_FILES, 0o100755})
TITLE = "Publish"
OURS = {".nojekyll": b""}
"""Files beside those of the site: this one keeps a service from building it anew."""

DOMAIN = "CNAME"

Tree = dict[str, bytes]
"""Names of blobs by path."""


class CommitContents(NamedTuple):
    """What a commit holds.

    Attributes:
        files: those of the site; None when it holds anything else.
        objects: its trees and blobs.
    """

    files: Tree | None
    objects: frozenset[bytes]


class Branch:
    """Publish on one branch of a repository."""

    def __init__(self, target: PublishTarget, repository: Repository, blobs: KnownBlobs) -> None:
        """Take a branch of a repository, and what is known of its blobs."""
        assert target.branch is not None
        self.target, self.repository, self.blobs = target, repository, blobs
        self.ref = b"refs/heads/" + target.branch.branch.encode()
        self.domain = target.branch.domain
        # Of the commit that was read last: a publication asks a dozen times for the same one.
        self._contents: tuple[bytes, CommitContents] = (b"", CommitContents({}, frozenset()))
        self._described: tuple[bytes, SiteRecord | None] = (b"", None)

    def read_published(self) -> SiteRecord | None:
        """Read what is published.

        Raises:
            ProblemsFound: ``publish-not-ours`` when the branch holds something else.
        """
        tip = self._tip()
        if not tip:
            return None
        record = self._record(tip)
        if record is None:
            raise ProblemsFound((_not_ours(self.target),))
        return record

    def clock(self) -> float | None:
        """Read the host's clock."""
        return self.repository.clock()

    def history(self) -> list[SiteRecord]:
        """Read what can be returned to, oldest first."""
        return [record for record, _ in self._walk()][:0:-1]

    def changes(self, release: Release) -> Changes:
        """Compare the target with a release."""
        return compare_published(self.read_published(), release)

    def publish(self, release: Release, job: Job) -> Outcome:
        """Publish.

        Raises:
            Altered: somebody else published meanwhile.
        """
        base = self.read_published()
        if (base.id if base else "") != job.expected:
            raise AlteredFile(self.ref.decode())
        changes = compare_published(base, release)
        record = new_record(release, base.number + 1 if base else 1, base, job)
        tip = self._tip()
        commit, ids = self._commit(release, record, tip, job)
        self.blobs.keep()
        self.repository.move(self.ref, tip, commit, ids)
        if self._tip() != commit:
            raise AlteredFile(self.ref.decode())
        sent, gone = len(changes.uploads), len(changes.gone)
        return Outcome(record.id, changes, sent, 0, gone, len(release.files))

    def fetch(self, path: str) -> bytes | None:
        """Read a file of the site as it is there now."""
        tip = self._tip()
        blob = (self._tree(tip) or {}).get(path) if tip else None
        return self._read(blob) if blob else None

    def recall(self, id_: str) -> Release:
        """Take a publication of before.

        Raises:
            ProblemsFound: ``publish-unknown`` when it is not in the history.
        """
        found = next((pair for pair in self._walk() if pair[0].id == id_), None)
        if found is None:
            raise ProblemsFound((unknown(id_, self.history()),))
        record, commit = found
        tree = self._tree(commit) or {}
        wanted = {file.path: file.sha256 for file in record.files}

        def read(path: str) -> bytes:
            return check_digest(TargetFile(self._read(tree[path]), ""), path, wanted[path])

        return recall_release(record, read)

    def forget(self, id_: str, _job: Job) -> None:
        """Refuse: a history keeps what was committed.

        Raises:
            ProblemsFound: ``publish-kept``.
        """
        hint = "delete the branch where the repository is, and publish anew"
        raise ProblemsFound((kept_problem(id_, "a branch keeps its whole history", hint),))

    def return_to(self, release: Release, job: Job) -> Outcome:
        """Publish again what was published before."""
        return self.publish(release, job)

    def _tip(self) -> bytes:
        return self.repository.tip(self.ref)

    def _get(self, id_: bytes) -> Any:
        store: Any = self.repository.store
        return ask_library(lambda: store[id_])

    def _read(self, blob: bytes) -> bytes:
        data = getattr(self._get(blob), "data", b"")
        return data if isinstance(data, bytes) else b""

    def _walk(self) -> Iterator[tuple[SiteRecord, bytes]]:
        """Give our publications that can be returned to, and the current one, newest first."""
        tip = self._tip()
        for _ in range(self.target.kept_releases + 1):
            record = self._record(tip) if tip else None
            if record is None:
                return
            yield record, tip
            parents = self._get(tip).parents
            tip = bytes(parents[0]) if parents else b""

    def _record(self, tip: bytes) -> SiteRecord | None:
        """Read what the message of a commit says, and the files from its tree."""
        if self._described[0] != tip:
            self._described = tip, self._decode_tip(tip)
        return self._described[1]

    def _decode_tip(self, tip: bytes) -> SiteRecord | None:
        message = getattr(self._get(tip), "message", b"")
        record = decode_published(message.partition(b"\n\n")[2])
        tree = self._tree(tip)
        if record is None or tree is None:
            return None
        files = [
            describe_made(path, self._facts_of_blob(blob), alert=record.alert)
            for path, blob in sorted(tree.items())
        ]
        return msgspec.structs.replace(record, files=tuple(files))

    def _facts_of_blob(self, blob: bytes) -> MadeFile:
        """Give digest and size of a blob, which is read once in its life."""
        known = self.blobs.get(blob)
        if known is None:
            data = self._read(blob)
            known = self.blobs.put(blob, hashlib.sha256(data).hexdigest(), len(data))
        return known

    def _tree(self, tip: bytes) -> Tree | None:
        """Give the files of the site in a commit; None when it holds anything else."""
        return self._contents_of(tip).files

    def _contents_of(self, tip: bytes) -> CommitContents:
        """Give what a commit holds, which is read once while it is the last one asked for."""
        if self._contents[0] != tip:
            self._contents = tip, self._read_contents(tip)
        return self._contents[1]

    def _read_contents(self, tip: bytes) -> CommitContents:
        from dulwich.object_store import iter_tree_contents

        store: Any = self.repository.store
        commit = self._get(tip)
        if not hasattr(commit, "tree"):
            return CommitContents(None, frozenset())
        entries = ask_library(
            lambda: list(iter_tree_contents(store, commit.tree, include_trees=True))
        )
        objects = frozenset(bytes(entry.sha) for entry in entries)
        found: Tree = {}
        for entry in entries:
            if stat.S_ISDIR(entry.mode):
                continue
            path = _path(entry.path)
            if path is None or entry.mode not in _FILES:
                return CommitContents(None, objects)
            if path not in {*OURS, DOMAIN}:
                found[path] = bytes(entry.sha)
        return CommitContents(found, objects)

    def _commit(
        self, release: Release, record: SiteRecord, tip: bytes, job: Job
    ) -> tuple[bytes, list[bytes]]:
        """Write what is not there; give the new commit, and the objects that ``tip`` lacks."""
        from dulwich.objects import Blob, Commit

        store: Any = self.repository.store
        there = self._contents_of(tip).objects if tip else frozenset()
        known = {made.sha256: blob for blob, made in self.blobs.items() if blob in there}
        tree: Tree = {}

        def blobs() -> Iterator[ShaFile]:
            for number, file in enumerate(release.files, 1):
                found = known.get(file.sha256)
                if found is None:
                    data = release.content(file)
                    if isinstance(data, Pieces):
                        found = add_large(store, data)
                    else:
                        blob = Blob.from_string(data)
                        found = bytes(blob.id)
                        if found not in store:
                            yield blob
                    known[file.sha256] = found
                    self.blobs.put(found, file.sha256, file.bytes)
                tree[file.path] = found
                job.progress(number, len(release.files))
            extra = OURS | ({DOMAIN: f"{self.domain}\n".encode()} if self.domain else {})
            for path, data in extra.items():
                blob = Blob.from_string(data)
                tree[path] = bytes(blob.id)
                if blob.id not in store:
                    yield blob

        add_objects(store, blobs())
        trees = make_trees((path.encode(), blob, PLAIN_FILES) for path, blob in tree.items())
        commit: Any = Commit()
        commit.tree = trees[-1].id
        commit.parents = [tip] if tip else []
        commit.author = commit.committer = AUTHOR
        commit.author_time = commit.commit_time = _seconds(record)
        commit.author_timezone = commit.commit_timezone = 0
        commit.encoding = b"UTF-8"
        told = msgspec.structs.replace(record, files=(), before=())
        commit.message = f"{TITLE} {record.id}\n\n".encode() + told.encode()
        made = [*trees, commit]
        add_objects(store, (one for one in made if one.id not in store))
        ids = [*tree.values(), *(bytes(one.id) for one in made)]
        return bytes(commit.id), [id_ for id_ in dict.fromkeys(ids) if id_ not in there]


@contextmanager
def open_branch(target: PublishTarget, root: Path) -> Iterator[Branch]:
    """Reach a branch while a block runs.

    Args:
        root: the workspace: relative paths of repositories start there.

    Raises:
        Unreachable: the repository does not answer.
        Busy: another command of this user is publishing there.
    """
    assert target.branch is not None
    with open_repository(target.branch.repository, root) as (repository, home):
        blobs = KnownBlobs(home)
        yield Branch(target, repository, blobs)
        blobs.keep()


def _path(name: bytes) -> str | None:
    """Decode a path of a tree; None for what is no path of a site."""
    try:
        path = name.decode()
    except UnicodeDecodeError:
        return None
    return path if is_inside(path) else None


def _seconds(record: SiteRecord) -> int:
    import calendar
    import time

    return calendar.timegm(time.strptime(record.when, "%Y-%m-%dT%H:%M:%SZ"))


def _not_ours(target: PublishTarget) -> Problem:
    assert target.branch is not None
    return Problem(
        code="publish-not-ours",
        message=f"the branch '{target.branch.branch}' holds something that we did not put there",
        hint="name another branch in targets.yaml; it is made when it is missing",
    )
