"""Apply all message rules to a campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

import msgspec

from stopjihad.catalog.rules import Rule, rules
from stopjihad.check.finding import LISTED, Finding, problems
from stopjihad.check.finding_cache import NO_FINDINGS, FindingCache, rule_findings_of
from stopjihad.check.keeping import SourceDigests, files_digest
from stopjihad.check.own_rules import own_rule_problems
from stopjihad.check.reading_list import listed_of_partners, reading_problems
from stopjihad.check.rules import (
    alerts,
    claims,
    helpline_numbers,
    helpline_promises,
    links,
    media,
    openings,
    people,
    structure,
)
from stopjihad.check.rules.exceptions import waiver_problems, without_excused
from stopjihad.check.rules.languages import Case, Kind, Tongue, UsedTexts, tongues
from stopjihad.check.rules.passages import document_passages
from stopjihad.check.rules.wording import (
    WORDING,
    check_texts,
    check_wording,
    pack_problems,
)
from stopjihad.model.campaign import must_be_read
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.model.review import ListedSentence, Rank
from stopjihad.problem import Problem


def check_rules(
    project: Project, today: dt.date, *, thorough: bool = True, cache: FindingCache = NO_FINDINGS
) -> tuple[Problem, ...]:
    """Find everything in a campaign that breaks a message rule without an exception.

    Args:
        thorough: whether warnings and infos are wanted as well as errors.

    Returns:
        Problems, sorted by place; the code of each is the rule's id, or one of packs, or
        ``waiver-moved``.
    """
    every = rules()
    listing = thorough or must_be_read(project.campaign.record)
    findings = _findings(project, today, thorough=thorough, cache=cache, listing=listing)
    found = [one for one in findings if one.rule != LISTED]
    left = without_excused(found, project.reviews, every, today)
    made = [
        *problems(left, every),
        *waiver_problems(project),
        *pack_problems(project),
        *own_rule_problems(project),
        *reading_problems(
            project,
            [
                *(_listed_sentence(one) for one in findings if one.rule == LISTED),
                *(listed_of_partners(project) if listing else ()),
            ],
        ),
    ]
    return tuple(sorted(set(made)))


def _listed_sentence(finding: Finding) -> ListedSentence:
    return ListedSentence(
        rank=msgspec.convert(finding.mend[:1], Rank, strict=False),
        context=finding.context,
        text=finding.sentence,
        language=finding.language,
        reasons=tuple(finding.message.split("\n")),
        paragraph=finding.mend[1:],
    )


def rule_findings(project: Project, today: dt.date, language: str = "") -> tuple[Finding, ...]:
    """Apply all message rules, whatever the ledger excuses.

    Args:
        language: BCP 47 tag of the one language whose texts are judged; empty for all.
    """
    return _findings(project, today, language=language)


def _findings(
    project: Project,
    today: dt.date,
    *,
    thorough: bool = True,
    cache: FindingCache = NO_FINDINGS,
    language: str = "",
    listing: bool = False,
) -> tuple[Finding, ...]:
    case = Case(
        project=project, today=today, tongues=tongues(project), digests=SourceDigests(project)
    )
    source = project.campaign.record.source_language
    found = [
        _with_language(one, source) for one in whole_findings(case, thorough=thorough, cache=cache)
    ]
    for tongue in case.tongues:
        if language and tongue.language != language:
            continue
        own = language_findings(case, tongue, thorough=thorough, cache=cache, listing=listing)
        found += [_with_language(one, tongue.language) for one in own]
    return tuple(found)


def _with_language(finding: Finding, language: str) -> Finding:
    return finding if finding.language else msgspec.structs.replace(finding, language=language)


def check_document_rules(
    document: Document[Any], project: Project, today: dt.date
) -> tuple[Problem, ...]:
    """Find what breaks a message rule in one talking point or page, in the source language.

    Args:
        document: its file, perhaps newer than the one in the project.
    """
    is_point = isinstance(document.record, Point)
    alone = msgspec.structs.replace(
        project,
        points=(document,) if is_point else (),
        pages=() if is_point else (document,),
        alerts=(),
        alert_templates=(),
        media_notes=(),
        responses=None,
        translations=(),
    )
    every, language = rules(), project.campaign.record.source_language
    tongue = Tongue(alone, language, None, UsedTexts(alone))
    case = Case(project=alone, today=today, tongues=(tongue,), digests=SourceDigests(alone))
    made: list[Finding] = []
    for rule in every.values():
        kind = WHOLE.get(rule.kind) if rule.kind in OF_POINTS else BY_LANGUAGE.get(rule.kind)
        if kind is not None:
            made += kind(rule, case)
    wording = [rule for rule in every.values() if rule.kind in WORDING]
    key = document.record.id if is_point else f"pages/{document.record.id}"
    said = tuple(document_passages(document, key))
    made += check_wording(wording, language, said, project)
    found = [_with_language(one, language) for one in made if one.path == document.path]
    left = without_excused(found, project.reviews, every, today) if found else []
    moved = (one for one in waiver_problems(alone) if one.path == document.path)
    return tuple(sorted({*problems(left, every), *moved}))


def whole_findings(case: Case, *, thorough: bool, cache: FindingCache) -> Iterable[Finding]:
    """Apply the rules about a whole campaign: any file, and the day, may change what they find.

    Args:
        thorough: whether warnings and infos are wanted as well as errors.
    """
    every = [rule for rule in _wanted_rules(thorough=True) if rule.kind in WHOLE]
    chosen = every if thorough else [rule for rule in every if rule.severity == "error"]
    digest = case.project.digest

    def work(some: Sequence[Rule]) -> Iterator[Finding]:
        for rule in some:
            yield from WHOLE[rule.kind](rule, case)

    if not digest:
        yield from work(chosen)
        return

    def names(some: Iterable[Rule], decides: str) -> tuple[str, ...]:
        return ("whole", *(rule.id for rule in some), decides, case.today.isoformat())

    fuller = () if thorough else names(every, digest)
    groups = [(chosen, digest)]
    if not thorough and case.project.helplines is not None:
        # After an edit of a text nobody needs to read numbers of telephones again.
        lines = [rule for rule in chosen if rule.kind in OF_HELPLINES]
        rest = [rule for rule in chosen if rule.kind not in OF_HELPLINES]
        own = files_digest((case.project.helplines, case.project.campaign))
        groups = [(rest, digest), (lines, f"lines {own}")]
    for group, decides in groups:
        kept = rule_findings_of(cache, names(group, decides), partial(work, group), fuller=fuller)
        yield from _of(group, kept)


def language_findings(
    case: Case, tongue: Tongue, *, thorough: bool, cache: FindingCache, listing: bool
) -> Iterator[Finding]:
    """Apply the rules that look at one language, whatever the others say.

    Args:
        thorough: whether warnings and infos are wanted as well as errors.
        listing: whether the sentences of the reading list are wanted, too.
    """
    every = _wanted_rules(thorough=True)
    rows = [rule for rule in _wanted_rules(thorough=thorough) if rule.kind in BY_LANGUAGE]
    source = case.digests.every
    said = tongue.file.digest if tongue.file else source
    ids = (rule.id for rule in every if rule.kind in BY_LANGUAGE)
    fuller = () if thorough else ("by-language", *ids, tongue.language, said, source)
    whole = [(rows, case.project, source)]
    groups = whole if thorough or not source else _groups(rows, case, tongue)
    for group, project, digest in groups:
        # Of the source language a group's digest covers the words, too: others do not matter.
        own = "" if groups is not whole and tongue.file is None else said
        names = ("by-language", *(rule.id for rule in group), tongue.language, own, digest)
        work = _work(group, msgspec.structs.replace(case, project=project), tongue)
        where = cache if source and said else NO_FINDINGS
        made = rule_findings_of(where, names, work, clean=not thorough, fuller=fuller)
        yield from _of(group, made)
    wording = [rule for rule in every if rule.kind in WORDING]
    yield from check_texts(tongue, wording, cache, thorough=thorough, listing=listing)


def _groups(
    rules: Sequence[Rule], case: Case, tongue: Tongue
) -> Iterator[tuple[Sequence[Rule], Project, str]]:
    """Part the work of a build: a changed paragraph must not make everything be read again.

    Yields:
        Rules, what they look at, and a digest of it.
    """
    short = [rule for rule in rules if rule.kind not in OF_BODIES]
    project, digests = case.project, case.digests
    yield short, project, digests.brief
    bodies = [rule for rule in rules if rule.kind in OF_BODIES]
    rest = msgspec.structs.replace(project, points=(), pages=(), alerts=())
    beside = digests.other_files
    if tongue.file is not None:
        yield [rule for rule in bodies if rule.kind in OF_FILES], project, beside
        # Which passage comes first, and which are used, is for the source text to say.
        bodies = [rule for rule in bodies if rule.kind not in OF_FILES]
    for field, shelf, digest in digests.shelves:
        part = msgspec.structs.replace(rest, **{field: shelf})
        yield bodies, part, f"{digest} {beside}"


def _of(rules: Iterable[Rule], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out the findings of other rules."""
    ids = {rule.id for rule in rules}
    return (finding for finding in findings if finding.rule in ids)


