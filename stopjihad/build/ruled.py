"""Keep what message rules found, for files that do not change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from stopjihad.check.rules.finding import Finding
from stopjihad.check.rules.kept import Keep
from stopjihad.disk.cache import Cache, get_or_make
from stopjihad.disk.code import code_digest
from stopjihad.problem import Problem

_DECIDING = ("check/rules", "catalog/rules", "catalog/style_packs", "text")
"""Rules, words and the code that applies them: another version finds other things."""


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

        result, _ = get_or_make(kept, ("rules", code_digest(*_DECIDING), *names), Findings, parse)
        return (made[0] if made else result or Findings()).findings

    return keep
