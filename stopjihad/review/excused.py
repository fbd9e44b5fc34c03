"""List the exceptions of a ledger: words that people have excused from a rule."""

from __future__ import annotations

import datetime as dt

import msgspec

from stopjihad.model.project import Project
from stopjihad.model.review import signatures


class ExcusedWords(msgspec.Struct, frozen=True, kw_only=True):
    """Show an exception: words that people have excused from a rule; ``until`` may be open."""

    rule: str
    context: str
    language: str
    words: str
    reason: str
    by: tuple[str, ...]
    until: dt.date | None


def list_exceptions(project: Project) -> tuple[ExcusedWords, ...]:
    """List the exceptions that stand in a campaign's ledger, the one that ends first leading."""
    found = [
        ExcusedWords(
            rule=signed[-1].rule,
            context=signed[-1].context,
            language=signed[-1].language,
            words=signed[-1].words,
            reason=signed[-1].reason,
            by=tuple(one.by for one in signed),
            until=signed[-1].until,
        )
        for (_, kind), signed in signatures(project.reviews).items()
        if kind == "exception"
    ]
    return tuple(sorted(found, key=lambda item: (item.until or dt.date.max, item.context)))
