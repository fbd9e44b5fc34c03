"""A channel is the way to a target; the libraries that it needs are imported only here."""

from __future__ import annotations

import importlib
import posixpath
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from stopjihad.model.targets import FolderTarget, PublishTarget, SftpTarget, StoreTarget
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.changes import Changes, Outcome
from stopjihad.publish.destination import Destination
from stopjihad.publish.folder import FolderDestination
from stopjihad.publish.plain_layout import Plain
from stopjihad.publish.release import Release
from stopjihad.publish.releases_layout import SwitchedLayout
from stopjihad.publish.site_record import STATE, Job, SiteRecord


class Channel(Protocol):
    """Publish in one way, whatever the target is."""

    def read_published(self) -> SiteRecord | None:
        """Read what is published."""

    def clock(self) -> float | None:
        """Read the Unix time by the target's own clock; None where it has none, or says nothing."""

    def history(self) -> list[SiteRecord]:
        """Read what can be returned to, oldest first."""

    def changes(self, release: Release) -> Changes:
        """Compare the target with a release."""

    def publish(self, release: Release, job: Job) -> Outcome:
        """Publish a release."""

    def fetch(self, path: str) -> bytes | None:
        """Read a file of the site as it is there now."""

    def recall(self, id_: str) -> Release:
        """Take a publication of before."""

    def forget(self, id_: str, job: Job) -> None:
        """Take away what is kept of the publication ``id_``, one of before."""

    def return_to(self, release: Release, job: Job) -> Outcome:
        """Publish again what was published before, as ``job.back_to``."""


@contextmanager
def open_channel(target: PublishTarget, root: Path) -> Iterator[Channel]:
    """Connect to a target while a block runs.

    Args:
        root: the workspace: relative folders start there.

    Raises:
        ProblemsFound: ``publish-extra`` when a library is missing.
        Unreachable: the target does not answer.
    """
    if target.folder is not None:
        path = _folder(target.folder, root)
        ways = ways_of(path, target.folder.state)
        place: Destination = FolderDestination(ways.root)
        yield layout(place, target.folder.layout, target, ways)
    elif target.store is not None:
        yield bucket(_store(target.store), target)
    elif target.sftp is not None:
        ways = ways_of(target.sftp.path, target.sftp.state)
        with closing(_sftp(msgspec.structs.replace(target.sftp, path=ways.root))) as place:
            yield layout(place, target.sftp.layout, target, ways)
    else:
        with _branch(target, root) as branch:
            yield branch


def bucket(place: Destination, target: PublishTarget) -> Channel:
    """Write a bucket in place, below the prefixes of its settings."""
    assert target.store is not None
    prefix = target.store.prefix.strip("/")
    site = f"{prefix}/" if prefix else ""
    return Plain(place, site, target.store.state.strip("/") or f"{site}{STATE}", target)


class Ways(NamedTuple):
    """Where a target is entered, and the ways from there to the site and to what is remembered."""

    root: str = ""
    site: str = ""
    state: str = STATE


def ways_of(path: str, state: str) -> Ways:
    """Find the folder that holds a site and what publishing remembers of it.

    Args:
        state: the way from there; empty to remember inside of the site.

    Returns:
        The ways; that to the site is empty or ends in a slash.

    Raises:
        ProblemsFound: ``target-way``: both would be one folder, or one around the site.
    """
    if not state:
        return Ways(path)
    there = posixpath.normpath(posixpath.join(path, state))
    root = posixpath.commonpath([posixpath.normpath(path), there])
    site, kept = posixpath.relpath(path, root or "."), posixpath.relpath(there, root or ".")
    if kept in {".", site}:
        message, hint = f"'state: {state}' is the site's own folder", "name one beside it"
        raise ProblemsFound((Problem(code="target-way", message=message, hint=hint),))
    return Ways(root or ".", "" if site == "." else f"{site}/", kept)


INSIDE = Ways()


def layout(place: Destination, name: str, target: PublishTarget, ways: Ways = INSIDE) -> Channel:
    """Choose how a place is written.

    Args:
        ways: to the site, and to what is remembered.
    """
    if name == "releases":
        return SwitchedLayout(place, target)
    return Plain(place, ways.site, ways.state, target)


def _store(target: StoreTarget) -> Destination:
    require("obstore")
    from stopjihad.publish.bucket import BucketDestination

    return BucketDestination(target)


def _sftp(target: SftpTarget) -> Destination:
    require("paramiko")
    from stopjihad.publish.sftp import SftpDestination

    return SftpDestination(target)


def _branch(target: PublishTarget, root: Path) -> AbstractContextManager[Channel]:
    require("dulwich")
    from stopjihad.publish.branch import open_branch

    return open_branch(target, root)


def _folder(folder: FolderTarget, root: Path) -> str:
    return str((root / Path(folder.path).expanduser()).absolute())


def require(library: str) -> None:
    """Look whether a ``library`` is there.

    Raises:
        ProblemsFound: ``publish-extra``: it is not.
    """
    try:
        importlib.import_module(library)
    except ImportError:
        problem = Problem(
            code="publish-extra",
            message=f"this target needs the package '{library}'",
            hint='install it: pip install "stopjihad[publish]"',
        )
        raise ProblemsFound((problem,)) from None
