"""Check a campaign: everything in it, and what concerns it as a whole.

``check_project`` is the one entry for commands and preview. As a whole: languages, platforms,
pages, translations.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from stopjihad.catalog.frames import has_frames
from stopjihad.catalog.languages import is_known, standard_tag
from stopjihad.catalog.platforms import OTHER_NAMES
from stopjihad.check.corrections import check_corrections
from stopjihad.check.finding import at
from stopjihad.check.finding_cache import NO_FINDINGS, PROBLEMS, FindingCache, Problems
from stopjihad.check.helplines import check_helplines
from stopjihad.check.host_twins import check_hosts
from stopjihad.check.keeping import (
    DOCUMENTS,
    files_digest,
    shelves,
)
from stopjihad.check.manuscript import check_copies
from stopjihad.check.names import check_names, check_window
from stopjihad.check.partners import check_partners
from stopjihad.check.placeholders import placeholders
from stopjihad.check.points import check_days, check_point
from stopjihad.check.rules.run import check_document_rules, check_rules
from stopjihad.check.texts import (
    check_fields,
    check_page,
    check_point_prose,
    check_record,
    link_targets,
)
from stopjihad.check.voices import check_voices
from stopjihad.load.drafts import as_warnings
from stopjihad.model.campaign import Campaign
from stopjihad.model.options import words_for
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Page, Project
from stopjihad.model.translation import OwnWords
from stopjihad.problem import Problem
from stopjihad.text.language.pseudo import TAGS
from stopjihad.text.nearest import nearest
from stopjihad.view.forms_of_address import INFORMAL


def check_project(
    project: Project,
    today: dt.date,
    platforms: Collection[str],
    *,
    thorough: bool = True,
    cache: FindingCache = NO_FINDINGS,
    judged: bool = True,
) -> tuple[Problem, ...]:
    """Find every problem of a loaded project.

    Args:
        platforms: ids of the platforms that drafts can be made for.
        thorough: whether message rules that never stop a build are applied, too.
        judged: whether message rules are applied at all.
    """
    problems = list(check_campaign(project, platforms))
    problems += check_names(project)
    problems += check_copies(project.points)
    problems += check_helplines(project, today)
    problems += check_corrections(project, today)
    problems += check_partners(project)
    problems += check_voices(project, today if judged else None)
    problems += _each_alone(project, cache)
    targets = link_targets(project)
    for page in project.pages:
        problems += check_page(page, project, targets)
    problems += _drafts(project, today if judged else None)
    if not project.campaign.record.sample:
        problems += placeholders(project)
    problems += check_fields(msgspec.structs.replace(project, points=()))
    problems += check_hosts(project)
    for document in project.points:
        problems += check_point(document, project)
        problems += check_days(document, today)
        problems += check_window(document, today)
    if judged:
        problems += check_rules(project, today, thorough=thorough, cache=cache)
    return tuple(sorted(problems))


def _drafts(project: Project, today: dt.date | None) -> Iterator[Problem]:
    """Check drafts as what is ready; what is wrong with them is a warning."""
    for point in project.draft_points:
        yield from as_warnings(check_one_point(point, project, today), {point.path})
    for page in project.draft_pages:
        yield from as_warnings(check_one_page(page, project, today), {page.path})


def _each_alone(project: Project, cache: FindingCache) -> Iterator[Problem]:
    """Check the Markdown and the addresses of each talking point, which no other changes."""
    targets, allowed = link_targets(project), project.campaign.record.allow_hosts

    def judge(shelf: Sequence[Document[Point]]) -> Problems:
        found: list[Problem] = []
        for document in shelf:
            found += check_point_prose(document, targets)
            found += check_record(document, allowed)
        return Problems(tuple(found))

    decided = " ".join((*sorted(targets), "", *allowed))
    for shelf in shelves(project.points, DOCUMENTS):
        digest = files_digest(shelf)
        where = cache if digest else NO_FINDINGS
        names = (PROBLEMS, digest, decided)
        yield from where.get_or_make(names, partial(judge, shelf), Problems).problems


def check_one_point(
    document: Document[Point], project: Project, today: dt.date | None = None
) -> tuple[Problem, ...]:
    """Find every problem of one talking point, without reading the others.

    Args:
        document: the talking point, perhaps newer than the one in the project.
        today: day on which it is judged; None to leave message rules and days out.
    """
    point = document.record
    linked = "](" in point.body or "](" in point.alternative
    targets = link_targets(project) if linked else ()  # in most talking points nothing asks
    found = [*check_point(document, project), *check_point_prose(document, targets)]
    found += check_record(document, project.campaign.record.allow_hosts)
    if today is not None:
        found += [*check_days(document, today), *check_window(document, today)]
        found += check_document_rules(document, project, today)
    return tuple(sorted(found))


def check_one_page(
    document: Document[Page], project: Project, today: dt.date | None = None
) -> tuple[Problem, ...]:
    """Find every problem of one page, as ``check_one_point`` those of a talking point."""
    found = [*check_page(document, project, link_targets(project))]
    found += check_record(document, project.campaign.record.allow_hosts)
    found += check_document_rules(document, project, today) if today is not None else ()
    return tuple(sorted(found))


REQUIRED_PAGES = ("about", "privacy", "accessibility")
"""Pages every site needs: who speaks, what is stored, who can use it (STANDARDS section 5)."""


def check_campaign(project: Project, platforms: Collection[str]) -> Iterator[Problem]:
    """Check the campaign's own file and what hangs on it, but its helplines.

    Args:
        platforms: ids of the platforms that drafts can be made for.

    Yields:
        Problems: ``duplicate``, ``source-language``, ``unknown-platform``, ``no-points``,
        ``page-missing``, ``language-unused``, ``language-without-translations``, ``logo-missing``,
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
        *((f"audiences.{index}.first", one.first) for index, one in enumerate(campaign.audiences)),
    ):
        for name, times in Counter(names).items():
            if times > 1:
                message = f"'{name}' stands {times} times"
                yield at(document, field, "duplicate", message, "keep one")
    for index, name in enumerate(campaign.platforms):
        if name not in platforms:
            message = f"the platform '{name}' is not known"
            hint = nearest(name, platforms, OTHER_NAMES)
            yield at(document, f"platforms.{index}", "unknown-platform", message, hint)
    end = campaign.schedule.end
    if end is not None and end < campaign.schedule.start:
        message = "the schedule ends before it starts"
        yield at(document, "schedule.end", "schedule-order", message, "swap the two days")
    yield from _quiet_days(document)
    yield from _named_points(project)
    yield from _files(project)
    yield from _languages(project)


