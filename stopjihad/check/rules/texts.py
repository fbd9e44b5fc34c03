"""Read every text of a campaign, language by language, by the rules of wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from stopjihad.catalog.rules import Rule
from stopjihad.check.rules.finding import Finding
from stopjihad.check.rules.kept import Keep, files_digest, source_digest
from stopjihad.check.rules.passages import (
    Passage,
    campaign_passages,
    document_passages,
    file_passages,
)
from stopjihad.check.rules.tongues import Tongue, prose_documents
from stopjihad.check.rules.wording import check_wording
from stopjihad.model.loaded import Document, Project

SHELF = 16
"""Documents whose findings are kept together: few to read again after an edit, few to look up."""


def check_texts(
    tongue: Tongue, chosen: Sequence[Rule], keep: Keep, *, listing: bool
) -> Iterator[Finding]:
    """Apply rules of wording to the texts of one language.

    Args:
        tongue: the language.
        chosen: rules of wording.
        keep: gives findings of files that did not change.
        listing: whether the sentences of the reading list are wanted, too.

    Yields:
        Findings about texts that the campaign uses.
    """
    packs = tongue.project.campaign.record.style_packs
    common = ("wording", *sorted(rule.id for rule in chosen), *packs, tongue.language)
    common += ("listing",) if listing else ()

    def read(digest: str, passages: Callable[[], Iterable[Passage]]) -> _Findings:
        def work() -> Iterator[Finding]:
            read = tuple(passages())
            return check_wording(chosen, tongue.language, read, packs, listing=listing)

        return keep((*common, digest), work, clean=False) if digest else tuple(work())

    file = tongue.file
    if file is None:
        for digest, passages in _shelves(tongue.project):
            yield from read(digest, passages)
        return
    found = read(file.digest, partial(file_passages, file))
    if found:
        # A text that the campaign does not use any more is nobody's fault.
        lines = tongue.used.lines(file)
        yield from (finding for finding in found if finding.line in lines)


_Findings = Sequence[Finding]


def _shelves(project: Project) -> Iterator[tuple[str, Callable[[], Iterable[Passage]]]]:
    """Give the source texts in small groups, each with the digest of its files."""
    documents = prose_documents(project)
    for start in range(0, len(documents), SHELF):
        shelf = documents[start : start + SHELF]
        yield files_digest(shelf), partial(_of_documents, shelf)
    yield (
        source_digest(msgspec.structs.replace(project, points=(), pages=(), alerts=())),
        partial(campaign_passages, project),
    )


def _of_documents(documents: Iterable[Document[Any]]) -> Iterator[Passage]:
    for document in documents:
        folder = document.path.rpartition("/")[0].rpartition("/")[2]
        key = document.record.id if folder == "points" else f"{folder}/{document.record.id}"
        yield from document_passages(document, key)
