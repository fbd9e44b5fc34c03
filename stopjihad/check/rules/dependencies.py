"""Say what findings depend on, so that they may be kept while that does not change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from stopjihad.check.finding import Finding
from stopjihad.model.loaded import Document, Project


class Keep(Protocol):
    """Give findings from where they are kept, or make and keep them."""

    def __call__(
        self,
        names: tuple[str, ...],
        work: Callable[[], Iterable[Finding]],
        *,
        clean: bool,
        fuller: tuple[str, ...] = (),
    ) -> Sequence[Finding]:
        """Give the findings of some work.

        Args:
            names: everything that the findings depend on, beside the program.
            work: makes them.
            clean: whether only their absence may be kept, because their places depend on more.
            fuller: names under which the findings of more rules may be kept; they serve as well.

        Returns:
            The findings, and maybe those of more rules.
        """


def anew(
    names: tuple[str, ...],  # noqa: ARG001 - the protocol names it
    work: Callable[[], Iterable[Finding]],
    *,
    clean: bool,  # noqa: ARG001 - the protocol names it
    fuller: tuple[str, ...] = (),  # noqa: ARG001 - the protocol names it
) -> Sequence[Finding]:
    """Keep nothing.

    Args:
        names: ignored.
        work: makes the findings.
        clean: ignored.
        fuller: ignored.

    Returns:
        The findings.
    """
    return tuple(work())


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

    Args:
        documents: the files.

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
    """Digest what leads and names talking points: headlines, claims, posts, hashtags, pictures.

    Returns:
        Hexadecimal digits; a changed paragraph does not change them.
    """
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