def _wanted_rules(*, thorough: bool) -> list[Rule]:
    return [rule for rule in rules().values() if thorough or rule.severity == "error"]


def _work(group: Sequence[Rule], case: Case, tongue: Tongue) -> Callable[[], Iterable[Finding]]:
    alone = msgspec.structs.replace(case, tongues=(tongue,))

    def work() -> Iterator[Finding]:
        for rule in group:
            yield from BY_LANGUAGE[rule.kind](rule, alone)

    return work


WHOLE: Mapping[str, Kind] = MappingProxyType(
    {
        "age": structure.age,
        "alternative": media.alternative,
        "apart": structure.distant_caveats,
        "cited": structure.uncited_points,
        "consent": people.consent,
        "contact": people.contact,
        "contrast": media.contrast,
        "covered": helpline_numbers.uncovered_languages,
        "disclosed": people.undisclosed_sponsors,
        "elsewhere": alerts.guarded_elsewhere,
        "everyone": people.everyone,
        "expiring": alerts.overlong_alerts,
        "forbidden": alerts.forbidden,
        "first_hand": structure.first_hand,
        "line_numbers": structure.line_numbers,
        "gate": structure.gate,
        "helpline": helpline_numbers.helpline,
        "media": media.media,
        "pairing": people.unbelieved_messengers,
        "plain": alerts.plain,
        "plan": people.plan,
        "reachable": helpline_numbers.reachable,
        "replies": people.replies,
        "required": structure.missing_fields,
        "unread": structure.unread_sources,
    }
)


