"""Check that what a campaign names is there: countries, time zones, platforms and languages.

A name that leads nowhere would be dropped without a word: a post that is written by hand never goes
out, a country's emergency number is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from stopjihad.catalog.countries import COUNTRIES, country_hint
from stopjihad.catalog.platforms import OTHER_NAMES, platforms, services
from stopjihad.catalog.timezones import is_time_zone, zone_hint
from stopjihad.check.finding import at
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem, Severity
from stopjihad.text.nearest import nearest


def check_names(project: Project) -> Iterator[Problem]:
    """Check the names in the files of a campaign that concern it as a whole.

    Yields:
        Problems ``unknown-country``, ``unknown-time-zone``, ``unknown-platform``,
        ``unknown-language``, ``unknown-service`` and ``unknown-point``.
    """
    yield from _countries(project)
    yield from _zones(project)
    yield from _schedule(project)
    known = [row.id for row in services()]
    for index, name in enumerate(project.campaign.record.reporting):
        if name not in known:
            message = f"there is no service '{name}' to report to"
            field = f"reporting.{index}"
            yield at(project.campaign, field, "unknown-service", message, nearest(name, known))


def check_posts(document: Document[Point]) -> Iterator[Problem]:
    """Check for which platforms the posts of a talking point are written: one that is known.

    A campaign need not list it: it may do so later, and films and other posts use the words, too.

    Yields:
        Problems ``unknown-platform``.
    """
    for name in document.record.posts:
        if name not in platforms():
            message = f"the platform '{name}' is not known: this post would never go out"
            hint = nearest(name, platforms(), OTHER_NAMES)
            yield at(document, f"posts.{name}", "unknown-platform", message, hint)


def check_window(document: Document[Point], today: dt.date) -> Iterator[Problem]:
    """Check from when to when a talking point may be posted.

    Yields:
        Problems ``post-window``: an error where there is no such time, a warning where it is over.
    """
    first, end = document.record.embargo, document.record.expires
    if end is None:
        return
    if first is not None and end <= first:
        message = "it expires before its embargo ends: no post is ever planned"
        yield at(document, "expires", "post-window", message, "set 'expires' after 'embargo'")
    elif end.date() < today:
        message = f"it expired on {end.date()}: no post is planned any more"
        hint = "set a later day, or take the talking point out of points/"
        yield at(document, "expires", "post-window", message, hint, "warning")


def _countries(project: Project) -> Iterator[Problem]:
    campaign = project.campaign
    named = [
        (campaign, f"helplines.{index}.market", entry.market)
        for index, entry in enumerate(campaign.record.helplines)
    ]
    named += [
        (campaign, f"countries.{index}", code)
        for index, code in enumerate(campaign.record.countries)
    ]
    named += [
        (campaign, f"places.{index}.country", place.country)
        for index, place in enumerate(campaign.record.places)
    ]
    for document, field, code in named:
        yield from _country(document, field, code)
    if project.helplines is not None:
        for index, line in enumerate(project.helplines.record.helplines):
            yield from _country(project.helplines, f"helplines.{index}.country", line.country)
    for alert in project.alerts:
        for code in alert.record.helplines:
            yield from _country(alert, f"helplines.{code}", code)


def _country(document: Document[Any], field: str, code: str | None) -> Iterator[Problem]:
    if code is not None and code not in COUNTRIES:
        message = f"'{code}' is the code of no country"
        yield at(document, field, "unknown-country", message, country_hint(code))


def _zones(project: Project) -> Iterator[Problem]:
    schedule = project.campaign.record.schedule
    named = {"schedule.timezone": schedule.timezone}
    named |= {f"schedule.timezones.{tag}": name for tag, name in schedule.timezones.items()}
    for field, name in named.items():
        if not is_time_zone(name):
            message = f"'{name}' is no time zone"
            yield at(project.campaign, field, "unknown-time-zone", message, zone_hint(name))


def _schedule(project: Project) -> Iterator[Problem]:
    """Check for what the times of a schedule are: a platform, a language, a talking point."""
    schedule, languages = project.campaign.record.schedule, project.campaign.record.languages
    tags = {f"timezones.{tag}": tag for tag in schedule.timezones}
    for index, day in enumerate(schedule.quiet):
        tags |= {f"quiet.{index}.languages.{place}": tag for place, tag in enumerate(day.languages)}
    for field, tag in tags.items():
        yield from _named_by(project, f"schedule.{field}", "language", tag, languages)
    for key in schedule.slots:
        yield from _posts_named(project, f"schedule.slots.{key}", key.split("/", 1))
    for key in schedule.repeats:
        yield from _posts_named(project, f"schedule.repeats.{key}", key.split("/", 2))
    for key in schedule.fixed:
        parts = key.split("/")
        if len(parts) == 3:
            yield from _posts_named(project, f"schedule.fixed.{key}", parts)
            continue
        message = f"schedule.fixed.{key} is for nothing: it names no single post"
        hint = "write platform/language/talking-point, for example x/fr/they-protect-us"
        yield at(project.campaign, f"schedule.fixed.{key}", "unknown-point", message, hint)


def _posts_named(project: Project, field: str, parts: list[str]) -> Iterator[Problem]:
    """Check the platform, the language and the talking point that a time is for."""
    campaign, base = project.campaign.record, project.campaign.path.rsplit("/", 1)[0]
    own = [name for name in campaign.platforms if name in platforms()]
    yield from _named_by(project, field, "platform", parts[0], own)
    for tag in parts[1:2]:
        yield from _named_by(project, field, "language", tag, campaign.languages)
    points = {one.record.id for one in (*project.points, *project.draft_points)}
    for point in parts[2:]:
        if f"{base}/points/{point}.md" not in project.broken:
            yield from _named_by(project, field, "talking point", point, points)


def _named_by(
    project: Project, field: str, kind: str, name: str, known: Collection[str]
) -> Iterator[Problem]:
    if name in known:
        return
    message = f"{field} is for nothing: the campaign has no {kind} '{name}'"
    code = f"unknown-{kind.replace('talking ', '')}"
    # A platform that is left out for now keeps its times.
    severity: Severity = "warning" if name in platforms() else "error"
    yield at(project.campaign, field, code, message, nearest(name, known, OTHER_NAMES), severity)
