"""Read every text of a campaign, language by language, by the rules of wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from stopjihad.catalog.rules import Rule
from stopjihad.check.rules.finding import Finding
from stopjihad.check.rules.kept import Keep, source_digest
from stopjihad.check.rules.passages import (
    Passage,
    campaign_passages,
    document_passages,
    file_passages,
)
from stopjihad.check.rules.tongues import judged_files, prose_documents
from stopjihad.check.rules.wording import anchors, check_wording
from stopjihad.model.loaded import Document, Project
from stopjihad.model.point import Point
from stopjihad.model.translation import Translations
from stopjihad.text.fold import fold
from stopjihad.view.extract import project_segments


def check_texts(project: Project, chosen: Sequence[Rule], keep: Keep) -> Iterator[Finding]:
    """Apply rules of wording to all languages.

    Args:
        project: the campaign.
        chosen: rules of wording.
        keep: gives findings of files that did not change.

    Yields:
        Findings about texts that the campaign uses.
    """
    campaign = project.campaign.record
    common = ("wording", *sorted(rule.id for rule in chosen), *campaign.style_packs)
    source = source_digest(project)

    def read(file: Translations | None) -> Sequence[Finding]:
        language = file.language if file else campaign.source_language
        digest = file.digest if file else source

        def work() -> Iterator[Finding]:
            sought = anchors(chosen, language)
            if sought is not None and not sought:
                return iter(())
            passages = file_passages(file) if file else source_passages(project, sought)
            return check_wording(chosen, language, tuple(passages), campaign.style_packs)

        return keep((*common, language, digest), work, clean=False) if digest else tuple(work())

    yield from read(None)
    used: set[str] | None = None
    for file in judged_files(project):
        found = read(file)
        if not found:
            continue
        if used is None:
            used = {f"{item.context}\0{item.source}" for item in project_segments(project)}
        lines = {item.line for item in file.messages if f"{item.context}\0{item.source}" in used}
        # A text that the campaign does not use any more is nobody's fault.
        yield from (finding for finding in found if finding.line in lines)


def source_passages(project: Project, sought: tuple[str, ...] | None = None) -> Iterator[Passage]:
    """List the texts of the source language.

    Args:
        project: the campaign.
        sought: folded letters; documents that hold none of them are left out; None for all.

    Yields:
        Passages of talking points, pages, notices, and of the campaign itself.
    """
    for document in prose_documents(project):
        if sought is None or _has(document, sought):
            folder = document.path.rpartition("/")[0].rpartition("/")[2]
            key = document.record.id if folder == "points" else f"{folder}/{document.record.id}"
            yield from document_passages(document, key)
    yield from campaign_passages(project)


def _has(document: Document[Any], sought: tuple[str, ...]) -> bool:
    record = document.record
    names = ("fact", "claim", "warning", "title", "summary", "headline", "alternative", "body")
    texts = [getattr(record, name, None) or "" for name in names]
    texts += getattr(record, "posts", {}).values()
    texts.append(record.action.label if isinstance(record, Point) else "")
    folded = fold("\n".join(texts))
    return any(anchor in folded for anchor in sought)
