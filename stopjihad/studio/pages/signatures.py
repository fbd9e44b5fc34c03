"""Show what people sign one by one: sentences to read, and words to except from a rule."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stopjihad.catalog.rules import Rule, rules
from stopjihad.check.reading_list import open_sentences, reading_list
from stopjihad.check.reading_list import subject_of as sentence_subject
from stopjihad.check.rules.exceptions import subject_of as finding_subject
from stopjihad.check.rules.exceptions import without_excused
from stopjihad.check.rules.run import rule_findings
from stopjihad.model.project import Project
from stopjihad.model.review import Kind, ListedSentence, Review, signatures
from stopjihad.review.ledger import Subject
from stopjihad.text.markdown.words import inline_words
from stopjihad.translate.status import SegmentState, segment_states, subject_of

_MARKS = re.compile("[⟦⟧]")
"""What parts the words of a paragraph into those of listed sentences and others."""


class ToRead(NamedTuple):
    """Show a paragraph with sentences of the reading list; ``by`` are those who have read it.

    ``parts`` are its words in order; every second one is a listed sentence.
    """

    context: str
    parts: tuple[str, ...]
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
        open: paragraphs with sentences that must still be read.
        read: those that were read.
        excusable: findings that people may except.
        excused: exceptions that stand.
    """

    open: tuple[ToRead, ...]
    read: tuple[ToRead, ...]
    excusable: tuple[Excusable, ...]
    excused: tuple[Review, ...]


def make_sheet(project: Project, language: str, today: dt.date) -> Sheet:
    """Collect what is signed one by one."""
    signed = signatures(project.reviews)
    waiting = {sentence_subject(one).digest for one in open_sentences(project, language)}
    listed: dict[str, list[ListedSentence]] = {}
    for one in reading_list(project, language):
        listed.setdefault(sentence_subject(one).digest, []).append(one)
    shown = [_to_read(digest, some, signed) for digest, some in listed.items()]
    return Sheet(
        open=tuple(one for one in shown if one.digest in waiting),
        read=tuple(one for one in shown if one.digest not in waiting),
        excusable=_excusable(project, language, today, signed),
        excused=tuple(
            found[-1]
            for (_, kind), found in signed.items()
            if kind == "exception" and found[-1].language == language
        ),
    )


Signatures = dict[tuple[str, Kind], tuple[Review, ...]]


def _to_read(digest: str, some: Sequence[ListedSentence], signed: Signatures) -> ToRead:
    by = tuple(review.by for review in signed.get((digest, "reading"), ()))
    reasons = tuple(dict.fromkeys(reason for one in some for reason in one.reasons))
    parts = tuple(_MARKS.split(some[0].paragraph))
    return ToRead(some[0].context, parts, reasons, digest, by)


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
    for one in without_excused(found, project.reviews, every, today):
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
    """Find the sentences to read that stand in a text."""
    plain = inline_words(text.translation)
    context = text.segment.context
    return tuple(
        one
        for one in listed
        if one.context == context and all(part in plain for part in one.parts[1::2])
    )


def subjects_of(project: Project, language: str, kind: Kind, today: dt.date) -> dict[str, Subject]:
    """List what may be signed now, or taken back."""
    found: list[Subject] = []
    if kind == "reading":
        listed = reading_list(project, language)
        found = list(dict.fromkeys(map(sentence_subject, listed)))
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
