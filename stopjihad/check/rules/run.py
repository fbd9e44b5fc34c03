"""Apply all message rules to a campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec

from stopjihad.catalog.rules import Rule, rules
from stopjihad.check.rules import calls, claims, links, notices, people, seen, shape
from stopjihad.check.rules.case import Case, Kind
from stopjihad.check.rules.conflicts import pack_problems
from stopjihad.check.rules.finding import Finding, problems
from stopjihad.check.rules.passages import (
    Passage,
    campaign_passages,
    document_passages,
    file_passages,
)
from stopjihad.check.rules.tongues import tongues
from stopjihad.check.rules.waivers import excuses, unexcused, waiver_problems
from stopjihad.check.rules.wording import WORDING, check_wording
from stopjihad.model.loaded import Document, Project
from stopjihad.model.point import Point
from stopjihad.model.translation import Translations
from stopjihad.problem import Problem
from stopjihad.view.extract import project_segments

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "age": shape.age,
        "alternative": seen.alternative,
        "apart": shape.apart,
        "cited": shape.cited,
        "consent": people.consent,
        "contact": people.contact,
        "contrast": seen.contrast,
        "covered": calls.covered,
        "denied": links.denied,
        "disclosed": people.disclosed,
        "elsewhere": notices.elsewhere,
        "everyone": people.everyone,
        "expiring": notices.expiring,
        "fear": shape.fear,
        "flagged": claims.flagged,
        "form": seen.form,
        "gate": shape.gate,
        "helpline": calls.helpline,
        "isolated": seen.isolated,
        "label": shape.label,
        "markup": notices.markup,
        "media": seen.media,
        "opening": claims.opening,
        "overlap": claims.overlap,
        "pairing": people.pairing,
        "plan": people.plan,
        "reachable": calls.reachable,
        "repeated": claims.repeated,
        "replies": people.replies,
        "required": shape.required,
    }
)
"""Kinds of check that look at a whole campaign, by the name that rules use."""

Worded = Callable[[str, Translations | None], Iterable[Finding]]
"""Gives what the rules of wording find in one language; its file is None for the source."""


def check_rules(
    project: Project, today: dt.date, *, thorough: bool = True, worded: Worded | None = None
) -> tuple[Problem, ...]:
    """Find everything in a campaign that breaks a message rule without a valid waiver.

    Args:
        project: the campaign.
        today: day on which it is judged.
        thorough: whether warnings and infos are wanted as well as errors.
        worded: gives findings of wording from where they are kept; they are made anew when it is
            not given.

    Returns:
        Problems, sorted by place; the code of each is the rule's id, or one of waivers and packs.
    """
    every = rules()
    wanted = [rule for rule in every.values() if thorough or rule.severity == "error"]
    case = Case(project=project, today=today, tongues=tongues(project))
    findings = [
        finding
        for rule in wanted
        if rule.kind not in WORDING
        for finding in KINDS[rule.kind](rule, case)
    ]
    findings += _wording(project, wanted, worded)
    known = excuses(project)
    left, used = unexcused(findings, known, every, today)
    made = [
        *problems(left, every),
        *waiver_problems(known, used if thorough else frozenset(range(len(known))), every, today),
        *pack_problems(project),
    ]
    return tuple(sorted(set(made)))


def check_point_rules(
    document: Document[Point], project: Project, today: dt.date
) -> tuple[Problem, ...]:
    """Find what breaks a message rule in one talking point, in the source language.

    Args:
        document: the talking point, perhaps newer than the one in the project.
        project: the campaign.
        today: day on which it is judged.

    Returns:
        Its problems, sorted by place.
    """
    alone = msgspec.structs.replace(
        project, points=(document,), pages=(), alerts=(), translations=()
    )
    found = check_rules(alone, today)
    return tuple(problem for problem in found if problem.path == document.path)


def worded_now(project: Project, wanted: Sequence[Rule]) -> Worded:
    """Make a function that reads the texts of one language.

    Args:
        project: the campaign.
        wanted: rules to apply.

    Returns:
        The function; what it finds depends on the language's files, the rules and the packs alone.
    """
    chosen = [rule for rule in wanted if rule.kind in WORDING]
    packs = project.campaign.record.style_packs

    def read(language: str, file: Translations | None) -> Iterator[Finding]:
        passages = tuple(file_passages(file) if file else source_passages(project))
        return check_wording(chosen, language, passages, packs)

    return read


def source_passages(project: Project) -> Iterator[Passage]:
    """List every text of the source language.

    Args:
        project: the campaign.

    Yields:
        Passages of talking points, pages, notices, and of the campaign itself.
    """
    for document in project.points:
        yield from document_passages(document, document.record.id)
    for page in project.pages:
        yield from document_passages(page, f"pages/{page.record.id}")
    for alert in project.alerts:
        yield from document_passages(alert, f"alerts/{alert.record.id}")
    yield from campaign_passages(project)


def _wording(project: Project, wanted: Sequence[Rule], worded: Worded | None) -> Iterator[Finding]:
    read = worded or worded_now(project, wanted)
    campaign = project.campaign.record
    yield from read(campaign.source_language, None)
    used: set[str] | None = None
    for file in project.translations:
        if file.language not in campaign.languages or file.language == campaign.source_language:
            continue
        found = list(read(file.language, file))
        if not found:
            continue
        if used is None:
            used = {f"{item.context}\0{item.source}" for item in project_segments(project)}
        lines = {
            message.line
            for message in file.messages
            if f"{message.context}\0{message.source}" in used
        }
        # A text that the campaign does not use any more is nobody's fault.
        yield from (finding for finding in found if finding.line in lines)
