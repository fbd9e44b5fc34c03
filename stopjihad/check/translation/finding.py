"""Say what is wrong in one PO file, without anything that finds it out."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from stopjihad.problem import Severity

Identify = Callable[[str], tuple[str, float]]
"""Gives the primary language of a text, and from 0 to 1 how sure that is."""


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
