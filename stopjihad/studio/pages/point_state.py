"""What the editor shows of a talking point: values, faults of fields, what can be chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
import yaml

from stopjihad.catalog import terms
from stopjihad.catalog.platforms import Platform, measure
from stopjihad.model.point import CLAIM_CHARACTERS, FACT_GRAPHEMES, Point
from stopjihad.model.project import Project
from stopjihad.problem import Problem
from stopjihad.studio.saver import SavedFile
from stopjihad.studio.words import Choice, Say, mark_translatable
from stopjihad.text.unicode.graphemes import count
from stopjihad.text.yaml.fields import BODY, split, value_at, values
from stopjihad.text.yaml.tree import NoSuchPlace, Value, compose, end

ORDER = tuple(
    field.encode_name
    for field in msgspec.structs.fields(Point)
    if field.encode_name not in {"id", "body"}
)
"""Keys of a talking point in the order of the schema."""

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


class PointState(msgspec.Struct, frozen=True, kw_only=True):
    """A talking point for the editor.

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


def point_state(
    saved: SavedFile,
    problems: Iterable[Problem],
    *,
    steps: tuple[bool, bool],
    platforms: Mapping[str, Platform] = MappingProxyType({}),
) -> PointState:
    """Describe a talking point.

    Args:
        steps: whether there is a step to take back, and one to do again.
        platforms: rows of the catalogue by id; they measure posts.
    """
    found = read_values(saved.text)
    ranked = sorted(problems, key=lambda one: (one.severity != "error", one.line, one.column))
    return PointState(
        digest=saved.digest,
        readable=bool(found),
        values=found,
        problems=tuple(_field_problem(problem, saved.text, found) for problem in ranked),
        counts=counts(found, platforms),
        undo=steps[0],
        redo=steps[1],
    )


def unreadable_state(problems: Iterable[Problem]) -> PointState:
    """Describe a talking point whose file cannot even be read as text: two versions met in it."""
    return PointState(
        digest="",
        readable=False,
        values={},
        problems=tuple(_field_problem(problem, "", {}) for problem in problems),
        counts={},
        undo=False,
        redo=False,
    )


def read_values(text: str) -> dict[str, Value]:
    """Read the fields of a talking point; none where its YAML cannot be read."""
    try:
        return values(text)
    except NoSuchPlace:
        return {}


_MEANT = {
    "claim-missing": "claim",
    "warning-missing": "warning",
    "technique-missing": "technique",
    "prevalence-missing": "prevalence.level",
    "STR05": "technique",
    "STR06": "alternative",
}
"""Code of a problem that stands elsewhere in the file to the field that is to be written."""


def _field_problem(problem: Problem, text: str, found: dict[str, Value]) -> FieldProblem:
    field = _MEANT.get(problem.code) or field_of(problem, text)
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


def counts(fields: dict[str, Value], platforms: Mapping[str, Platform]) -> dict[str, FieldLength]:
    """Measure the fields that have a limit.

    Returns:
        Graphemes of the fact, characters of the claim, and each post as its platform counts it.
    """
    fact, claim = (str(fields.get(name, "")).strip() for name in ("fact", "claim"))
    return {
        "fact": FieldLength(count(fact), FACT_GRAPHEMES),
        "claim": FieldLength(len(claim), CLAIM_CHARACTERS),
        **dict(_posts(fields.get("posts"), platforms)),
    }


def _posts(
    posts: Value | None, platforms: Mapping[str, Platform]
) -> Iterator[tuple[str, FieldLength]]:
    own = posts if isinstance(posts, dict) else {}
    for name, row in platforms.items():
        text = own.get(name, "")
        found = measure(row, text.strip() if isinstance(text, str) else "")
        if found.limit is not None:
            yield f"posts.{name}", FieldLength(found.count, found.limit)


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


MODES = {
    "debunk": mark_translatable("Answers a claim that many people have met."),
    "prebunk": mark_translatable("Warns of a trick before people meet it."),
    "alternative": mark_translatable("Offers something better and repeats no claim."),
    "testimony": mark_translatable("Someone tells what they lived through."),
}

LEVELS = {
    "niche": (
        mark_translatable("Niche"),
        mark_translatable("Few people know it. It is never broadcast."),
    ),
    "crossing": (
        mark_translatable("Crossing over"),
        mark_translatable("It begins to reach people outside of its circle."),
    ),
    "mainstream": (
        mark_translatable("Widely known"),
        mark_translatable("Many people have met it."),
    ),
}

ACTIONS = {
    "helpline": mark_translatable("The helplines"),
    "report": mark_translatable("Where to report content"),
    "page": mark_translatable("A page of the campaign"),
    "link": mark_translatable("Another site"),
    "share": mark_translatable("Sharing this page"),
}

READ = {
    "whole": mark_translatable("All of it"),
    "part": mark_translatable("A part"),
    "opening": mark_translatable("The opening"),
    "report": mark_translatable("Only reports of it"),
}


def choices(project: Project | None, say: Say, term: Say) -> dict[str, tuple[Choice, ...]]:
    """List what can be chosen for each field.

    Args:
        project: the campaign, for its audiences, messengers and pages; None when it is broken.
    """
    campaign = project.campaign.record if project else None
    pages = project.pages if project else ()
    return {
        "mode": tuple(Choice(key, term(terms.MODES[key].name), say(MODES[key])) for key in MODES),
        "technique": _terms(terms.TECHNIQUES, term),
        "pull_factor": _terms(terms.PULL_FACTORS, term),
        "need": tuple(Choice(key, term(one.name)) for key, one in terms.NEEDS.items()),
        "level": tuple(Choice(key, say(name), say(text)) for key, (name, text) in LEVELS.items()),
        "read": tuple(Choice(key, say(name)) for key, name in READ.items()),
        "action": tuple(Choice(key, say(name)) for key, name in ACTIONS.items()),
        "audiences": _people((one.id, one.name) for one in campaign.audiences) if campaign else (),
        "messenger": _people((one.id, one.name) for one in campaign.messengers) if campaign else (),
        "pages": _people((one.record.id, one.record.title) for one in pages),
    }


def _terms(table: dict[str, terms.CatalogTerm], term: Say) -> tuple[Choice, ...]:
    return tuple(
        Choice(key, term(one.name), term(one.text) if one.text else "")
        for key, one in table.items()
    )


def _people(named: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(key, name) for key, name in named)
