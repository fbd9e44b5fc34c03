"""Show what people sign one by one: sentences to read, and words to except from a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from stopjihad.catalog.rules import Rule, rules
from stopjihad.check.reading_list import open_sentences, reading_list
from stopjihad.check.reading_list import subject_of as sentence_subject
from stopjihad.check.rules.exceptions import subject_of as finding_subject
from stopjihad.check.rules.exceptions import unexcused
from stopjihad.check.rules.run import rule_findings
from stopjihad.model.project import Project
from stopjihad.model.review import Kind, ListedSentence, Review, signatures
from stopjihad.review.ledger import Subject
from stopjihad.text.markdown.words import inline_words
from stopjihad.translate.status import SegmentState, segment_states, subject_of


class ToRead(NamedTuple):
    """Show a sentence of the reading list; ``by`` are those who have read it."""

    context: str
    text: str
    reasons: tuple[str, ...]
    digest: str
    by: tuple[str, ...]


class Excusable(NamedTuple):
    """Show what a rule found and people may except; ``people`` is how many must sign."""

    rule: Rule
    context: str
    words: str
    message: str
    mend: str
    digest: str
    people: int
    by: tuple[str, ...]


class Sheet(NamedTuple):
    """What is signed one by one in a language.

    Attributes:
        open: sentences that must still be read.
        read: those that were.
        excusable: findings that people may except.
        excused: exceptions that stand.
    """

    open: tuple[ToRead, ...]
    read: tuple[ToRead, ...]
    excusable: tuple[Excusable, ...]
    excused: tuple[Review, ...]


def make_sheet(project: Project, language: str, today: dt.date) -> Sheet:
    """Collect what is signed one by one.

    Args:
        language: BCP 47 tag.
        today: day on which exceptions must hold.

    Returns:
        The sheet.
    """
    signed = signatures(project.reviews)
    waiting = set(open_sentences(project, language))
    listed = [(one, _to_read(one, signed)) for one in reading_list(project, language)]
    return Sheet(
        open=tuple(shown for one, shown in listed if one in waiting),
        read=tuple(shown for one, shown in listed if one not in waiting),
        excusable=_excusable(project, language, today, signed),
        excused=tuple(
            found[-1]
            for (_, kind), found in signed.items()
            if kind == "exception" and found[-1].language == language
        ),
    )


Signatures = dict[tuple[str, Kind], tuple[Review, ...]]


def _to_read(one: ListedSentence, signed: Signatures) -> ToRead:
    digest = sentence_subject(one).digest
    by = tuple(review.by for review in signed.get((digest, "reading"), ()))
    return ToRead(one.context, one.text, one.reasons, digest, by)


def _excusable(
    project: Project, language: str, today: dt.date, signed: Signatures
) -> tuple[Excusable, ...]:
    every = rules()
    found = [
        one
        for one in rule_findings(project, today, language=language)
        if one.language == language and every[one.rule].waivable
    ]
    shown = []
    for one in unexcused(found, project.reviews, every, today):
        rule, subject = every[one.rule], finding_subject(one)
        by = tuple(review.by for review in signed.get((subject.digest, "exception"), ()))
        shown.append(
            Excusable(
                rule=rule,
                context=subject.context,
                words=one.sentence,
                message=one.message,
                mend=one.mend or rule.mend,
                digest=subject.digest,
                people=rule.people,
                by=by,
            )
        )
    return tuple(shown)


def sentences_in(text: SegmentState, listed: Iterable[ToRead]) -> tuple[ToRead, ...]:
    """Find the sentences to read that stand in a text.

    Args:
        text: a text or its translation.
        listed: sentences to read.

    Returns:
        Those of the same field whose words it has.
    """
    plain = inline_words(text.translation)
    context = text.segment.context
    return tuple(one for one in listed if one.context == context and one.text in plain)


def subjects_of(project: Project, language: str, kind: Kind, today: dt.date) -> dict[str, Subject]:
    """List what may be signed now, or taken back.

    Args:
        language: BCP 47 tag.
        kind: what is signed.
        today: day on which rules judge.

    Returns:
        Digest to what it is bound to.
    """
    found: list[Subject] = []
    if kind == "reading":
        found = [sentence_subject(one) for one in reading_list(project, language)]
    elif kind == "exception":
        every = rules_that_except()
        found = [
            finding_subject(one)
            for one in rule_findings(project, today, language=language)
            if one.language == language and one.rule in every
        ]
        found += [
            Subject(signed[-1].context, digest, words=signed[-1].words, rule=signed[-1].rule)
            for (digest, other), signed in signatures(project.reviews).items()
            if other == "exception" and signed[-1].language == language
        ]
    else:
        found = [
            subject_of(one, authored=kind == "editorial")
            for one in segment_states(project, language)
            if one.digest and one.state != "stale"
        ]
    return {subject.digest: subject for subject in found}


def rules_that_except() -> frozenset[str]:
    """Name the rules from which people may except words."""
    return frozenset(rule.id for rule in rules().values() if rule.waivable)
