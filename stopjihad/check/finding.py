"""What is found wrong: at the place of a field, there by a rule, and in the text of a PO file.

Exceptions are applied to findings of rules before they become problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from stopjihad.catalog.rules import Rule
from stopjihad.model.project import Document
from stopjihad.problem import Problem, Severity


def at(
    document: Document[Any],
    field: str,
    code: str,
    message: str,
    hint: str = "",
    severity: Severity = "error",
) -> Problem:
    """Make a problem that points at a field of a document.

    Args:
        field: field path such as ``sources.0.url``.

    Returns:
        The problem, with line and column from 1.
    """
    line, column = document.place(field)
    return Problem(
        path=document.path,
        line=line,
        column=column,
        code=code,
        message=message,
        hint=hint,
        severity=severity,
    )


LISTED = ""
"""Rule of a finding that is a sentence of the reading list: a person judges it, no rule does."""


class Finding(msgspec.Struct, frozen=True, order=True, array_like=True):
    """Name one place that breaks a rule.

    Attributes:
        rule: id of the rule.
        subject: what is judged: ``points/<id>``, ``pages/<id>``, ``campaign`` ….
        path: file relative to the workspace.
        line: from 1; 0 for the whole file.
        column: from 1; 0 for the whole line.
        message: what is wrong, one line.
        mend: how to mend it; empty for what the rule says; of a sentence of the reading list its
            rank and its paragraph.
        severity: when it is less grave than the rule; empty for the rule's own.
        language: BCP 47 tag of the words it is about; empty for what is said in no language.
        context: name of their text for translators, or nothing.
        sentence: the very sentence, or the short text, as it is shown; an exception is bound to it.
    """

    rule: str
    subject: str
    path: str
    line: int
    column: int
    message: str
    mend: str = ""
    severity: Severity | None = None
    language: str = ""
    context: str = ""
    sentence: str = ""


def finding_at(
    rule: Rule, document: Document[Any], place: str, subject: str, **values: object
) -> Finding:
    """Make a finding at a field of a document.

    Args:
        place: field path such as ``sources.0.url``.
        values: what the rule's message names in braces.
    """
    line, column = document.place(place)
    return Finding(
        rule.id, subject, document.path, line, column, rule.message.format_map(_Values(values))
    )


class _Values(dict[str, object]):
    """Leave a brace empty when a kind of check has no value for it."""

    def __missing__(self, key: str) -> str:
        """Give nothing."""
        return ""


def message(rule: Rule, **values: object) -> str:
    """Fill in the message of a rule."""
    return rule.message.format_map(_Values(values))


def problems(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> Iterator[Problem]:
    """Turn findings into problems."""
    for finding in findings:
        rule = rules[finding.rule]
        yield Problem(
            path=finding.path,
            line=finding.line,
            column=finding.column,
            code=rule.id,
            message=finding.message,
            hint=finding.mend or rule.mend,
            severity=finding.severity or rule.severity,
        )


class TranslationFinding(msgspec.Struct, frozen=True, array_like=True):
    """Name one mistake in the translation of one text."""

    context: str
    source: str
    line: int
    code: str
    message: str
    hint: str
    severity: Severity


class FileFindings(msgspec.Struct, frozen=True):
    """What is wrong in one PO file."""

    findings: tuple[TranslationFinding, ...] = ()
