"""Keep what checks found under everything that decides it: ``get``, ``put``, ``get_or_make``.

An edit of one file leaves the others' findings standing. Whoever has no digest of what decides
them asks `NO_FINDINGS`, and finds them out each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from stopjihad.check.finding import Finding
from stopjihad.disk.cache import Cache, NoCache, get_or_make, key_of
from stopjihad.problem import Problem

RULES, PROBLEMS = "rules", "problems"
TRANSLATIONS, USES = "translation-findings", "translation-use"
"""First name of what is kept: findings of message rules, problems of talking points, findings in
files of translations, and what a campaign uses of them."""


class Findings(msgspec.Struct, frozen=True):
    """What rules found in some texts."""

    findings: tuple[Finding, ...] = ()


class Problems(msgspec.Struct, frozen=True):
    """What was found in some talking points."""

    problems: tuple[Problem, ...] = ()


T = TypeVar("T", bound=msgspec.Struct)
Names = tuple[str, ...]
"""What is kept, and everything that decides it beside the program."""


def always(_: object) -> bool:
    """Say that anything found may be kept."""
    return True


class FindingCache:
    """Keep findings as long as the program and what they are about are the same."""

    def __init__(self, cache: Cache, program: Names) -> None:
        """Keep findings in a cache under the digests of the ``program`` that finds them."""
        self._cache = cache
        self._program = program

    def get(self, names: Names, kind: type[T]) -> T | None:
        """Give what is kept, or None."""
        return get_or_make(self._cache, self._key(names), kind, lambda: (None, []))[0]

    def put(self, names: Names, found: msgspec.Struct) -> None:
        """Keep what was found."""
        self._cache.put(key_of(self._key(names)), msgspec.json.encode(found))

    def get_or_make(
        self,
        names: Names,
        make: Callable[[], T],
        kind: type[T],
        lasting: Callable[[T], bool] = always,
    ) -> T:
        """Give what is kept, or make it, and keep it where it is ``lasting``."""
        known = self.get(names, kind)
        if known is None:
            known = make()
            if lasting(known):
                self.put(names, known)
        return known

    def _key(self, names: Names) -> Names:
        return (names[0], *self._program, *names[1:])


NO_FINDINGS = FindingCache(NoCache(), ())
"""Keeps nothing."""


class MissingCount(FindingCache):
    """Count what is not kept, and find out nothing."""

    missing = 0

    def put(self, names: Names, found: msgspec.Struct) -> None:
        """Keep nothing."""

    def get_or_make(
        self,
        names: Names,
        make: Callable[[], T],  # noqa: ARG002 - nothing is made
        kind: type[T],
        lasting: Callable[[T], bool] = always,  # noqa: ARG002 - nor kept
    ) -> T:
        """Give what is kept, or nothing found, and count it."""
        known = self.get(names, kind)
        self.missing += known is None
        return kind() if known is None else known


def rule_findings_of(
    cache: FindingCache,
    names: Names,
    work: Callable[[], Iterable[Finding]],
    *,
    clean: bool = False,
    fuller: Names = (),
) -> Sequence[Finding]:
    """Give what message rules found.

    Args:
        names: ids of the rules, and everything that decides what they find.
        clean: whether only their absence may be kept, because their places depend on more.
        fuller: names under which the findings of more rules may be kept; they serve as well.
    """
    own = (RULES, *names)
    wider = cache.get((RULES, *fuller), Findings) if fuller else None
    if wider is not None:
        # After the next edit the fuller ones serve no more: what they say of these rules is kept
        # for itself. Names have the ids of rules among them.
        none = clean and not any(one.rule in names for one in wider.findings)
        if none and cache.get(own, Findings) is None:
            cache.put(own, Findings())
        return wider.findings
    lasting = (lambda found: not found.findings) if clean else always
    return cache.get_or_make(own, lambda: Findings(tuple(work())), Findings, lasting).findings
