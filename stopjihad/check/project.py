"""Check a whole project; the one entry for commands and preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from stopjihad.check.alert import check_alerts
from stopjihad.check.campaign import check_campaign
from stopjihad.check.fields import check_fields, check_record
from stopjihad.check.placeholders import placeholders
from stopjihad.check.points import check_point
from stopjihad.check.prose import check_point_prose, check_prose, link_targets
from stopjihad.check.rules.dependencies import Keep, anew
from stopjihad.check.rules.run import check_point_rules, check_rules
from stopjihad.model.loaded import Document, Project
from stopjihad.model.point import Point
from stopjihad.problem import Problem


def check_project(
    project: Project,
    today: dt.date,
    platforms: Collection[str],
    *,
    thorough: bool = True,
    keep: Keep = anew,
    judged: bool = True,
) -> tuple[Problem, ...]:
    """Find every problem of a loaded project.

    Args:
        today: day on which helplines must be fresh.
        platforms: ids of the platforms that drafts can be made for.
        thorough: whether message rules that never stop a build are applied, too.
        keep: gives what message rules found before, for files that did not change.
        judged: whether message rules are applied at all.

    Returns:
        All problems, sorted by place.
    """
    problems = list(check_campaign(project, today, platforms))
    problems += check_prose(project)
    if not project.campaign.record.sample:
        problems += placeholders(project)
    problems += check_fields(project)
    problems += check_alerts(project)
    for document in project.points:
        problems += check_point(document, project)
    if judged:
        problems += check_rules(project, today, thorough=thorough, keep=keep)
    return tuple(sorted(problems))


def check_one_point(
    document: Document[Point], project: Project, today: dt.date | None = None
) -> tuple[Problem, ...]:
    """Find every problem of one talking point, without reading the others.

    Args:
        document: the talking point, perhaps newer than the one in the project.
        today: day on which message rules judge it; None to leave them out.

    Returns:
        Its problems, sorted by place.
    """
    point = document.record
    linked = "](" in point.body or "](" in point.alternative
    targets = link_targets(project) if linked else ()  # in most talking points nothing asks
    found = [*check_point(document, project), *check_point_prose(document, targets)]
    found += check_record(document, project.campaign.record.allow_hosts)
    if today is not None:
        found += check_point_rules(document, project, today)
    return tuple(sorted(found))
