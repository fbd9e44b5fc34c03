"""Sign what a release holds, and take what a target keeps by its signed list of files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from stopjihad.catalog.headers import headers_of, kind_of
from stopjihad.problem import ProblemsFound
from stopjihad.publish.release import (
    PUBLIC_MANIFEST,
    PublicManifest,
    Release,
    ReleaseFile,
    describe,
    verify_release,
)
from stopjihad.publish.signature import AHEAD, ENDING, Claims, sign, verify
from stopjihad.publish.signing_key import SigningKey

SIGNED = frozenset({"manifest", "feed", "alert"})
"""Kinds of files that are signed."""

WORDS = (".html", ".json", ".xml")
"""Endings of those that hold words; the list of files vouches for pictures."""

LIFE = 30 * 86_400
"""Seconds for which a signature holds; it is renewed by a publication in its second half."""

ALERT_LIFE = 86_400
"""The same for the files of an alert while it holds: the longest does for 22 h 30."""


class SignedRelease(NamedTuple):
    """A release with its signatures.

    Attributes:
        release: the files to publish.
        version: of the signatures that were made; 0 when all that were there hold on.
        ahead: Unix time of the newest signature on the target that is ahead of our clock; or 0.
    """

    release: Release
    version: int
    ahead: int


def add_signatures(
    release: Release,
    key: SigningKey,
    now: int,
    published: Callable[[str], bytes | None],
    newest: int = 0,
) -> SignedRelease:
    """Add signatures to a release; one that holds for long enough stays as it is.

    Args:
        published: gives the bytes that the target has under a path, or None.
        newest: the highest version that was signed before, as far as is known here.

    Returns:
        The release with its signatures. The target's own are believed as far as the key made them;
        those from the future never stay.
    """
    files = [file for file in release.files if not file.path.endswith(ENDING)]
    paths = [file.path for file in files if file.path.endswith(WORDS)]
    paths = [path for path in paths if kind_of(path).name in SIGNED]
    old = {path: published(path + ENDING) or b"" for path in paths}
    # What is there may be of other bytes than these; its version counts all the same.
    claimed = [one for was in old.values() if (one := verify(None, was, key.public)) is not None]
    version = max((newest, *(one.version for one in claimed))) + 1
    made: dict[str, bytes] = {}
    for path, was in old.items():
        data = release.read(path)
        life = ALERT_LIFE if kind_of(path).name == "alert" and release.alert else LIFE
        if not _lasts(verify(data, was, key.public), path, now, life):
            made[path] = sign(data, key, Claims(release.campaign, path, now, now + life, version))
    signatures = {path + ENDING: made.get(path, was) for path, was in old.items()}
    ahead = max((one.signed for one in claimed if one.signed > now + AHEAD), default=0)
    return SignedRelease(_with(release, files, signatures), version if made else 0, ahead)


def _lasts(claims: Claims | None, path: str, now: int, life: int) -> bool:
    """Tell whether a signature can stay: in the first half of its life, and not from the future."""
    if claims is None or claims.file != path or claims.signed > now + AHEAD:
        return False
    return claims.expires - now > life / 2


def remove_signatures(release: Release) -> Release:
    """Take signatures away."""
    files = [file for file in release.files if not file.path.endswith(ENDING)]
    return _with(release, files, {})


def signed_list(there: Release, campaign: str, public: str | None) -> tuple[Release, int] | None:
    """Take what a target keeps by its list of files, if the campaign's key signed that list.

    Args:
        public: key as minisign writes it; None where the campaign has none.

    Returns:
        The release, and when the list was signed (Unix time in seconds); None without such a list.
    """
    try:
        data, signature = there.read(PUBLIC_MANIFEST), there.read(PUBLIC_MANIFEST + ENDING)
        claims = verify(data, signature, public) if public else None
        listed = msgspec.json.decode(data, type=PublicManifest)
    except (KeyError, ProblemsFound, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if claims is None or (claims.file, claims.campaign) != (PUBLIC_MANIFEST, campaign):
        return None
    sizes = {file.path: file.bytes for file in there.files}
    digests = {**listed.files, PUBLIC_MANIFEST: hashlib.sha256(data).hexdigest()}
    if not all(path in sizes for path in digests):
        return None
    alert = bool(listed.says.alert)
    files = [
        ReleaseFile(path, digest, sizes[path], headers_of(path, alert=alert)["Cache-Control"])
        for path, digest in sorted(digests.items())
    ]
    release = Release(
        campaign=campaign,
        build="",
        files=tuple(files),
        read=there.read,
        alert=alert,
        exercise=listed.says.exercise,
        said=listed.says,
    )
    return verify_release(release), claims.signed


def _with(release: Release, files: list[Any], made: Mapping[str, bytes]) -> Release:
    listed = [*files, *(describe(path, made[path], alert=release.alert) for path in made)]
    before = release.read

    def read(path: str) -> bytes:
        return made[path] if path in made else before(path)

    return msgspec.structs.replace(release, files=tuple(sorted(listed)), read=read)