def _quiet_days(document: Document[Campaign]) -> Iterator[Problem]:
    """Check that quiet days are days, in order, and that no post has a time of its own on one."""
    schedule = document.record.schedule
    for index, one in enumerate(schedule.quiet):
        field = f"schedule.quiet.{index}"
        for name, day in (("day", one.day), ("until", one.until)):
            if day and not _is_day(day):
                message, hint = f"'{day}' is no day", "write 2027-01-07, or 11-13 for every year"
                yield at(document, f"{field}.{name}", "quiet-day", message, hint)
        last = one.until or one.day
        if len(last) != len(one.day) or (len(last) == len("2027-01-07") and last < one.day):
            message = f"the quiet days from {one.day} end on {last}"
            hint = "write both with their year, the first before the last, or both without"
            yield at(document, f"{field}.until", "quiet-day", message, hint)
    for post, moment in schedule.fixed.items():
        _, _, rest = post.partition("/")
        reason = schedule.quiet_reason(moment.date(), rest.partition("/")[0])
        if reason:
            message = f"{post} has a time of its own on a quiet day ({reason}): the slots decide"
            hint = "move it to another day, or take the quiet day out"
            yield at(document, f"schedule.fixed.{post}", "quiet-day", message, hint, "warning")


def _is_day(text: str) -> bool:
    """Tell whether there is such a day; 02-29 is one in some years."""
    try:
        dt.date.fromisoformat(text if len(text) > len("11-13") else f"2000-{text}")
    except ValueError:
        return False
    return True


