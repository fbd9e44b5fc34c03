"""What publishing asks of a target: files that are written whole, on a condition.

A target that does not answer is `Unreachable`; what a library says of it passes `redact` before
anybody reads it: credentials come from the environment, and are never in what is printed.

Throughout, ``path`` is relative to the target, with forward slashes; ``tag`` is what the target
says of one content of a file, and another content has another tag. ``data`` is what a file holds
and ``headers`` what readers are told with it; ``new`` is the path of a copy, ``name`` a link that
leads to the folder ``to``.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

ANY = "*"
"""Tag for "whatever is there, or nothing"."""


LARGEST = 1 << 30
"""Bytes of the largest file that is read."""


class TakenFile(Exception):
    """Say that a file that was to be new is there."""


class AlteredFile(Exception):
    """Say that a file on the target is not the one that we know."""


class ReplacedPublisher(AlteredFile):
    """Say that another publisher has taken over: our writes can no longer end."""


class Unreachable(Exception):
    """Say in one line why the target does not answer or refuses; holds no secret.

    ``remedy`` says who mends it and how, where that is known.
    """

    def __init__(self, said: str, remedy: str = "") -> None:
        """Take what is said, and the remedy."""
        super().__init__(said)
        self.remedy = remedy


class LostConnection(Unreachable):
    """Say that the connection ended, or that nobody answered."""


class TargetFile(NamedTuple):
    """A file of the target; ``headers`` are empty where the target keeps none."""

    data: bytes
    tag: str
    headers: Mapping[str, str] = {}


class Pieces(NamedTuple):
    """What a large file holds, read as it goes.

    Attributes:
        size: bytes of it.
        sha256: of all of it.
        begin: begins to read it, again where it is asked for again; where it is another, the last
            piece is not given but an error raised.
    """

    size: int
    sha256: str
    begin: Callable[[], Iterator[bytes]]


Content = bytes | Pieces


def pieces_of(data: Content) -> Iterable[bytes]:
    """Give a content piece by piece."""
    return (data,) if isinstance(data, bytes) else data.begin()


def digest_of(data: Content) -> str:
    """Give the SHA-256 of a content."""
    return hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else data.sha256


class ReadBack(NamedTuple):
    """What was read back of a file; ``headers`` are empty where the target keeps none."""

    sha256: str
    headers: Mapping[str, str] = {}


def look_at(pieces: Iterable[bytes], headers: Mapping[str, str] | None = None) -> ReadBack:
    """Digest a file that is read back piece by piece."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return ReadBack(digest.hexdigest(), headers or {})


class Destination(Protocol):
    """Keep files; every method but `close` is safe to call from several threads.

    Attributes:
        parallel: how many requests at a time serve best.
        conditional: whether a condition holds against every other writer, not only against ours.
        headed: whether headers are kept.
    """

    parallel: int
    conditional: bool
    headed: bool

    def read(self, path: str, most: int = LARGEST) -> TargetFile | None:
        """Read a file.

        Args:
            most: bytes of the largest file that is read; a larger one comes empty.

        Returns:
            What it holds; None when there is none.
        """

    def look(self, path: str) -> ReadBack | None:
        """Read a file of any size back, a piece at a time; None when there is none."""

    def create(self, path: str, data: Content, headers: Mapping[str, str]) -> str:
        """Write a file that must not be there, and give its tag.

        Raises:
            Taken: it is there.
        """

    def replace(self, path: str, data: Content, headers: Mapping[str, str], tag: str) -> str:
        """Write a file in place of the one with this tag, or of `ANY`; give the new tag.

        Raises:
            Altered: the file has another tag.
        """

    def copy(self, path: str, new: str) -> None:
        """Give a file a second name, in place of what has it; nothing where there is no file."""

    def remove(self, path: str) -> None:
        """Remove a file; it may be missing."""

    def tags(self, below: str) -> dict[str, str] | None:
        """Give the tags of all files below a folder by path; None where that takes too long."""

    def tag_of(self, data: Content) -> str:
        """Give the tag that a content would have; empty when only the target knows."""

    def names(self, folder: str) -> list[str]:
        """List the names directly in a folder; it may be missing."""

    def prune(self, folder: str) -> None:
        """Remove a folder with all that is in it."""

    def lead(self, name: str, to: str) -> None:
        """Let a name lead to a folder beside it, in one operation.

        Raises:
            Unreachable: the target cannot.
        """

    def leads_to(self, name: str) -> str:
        """Tell where a name leads; empty when it is no link."""

    def fence(self, rooms: str, mine: str) -> None:
        """Let every write begin in a room of our own from now on, and take away all other rooms.

        A publisher whose room is gone can finish no write, not even one that is on its way: what it
        would move into place is no longer there. Where conditions hold, nothing is needed.

        Args:
            mine: name of our room; empty to have none, and to leave those of others.
        """

    def clock(self, folder: str) -> float | None:
        """Give the Unix time by the target's own clock; None where it has none.

        Args:
            folder: of what publishing remembers: there may be written what is gone at once.
        """

    def close(self) -> None:
        """End the connection."""


SECRETS = (
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_ACCESS_KEY_ID",
    "STOPJIHAD_SFTP_PASSWORD",
    "STOPJIHAD_GIT_USERNAME",
    "STOPJIHAD_GIT_TOKEN",
    "STOPJIHAD_KEY_PASSWORD",
)
"""Variables whose values are never printed."""

LONGEST = 300
"""Characters of a library's message that are shown."""

_USER = re.compile(r"(?<=://)[^/@\s]+@")


def redact(text: str) -> str:
    """Take credentials out of a message and cut it to one line.

    Returns:
        The first line, in which each secret is replaced by three dots.
    """
    line = next((line.strip() for line in text.splitlines() if line.strip()), "no reason given")
    for name in SECRETS:
        value = os.environ.get(name, "")
        if len(value) >= 3:
            line = line.replace(value, "…")
    return _USER.sub("…@", line)[:LONGEST]
