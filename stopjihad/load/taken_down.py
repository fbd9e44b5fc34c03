"""Take down what went out with one pair of eyes where two are asked for, and no second one came.

An urgent signature counts for two for a day. Then its words are approved no longer, and what they
stand in is not made any more: a talking point, its translation, or a helpline. What stood there
before does not come back by itself: somebody signs, or writes it anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping

import msgspec

from stopjihad.model.campaign import people_needed
from stopjihad.model.helpline import Helplines
from stopjihad.model.project import Document, Project
from stopjihad.model.review import (
    Review,
    text_digest,
    translation_digest,
    urgent_signatures,
)
from stopjihad.model.translation import Translations
from stopjihad.problem import Problem
from stopjihad.view.source_segments import project_segments


def without_lapsed(project: Project) -> tuple[Project, list[Problem]]:
    """Leave out of a project what was corrected urgently and not signed by a second person.

    Returns:
        The project, and the problems ``urgent-alone``, warnings: what is left out, or will be.
    """
    urgent = urgent_signatures(project.reviews, people_needed(project.campaign.record))
    if not urgent:
        return project, []
    found = _current(project, urgent)
    wholes = {(one.language, _whole(one.context), one.lapsed): one for one in reversed(found)}
    problems = [_problem(project, whole, line) for (_, whole, _), line in wholes.items()]
    lapsed = [one for one in found if one.lapsed]
    if not lapsed:
        return project, problems
    source = project.campaign.record.source_language
    gone = {one.context for one in lapsed if one.language == source}
    points = {context.partition("/")[0] for context in gone}
    kept = msgspec.structs.replace(
        project,
        points=tuple(one for one in project.points if one.record.id not in points),
        draft_points=(
            *project.draft_points,
            *(one for one in project.points if one.record.id in points),
        ),
        translations=tuple(_without_words(one, lapsed) for one in project.translations),
        before_lapses=project,
    )
    lines = {context.split("/")[1] for context in gone if context.startswith("helplines/")}
    return (_without_helplines(kept, lines) if lines else kept), problems


def _current(project: Project, urgent: Mapping[str, Review]) -> list[Review]:
    """Keep those whose words still stand: a later change has its own signatures."""
    source = project.campaign.record.source_language
    digests = {text_digest(source, one.context, one.source) for one in project_segments(project)}
    for file in project.translations:
        digests |= {
            translation_digest(file.language, one.context, one.source, one.translation)
            for one in file.messages
        }
    return [line for digest, line in urgent.items() if digest in digests]


def _without_words(file: Translations, lapsed: Iterable[Review]) -> Translations:
    """Leave out the whole in which words lapsed: half of a talking point is shown to nobody."""
    own = {_whole(one.context) for one in lapsed if one.language == file.language}
    if not own:
        return file
    messages = tuple(one for one in file.messages if _whole(one.context) not in own)
    # What is kept of the file is kept of all of its messages.
    digest = hashlib.sha256(" ".join((file.digest, *sorted(own))).encode()).hexdigest()
    return msgspec.structs.replace(file, messages=messages, digest=digest)


def _whole(context: str) -> str:
    first, _, rest = context.partition("/")
    return f"{first}/{rest.partition('/')[0]}" if first == "helplines" else first


def _without_helplines(project: Project, lines: Collection[str]) -> Project:
    """Leave helplines out of their file, and out of the choice of those that stand anywhere."""
    document: Document[Helplines] | None = project.helplines
    if document is None:
        return project
    rest = tuple(one for one in document.record.helplines if one.id not in lines)
    record = msgspec.structs.replace(document.record, helplines=rest)
    campaign = project.campaign.record
    choices = tuple(
        msgspec.structs.replace(one, lines=tuple(name for name in one.lines if name not in lines))
        for one in campaign.helplines
    )
    chosen = msgspec.structs.replace(campaign, helplines=choices)
    return msgspec.structs.replace(
        project,
        helplines=msgspec.structs.replace(document, record=record),
        campaign=msgspec.structs.replace(project.campaign, record=chosen),
    )


def _problem(project: Project, whole: str, line: Review) -> Problem:
    where = f"{whole} ({line.language})"
    if line.lapsed:
        message = f"{where} is taken down: {line.by} corrected it urgently, and nobody else signed"
        hint = "have a second person read and sign it, or write it anew and have both sign"
    else:
        until = line.lapse.strftime("%Y-%m-%d %H:%M %Z")
        message = f"{where} was corrected urgently by {line.by}: a second person signs by {until}"
        hint = "else it is taken down: have it read, and signed under Review"
    return Problem(
        path=project.campaign.path,
        code="urgent-alone",
        message=message,
        hint=hint,
        severity="warning",
    )
