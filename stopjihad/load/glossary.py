"""Read ``locale/glossary.csv``."""

from __future__ import annotations

import csv
import re

from stopjihad.model.project import Glossary, Term
from stopjihad.problem import Problem

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_FIXED = ("term", "note", "forbidden")


def read_glossary(text: str, path: str) -> tuple[Glossary, list[Problem]]:
    """Read a glossary.

    Args:
        text: the file, decoded. Columns: ``term``, ``note``, one for each language with its forms
            parted by ``|``, and ``forbidden`` with entries ``fr:form`` parted by ``|``.

    Returns:
        The glossary, and the problems ``glossary-column``, ``glossary-row`` and
        ``glossary-forbidden``.
    """
    try:
        reader = csv.reader(text.splitlines(), strict=True)
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        hint = 'put cells with commas or quotation marks between "'
        return Glossary(path=path), [_problem(path, 0, "glossary-row", f"no table: {error}", hint)]
    if not rows:
        return Glossary(path=path), []
    head = [cell.strip() for cell in rows[0][1]]
    problems = _columns(head, path, rows[0][0])
    if problems:
        return Glossary(path=path), problems
    terms = []
    for line, row in rows[1:]:
        if len(row) != len(head) or not row[head.index("term")].strip():
            message = f"{len(row)} cells where the first line has {len(head)}"
            message = message if len(row) != len(head) else "the cell 'term' is empty"
            hint = "fill in every column, or leave cells empty between commas"
            problems.append(_problem(path, line, "glossary-row", message, hint))
            continue
        term, wrong = _term(dict(zip(head, row, strict=True)), line)
        terms.append(term)
        problems += [
            _problem(path, line, "glossary-forbidden", f"no language before '{item}'", "fr:word")
            for item in wrong
        ]
    return Glossary(path=path, terms=tuple(terms)), problems


def _columns(head: list[str], path: str, line: int) -> list[Problem]:
    if "term" not in head:
        hint = "first line: term,note,en,fr,forbidden"
        if any(";" in name for name in head):
            hint = "semicolons part the cells: save it with commas between them"
        return [_problem(path, line, "glossary-column", "there is no column 'term'", hint)]
    odd = [name for name in head if name not in _FIXED and not _TAG.fullmatch(name)]
    twice = {name for name in head if head.count(name) > 1}
    hint = "columns are term, note, forbidden and tags of languages, each once"
    return [
        _problem(path, line, "glossary-column", f"'{name}' cannot be a column here", hint)
        for name in sorted({*odd, *twice})
    ]


def _term(cells: dict[str, str], line: int) -> tuple[Term, list[str]]:
    forbidden: dict[str, list[str]] = {}
    wrong = []
    for item in _split(cells.get("forbidden", "")):
        tag, colon, form = item.partition(":")
        if colon and _TAG.fullmatch(tag) and form.strip():
            forbidden.setdefault(tag, []).append(form.strip())
        else:
            wrong.append(item)
    forms = {name: _split(cell) for name, cell in cells.items() if name not in _FIXED}
    return (
        Term(
            term=cells["term"].strip(),
            note=cells.get("note", "").strip(),
            forms={name: found for name, found in forms.items() if found},
            forbidden={tag: tuple(found) for tag, found in forbidden.items()},
            line=line,
        ),
        wrong,
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _problem(path: str, line: int, code: str, message: str, hint: str) -> Problem:
    return Problem(path=path, line=line, code=code, message=message, hint=hint)