"""Kinds that look at a whole campaign."""


OF_POINTS = frozenset(
    {
        "age",
        "apart",
        "cited",
        "everyone",
        "first_hand",
        "gate",
        "line_numbers",
        "pairing",
        "required",
        "unread",
    }
)
"""Those of ``WHOLE`` that find something in talking points, for which no other file counts."""


OF_HELPLINES = frozenset({"helpline"})
"""Those of ``WHOLE`` for which only the lines, the campaign's own file and the day count."""


BY_LANGUAGE: Mapping[str, Kind] = MappingProxyType(
    {
        "dangling": openings.dangling_openings,
        "denied": links.denied_addresses,
        "fear": structure.fear,
        "flagged": claims.unflagged_claims,
        "form": media.form,
        "isolated": media.unisolated_digits,
        "label": structure.label,
        "markup": alerts.markup,
        "mistyped": helpline_numbers.mistyped_numbers,
        "numbers": helpline_numbers.numbers,
        "opening": claims.claim_openings,
        "overlap": claims.overlap,
        "promised": helpline_promises.false_promises,
        "stray": helpline_numbers.stray,
        "repeated": claims.repeated_claims,
    }
)


"""Kinds that look at a campaign in one language at a time, whatever the others say."""


OF_BODIES = frozenset({"dangling", "denied", "isolated", "mistyped", "numbers"})


"""Those of ``BY_LANGUAGE`` that stop a build and read more than a talking point's short texts; each
looks at one file after the other, and at what all share."""

OF_FILES = frozenset({"denied", "mistyped", "numbers"})
"""Those of ``OF_BODIES`` that read a file of translations from end to end."""
