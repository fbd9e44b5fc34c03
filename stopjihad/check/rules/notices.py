"""Kinds of check about notices in a crisis and about what machines are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from stopjihad.catalog.rules import Rule
from stopjihad.check.rules.finding import Finding, found
from stopjihad.check.rules.languages import Case, finding
from stopjihad.lexicon.phrases import phrases
from stopjihad.model import contexts


def expiring(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find notices that end too late, or before they began (CRS01).

    Args:
        rule: its params give the most ``minutes``.

    Yields:
        Findings.
    """
    for document in case.project.alerts:
        alert = document.record
        subject = f"alerts/{alert.id}"
        lasts = alert.ends - alert.sent
        if lasts <= dt.timedelta(0):
            yield found(rule, document, "expires", subject, words="ends before it was sent")
        elif lasts > dt.timedelta(minutes=rule.params["minutes"]):
            hours, minutes = divmod(rule.params["minutes"], 60)
            words = f"lasts longer than {hours} hours {minutes} minutes"
            yield found(rule, document, "expires", subject, words=words)


def markup(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find claims that are unfit for structured data: with a verdict or an address (MRK01).

    Args:
        rule: its params name the phrases of a verdict.

    Yields:
        Findings.
    """
    for tongue in case.tongues:
        known = phrases(tongue.language, rule.params["set"])
        for document in case.project.points:
            key = document.record.id
            context = contexts.point(key, "claim")
            said = tongue.said(document, "claim", context, document.record.claim or "")
            if said is None:
                continue
            hit = next(known.hits(said.text), None) if known else None
            if hit is not None:
                words = f"has a verdict in it: {hit.words}"
                yield finding(rule, said, f"points/{key}", words=words)
            if "://" in said.text:
                yield finding(rule, said, f"points/{key}", words="has an address in it")


def elsewhere(rule: Rule, case: Case) -> Iterator[Finding]:  # noqa: ARG001
    """Find nothing: the rule is guarded by the codes of its row.

    Yields:
        Nothing.
    """
    yield from ()
