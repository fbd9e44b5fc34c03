"""Apply the ledger's exceptions: words that people have excused from a rule.

An exception is bound to the rule, the language, the place and the very words. Another sentence of
the same talking point, a translation, or a changed word needs one of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, at
from stopjihad.model.point import Waiver
from stopjihad.model.project import Document, Project
from stopjihad.model.review import Review, exception_digest, signatures
from stopjihad.problem import Problem
from stopjihad.review.ledger import Subject


def subject_of(finding: Finding) -> Subject:
    """Name the words of a finding for a signature under an exception."""
    context = finding.context or finding.subject
    words = finding.sentence or finding.message
    digest = exception_digest(finding.rule, finding.language, context, words)
    return Subject(context, digest, words=words, rule=finding.rule)


def without_excused(
    findings: Iterable[Finding],
    reviews: Iterable[Review],
    rules: Mapping[str, Rule],
    today: dt.date,
) -> list[Finding]:
    """Leave out what the ledger excuses.

    Args:
        rules: all rules by id; ``people`` of a rule must have signed, and ``waivable`` allow it.
        today: an exception counts until its last day has passed.

    Returns:
        The other findings; those with an exception that does not count say why not.
    """
    signed = {
        digest: found
        for (digest, kind), found in signatures(reviews).items()
        if kind == "exception"
    }
    left: list[Finding] = []
    for finding in findings:
        own = signed.get(subject_of(finding).digest, ()) if signed else ()
        why = _why_not(own, rules[finding.rule], today) if own else None
        if why is None and own:
            continue
        left.append(replace(finding, mend=why) if why else finding)
    return left


def _why_not(signed: tuple[Review, ...], rule: Rule, today: dt.date) -> str | None:
    """Say why signatures do not excuse what they are under, or None when they do."""
    if not rule.waivable:
        return f"{rule.id} has no exceptions: {rule.mend}"
    valid = [one for one in signed if one.until is None or one.until >= today]
    if len(valid) >= rule.people:
        return None
    if not valid:
        last = signed[-1]
        return f"the exception of {last.by} ended on {last.until}: mend it, or sign it again"
    return f"{valid[-1].by} signed an exception: a second person must confirm it"


class MovedWaiver(NamedTuple):
    """A waiver of an older campaign, what it is about, and where it is written."""

    waiver: Waiver
    subject: str
    document: Document[Any]
    field: str

    def fits(self, finding: Finding) -> bool:
        """Tell whether the waiver was about a finding."""
        if self.waiver.rule != finding.rule:
            return False
        if self.subject:
            return finding.subject == self.subject
        return not finding.subject.startswith("points/")


def waivers(project: Project) -> tuple[MovedWaiver, ...]:
    """List the waivers that are still written in talking points and in ``campaign.yaml``."""
    found = [
        MovedWaiver(waiver, f"points/{document.record.id}", document, f"waivers.{index}")
        for document in project.points
        for index, waiver in enumerate(document.record.waivers)
    ]
    campaign = project.campaign
    found += [
        MovedWaiver(waiver, waiver.where, campaign, f"waivers.{index}")
        for index, waiver in enumerate(campaign.record.waivers)
    ]
    return tuple(found)


def waiver_problems(project: Project) -> Iterator[Problem]:
    """Say of each waiver that it excuses nothing any more: ``waiver-moved``."""
    for moved in waivers(project):
        message = f"a waiver of {moved.waiver.rule} no longer counts: exceptions are signed"
        hint = "run 'stopjihad review migrate' once, then delete the waivers"
        yield at(moved.document, moved.field, "waiver-moved", message, hint, "warning")
