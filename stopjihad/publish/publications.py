"""What this user published where: the whole list of files, at home and signed.

A target is asked only what is there. What an earlier publication was, and what its files must be,
is known from here; a record counts when this user's key signed it for the very place.

Throughout, ``place`` is from `place_of`, ``id_`` the name of a publication such as
``0007-3f2a90cc``: a number of the target's, and the first digits of the digest of its files.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.disk.user_key import SIGNATURE_BYTES, is_signed, key_folder, sign
from stopjihad.model.targets import PublishTarget
from stopjihad.publish.objections import Contents
from stopjihad.publish.release import Release, ReleaseFile, verify_release
from stopjihad.publish.schema import is_id

FOLDER = "published"
REMEMBERED = 40
"""Publications that are remembered of each place, or as many as its target keeps."""

LARGEST = 1 << 28
"""Bytes of the largest record that is read: that of about a million files."""


class PublicationRecord(msgspec.Struct, frozen=True, kw_only=True, tag="stopjihad-publication/1"):
    """What was published.

    Attributes:
        place: where.
        when: Unix time in seconds.
        campaign: its slug.
        build: digest of the build's step keys.
        by: what the publisher called itself; may be empty.
        commit: of the workspace's repository; may be empty.
        files: all of them, sorted by path.
        alert: whether an alert ran.
        exercise: whether it is a drill.
        said: what may not hold for ever.
    """

    place: str
    when: int
    campaign: str
    build: str
    by: str
    commit: str
    files: tuple[ReleaseFile, ...]
    alert: bool
    exercise: bool
    said: Contents

    def release(self, read: Callable[[str], bytes]) -> Release:
        """Make the release again; ``read`` gives the bytes that a target has under a path."""
        release = Release(
            campaign=self.campaign,
            build=self.build,
            files=self.files,
            read=read,
            alert=self.alert,
            exercise=self.exercise,
            said=self.said,
        )
        return verify_release(release)


def place_of(target: PublishTarget, root: Path, campaign: str) -> str:
    """Name the place that a target leads to.

    Args:
        root: the workspace, at which relative folders start.

    Returns:
        32 hexadecimal digits: the same for two workspaces that publish to one place.
    """
    where: tuple[str, ...] = ()
    if target.folder is not None:
        where = ("folder", _real(root, target.folder.path))
    elif target.sftp is not None:
        where = ("sftp", target.sftp.host, str(target.sftp.port), target.sftp.path)
    elif target.store is not None:
        store = target.store
        where = ("store", store.endpoint or "", store.bucket, store.prefix)
    elif target.branch is not None:
        where = ("branch", target.branch.repository, target.branch.branch)
        if ":" not in target.branch.repository:
            where = ("branch", _real(root, target.branch.repository), target.branch.branch)
    return hashlib.sha256(msgspec.json.encode((campaign, *where))).hexdigest()[:32]


def _real(root: Path, path: str) -> str:
    return os.path.realpath(root / Path(path).expanduser())


class Publisher(NamedTuple):
    """Who published, when (Unix time in seconds) and from which commit; both may be empty."""

    when: int
    by: str
    commit: str


def remember(release: Release, place: str, publisher: Publisher, most: int) -> None:
    """Keep what is being published, before it is seen.

    What is kept of the same files stays, and every approval that ever stood when they went up: the
    withdrawal of any of them counts. Nothing is kept where no key can be.

    Raises:
        OSError: the disk refuses.
    """
    if not key_folder():
        return
    before = _read(place, release.digest)
    if before is None:
        record = PublicationRecord(
            place=place,
            when=publisher.when,
            campaign=release.campaign,
            build=release.build,
            by=publisher.by,
            commit=publisher.commit,
            files=release.files,
            alert=release.alert,
            exercise=release.exercise,
            said=release.said,
        )
    else:
        approved = {*(before.said.approved or ()), *(release.said.approved or ())}
        said = msgspec.structs.replace(before.said, approved=tuple(sorted(approved)))
        if said == before.said:
            return
        record = msgspec.structs.replace(before, said=said)
    data = zlib.compress(msgspec.msgpack.encode(record), 1)
    signature = sign("published", hashlib.sha256(data).digest())
    folder = _folder(place)
    disk.replace(os.path.join(folder, release.digest), signature, data)  # noqa: PTH118
    with disk.hold(folder) as held:
        names = sorted(held.names(), key=lambda name: held.stat(name).st_mtime_ns)
        for name in names[: -max(most, REMEMBERED)]:
            held.remove(name)


def recall(place: str, id_: str) -> PublicationRecord | None:
    """Find what was published under an id; None when this user did not, or has forgotten it."""
    name = _name(place, id_)
    return _read(place, name) if name else None


def _read(place: str, digest: str) -> PublicationRecord | None:
    sealed = disk.read(os.path.join(_folder(place), digest), LARGEST)  # noqa: PTH118
    if sealed is None:
        return None
    data = sealed[SIGNATURE_BYTES:]
    if not is_signed("published", hashlib.sha256(data).digest(), sealed[:SIGNATURE_BYTES]):
        return None
    try:
        record = msgspec.msgpack.decode(zlib.decompress(data), type=PublicationRecord)
    except (msgspec.MsgspecError, zlib.error):
        return None
    own = hashlib.sha256(msgspec.json.encode(record.files)).hexdigest() == digest
    return record if own and record.place == place else None


def forget(place: str, id_: str, kept: Collection[str] = ()) -> bool:
    """Forget a publication; tell whether it was remembered.

    Args:
        kept: digests of what the target holds and keeps beside it: what they say of their files
            is the same record, which stays.
    """
    name = _name(place, id_)
    if name and name not in kept:
        with disk.hold(_folder(place)) as held:
            held.remove(name)
    return bool(name)


def _name(place: str, id_: str) -> str:
    """Find the file of a publication by the digits in its id; empty for none, or several."""
    if not is_id(id_) or not key_folder():
        return ""
    names: list[str] = []
    with contextlib.suppress(OSError), disk.hold(_folder(place)) as held:
        names = [name for name in held.names() if name.startswith(id_.partition("-")[2])]
    return names[0] if len(names) == 1 else ""


def _folder(place: str) -> str:
    return os.path.join(key_folder(), FOLDER, place)  # noqa: PTH118 (as its folder)
