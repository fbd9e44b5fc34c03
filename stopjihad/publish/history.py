"""Publications one after the other: how one is recorded, and how an older one is taken again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.place import Found
from stopjihad.publish.record import Published
from stopjihad.publish.release import Release
from stopjihad.publish.upload import Job


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
