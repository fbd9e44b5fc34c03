"""One strict schema for all that targets say: leases, records, names in folders, trees of branches.

Whoever can write a file in a web space can write these. So nothing of them is a path, a number or
a line on a terminal before it was decoded here; what does not fit counts as not there.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

T = TypeVar("T")

LATEST = 4_102_444_800
"""Unix time of the last moment that is taken: the year 2100."""

MOST_FILES = 10_000_000

LEASE_BYTES = 4_096
"""Largest lease that is decoded; ours have less than 300 bytes."""

RECORD_BYTES = 256 * 1024 * 1024
"""Largest record that is decoded: one and a half million files, at 160 bytes each."""

LONGEST_PATH = 1_024

_ID = r"[0-9]{4,9}-[0-9a-f]{8}"

Id = Annotated[str, Meta(pattern=rf"^{_ID}\Z")]
IdOrNone = Annotated[str, Meta(pattern=rf"^({_ID})?\Z")]
Nonce = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
NonceOrNone = Annotated[str, Meta(pattern=r"^([0-9a-f]{32})?\Z")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Sha256OrNone = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]
Commit = Annotated[str, Meta(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})?\Z")]
Words = Annotated[str, Meta(max_length=1_000)]
"""What people wrote; `plain` cleans it."""
Mark = Annotated[str, Meta(pattern=r"^[!-~ ]{0,300}\Z")]
"""A tag or a header: ASCII that can be seen."""
When = Annotated[
    str,
    Meta(pattern=r"^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z\Z"),
]
Number = Annotated[int, Meta(ge=1, le=999_999_999)]
Count = Annotated[int, Meta(ge=0, le=MOST_FILES)]
Bytes = Annotated[int, Meta(ge=0, le=1 << 50)]
Second = Annotated[int, Meta(ge=0, le=LATEST)]
Moment = Annotated[float, Meta(ge=0, le=LATEST)]

_IS_ID = re.compile(rf"{_ID}\Z")
_COMMAND = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
)
"""What a terminal carries out: OSC and CSI sequences (ECMA-48, sections 5.4 and 8.3.89)."""
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")
"""Words of Persian and Hindi are spelled with these."""


def decode(data: bytes, kind: type[T], most: int) -> T | None:
    """Decode JSON of a target.

    Args:
        kind: a record whose fields have the types above.
        most: bytes that are looked at.

    Returns:
        The record; None for what is damaged, too large, out of range or of another version.
    """
    if len(data) > most:
        return None
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def is_id(text: str) -> bool:
    """Tell whether a text is the name of a publication."""
    return _IS_ID.match(text) is not None


def is_inside(path: str) -> bool:
    """Tell whether a path leads below its folder on every system, and can be shown."""
    if len(path) > LONGEST_PATH or {"", ".", ".."} & set(path.split("/")):
        return False
    if path.isascii():
        return path.isprintable() and not {"\\", ":"} & set(path)
    return not {"\\", ":"} & set(path) and not any(map(_is_unseen, path))


def plain(text: str) -> str:
    """Take out of a text what a terminal carries out, what cannot be seen or turns words round."""
    return "".join(
        " " if _is_unseen(letter) and letter not in _JOINERS else letter
        for letter in _COMMAND.sub("", text)
    )


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in _UNSEEN
