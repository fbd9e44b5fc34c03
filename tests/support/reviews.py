"""Lines of a ledger for tests of who writes it, not of what it says."""

from __future__ import annotations

import datetime as dt

from stopjihad.model.review import Review

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def review_of(digit: str, by: str = "Nour") -> Review:
    """Approve a text whose digest is one digit again and again."""
    return Review(
        language="fr",
        context="neighbours/fact",
        digest=digit * 32,
        verdict="approve",
        kind="native",
        by=by,
        on=NOW,
    )
