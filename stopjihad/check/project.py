"""Check a whole project; the one entry for commands and preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from functools import partial

import msgspec

from stopjihad.check.alert import check_alerts
from stopjihad.check.campaign import check_campaign
from stopjihad.check.memory import (
    DOCUMENTS,
    NO_MEMORY,
    KeepProblems,
    Memory,
    files_digest,
    shelves,
)
from stopjihad.check.placeholders import placeholders
from stopjihad.check.points import check_point
from stopjihad.check.rules.run import check_point_rules, check_rules
from stopjihad.check.texts import (
    check_fields,
    check_pages_prose,
    check_point_prose,
    check_record,
    link_targets,
)
from stopjihad.model.loaded import Document, Project
from stopjihad.model.point import Point
from stopjihad.problem import Problem


def check_project(
    project: Project,
    today: dt.date,
    platforms: Collection[str],
    *,
    thorough: bool = True,
    memory: Memory = NO_MEMORY,
    judged: bool = True,
) -> tuple[Problem, ...]:
    """Find every problem of a loaded project.

    Args:
        today: day on which helplines must be fresh.
        platforms: ids of the platforms that drafts can be made for.
        thorough: whether message rules that never stop a build are applied, too.
        memory: gives what was found before in files that did not change.
        judged: whether message rules are applied at all.

    Returns:
        All problems, sorted by place.
    """
    problems = list(check_campaign(project, today, platforms))
    problems += _each_alone(project, memory.problems)
    problems += check_pages_prose(project)
    if not project.campaign.record.sample:
        problems += placeholders(project)
    problems += check_fields(msgspec.structs.replace(project, points=()))
    problems += check_alerts(project)
    for document in project.points:
        problems += check_point(document, project)
    if judged:
        problems += check_rules(project, today, thorough=thorough, keep=memory.findings)
    return tuple(sorted(problems))


def _each_alone(project: Project, keep: KeepProblems) -> Iterator[Problem]:
    """Check the Markdown and the addresses of each talking point, which no other changes."""
    targets, allowed = link_targets(project), project.campaign.record.allow_hosts

    def work(shelf: Sequence[Document[Point]]) -> Iterator[Problem]:
        for document in shelf:
            yield from check_point_prose(document, targets)
            yield from check_record(document, allowed)

    decided = " ".join((*sorted(targets), "", *allowed))
    for shelf in shelves(project.points, DOCUMENTS):
        yield from keep((files_digest(shelf), decided), partial(work, shelf))


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
