"""Check authored Markdown: what it may hold, what it cites, where it links to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from stopjihad.model.loaded import Document, Project
from stopjihad.model.point import Point
from stopjihad.problem import Problem
from stopjihad.text.markdown.checks import markdown_problems


def check_pages_prose(project: Project) -> Iterator[Problem]:
    """Check the Markdown of all free pages.

    Yields:
        The problems of ``text.markdown.checks``, at their place in the file.
    """
    targets = link_targets(project)
    for document in project.pages:
        yield from _field(document, "body", document.record.body, (), targets)


def check_point_prose(point: Document[Point], targets: Collection[str]) -> Iterator[Problem]:
    """Check the Markdown of one talking point.

    Args:
        point: the talking point.
        targets: what links may lead to, from ``link_targets``.

    Yields:
        As ``check_pages_prose``.
    """
    sources = {source.id for source in point.record.sources}
    yield from _field(point, "body", point.record.body, sources, targets)
    yield from _field(point, "alternative", point.record.alternative, sources, targets)


def link_targets(project: Project) -> frozenset[str]:
    """Name what a link inside the campaign may lead to."""
    points = {f"points/{point.record.id}" for point in project.points}
    pages = {f"pages/{page.record.id}" for page in project.pages}
    return frozenset(points | pages | {"help", "report", "about", "privacy", "accessibility"})


def _field(
    document: Document[Any],
    field: str,
    text: str,
    sources: Collection[str],
    targets: Collection[str],
) -> Iterator[Problem]:
    first, _ = document.place(field)
    for found in markdown_problems(text, sources, targets):
        yield Problem(
            path=document.path,
            line=first + found.line - 1,
            # A field of the front matter is indented by we do not know how much.
            column=found.column if field == "body" else 0,
            code=found.code,
            message=found.message,
            hint=found.hint,
        )
