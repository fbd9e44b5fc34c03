"""Keep the warnings of a build, to be said again while nothing has changed since."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from stopjihad.build.tree.place import Target
from stopjihad.disk.store import Store
from stopjihad.problem import Problem


def remember(target: Target, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Keep the warnings among the problems of a campaign that was built.

    Args:
        target: where it is published, with the fingerprint of everything it is made from.
        problems: all that was found.

    Returns:
        The warnings, sorted by place.
    """
    warnings = tuple(item for item in problems if item.severity == "warning")
    _store(target).put(_key(target), msgspec.json.encode(warnings))
    return warnings


def recall(target: Target) -> tuple[Problem, ...]:
    """Give the warnings of the build whose result is published and still right.

    Args:
        target: as for ``remember``.

    Returns:
        The warnings; none when the store was emptied since.
    """
    data = _store(target).get(_key(target))
    if data is None:
        return ()
    return msgspec.json.decode(data, type=tuple[Problem, ...])


def _store(target: Target) -> Store:
    return Store(Path(target.state) / "store")


def _key(target: Target) -> str:
    return hashlib.sha256(f"warnings\0{target.out}\0{target.fingerprint}".encode()).hexdigest()
