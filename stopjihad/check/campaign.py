"""Check a campaign: everything in it, and what concerns it as a whole.

``check_project`` is the one entry for commands and preview. As a whole: languages, platforms,
helplines, pages, translations.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from stopjihad.catalog.frames import has_frames
from stopjihad.catalog.languages import is_known, standard_tag
from stopjihad.check.alert import check_alerts
from stopjihad.check.finding import at, nearest
from stopjihad.check.hosts import check_hosts
from stopjihad.check.memory import DOCUMENTS, NO_MEMORY, KeepProblems, Memory, files_digest, shelves
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
from stopjihad.model.campaign import HelplineChoice
from stopjihad.model.helpline import Helpline
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.model.review import Review, standing, text_digest
from stopjihad.problem import Problem, Severity
from stopjihad.text.language.pseudo import TAGS
from stopjihad.view.helplines import answers, chosen, fits, region
from stopjihad.view.source_segments import point_segments


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
    problems += check_hosts(project)
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
        ``page-missing``, ``helplines-missing``, ``helpline-stale``, ``helpline-due``,
        ``helpline-choice``, ``helpline-unknown``, ``helpline-language``, ``language-unused``,
        ``language-without-translations``, ``logo-missing``, ``schedule-order``, ``unknown-point``,
        ``date-ahead``, ``change-untold``.
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
    yield from _days(project, today)
    yield from _untold(project, today)
    yield from _files(project)
    yield from _helplines(project, today)
    yield from _choice(project)
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


def _days(project: Project, today: dt.date) -> Iterator[Problem]:
    """Find days that have not come yet: readers are told when a source was read.

    A day more is allowed for whoever writes where it has begun already.
    """
    last = today + dt.timedelta(days=1)
    for document in project.points:
        point = document.record
        days: dict[str, dt.date | None] = {"reviewed": point.reviewed}
        if point.prevalence:
            days["prevalence.assessed"] = point.prevalence.assessed
        for index, source in enumerate(point.sources):
            days[f"sources.{index}.published"] = source.published
            days[f"sources.{index}.accessed"] = source.accessed
        for field, day in days.items():
            if day is not None and day > last:
                message = f"{field} is {day}, which has not come yet"
                hint = "write the day as year-month-day, for example 2026-11-24"
                yield at(document, field, "date-ahead", message, hint, "warning")


def _untold(project: Project, today: dt.date) -> Iterator[Problem]:
    """Find corrections that feeds say nothing of: partners take down what a feed corrects.

    Words that an editor approved have changed since, and the day that feeds give is not later.
    """
    campaign = project.campaign.record
    language = campaign.source_language
    approved = {
        digest: review
        for (digest, kind), review in standing(project.reviews).items()
        if kind == "editorial" and review.language == language
    }
    before: dict[str, dict[str, Review]] = {}
    for digest, review in approved.items():
        before.setdefault(review.context, {})[digest] = review
    for document in project.points if before else ():
        point = document.record
        current = {(c, text_digest(language, c, words)) for c, words in point_segments(point)}
        known = {digest for _, digest in current}
        fresh = {context for context, digest in current if digest not in approved}
        lost = [
            review
            for context in sorted(fresh)
            for digest, review in before.get(context, {}).items()
            if digest not in known
        ]
        told = point.reviewed or campaign.updated
        last = max(lost, key=lambda review: review.on, default=None)
        if last and told <= last.on.date() and told != today:
            message = (
                f"{last.context} has changed since {last.by} approved it on {last.on.date()}, "
                f"and feeds still say {told}"
            )
            hint = f"write 'reviewed: {today}', so that feeds tell of the change; have it approved"
            place = "reviewed" if point.reviewed else "fact"
            yield at(document, place, "change-untold", message, hint, "warning")


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


def _choice(project: Project) -> Iterator[Problem]:
    """Check the setting ``helplines`` of a campaign.

    Yields:
        Problems: ``helpline-choice`` (an entry that is for nothing the campaign makes),
        ``helpline-unknown``, ``helpline-language`` (a line that does not answer in the language it
        is named for), ``helpline-named``, ``duplicate``.
    """
    document = project.campaign
    if project.helplines is None:
        return  # ``helplines-missing`` says so, or what is wrong with the file
    lines = project.helplines.record.helplines
    known = {line.id: line for line in lines}
    for index, entry in enumerate(document.record.helplines):
        tags = [tag for tag in document.record.languages if fits(entry, tag)]
        if not tags:
            message, hint = _unused_choice(entry, document.record.languages)
            yield at(document, f"helplines.{index}", "helpline-choice", message, hint)
        for place, name in enumerate(entry.lines):
            field = f"helplines.{index}.lines.{place}"
            if name not in known:
                message = f"helplines.yaml has no helpline '{name}'"
                yield at(document, field, "helpline-unknown", message, nearest(name, known))
            elif name in entry.lines[:place]:
                yield at(document, field, "duplicate", f"'{name}' stands twice", "keep one")
            else:
                yield from _silent_lines(project, field, known[name], tags)
    yield from _other_names(project, lines)


def _other_names(project: Project, lines: tuple[Helpline, ...]) -> Iterator[Problem]:
    """Find buttons that name one service where the number of another stands beside them.

    Translations are taken to name the service that the source names.
    """
    campaign = project.campaign.record
    for document in project.points:
        action = document.record.action
        named = {line.id for line in lines if _names(action.label, line)}
        if action.kind != "helpline" or not named:
            continue
        others: dict[str, list[str]] = {}
        for tag in campaign.languages:
            standing = chosen(campaign, lines, tag)
            if standing and standing[0].id not in named:
                others.setdefault(standing[0].short_name or standing[0].name, []).append(tag)
        for name, tags in others.items():
            yield at(
                document,
                "action.label",
                "helpline-named",
                f"the button names a service, but the number of '{name}' stands beside it in "
                + ", ".join(tags),
                "name none: each number stands with its name, in every language",
                "warning",
            )


def _names(label: str, line: Helpline) -> bool:
    names = (name for name in (line.name, line.short_name) if len(name) > 2)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", label) for name in names)


def _unused_choice(entry: HelplineChoice, languages: tuple[str, ...]) -> tuple[str, str]:
    """Say why an entry is for nothing, and how to mend it."""
    if entry.language is None and entry.market is None:
        return "the entry is for no language and no country", "write 'language:', 'market:' or both"
    if entry.language and entry.market and region(entry.language) not in {"", entry.market}:
        message = f"'{entry.language}' is a language of another country than {entry.market}"
        return message, "correct one of the two"
    if entry.language is None:
        message = f"no language of the campaign is for readers in {entry.market} alone"
        return message, "write 'language:' too, or list a language such as fr-" + str(entry.market)
    message = f"the campaign makes nothing in '{entry.language}' for this entry"
    return message, f"{nearest(entry.language, languages)}; else take the entry out"


def _silent_lines(
    project: Project, field: str, line: Helpline, tags: list[str]
) -> Iterator[Problem]:
    for tag in tags:
        if not answers(line, tag):
            yield at(
                project.campaign,
                field,
                "helpline-language",
                f"the helpline '{line.id}' does not answer in '{tag}', only in: "
                f"{', '.join(line.languages)}",
                "name one that does, or take it out",
            )


THEME = "en"
"""Language of the theme's own words."""


def check_languages(project: Project, translated: Collection[str]) -> Iterator[Problem]:
    """Warn of languages whose pages speak English around the texts, or that no rule can read.

    Args:
        translated: languages of the theme's catalogues, ``templates/locale/<tag>.po``.

    Yields:
        Problems ``language-theme`` and ``language-rules``, warnings.
    """
    for index, tag in enumerate(project.campaign.record.languages):
        primary = tag.partition("-")[0]
        if tag in TAGS or standard_tag(tag) != tag or not is_known(tag):
            continue  # those have a problem of their own, or are no language
        where = f"languages.{index}"
        if primary != THEME and not {tag, tag[:2]} & set(translated):
            message = f"the pages' own words (menus, notices) are English in '{tag}'"
            hint = f"translate templates/locale/theme.pot as templates/locale/{tag}.po"
            yield at(project.campaign, where, "language-theme", message, hint, "warning")
        if not has_frames(tag):
            message = f"no rule finds blame or suspicion in '{tag}': silence says nothing of it"
            hint = "let two people who speak it read every text"
            yield at(project.campaign, where, "language-rules", message, hint, "warning")
