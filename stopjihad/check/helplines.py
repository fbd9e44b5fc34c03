"""Check which helplines a campaign has, for whom they stand, and until when they hold.

What is wrong with one of them, such as its number, is told by message rules (``rules.helplines``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

from stopjihad.check.finding import at
from stopjihad.model.campaign import HelplineChoice
from stopjihad.model.helpline import SECURITY, Helpline, Helplines, needs_in_turn
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem, Severity
from stopjihad.text.nearest import nearest
from stopjihad.view.helplines import answers, fits, line_beside, market, region

WARN_DAYS = 30
"""Days before a helpline's ``review_by`` from which the team is warned."""


def check_helplines(project: Project, today: dt.date) -> Iterator[Problem]:
    """Check the helplines of a campaign, and for whom it names them.

    Args:
        today: day on which helplines must be fresh.

    Yields:
        Problems: ``helplines-missing``, ``helpline-stale``, ``helpline-due``, ``duplicate``,
        ``helpline-need`` (a line of the police for what asks for trust, or under another name),
        ``helpline-choice`` (an entry that is for nothing the campaign makes), ``helpline-unknown``,
        ``helpline-language`` (a line of another country that does not answer in the language it is
        named for),
        ``helpline-named`` (a button names another service than the one whose number stands there),
        ``fact-about-other-line`` (a fact is about another service than that one).
    """
    yield from _unlisted_numbers(project, today)
    yield from _choice(project)


def _unlisted_numbers(project: Project, today: dt.date) -> Iterator[Problem]:
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
        wrong = [need for need in line.needs if need not in line.purposes]
        if wrong:
            yield at(
                document,
                f"helplines.{index}.for",
                "helpline-need",
                f"the helpline '{line.id}' is run by the police or an office for security, which "
                f"is nobody to turn to for: {', '.join(wrong)}",
                "take that out, and name a service of its own for it",
            )
    yield from _two_operators(document)
    for name, times in Counter(line.id for line in document.record.helplines).items():
        if times > 1:
            yield at(
                document, "helplines", "duplicate", f"'{name}' stands {times} times", "keep one"
            )


def _two_operators(document: Document[Helplines]) -> Iterator[Problem]:
    """Find a number of the police, or of an office for security, that stands for others as well."""
    lines = document.record.helplines
    guarded = {one.phone.e164: one.id for one in lines if one.operator in SECURITY}
    for index, line in enumerate(lines):
        if line.operator not in SECURITY and line.phone.e164 in guarded:
            yield at(
                document,
                f"helplines.{index}.operator",
                "helpline-need",
                f"'{line.id}' has the number of '{guarded[line.phone.e164]}', which is run by the "
                "police or an office for security, and names another operator",
                "name the same operator in both, or correct the number",
            )


def _choice(project: Project) -> Iterator[Problem]:
    """Check the setting ``helplines`` of a campaign."""
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
    yield from _other_facts(project, lines)


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
            line = line_beside(campaign, lines, tag, needs_in_turn(action.need, action.kind))
            if line and line.id not in named:
                others.setdefault(line.short_name or line.name, []).append(tag)
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


def _other_facts(project: Project, lines: tuple[Helpline, ...]) -> Iterator[Problem]:
    """Find facts about one service where the number of another stands beside them."""
    campaign, known = project.campaign.record, {line.id: line for line in lines}
    for document in project.points:
        point = document.record
        places = {
            f"sources.{at}.about_line": one.about_line for at, one in enumerate(point.sources)
        }
        for place, name in {"about_line": point.about_line, **places}.items():
            if name and name not in known:
                message = f"helplines.yaml has no helpline '{name}'"
                yield at(document, place, "helpline-unknown", message, nearest(name, known))
        own = {point.about_line} if point.about_line else set()
        own |= {
            line.id for line in lines if any(_names(text, line) for text in _words_above(point))
        }
        if not own:
            continue
        needs = needs_in_turn(point.action.need, point.action.kind)
        others = [
            tag
            for tag in campaign.languages
            if (line := line_beside(campaign, lines, tag, needs)) and line.id not in own
        ]
        if others:
            yield at(
                document,
                "about_line" if point.about_line else "fact",
                "fact-about-other-line",
                f"the fact is about '{min(own)}', but the number of another service stands "
                f"beside it in {', '.join(others)}",
                "write what is true of every service ('ask first what they pass on'), or take "
                "those languages out of 'helplines' of the campaign",
            )


def _words_above(point: Point) -> Iterator[str]:
    """Give the words that may stand alone above a number."""
    yield from (point.fact, point.alternative, *point.hooks.values(), *point.posts.values())


def _names(label: str, line: Helpline) -> bool:
    names = (name for name in (line.name, line.short_name) if len(name) > 2)
    return any(
        name in label and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", label) for name in names
    )


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
        if not answers(line, tag) and line.country != market(project.campaign.record, tag):
            yield at(
                project.campaign,
                field,
                "helpline-language",
                f"the helpline '{line.id}' does not answer in '{tag}', only in: "
                f"{', '.join(line.languages)}",
                "name one that does, or take it out",
            )
