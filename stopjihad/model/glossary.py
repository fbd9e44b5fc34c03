"""The glossary: how a campaign says certain things, and what it never says."""

from __future__ import annotations

import msgspec


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the glossary.

    Attributes:
        term: name of the row.
        note: when and how to use it.
        forms: tag of a language to the forms that are right in it, the usual one first.
        forbidden: tag of a language to forms that are wrong in it.
        line: line in the file, from 1.
    """

    term: str
    note: str = ""
    forms: dict[str, tuple[str, ...]] = {}
    forbidden: dict[str, tuple[str, ...]] = {}
    line: int = 0


class Glossary(msgspec.Struct, frozen=True, kw_only=True):
    """The terms of ``locale/glossary.csv``."""

    path: str
    terms: tuple[Term, ...] = ()
