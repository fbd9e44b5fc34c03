"""Put drafts together that go out as one: new texts, and rewritten ones beside what readers see."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import msgspec

from stopjihad.model.point import Point
from stopjihad.model.project import Document, Page, Project

R = TypeVar("R", Point, Page)


class SetMember(NamedTuple):
    """A draft of a change set.

    Attributes:
        key: of the whole that it becomes, as ``translate.status.key_of`` gives it.
        path: of its file.
        name: what it says first: its fact, or its title.
        replaces: path of the file whose words it takes the place of; empty for a new text.
        digest: of the bytes of its file, as they were read.
    """

    key: str
    path: str
    name: str
    replaces: str
    digest: str


def change_sets(project: Project) -> dict[str, tuple[SetMember, ...]]:
    """List the drafts of each change set, by its name; names and drafts in order."""
    found: dict[str, list[SetMember]] = {}
    for point in project.draft_points:
        _add(found, point, point.record.fact, "")
    for page in project.draft_pages:
        _add(found, page, page.record.title, "pages/")
    return {name: tuple(found[name]) for name in sorted(found)}


def with_set(project: Project, name: str) -> Project:
    """Give a campaign as it will be once all drafts of a change set are ready."""
    return msgspec.structs.replace(
        project,
        points=_laid_over(project.points, project.draft_points, name),
        pages=_laid_over(project.pages, project.draft_pages, name),
    )


def _add(
    found: dict[str, list[SetMember]],
    draft: Document[Point] | Document[Page],
    name: str,
    kind: str,
) -> None:
    own = draft.record
    if own.change_set:
        folder = draft.path.rpartition("/")[0]
        replaces = f"{folder}/{own.replaces}.md" if own.replaces else ""
        key = f"{kind}{own.replaces or own.id}"
        member = SetMember(key, draft.path, name, replaces, draft.digest)
        found.setdefault(own.change_set, []).append(member)


def _laid_over(
    ready: tuple[Document[R], ...], drafts: tuple[Document[R], ...], name: str
) -> tuple[Document[R], ...]:
    found = {one.record.id: one for one in ready}
    for draft in drafts:
        if draft.record.change_set == name:
            own = draft.record.replaces or draft.record.id
            record = msgspec.structs.replace(
                draft.record, id=own, draft=False, change_set=None, replaces=None
            )
            found[own] = msgspec.structs.replace(draft, record=record)
    return tuple(sorted(found.values(), key=lambda one: one.path))
