"""Report a problem at the place of a field."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from stopjihad.model.loaded import Document
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
        document: the file.
        field: field path such as ``sources.0.url``.
        code: code of the problem.
        message: what is wrong.
        hint: how to mend it.
        severity: ``error`` stops a build.

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


def nearest(name: str, known: Iterable[str]) -> str:
    """Suggest a known name: ``did you mean 'x'?``, else list what is known.

    Args:
        name: what was written.
        known: names that exist.

    Returns:
        A hint of one line.
    """
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else f"known here: {', '.join(names) or 'none'}"
