"""Publish as a commit on a branch that a service shows as pages; the branch moves in one step.

Each publication is a commit whose message says what it is; returning to an older one is a new
commit with its files, so that the history is never rewritten.

Throughout, ``release`` holds the files to publish, ``job`` says who does it and how; ``id_`` is the
name of a publication.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from stopjihad.disk import hold
from stopjihad.model.targets import PublishTarget
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.changes import Changes, Outcome, compare_published
from stopjihad.publish.destination import Altered, Unreachable, redacted
from stopjihad.publish.release import (
    Job,
    Published,
    Release,
    decode_published,
    describe,
    kept_problem,
    new_record,
    recalled,
    unknown,
)

if TYPE_CHECKING:
    from dulwich.client import GitClient
    from dulwich.objects import Commit
    from dulwich.repo import Repo

T = TypeVar("T")

AUTHOR = b"stopjihad <publish@stopjihad.invalid>"
"""Author of commits: no person. The message may name the role of the publisher."""

PLAIN_FILES = 0o100644
TITLE = "Publish"
OURS = {".nojekyll": b""}
"""Files beside those of the site: this one keeps a service from building it anew."""

DOMAIN = "CNAME"


class Remote(NamedTuple):
    """A repository elsewhere: how it is spoken to, and its path there."""

    client: GitClient
    path: str


class Branch:
    """Publish on one branch; ``cache`` is a repository of our own that holds what was fetched."""

    def __init__(self, target: PublishTarget, remote: Remote, cache: Repo) -> None:
        """Take a branch of a repository."""
        assert target.branch is not None
        self.target, self.remote, self.cache = target, remote, cache
        self.ref = b"refs/heads/" + target.branch.branch.encode()
        self.domain = target.branch.domain
        self._read: tuple[bytes, dict[str, bytes]] = (b"", {})

    def published(self) -> Published | None:
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

    def history(self) -> list[Published]:
        """Read what can be returned to, oldest first."""
        records = [record for record, _ in self._walk()]
        return list(reversed(records[1 : self.target.kept_releases + 1]))

    def changes(self, release: Release) -> Changes:
        """Compare the target with a release."""
        return compare_published(self.published(), release)

    def publish(self, release: Release, job: Job) -> Outcome:
        """Publish.

        Returns:
            What was done.

        Raises:
            Altered: somebody else published meanwhile.
        """
        base = self.published()
        if (base.id if base else "") != job.expected:
            raise Altered(self.ref.decode())
        changes = self.changes(release)
        record = new_record(release, base.number + 1 if base else 1, base, job)
        tip = self._tip()
        commit = self._commit(release, record, tip)
        self._push(commit, tip)
        job.progress(len(changes.uploads), len(changes.uploads))
        if self._tip() != commit:
            raise Altered(self.ref.decode())
        sent, gone = len(changes.uploads), len(changes.gone)
        return Outcome(record.id, changes, sent, 0, gone, len(release.files))

    def fetch(self, path: str) -> bytes | None:
        """Read a file of the site as it is there now."""
        tip = self._tip()
        return self._contents(self.cache[tip]).get(path) if tip else None

    def recall(self, id_: str) -> Release:
        """Take a publication of before.

        Returns:
            The release.

        Raises:
            ProblemsFound: ``publish-unknown`` when it is not in the history.
        """
        for record, commit in self._walk():
            if record.id == id_:
                return recalled(record, self._contents(commit).__getitem__)
        raise ProblemsFound((unknown(id_, self.history()),))

    def forget(self, id_: str, _job: Job) -> None:
        """Refuse: a history keeps what was committed.

        Raises:
            ProblemsFound: ``publish-kept``.
        """
        hint = "delete the branch where the repository is, and publish anew"
        raise ProblemsFound((kept_problem(id_, "a branch keeps its whole history", hint),))

    def return_to(self, release: Release, job: Job) -> Outcome:
        """Publish again what was published before.

        Returns:
            What was done.
        """
        return self.publish(release, job)

    def _tip(self) -> bytes:
        """Ask for the commit of the branch, and fetch it; empty when there is no branch."""
        refs: Any = _asked(lambda: self.remote.client.get_refs(self.remote.path.encode()).refs)
        found: Any = refs.get(self.ref) or b""
        if found and found not in self.cache.object_store:

            def wants(_refs: Any, _depth: int | None = None) -> list[bytes]:
                return [found]

            fetch: Any = self.remote.client.fetch
            _asked(lambda: fetch(self.remote.path.encode(), self.cache, determine_wants=wants))
        return bytes(found)

    def _walk(self) -> Iterator[tuple[Published, Commit]]:
        """Give our publications, newest first."""
        tip = self._tip()
        while tip:
            commit: Any = self.cache[tip]
            record = self._record(tip)
            if record is None:
                return
            yield record, commit
            tip = commit.parents[0] if commit.parents else b""

    def _record(self, tip: bytes) -> Published | None:
        """Read what the message of a commit says, and the files from its tree."""
        commit: Any = self.cache[tip]
        record = decode_published(commit.message.partition(b"\n\n")[2])
        if record is None:
            return None
        found = (
            describe(path, data, alert=record.alert)
            for path, data in sorted(self._contents(commit).items())
        )
        return msgspec.structs.replace(record, files=tuple(found))

    def _contents(self, commit: Any) -> dict[str, bytes]:
        """Give the files of a commit; those of the last one that was read stay at hand."""
        from dulwich.object_store import iter_tree_contents

        if self._read[0] != commit.tree:
            store: Any = self.cache.object_store
            found = {
                entry.path.decode(): store[entry.sha].data
                for entry in iter_tree_contents(store, commit.tree)
            }
            ours = {*OURS, DOMAIN}
            self._read = (commit.tree, {path: found[path] for path in found if path not in ours})
        return self._read[1]

    def _commit(self, release: Release, record: Published, tip: bytes) -> bytes:
        from dulwich.index import commit_tree
        from dulwich.objects import Blob, Commit

        files = {file.path: release.read(file.path) for file in release.files} | OURS
        if self.domain:
            files[DOMAIN] = f"{self.domain}\n".encode()
        store: Any = self.cache.object_store
        entries: Any = []
        for path, data in files.items():
            blob = Blob.from_string(data)
            if blob.id not in store:
                store.add_object(blob)
            entries.append((path.encode(), blob.id, PLAIN_FILES))
        commit: Any = Commit()
        commit.tree = commit_tree(store, entries)
        commit.parents = [tip] if tip else []
        commit.author = commit.committer = AUTHOR
        commit.author_time = commit.commit_time = _seconds(record)
        commit.author_timezone = commit.commit_timezone = 0
        commit.encoding = b"UTF-8"
        told = msgspec.structs.replace(record, files=(), before=())
        commit.message = f"{TITLE} {record.id}\n\n".encode() + told.encode()
        store.add_object(commit)
        return bytes(commit.id)

    def _push(self, commit: bytes, tip: bytes) -> None:
        """Move the branch from one commit to another, if it is still where it was."""

        def update(refs: Any) -> Any:
            if (refs.get(self.ref) or b"") != tip:
                raise Altered(self.ref.decode())
            return {self.ref: commit}

        send: Any = self.remote.client.send_pack
        done = _asked(
            lambda: send(self.remote.path.encode(), update, self.cache.generate_pack_data)
        )
        status = done.ref_status or {}
        if status.get(self.ref):
            raise Altered(self.ref.decode())


@contextmanager
def open_branch(target: PublishTarget, root: Path, campaign: str) -> Iterator[Branch]:
    """Reach a branch while a block runs.

    Args:
        target: where.
        root: the workspace, in whose private folder lies what was fetched.
        campaign: its slug.

    Yields:
        The branch.

    Raises:
        Unreachable: the repository does not answer.
    """
    from dulwich.client import get_transport_and_path
    from dulwich.repo import Repo

    assert target.branch is not None
    location = target.branch.repository
    if "://" not in location and ":" not in location.split("/")[0]:
        location = str((root / Path(location).expanduser()).absolute())
    user, password = _credentials(location)
    client, path = _asked(
        lambda: get_transport_and_path(
            location,
            quiet=True,
            username=user,
            password=password,
            ssh_command="ssh -o BatchMode=yes",
        )
    )
    folder = root / ".stopjihad" / "publish" / f"{campaign}-{target.id}.git"
    with hold(str(folder), make=True) as held:
        made = held.is_there("objects")
    repo = Repo(str(folder)) if made else Repo.init_bare(str(folder))
    with closing(repo):
        yield Branch(target, Remote(client, path), repo)


def _credentials(location: str) -> tuple[str | None, str | None]:
    """Take user and password from the environment, or ask git's own helper for them."""
    if not location.startswith("https://"):
        return None, None
    token = os.environ.get("STOPJIHAD_GIT_TOKEN")
    if token:
        return os.environ.get("STOPJIHAD_GIT_USERNAME", "git"), token
    host, _, path = location.removeprefix("https://").partition("/")
    asked = f"protocol=https\nhost={host}\npath={path}\n\n"
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true"}
    try:
        done = subprocess.run(
            ["git", "credential", "fill"],  # noqa: S607 (the git that the user's shell finds)
            input=asked,
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None, None
    found = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    return found.get("username") or None, found.get("password") or None


def _asked(request: Callable[[], T]) -> T:
    from dulwich.errors import GitProtocolError, NotGitRepository

    try:
        return request()
    except NotGitRepository:
        raise Unreachable("there is no repository") from None
    except (GitProtocolError, OSError, ValueError, EOFError) as error:
        raise Unreachable(redacted(str(error) or type(error).__name__)) from None


def _seconds(record: Published) -> int:
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
