"""Kind of check about what an artefact promises right above a helpline's number."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding
from stopjihad.check.rules.languages import Case, SaidText, Tongue, finding_in_text
from stopjihad.lexicon.phrases import phrases
from stopjihad.model import contexts
from stopjihad.model.helpline import SECURITY, needs_in_turn
from stopjihad.model.point import Point
from stopjihad.model.project import Document
from stopjihad.view.helplines import line_beside


def false_promises(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find calls to action and steps that promise what the police beside them do not give (SAF06).

    Args:
        rule: its params name the phrases that promise (``set``), and those that are a threat
            whoever answers (``threat``).
    """
    campaign, lines = case.project.campaign.record, case.project.all_helplines
    for tongue in case.tongues:
        promise = phrases(tongue.language, rule.params["set"])
        threat = phrases(tongue.language, rule.params["threat"])
        known = cache(partial(line_beside, campaign, lines, tongue.language))
        for document in case.project.points:
            point = document.record
            line = known(needs_in_turn(point.action.need, point.action.kind))
            guarded = line is not None and line.operator in SECURITY
            for said in _above_the_number(tongue, document):
                hit = next(threat.hits(said.text), None) if threat else None
                why = "is a threat in this language"
                if hit is None and guarded and line and promise:
                    hit = next(promise.hits(said.text), None)
                    why = f"stands above '{line.id}', where the police or a security office answers"
                if hit is not None:
                    yield finding_in_text(
                        rule, said, f"points/{point.id}", words=hit.words, why=why
                    )


def _above_the_number(tongue: Tongue, document: Document[Point]) -> Iterator[SaidText]:
    """List what cards and drafts say right above a number: what to do, and whom to call."""
    key, label = document.record.id, document.record.action.label
    said = tongue.find_text(document, "action.label", contexts.point(key, "action.label"), label)
    if said is not None:
        yield said
    yield from tongue.list_texts(document, "steps")
