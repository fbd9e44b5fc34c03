"""Show the texts of one language beside their sources: states, limits, glossary, checks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from stopjihad.catalog.platforms import platforms
from stopjihad.check.translation_file import FileChecker
from stopjihad.model.glossary import Glossary, Term
from stopjihad.model.loaded import Project
from stopjihad.model.translation import Message, Translations
from stopjihad.preview.views import names_of
from stopjihad.translate.exchange import Row, make_rows
from stopjihad.translate.review_sheet import diff_html
from stopjihad.translate.source import target_of
from stopjihad.translate.status import key_of, segment_states


class Finding(NamedTuple):
    """Hold what is wrong with one translation."""

    severity: str
    message: str
    hint: str


class Hit(NamedTuple):
    """Hold a term of the glossary that stands in a source text."""

    term: str
    forms: str
    forbidden: str
    note: str


class Text(NamedTuple):
    """Show one text: the row that goes to translators, and what helps with it."""

    row: Row
    diff: Markup | None
    hits: tuple[Hit, ...]
    findings: tuple[Finding, ...]
    markdown: bool


class Whole(NamedTuple):
    """Gather the texts of one talking point, page or other whole."""

    key: str
    name: str
    open: int
    total: int


def texts_of(project: Project, language: str, key: str) -> tuple[Text, ...]:
    """List the texts of one whole in one language.

    Args:
        project: the campaign.
        language: BCP 47 tag.
        key: id of a talking point, ``campaign``, ``pages/about`` ….

    Returns:
        Its texts in reading order.
    """
    states = [
        item for item in segment_states(project, language) if key_of(item.segment.context) == key
    ]
    rows = make_rows(states, target_of(project, language, platforms()))
    return tuple(
        Text(
            row=row,
            # The helper escapes both texts; its own marks are <del> and <ins>.
            diff=Markup(diff_html(row.previous, row.source)) if row.previous else None,  # noqa: S704
            hits=hits(project, language, row.source),
            findings=findings(project, language, row),
            markdown=state.segment.markdown,
        )
        for row, state in zip(rows, states, strict=True)
    )


def wholes(project: Project, language: str) -> tuple[Whole, ...]:
    """List everything that is translated, with how much is left to do.

    Args:
        project: the campaign.
        language: BCP 47 tag.

    Returns:
        Wholes in reading order; ``open`` counts texts that are missing or out of date.
    """
    names = names_of(project)
    found: dict[str, list[bool]] = {}
    for item in segment_states(project, language):
        behind = item.state in {"untranslated", "stale"}
        found.setdefault(key_of(item.segment.context), []).append(behind)
    return tuple(
        Whole(key, names.get(key, key), sum(behind), len(behind)) for key, behind in found.items()
    )


def findings(project: Project, language: str, row: Row) -> tuple[Finding, ...]:
    """Check one translation by itself.

    Args:
        project: the campaign, for its glossary.
        language: BCP 47 tag.
        row: the text.

    Returns:
        What the checks of translations find.
    """
    if not row.translation or row.state == "stale":
        return ()
    message = Message(row.context, row.source, row.translation)
    alone = Translations(language=language, path="", messages=(message,))
    glossary = project.glossary or Glossary(path="")
    checker = FileChecker(project.campaign.record.source_language, glossary, platforms())
    checked = checker.check(alone, thorough=True)
    return tuple(Finding(one.severity, one.message, one.hint) for one in checked.findings)


def hits(project: Project, language: str, source: str) -> tuple[Hit, ...]:
    """Find the terms of the glossary in a source text.

    Args:
        project: the campaign.
        language: tag of the translation.
        source: the text.

    Returns:
        Terms that say something about this language.
    """
    glossary = project.glossary or Glossary(path="")
    spoken = project.campaign.record.source_language
    return tuple(
        Hit(
            term.term,
            ", ".join(term.forms.get(language, ())),
            ", ".join(term.forbidden.get(language, ())),
            term.note,
        )
        for term in glossary.terms
        if (term.forms.get(language) or term.forbidden.get(language))
        and _stands(term, spoken, source)
    )


def _stands(term: Term, language: str, text: str) -> bool:
    forms: Iterable[str] = term.forms.get(language, (term.term,))
    return any(re.search(rf"\b{re.escape(form)}", text, re.IGNORECASE) for form in forms)
