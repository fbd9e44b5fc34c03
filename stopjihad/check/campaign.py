"""Check a campaign as a whole: languages, platforms, helplines, pages, translations."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from stopjihad.check.choice import check_choice
from stopjihad.check.finding import at, nearest
from stopjihad.model.loaded import Document, Project
from stopjihad.problem import Problem, Severity

REQUIRED_PAGES = ("about", "privacy", "accessibility")
"""Pages every site needs: who speaks, what is stored, who can use it (STANDARDS section 5)."""

WARN_DAYS = 30
"""Days before a helpline's ``review_by`` from which the team is warned."""


def check_campaign(
    project: Project, today: dt.date, platforms: Collection[str]
) -> Iterator[Problem]:
    """Check the campaign's own file and what hangs on it.

    Args:
        today: day on which helplines must be fresh.
        platforms: ids of the platforms that drafts can be made for.

    Yields:
        Problems: ``duplicate``, ``source-language``, ``unknown-platform``, ``no-points``,
        ``page-missing``, ``helplines-missing``, ``helpline-stale``, ``helpline-due``, those of
        ``check_choice``,
        ``language-unused``, ``language-without-translations``, ``logo-missing``,
        ``schedule-order``, ``unknown-point``.
    """
    document, campaign = project.campaign, project.campaign.record
    if campaign.source_language not in campaign.languages:
        yield at(
            document,
            "source_language",
            "source-language",
            f"'{campaign.source_language}' is not among the languages",
            "add it to 'languages'",
        )
    for field, names in (
        ("languages", campaign.languages),
        ("platforms", campaign.platforms),
        ("audiences", tuple(item.id for item in campaign.audiences)),
        ("messengers", tuple(item.id for item in campaign.messengers)),
        ("order", campaign.order),
    ):
        for name, times in Counter(names).items():
            if times > 1:
                message = f"'{name}' stands {times} times"
                yield at(document, field, "duplicate", message, "keep one")
    for index, name in enumerate(campaign.platforms):
        if name not in platforms:
            message = f"the platform '{name}' is not known"
            hint = nearest(name, platforms)
            yield at(document, f"platforms.{index}", "unknown-platform", message, hint)
    end = campaign.schedule.end
    if end is not None and end < campaign.schedule.start:
        message = "the schedule ends before it starts"
        yield at(document, "schedule.end", "schedule-order", message, "swap the two days")
    yield from _named_points(project)
    yield from _files(project)
    yield from _helplines(project, today)
    yield from check_choice(project)
    yield from _languages(project)


def _named_points(project: Project) -> Iterator[Problem]:
    """Check that talking points that are named exist, those that cannot be read included."""
    folder = project.campaign.path.rsplit("/", 1)[0]
    points = {point.record.id for point in project.points}

    def wrong(document: Document[Any], place: str, name: str) -> Iterator[Problem]:
        if name not in points and f"{folder}/points/{name}.md" not in project.broken:
            message = f"there is no talking point '{name}'"
            yield at(document, place, "unknown-point", message, nearest(name, points))

    for index, name in enumerate(project.campaign.record.order):
        yield from wrong(project.campaign, f"order.{index}", name)
    if project.responses is not None:
        for index, reply in enumerate(project.responses.record.replies):
            if reply.point:
                yield from wrong(project.responses, f"replies.{index}.point", reply.point)


def _files(project: Project) -> Iterator[Problem]:
    document = project.campaign
    folder = document.path.rsplit("/", 1)[0]
    if not project.points and not any(f"{folder}/points/" in path for path in project.broken):
        message = "the campaign has no talking points"
        yield at(document, "", "no-points", message, "write one: stopjihad new point my-point")
    pages = {page.record.id for page in project.pages}
    for name in REQUIRED_PAGES:
        path = f"{folder}/pages/{name}.md"
        if name not in pages and path not in project.broken:
            yield Problem(
                path=path,
                code="page-missing",
                message=f"the page '{name}' is missing: every site needs it",
                hint=f"write it: stopjihad new page {name}",
            )
    logo = document.record.brand.logo
    if logo and f"{folder}/media/{logo}" not in project.media:
        message = f"media/{logo} does not exist"
        yield at(document, "brand.logo", "logo-missing", message, "add the file")


def _helplines(project: Project, today: dt.date) -> Iterator[Problem]:
    document = project.helplines
    if document is None and any(path.endswith("/helplines.yaml") for path in project.broken):
        return
    if document is None or not document.record.helplines:
        yield at(
            project.campaign,
            "",
            "helplines-missing",
            "the campaign names no helpline",
            "write helplines.yaml: frightened readers need someone to call",
        )
        return
    # A sample says on its pages that nobody checks its numbers; it must build in later years, too.
    stale: Severity = "warning" if project.campaign.record.sample else "error"
    for index, line in enumerate(document.record.helplines):
        where = f"helplines.{index}.review_by"
        days = (line.review_by - today).days
        if days < 0:
            yield at(
                document,
                where,
                "helpline-stale",
                f"the helpline '{line.id}' was to be checked by {line.review_by}",
                "check number and hours, then set 'verified' and 'review_by'",
                stale,
            )
        elif days < WARN_DAYS:
            yield at(
                document,
                where,
                "helpline-due",
                f"the helpline '{line.id}' must be checked within {days} days",
                "check number and hours, then set 'verified' and 'review_by'",
                "warning",
            )
    for name, times in Counter(line.id for line in document.record.helplines).items():
        if times > 1:
            yield at(
                document, "helplines", "duplicate", f"'{name}' stands {times} times", "keep one"
            )


def _languages(project: Project) -> Iterator[Problem]:
    campaign = project.campaign.record
    translated = {item.language: item.path for item in project.translations}
    for language, path in translated.items():
        if language not in campaign.languages:
            yield Problem(
                path=path,
                code="language-unused",
                message=f"the campaign does not list the language '{language}'",
                hint="add it to 'languages' in campaign.yaml, or delete the file",
                severity="warning",
            )
    for index, language in enumerate(campaign.languages):
        path = f"campaigns/{campaign.id}/locale/{language}.po"
        if campaign.source_language not in campaign.languages or path in project.broken:
            continue
        if language != campaign.source_language and language not in translated:
            yield at(
                project.campaign,
                f"languages.{index}",
                "language-without-translations",
                f"there is no locale/{language}.po",
                "make it: stopjihad translate update",
                "warning",
            )
