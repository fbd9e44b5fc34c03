"""Keep what checks find: on which files it depends, what is kept together, and who gives it.

Texts are cut into shelves: what is looked at together, so that not all is in memory at once, and
what is found again after an edit is little.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from stopjihad.model.project import Document, Project

T = TypeVar("T")

DOCUMENTS = 16
"""Files whose findings are kept together: few to read again after an edit, few to look up."""

MESSAGES = 512
"""Messages of a PO file that are looked at together: some talking points' texts."""


def shelves(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut a sequence into shelves.

    Yields:
        Shelves in order, none of them empty.
    """
    for start in range(0, len(items), size):
        yield items[start : start + size]


def source_digest(project: Project) -> str:
    """Digest every file with texts of the source language.

    Returns:
        Hexadecimal digits; empty when a file has no digest.
    """
    documents: list[Document[Any]] = [project.campaign, *project.points, *project.pages]
    documents += [*project.alerts, *project.alert_templates, *project.media_notes]
    documents += [item for item in (project.helplines, project.responses) if item is not None]
    return files_digest(documents)


def files_digest(documents: Iterable[Document[Any]]) -> str:
    """Digest some files.

    Returns:
        Hexadecimal digits; empty when a file has no digest.
    """
    documents = tuple(documents)
    if not all(document.digest for document in documents):
        return ""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document.path}\0{document.digest}\0".encode())
    return digest.hexdigest()


def brief_digest(project: Project) -> str:
    """Digest what leads and names talking points: headlines, claims, posts, hashtags, pictures."""
    parts: list[str] = [*project.campaign.record.hashtags, *project.campaign.record.deny_links]
    parts += [f"{note.path}\0{note.digest}" for note in project.media_notes]
    for document in project.points:
        record = document.record
        parts += (record.id, record.fact, record.claim or "", record.warning or "")
        parts += (record.action.label, *record.media, *record.hooks.values())
        parts += (f"{platform}\0{text}" for platform, text in sorted(record.posts.items()))
    # Unpaired surrogates must not raise; lengths keep neighbours apart.
    whole = "\0".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


class SourceDigests:
    """Digest texts of the source language once for all languages that are judged by them."""

    def __init__(self, project: Project) -> None:
        """Keep what authors wrote; translations do not count."""
        self.project = msgspec.structs.replace(project, translations=())

    def __reduce__(self) -> tuple[type[SourceDigests], tuple[Project]]:
        """Travel as the campaign, which whatever is judged by it travels with, too."""
        return SourceDigests, (self.project,)

    @cached_property
    def every(self) -> str:
        """Every file with such texts: from `source_digest`."""
        return source_digest(self.project)

    @cached_property
    def brief(self) -> str:
        """What leads and names talking points: from `brief_digest`."""
        return brief_digest(self.project)

    @cached_property
    def other_files(self) -> str:
        """Every such file but talking points, pages and alerts."""
        return source_digest(msgspec.structs.replace(self.project, points=(), pages=(), alerts=()))

    @cached_property
    def shelves(self) -> tuple[tuple[str, Sequence[Document[Any]], str], ...]:
        """Talking points and pages, some at a time: their field, they, and their digest."""
        return tuple(
            (field, shelf, files_digest(shelf))
            for field in ("points", "pages")
            for shelf in shelves(getattr(self.project, field), DOCUMENTS)
        )
