"""Remember at home what this workspace did on a target."""

from __future__ import annotations

import msgspec

from stopjihad import disk
from stopjihad.publish.publish_request import PublishRequest
from stopjihad.publish.schema import decode


class TargetMemory(msgspec.Struct, frozen=True):
    """What this workspace remembers of a target.

    Attributes:
        nonces: numbers of publishers that have not come to their end, oldest first. Each may be the
            one of the lease there: a full target takes no newer one.
        seen: ids of publications that were ours, or that we followed on purpose.
        names: what the publishers of them called themselves, by id.
    """

    nonces: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    names: dict[str, str] = {}


SEEN = 50
"""Publications that a workspace remembers."""

MEMORY_BYTES = 65_536
"""Bytes of the largest file in which it does: far more than fifty of each take."""


def memory_of(asked: PublishRequest) -> TargetMemory:
    """Read what this workspace remembers of a target."""
    data = disk.read(private_path(asked, ".json"), MEMORY_BYTES + 1)
    return decode(data or b"", TargetMemory, MEMORY_BYTES) or TargetMemory()


def keep_memory(asked: PublishRequest, memory: TargetMemory) -> None:
    """Keep what this workspace remembers of a target."""
    disk.replace(private_path(asked, ".json"), msgspec.json.encode(memory))


def private_path(asked: PublishRequest, ending: str) -> str:
    """Give the path of a file of this workspace about a target; ``ending`` begins with a dot."""
    folder = asked.root / disk.PRIVATE / "publish"
    return str(folder / f"{asked.campaign}-{asked.target.id}{ending}")
