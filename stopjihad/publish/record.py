"""What a target remembers of publications, in files that hold no name of a person and no secret.

``published.json`` says what is there now, ``releases/<id>.json`` what was there before, and
``kept/<digest>`` holds the contents that are no longer in place.
"""

from __future__ import annotations

import msgspec

from stopjihad.publish.release import ReleaseFile

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
