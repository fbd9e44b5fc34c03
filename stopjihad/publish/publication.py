"""Publications: what a target remembers of them, and how an older one is taken again.

``published.json`` says what is there now, ``releases/<id>.json`` what was there before, and
``kept/<digest>`` holds the contents that are no longer in place. None of them holds the name of a
person, or a secret.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.place import Found
from stopjihad.publish.release import Release, ReleaseFile

STATE = ".stopjihad"
POINTER = "published.json"
RECORDS = "releases"
KEPT = "kept"

PRIVATE_HEADERS = {"Content-Type": "application/octet-stream", "Cache-Control": "no-store"}
"""Headers of what only publishing reads."""


class Gone(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file that is no part of the site any more; ``since`` is a Unix time in seconds."""

    file: ReleaseFile
    since: int


class Published(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="format", tag="stopjihad-published/1"
):
    """Describe one publication.

    Attributes:
        campaign: its slug.
        number: 1 for the first publication on this target.
        digest: SHA-256 of the list of files.
        when: UTC, ISO 8601.
        by: what the publisher called itself, such as "night desk"; may be empty.
        commit: of the workspace's repository; may be empty.
        build: digest of the build's step keys.
        alert: whether an alert ran.
        exercise: whether it is a drill.
        nonce: random number of the publisher, who may be cut off before it learns of its success.
        back_to: id of the publication that it repeats; empty for a new one.
        files: what is there, sorted by path.
        tags: the target's own mark of each content, where it has any.
        gone: what is no longer part of the site but may still be there.
        before: ids of the publications that can be returned to, oldest first.
    """

    campaign: str
    number: int
    digest: str
    when: str
    by: str = ""
    commit: str = ""
    build: str = ""
    alert: bool = False
    exercise: bool = False
    nonce: str = ""
    back_to: str = ""
    files: tuple[ReleaseFile, ...] = ()
    tags: dict[str, str] = {}
    gone: tuple[Gone, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Number and first digits of the digest, such as ``0007-3f2a90cc``."""
        return f"{self.number:04}-{self.digest[:8]}"

    def encode(self) -> bytes:
        """Encode as JSON."""
        return msgspec.json.encode(self) + b"\n"


def decode(data: bytes) -> Published | None:
    """Decode a record; None for what is damaged or of another version."""
    try:
        found = msgspec.json.decode(data, type=Published)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    paths = [*(file.path for file in found.files), *(gone.file.path for gone in found.gone)]
    return found if all(is_inside(path) for path in (*paths, *found.before)) else None


def is_inside(path: str) -> bool:
    """Tell whether a path stays below its folder: whoever writes to a target wrote it there."""
    parts = path.split("/")
    return "\0" not in path and "\\" not in path and not {"", ".", ".."} & set(parts)


Progress = Callable[[int, int], None]
"""Called with uploads done and uploads to do."""


class Job(NamedTuple):
    """Say who publishes and how.

    Attributes:
        nonce: random number of this publisher.
        known: that of our own publisher before, if it did not come to its end.
        now: Unix time in seconds.
        expected: id of the publication that we believe to be there; empty for none.
        force: whether to take the lease of another publisher.
        by: what the publisher calls itself.
        commit: of the workspace's repository.
        progress: called after each upload.
        back_to: id of the publication that this one repeats; empty for a new one.
    """

    nonce: str
    known: str
    now: int
    expected: str
    force: bool
    by: str
    commit: str
    progress: Progress
    back_to: str = ""


def new_record(
    release: Release, number: int, base: Published | None, job: Job, kept: int = 1
) -> Published:
    """Describe a publication that begins.

    Args:
        release: what shall be there.
        number: of the publication.
        base: what is there.
        job: who publishes and how.
        kept: how many publications of before can be returned to.

    Returns:
        The record.
    """
    before = (*base.before, base.id)[-kept:] if base else ()
    return Published(
        campaign=release.campaign,
        number=number,
        digest=release.digest,
        when=moment(job.now),
        by=job.by,
        commit=job.commit,
        build=release.build,
        alert=release.alert,
        exercise=release.exercise,
        nonce=job.nonce,
        back_to=job.back_to,
        files=release.files,
        before=before,
    )


def recalled(record: Published, read: Callable[[str], bytes]) -> Release:
    """Make a release of a record.

    Args:
        record: of a publication.
        read: gives the bytes of a path.

    Returns:
        The release.
    """
    return Release(
        campaign=record.campaign,
        build=record.build,
        files=record.files,
        read=read,
        alert=record.alert,
        exercise=record.exercise,
    )


def checked(found: Found | None, path: str, sha256: str) -> bytes:
    """Give what was read if it has this digest.

    Args:
        found: what was read.
        path: what to name.
        sha256: of the content that is wanted.

    Returns:
        The content.

    Raises:
        ProblemsFound: ``publish-lost``.
    """
    if found is None or hashlib.sha256(found.data).hexdigest() != sha256:
        message = "the target no longer has what this publication needs"
        hint = "build the older state from your repository, and publish that"
        problem = Problem(path=path, code="publish-lost", message=message, hint=hint)
        raise ProblemsFound((problem,))
    return found.data


def unknown(id_: str, known: list[Published]) -> Problem:
    """Say that there is no such publication.

    Args:
        id_: what was asked for.
        known: what can be returned to.

    Returns:
        The problem ``publish-unknown``.
    """
    listed = ", ".join(record.id for record in reversed(known)) or "none yet"
    message = f"the target keeps no publication {id_}" if id_ else "there is none to return to"
    return Problem(code="publish-unknown", message=message, hint=f"it keeps: {listed}")


def moment(now: int) -> str:
    """Write a Unix time as UTC, ISO 8601."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
