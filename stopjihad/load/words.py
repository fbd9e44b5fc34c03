"""Read the words of the program itself: catalogues of msgid and msgstr without contexts."""

from __future__ import annotations

from stopjihad.problem import Problem
from stopjihad.text import po


def read_words(text: str, path: str) -> tuple[dict[str, str], list[Problem]]:
    """Read what the theme or the studio says in one language.

    Args:
        text: the PO file, decoded, with line feeds.
        path: the file, named in problems.

    Returns:
        English words to translated words, without stale and empty ones, and the problems
        ``po-syntax``, ``po-escape`` and ``po-plural``.
    """
    entries, faults = po.scan(text)
    problems = [
        Problem(path=path, line=line, code=code, message=message, hint=hint)
        for line, code, message, hint in faults
    ]
    words = {
        entry.source: entry.translation
        for entry in entries
        if entry.context is None and entry.source and entry.translation and not entry.stale
    }
    return words, problems
