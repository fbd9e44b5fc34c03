"""Keep what message rules found, for files that do not change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from stopjihad.check.rules.finding import Finding
from stopjihad.check.rules.kept import Keep
from stopjihad.load.cached import Cache, remember
from stopjihad.problem import Problem


class Findings(msgspec.Struct, frozen=True):
    """Hold what rules found in some texts."""

    findings: tuple[Finding, ...] = ()


def keeper(kept: Cache) -> Keep:
    """Make a function that keeps findings.

    Args:
        kept: where they are kept.

    Returns:
        The function.
    """

    def keep(
        names: tuple[str, ...], work: Callable[[], Iterable[Finding]], *, clean: bool
    ) -> Sequence[Finding]:
        made: list[Findings] = []

        def parse() -> tuple[Findings | None, list[Problem]]:
            found = Findings(tuple(work()))
            made.append(found)
            return (None if clean and found.findings else found), []

        result, _ = remember(kept, ("rules", _code_digest(), *names), Findings, parse)
        return (made[0] if made else result or Findings()).findings

    return keep


@cache
def _code_digest() -> str:
    """Digest rules, words and the code that applies them: another version finds other things."""
    digest = hashlib.sha256()
    package = files("stopjihad")
    for name in ("check/rules", "catalog/rules", "catalog/style_packs", "text"):
        for data in _contents(package.joinpath(name)):
            digest.update(data)
    return digest.hexdigest()


def _contents(folder: Traversable) -> list[bytes]:
    found: list[bytes] = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _contents(entry)
        elif entry.name.endswith((".py", ".yaml", ".json")):
            found.append(entry.read_bytes())
    return found
