"""Refuse paper with numbers that would be old before the paper is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from stopjihad.check.finding import at
from stopjihad.model.project import Project
from stopjihad.problem import Problem, Severity
from stopjihad.view.helplines import chosen

LEAST_DAYS = 60
"""Days for which a number must hold when paper is made: it hangs for weeks, and nobody mends it."""


def check_paper(
    project: Project, today: dt.date, languages: Collection[str], *, refused: bool
) -> Iterator[Problem]:
    """Check the helplines that stand on paper.

    Args:
        refused: whether it is asked for now; paper that is there already is only warned of.

    Yields:
        Problems ``paper-line-due``; warnings where the campaign is a sample: it must build in later
        years, too.
    """
    campaign, document = project.campaign.record, project.helplines
    if document is None:
        return
    severity: Severity = "error" if refused and not campaign.sample else "warning"
    standing = {
        line.id for tag in languages for line in chosen(campaign, project.all_helplines, tag)
    }
    for index, line in enumerate(document.record.helplines):
        days = (line.review_by - today).days
        if line.id in standing and days < LEAST_DAYS:
            yield at(
                document,
                f"helplines.{index}.review_by",
                "paper-line-due",
                f"the helpline '{line.id}' must be checked by {line.review_by}: paper hangs longer",
                f"check number and hours, then set 'verified' and 'review_by' {LEAST_DAYS} days on",
                severity,
            )