def _named_points(project: Project) -> Iterator[Problem]:
    """Check that talking points that are named exist, those that cannot be read included.

    One that was withdrawn may stay named: taking it back waits for no other line to be changed.
    """
    folder = project.campaign.path.rsplit("/", 1)[0]
    campaign = project.campaign.record
    every = (*project.points, *project.draft_points, *project.withdrawn_points)
    written = [point.record for point in every]
    points = {point.id for point in written}

    def wrong(document: Document[Any], place: str, name: str) -> Iterator[Problem]:
        if name not in points and f"{folder}/points/{name}.md" not in project.broken:
            message = f"there is no talking point '{name}'"
            yield at(document, place, "unknown-point", message, nearest(name, points))

    for index, name in enumerate(campaign.order):
        yield from wrong(project.campaign, f"order.{index}", name)
    for number, audience in enumerate(campaign.audiences):
        theirs = {point.id for point in written if audience.id in point.audiences}
        for index, name in enumerate(audience.first):
            place = f"audiences.{number}.first.{index}"
            yield from wrong(project.campaign, place, name)
            if name in points - theirs:
                message = f"'{name}' does not name '{audience.id}' among its audiences"
                hint = f"add '{audience.id}' to its audiences, or delete the name here"
                yield at(project.campaign, place, "unknown-point", message, hint)
    for holder, place, name in _points_named_elsewhere(project):
        yield from wrong(holder, place, name)


def _points_named_elsewhere(project: Project) -> Iterator[tuple[Document[Any], str, str]]:
    """Give the talking points that pages and replies name, each with its place."""
    for page in (*project.pages, *project.draft_pages):
        if page.record.discussion:
            yield page, "discussion.point", page.record.discussion.point
    if project.responses is not None:
        for index, reply in enumerate(project.responses.record.replies):
            if reply.point:
                yield project.responses, f"replies.{index}.point", reply.point


def _files(project: Project) -> Iterator[Problem]:
    document = project.campaign
    folder = document.path.rsplit("/", 1)[0]
    unread = any(path.startswith(f"{folder}/points") for path in project.broken)
    misnamed = any("." not in path[len(folder) :] for path in project.broken)  # ``folder-name``
    if not project.points and not unread and not misnamed:
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


THEME = "en"
"""Language of the theme's own words."""


def check_languages(
    project: Project, words: Mapping[str, Mapping[str, str]], own: OwnWords
) -> Iterator[Problem]:
    """Warn of languages whose pages speak English around the texts, or that no rule can read.

    Args:
        words: what the theme says, ``templates/locale/<tag>.po``: language to msgid to msgstr.
        own: what of it the workspace says in words of its own.

    Yields:
        Problems ``language-theme``, ``language-rules`` and ``address-words``, warnings.
    """
    for index, tag in enumerate(project.campaign.record.languages):
        primary = tag.partition("-")[0]
        if tag in TAGS or standard_tag(tag) != tag or not is_known(tag):
            continue  # those have a problem of their own, or are no language
        where = f"languages.{index}"
        said = words_for(tag, words)
        every = own.known.get("locale", frozenset())
        ours = len(every & said.keys())
        if primary != THEME and (not said or ours < len(every)):
            but = f" but for {ours}" if said else ""
            message = f"the pages' own words (menus, alerts) are English in '{tag}'{but}"
            hint = f"translate templates/locale/{tag}.po: 'stopjihad new theme {tag}' makes it"
            yield at(project.campaign, where, "language-theme", message, hint, "warning")
        if not has_frames(tag):
            message = f"no rule finds blame or suspicion in '{tag}': silence says nothing of it"
            hint = "let two people who speak it read every text"
            yield at(project.campaign, where, "language-rules", message, hint, "warning")
    yield from _forms_of_address(project.campaign, words)


def _forms_of_address(
    document: Document[Campaign], words: Mapping[str, Mapping[str, str]]
) -> Iterator[Problem]:
    """Find languages whose theme cannot speak informally, though an audience is to be."""
    for index, audience in enumerate(document.record.audiences):
        named = audience.address if isinstance(audience.address, Mapping) else {}
        for tag, address in named.items():
            said = words_for(tag, words) if tag in document.record.languages else {}
            if address == "informal" and said and not any(key.startswith(INFORMAL) for key in said):
                message = f"the pages' own words have no informal form in '{tag}'"
                hint = f"add entries 'msgctxt \"informal\"' to templates/locale/{tag}.po"
                where = f"audiences.{index}.address.{tag}"
                yield at(document, where, "address-words", message, hint, "warning")
