"""Apply waivers: what excuses a finding, and what is wrong with the excuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import at, nearest
from stopjihad.check.rules.finding import Finding
from stopjihad.model.loaded import Document, Project
from stopjihad.model.point import Waiver
from stopjihad.problem import Problem


class Excuse(NamedTuple):
    """Hold a waiver with what it is about and where it is written."""

    waiver: Waiver
    subject: str
    document: Document[Any]
    field: str


def excuses(project: Project) -> tuple[Excuse, ...]:
    """List all waivers of a campaign.

    Args:
        project: the campaign.

    Returns:
        Those of talking points, which are about the talking point, then those of the campaign,
        which are about what ``where`` names, or about everything outside of talking points.
    """
    found = [
        Excuse(waiver, f"points/{document.record.id}", document, f"waivers.{index}")
        for document in project.points
        for index, waiver in enumerate(document.record.waivers)
    ]
    campaign = project.campaign
    found += [
        Excuse(waiver, waiver.where, campaign, f"waivers.{index}")
        for index, waiver in enumerate(campaign.record.waivers)
    ]
    return tuple(found)


def unexcused(
    findings: Iterable[Finding],
    known: tuple[Excuse, ...],
    rules: Mapping[str, Rule],
    today: dt.date,
) -> tuple[list[Finding], frozenset[int]]:
    """Leave out what a valid waiver excuses.

    Args:
        findings: what the rules found.
        known: all waivers.
        rules: all rules by id.
        today: last day that a waiver may name.

    Returns:
        The other findings, and the places in ``known`` of the waivers that were needed.
    """
    left: list[Finding] = []
    used: set[int] = set()
    for finding in findings:
        excused = [index for index, excuse in enumerate(known) if _excuses(excuse, finding)]
        used.update(excused)
        if not (
            rules[finding.rule].waivable
            and any(known[index].waiver.until >= today for index in excused)
        ):
            left.append(finding)
    return left, frozenset(used)


def waiver_problems(
    known: tuple[Excuse, ...], used: frozenset[int], rules: Mapping[str, Rule], today: dt.date
) -> Iterator[Problem]:
    """Find waivers that are wrong themselves.

    Args:
        known: all waivers.
        used: places of those that excuse something.
        rules: all rules by id.
        today: last day that a waiver may name.

    Yields:
        Problems: ``waiver-rule``, ``waiver-refused``, ``waiver-expired``, ``waiver-unused``.
    """
    for index, (waiver, _, document, field) in enumerate(known):
        rule = rules.get(waiver.rule)
        name = f"{field}.rule"
        if rule is None:
            message = f"there is no rule '{waiver.rule}'"
            yield at(document, name, "waiver-rule", message, nearest(waiver.rule, rules))
        elif not rule.waivable:
            message = f"{rule.id} ({rule.name}) cannot be waived"
            yield at(document, name, "waiver-refused", message, rule.mend)
        elif waiver.until < today:
            message = f"the waiver of {rule.id} ended on {waiver.until}"
            hint = "mend what it excused, or decide again with a new day"
            yield at(document, f"{field}.until", "waiver-expired", message, hint)
        elif index not in used:
            message = f"the waiver of {rule.id} excuses nothing any more"
            yield at(document, field, "waiver-unused", message, "delete it", "warning")


def _excuses(excuse: Excuse, finding: Finding) -> bool:
    if excuse.waiver.rule != finding.rule:
        return False
    if excuse.subject:
        return finding.subject == excuse.subject
    return not finding.subject.startswith("points/")
