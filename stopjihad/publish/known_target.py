"""Tell from records what lies on a target, and what goes up to it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from stopjihad.publish.changes import (
    compare,
)
from stopjihad.publish.release import ReleaseFile
from stopjihad.publish.site_record import (
    SiteRecord,
    recall_release,
)


class KnownTarget(NamedTuple):
    """What is known of the files on a target.

    Attributes:
        files: by path; None where the content is in doubt.
        tags: the target's marks of its files, where it gives any.
        strangers: paths that no publication of ours brought.
    """

    files: dict[str, ReleaseFile | None]
    tags: dict[str, str]
    strangers: tuple[str, ...]


def files_by_records(
    base: SiteRecord | None, half: SiteRecord | None, done: int, wanted: Collection[str]
) -> tuple[dict[str, ReleaseFile | None], dict[str, str]]:
    """Tell from the records what is on the target.

    Args:
        half: what was being published when it was cut short.
        done: how many of its uploads were finished.

    Returns:
        Files by path, None where the content is in doubt; and the tags that they must have.
    """
    files: dict[str, ReleaseFile | None] = {f.path: f for f in base.files} if base else {}
    tags = dict(base.tags) if base else {}
    for gone in base.gone if base else ():
        if gone.file.path in wanted:
            files[gone.file.path] = gone.file if gone.file.lingers else None
    if half is not None and (base is None or half.id != base.id):
        for number, file in enumerate(uploads_between(base, half)):
            files[file.path] = file if number < done else None
            tags.pop(file.path, None)
    return files, tags


def files_in_place(base: SiteRecord | None) -> dict[str, ReleaseFile]:
    """Give what a publication left on the target by path: its files, and what stays a while."""
    if base is None:
        return {}
    remains = [gone.file for gone in base.gone if gone.file.lingers]
    return {file.path: file for file in (*remains, *base.files)}


def uploads_between(base: SiteRecord | None, record: SiteRecord) -> tuple[ReleaseFile, ...]:
    """Give the order in which a publication uploads, as far as it follows from the records."""
    there: dict[str, ReleaseFile | None] = {f.path: f for f in base.files} if base else {}
    release = recall_release(record, _read_nothing)
    return compare(there, release).uploads


def _read_nothing(path: str) -> bytes:
    raise KeyError(path)
