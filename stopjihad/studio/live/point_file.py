"""Read one saved talking point, without reading the rest of its campaign.

One that the schema refuses is read as far as it goes: what is missing or wrong is left out or stood
in for. It is shown to its author and to nobody else, and never becomes part of a good plan.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from stopjihad.check.campaign import check_one_point
from stopjihad.disk.cache import Cache, get_or_make
from stopjihad.load import files
from stopjihad.load.documents import SourceFile, markdown_document, read_source
from stopjihad.load.drafts import as_warnings, says_draft
from stopjihad.model.correction import Correction
from stopjihad.model.point import (
    Action,
    DataTable,
    Figure,
    Point,
    Prevalence,
    Quote,
    Sensitivity,
    Source,
)
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem
from stopjihad.text.yaml.fields import values
from stopjihad.text.yaml.tree import NoSuchPlace


class PointVerdict(NamedTuple):
    """A version of a talking point's file, and everything wrong with it.

    Attributes:
        path: of the file, relative to the workspace.
        digest: SHA-256 of its bytes.
        document: the talking point; None when not even its fields can be told apart.
        problems: of reading and, where the campaign can be read, of all rules.
        whole: False when the schema refuses it and ``document`` is what could be read.
        judged: whether the rules were applied.
    """

    path: str
    digest: str
    document: Document[Point] | None
    problems: tuple[Problem, ...]
    whole: bool = True
    judged: bool = False

    @property
    def sound(self) -> bool:
        """Tell whether it may be published as far as is known: judged, and without an error."""
        return self.judged and not any(one.severity == "error" for one in self.problems)


def read_point_file(root: Path, slug: str, path: Path) -> SourceFile | None:
    """Read the file of a talking point.

    Args:
        path: any absolute path.

    Returns:
        The file; None when the path is no talking point of the campaign, or cannot be read.
    """
    folder = root / "campaigns" / slug / "points"
    if path.parent != folder or path.suffix != ".md":
        return None
    shown = f"campaigns/{slug}/points/{path.name}"
    found = read_source(root, shown, files.MAX_TEXT_BYTES)
    return None if isinstance(found, Problem) else found


def judge_point_file(
    file: SourceFile, project: Project | None, today: dt.date, cache: Cache
) -> PointVerdict:
    """Read and judge a version of a talking point, without the rest of its campaign.

    Args:
        project: the campaign; without it only the schema judges.
        today: day on which message rules judge it.
        cache: parsed files, under the same keys as in ``load_project``.

    Returns:
        The talking point as far as it can be read, and what is wrong with it.
    """
    name = file.path.rpartition("/")[2].removesuffix(".md")
    document, problems = get_or_make(
        cache,
        ("points", file.path, file.digest),
        Document[Point],
        lambda: markdown_document(file, Point, name),
    )
    drafts = {file.path} if says_draft(file.text) else set()
    problems = as_warnings(problems, drafts)
    verdict = PointVerdict(file.path, file.digest, document, tuple(problems))
    if project is None:
        return verdict
    if document is not None:
        found = as_warnings(check_one_point(document, project, today), drafts)
        return verdict._replace(problems=tuple(found), judged=True)
    unfinished = unfinished_document(file.path, file.text, project)
    return verdict._replace(document=unfinished, whole=False, judged=True)


R = TypeVar("R")

GAP = "…"
"""Stands where words are still missing."""

_FIELDS = {field.name: field.type for field in msgspec.structs.fields(Point)}


def unfinished_document(path: str, text: str, project: Project) -> Document[Point] | None:
    """Read a talking point as far as it goes.

    Args:
        path: file relative to the workspace.
        text: the file, line ends as LF.
        project: the campaign; its first messenger stands in for a missing one.

    Returns:
        The talking point; None when not even its fields can be told apart.
    """
    try:
        found = values(text)
    except NoSuchPlace:
        return None
    name = path.rpartition("/")[2].removesuffix(".md")
    record = _point(name, found, project)
    return Document(path=path, record=record, digest="")


def _point(name: str, found: dict[str, Any], project: Project) -> Point:
    messenger = project.campaign.record.messengers[0].id
    audiences = {one.id for one in project.campaign.record.audiences}
    messengers = {one.id for one in project.campaign.record.messengers}
    claim = _text(found, "claim")
    return Point(
        id=name,
        draft=_record(found.get("draft"), bool) or False,
        mode=_choice(found, "mode", "alternative"),
        fact=_text(found, "fact") or GAP,
        line=_text(found, "line"),
        claim=claim,
        warning=_text(found, "warning") or (GAP if claim else None),
        technique=_choice(found, "technique", None),
        pull_factor=_choice(found, "pull_factor", "belonging"),
        prevalence=_record(found.get("prevalence"), Prevalence),
        audiences=tuple(one for one in _texts(found.get("audiences")) if one in audiences),
        messenger=found["messenger"] if found.get("messenger") in messengers else messenger,
        action=_record(found.get("action"), Action) or Action(label=GAP, kind="helpline"),
        alternative=_text(found, "alternative") or "",
        steps=tuple(filter(None, _texts(found.get("steps")))),
        slides=tuple(filter(None, _texts(found.get("slides")))),
        quote=_record(found.get("quote"), Quote),
        sources=_records(found.get("sources"), Source) or (_gap(project),),
        figures=_records(found.get("figures"), Figure),
        data=_records(found.get("data"), DataTable),
        drawing=_text(found, "drawing"),
        tone=_choice(found, "tone", None),
        hook=_text(found, "hook") or _posts(found.get("hook")) or None,
        posts=_posts(found.get("posts")),
        sensitivity=_record(found.get("sensitivity"), Sensitivity) or Sensitivity(),
        question=_text(found, "question"),
        featured=_record(found.get("featured"), int),
        reviewed=_record(found.get("reviewed"), dt.date),
        corrections=_records(found.get("corrections"), Correction),
        body=_text(found, "body") or "",
    )


def _text(found: dict[str, Any], name: str) -> str | None:
    value = found.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _choice(found: dict[str, Any], name: str, otherwise: Any) -> Any:
    try:
        return msgspec.convert(found.get(name), _FIELDS[name])
    except msgspec.ValidationError:
        return otherwise


def _record(value: Any, kind: Any) -> Any:
    """Convert what is whole; texts become dates and truth values as the schema wants them."""
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return None


def _records(value: Any, kind: type[R]) -> tuple[R, ...]:
    found = (_record(one, kind) for one in value) if isinstance(value, list) else ()
    return tuple(one for one in found if one is not None)


def _gap(project: Project) -> Source:
    """Give what stands for the source that every talking point needs."""
    day = project.campaign.record.updated
    return Source(id="source", title=GAP, publisher=GAP, url="https://example.org/", accessed=day)


def _posts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {key: one for key, one in value.items() if isinstance(one, str) and one}
