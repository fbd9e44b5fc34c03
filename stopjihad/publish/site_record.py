"""What a target remembers of what was published, and how an older publication is taken again.

On a target ``published.json`` says what is there now, ``releases/<id>.json`` what was there before,
and ``kept/<digest>`` holds the contents that are no longer in place. None of them holds the name of
a person, or a secret.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from stopjihad.build.request import Progress
from stopjihad.problem import Problem
from stopjihad.publish.destination import ANY, Destination
from stopjihad.publish.release import Release, ReleaseFile
from stopjihad.publish.schema import (
    RECORD_BYTES,
    Commit,
    Id,
    IdOrNone,
    Mark,
    NonceOrNone,
    Number,
    Second,
    Sha256,
    When,
    Words,
    decode,
    is_inside,
    plain,
)

STATE = ".stopjihad"
POINTER = "published.json"
RECORDS = "releases"
KEPT = "kept"

CLOSED = (
    b"<IfModule mod_authz_core.c>\nRequire all denied\n</IfModule>\n"
    b"<IfModule !mod_authz_core.c>\nDeny from all\n</IfModule>\n"
)
"""What Apache reads as ``.htaccess``: nobody may read what publishing remembers."""

PRIVATE_HEADERS = {"Content-Type": "application/octet-stream", "Cache-Control": "no-store"}
"""Headers of what only publishing reads."""


class RetiredFile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file that is no part of the site any more; ``since`` is a Unix time in seconds."""

    file: ReleaseFile
    since: Second


class SiteRecord(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="format", tag="stopjihad-published/1"
):
    """Describe one publication.

    Attributes:
        campaign: its slug.
        number: 1 for the first publication on this target.
        digest: SHA-256 of the list of files.
        when: UTC, ISO 8601, to the minute.
        commit: what stands for that of the workspace's repository; may be empty.
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

    campaign: Words
    number: Number
    digest: Sha256
    when: When
    commit: Commit = ""
    build: Mark = ""
    alert: bool = False
    exercise: bool = False
    nonce: NonceOrNone = ""
    back_to: IdOrNone = ""
    files: tuple[ReleaseFile, ...] = ()
    tags: dict[str, Mark] = {}
    gone: tuple[RetiredFile, ...] = ()
    before: tuple[Id, ...] = ()

    @property
    def id(self) -> str:
        """Number and first digits of the digest, such as ``0007-3f2a90cc``."""
        return f"{self.number:04}-{self.digest[:8]}"

    def encode(self) -> bytes:
        """Encode as JSON."""
        return msgspec.json.encode(self) + b"\n"


def decode_published(data: bytes, id_: str = "") -> SiteRecord | None:
    """Decode a record of a target.

    Args:
        id_: of the publication that it must be; empty for any.

    Returns:
        The record, of which each path stays below its folder; None for what is damaged.
    """
    found = decode(data, SiteRecord, RECORD_BYTES)
    if found is None or id_ not in {"", found.id}:
        return None
    paths = [*(file.path for file in found.files), *(gone.file.path for gone in found.gone)]
    if not all(map(is_inside, paths)) or not all(file.sha256 for file in found.files):
        return None
    return msgspec.structs.replace(found, campaign=plain(found.campaign))


class Job(NamedTuple):
    """Say who publishes and how.

    Attributes:
        nonce: random number of this publisher.
        known: those of our own publishers before that did not come to their end.
        now: Unix time in seconds.
        expected: id of the publication that we believe to be there; empty for none.
        force: whether to take the lease of another publisher.
        commit: what stands for that of the workspace's repository.
        progress: called after each upload.
        back_to: id of the publication that this one repeats; empty for a new one.
    """

    nonce: str
    known: tuple[str, ...]
    now: int
    expected: str
    force: bool
    commit: str
    progress: Progress
    back_to: str = ""


def new_record(
    release: Release, number: int, base: SiteRecord | None, job: Job, kept: int = 1
) -> SiteRecord:
    """Describe a publication that begins.

    Args:
        kept: how many publications of before can be returned to.
    """
    before = (*base.before, base.id)[-kept:] if base else ()
    return SiteRecord(
        campaign=release.campaign,
        number=number,
        digest=release.digest,
        when=moment(job.now - job.now % 60),
        commit=job.commit,
        build=release.build,
        alert=release.alert,
        exercise=release.exercise,
        nonce=job.nonce,
        back_to=job.back_to,
        files=release.files,
        before=before,
    )


def recall_release(record: SiteRecord, read: Callable[[str], bytes]) -> Release:
    """Make a release of a record.

    Args:
        read: gives the bytes of a path.
    """
    return Release(
        campaign=record.campaign,
        build=record.build,
        files=record.files,
        read=read,
        alert=record.alert,
        exercise=record.exercise,
    )


def unknown(id_: str, known: list[SiteRecord]) -> Problem:
    """Say that there is no such publication.

    Returns:
        The problem ``publish-unknown``.
    """
    listed = ", ".join(record.id for record in reversed(known)) or "none yet"
    message = f"the target keeps no publication {id_}" if id_ else "there is none to return to"
    return Problem(code="publish-unknown", message=message, hint=f"it keeps: {listed}")


def close_state(place: Destination, state: str) -> None:
    """Close the folder ``state`` of a target to readers, where a web server may show it."""
    path = f"{state}/.htaccess"
    if place.headed:
        return  # a bucket is closed by its policy
    found = place.read(path)
    if found is None or found.data != CLOSED:
        place.replace(path, CLOSED, PRIVATE_HEADERS, ANY)


def kept_problem(id_: str, why: str, hint: str) -> Problem:
    """Say ``why`` the publication ``id_`` cannot be forgotten, and what to do (``hint``)."""
    return Problem(code="publish-kept", message=f"{id_} cannot be forgotten: {why}", hint=hint)


UNFINISHED = "a publication was cut short there"


def moment(now: int) -> str:
    """Write a Unix time as UTC, ISO 8601."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
