"""What an editor shows of a file: values of its fields, and the faults beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
import yaml

from stopjihad.problem import Problem
from stopjihad.studio.saver import SavedFile
from stopjihad.text.yaml.fields import BODY, split, value_at, values
from stopjihad.text.yaml.tree import NoSuchPlace, Value, compose, end

_NAMED = {
    code: re.compile(rf"([a-z_.0-9]+) is {code.partition('-')[0]}")
    for code in ("empty", "missing-key")
}


class FieldProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A problem and the field that it is about: a path such as ``sources.0.url``, or none.

    ``todo`` tells that nothing is written there yet: that is no mistake of anybody.
    """

    field: str
    todo: bool
    severity: str
    code: str
    message: str
    hint: str
    line: int


class FieldLength(msgspec.Struct, frozen=True):
    """The length of a field, in the units of its limit."""

    count: int
    limit: int


class FieldState(msgspec.Struct, frozen=True, kw_only=True):
    """A file for its editor.

    Attributes:
        digest: of the file's bytes.
        readable: whether the file has fields: its YAML can be read, no two versions met in it.
        values: fields as texts, lists and keys; ``body`` is the Markdown. Empty where none is
            readable.
        problems: what is wrong, those of errors first.
        counts: lengths of fields that have a limit.
        undo: whether there is a step to take back.
        redo: whether there is a step to do again.
    """

    digest: str
    readable: bool
    values: dict[str, Any]
    problems: tuple[FieldProblem, ...]
    counts: dict[str, FieldLength]
    undo: bool
    redo: bool


def field_state(
    saved: SavedFile,
    problems: Iterable[Problem],
    steps: tuple[bool, bool],
    *,
    meant: Mapping[str, str] = MappingProxyType({}),
    counts: Callable[[dict[str, Value]], dict[str, FieldLength]] = lambda _: {},
) -> FieldState:
    """Describe a file.

    Args:
        steps: whether there is a step to take back, and one to do again.
        meant: code of a problem that stands elsewhere in the file to the field to be written.
        counts: measures the fields that have a limit.
    """
    found = read_values(saved.text)
    ranked = sorted(problems, key=lambda one: (one.severity != "error", one.line, one.column))
    return FieldState(
        digest=saved.digest,
        readable=bool(found),
        values=found,
        problems=tuple(_field_problem(problem, saved.text, found, meant) for problem in ranked),
        counts=counts(found),
        undo=steps[0],
        redo=steps[1],
    )


def unreadable_state(
    problems: Iterable[Problem], before: Mapping[str, Value] = MappingProxyType({})
) -> FieldState:
    """Describe a file that cannot even be read as text: two versions met in it.

    Args:
        before: what its fields had on one's own side, to be shown until then.
    """
    return FieldState(
        digest="",
        readable=False,
        values=dict(before),
        problems=tuple(_field_problem(problem, "", {}) for problem in problems),
        counts={},
        undo=False,
        redo=False,
    )


def read_values(text: str) -> dict[str, Value]:
    """Read the fields of a file; none where its YAML cannot be read."""
    try:
        return values(text)
    except NoSuchPlace:
        return {}


def _field_problem(
    problem: Problem,
    text: str,
    found: dict[str, Value],
    meant: Mapping[str, str] = MappingProxyType({}),
) -> FieldProblem:
    field = meant.get(problem.code) or field_of(problem, text)
    path = tuple(int(step) if step.isdigit() else step for step in field.split("."))
    return FieldProblem(
        field=field,
        todo=bool(field) and not value_at(found, path),
        severity=problem.severity,
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
        line=problem.line,
    )


def field_of(problem: Problem, text: str) -> str:
    """Find the field that a problem is about by its place in the file.

    Args:
        problem: the problem; its line and column count from 1.

    Returns:
        A path such as ``sources.0.url``, or nothing when the whole file is meant.
    """
    named = _NAMED[problem.code].match(problem.message) if problem.code in _NAMED else None
    if named:
        return named[1]
    try:
        parts = split(text)
        root = compose(parts.yaml)
    except NoSuchPlace:
        return ""
    first_of_body = text.count("\n", 0, len(text) - len(parts.body)) + 1
    if problem.line >= first_of_body and parts.body:
        return BODY
    offset = _offset(text, problem.line, problem.column) - len(parts.before)
    return _deepest(parts.yaml, root, offset, "") if offset >= 0 else ""


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
        if not at:
            return len(text)
    return at + max(column - 1, 0)


def _deepest(text: str, node: yaml.Node, offset: int, path: str) -> str:
    """Follow the values that span an offset; a key counts as part of its value."""
    if isinstance(node, yaml.MappingNode):
        children = [(key, value, str(key.value)) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        children = [(item, item, str(place)) for place, item in enumerate(node.value)]
    else:
        return path
    for first, child, step in children:
        low, high = int(first.start_mark.index), end(text, child)
        if low <= offset <= max(high, text.find("\n", low)):
            return _deepest(text, child, offset, f"{path}.{step}" if path else step)
    return path
