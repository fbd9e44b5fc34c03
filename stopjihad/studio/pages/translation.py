"""Show the texts of one language beside their sources: states, limits, glossary, checks; save one.

A translation is saved into its PO file, beside everyone else who works on that file.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import anyio.to_thread
import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stopjihad.catalog.languages import autonym
from stopjihad.catalog.platforms import platforms
from stopjihad.check.rules.run import check_rules
from stopjihad.check.translation.file import FileChecker
from stopjihad.disk import save as disk_save
from stopjihad.load.po import long_translation, read_po
from stopjihad.model.project import Glossary, Project, Term
from stopjihad.model.review import source_digest
from stopjihad.model.translation import Message, Translations
from stopjihad.problem import ProblemsFound
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    names_of,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    state_words,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.saver import Saver
from stopjihad.studio.templates import Templates
from stopjihad.studio.words import NOT_SPOKEN, mark_translatable
from stopjihad.text import po, versions
from stopjihad.text.unicode.script import direction
from stopjihad.translate.exchange import ExchangeRow, ReturnedRow, make_rows
from stopjihad.translate.merge import merge
from stopjihad.translate.notes import target_languages, target_of
from stopjihad.translate.po_files import po_entries, po_path, read_known
from stopjihad.translate.review_sheet import diff_html
from stopjihad.translate.status import key_of, segment_states
from stopjihad.translate.update import update_po
from stopjihad.view.source_segments import SourceSegment, project_segments


class TextFinding(NamedTuple):
    """What is wrong with one translation."""

    severity: str
    message: str
    hint: str


class GlossaryHit(NamedTuple):
    """A term of the glossary that stands in a source text."""

    term: str
    forms: str
    forbidden: str
    note: str


class TranslatedText(NamedTuple):
    """Show one text: the row that goes to translators, and what helps with it."""

    row: ExchangeRow
    diff: Markup | None
    hits: tuple[GlossaryHit, ...]
    findings: tuple[TextFinding, ...]
    markdown: bool


class Whole(NamedTuple):
    """Gather the texts of one talking point, page or other whole."""

    key: str
    name: str
    open: int
    total: int


def texts_of(
    project: Project, language: str, key: str, today: dt.date
) -> tuple[TranslatedText, ...]:
    """List the texts of one whole in one language.

    Args:
        key: id of a talking point, ``campaign``, ``pages/about`` ….
        today: day on which message rules judge them.
    """
    states = [
        item for item in segment_states(project, language) if key_of(item.segment.context) == key
    ]
    ruled = ruled_findings(project, language, key, today)
    rows = make_rows(states, target_of(project, language, platforms()))
    return tuple(
        TranslatedText(
            row=row,
            # The helper escapes both texts; its own marks are <del> and <ins>.
            diff=Markup(diff_html(row.previous, row.source)) if row.previous else None,  # noqa: S704
            hits=hits(project, language, row.source),
            findings=(
                *findings(project, language, row),
                *ruled.get((row.context, row.source), ()),
            ),
            markdown=state.segment.markdown,
        )
        for row, state in zip(rows, states, strict=True)
    )


def wholes(project: Project, language: str) -> tuple[Whole, ...]:
    """List everything that is translated, with how much is left to do.

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


def findings(project: Project, language: str, row: ExchangeRow) -> tuple[TextFinding, ...]:
    """Check one translation by itself."""
    if not row.translation or row.state == "stale":
        return ()
    message = Message(row.context, row.source, row.translation)
    alone = Translations(language=language, path="", messages=(message,))
    glossary = project.glossary or Glossary(path="")
    checker = FileChecker(project.campaign.record.source_language, glossary, platforms())
    checked = checker.check(alone, thorough=True)
    return tuple(TextFinding(one.severity, one.message, one.hint) for one in checked.findings)


def all_findings(
    project: Project, language: str, today: dt.date
) -> dict[tuple[str, str], tuple[TextFinding, ...]]:
    """Check every translation of a language, by all checks.

    Returns:
        Context and source of a text to what is wrong with its translation.
    """
    file = project.translation(language)
    if file is None:
        return {}
    glossary = project.glossary or Glossary(path="")
    checker = FileChecker(project.campaign.record.source_language, glossary, platforms())
    found = ruled_findings(project, language, "", today)
    for one in checker.check(file, thorough=True).findings:
        told = TextFinding(one.severity, one.message, one.hint)
        found[one.context, one.source] = (*found.get((one.context, one.source), ()), told)
    return found


def ruled_findings(
    project: Project, language: str, key: str, today: dt.date
) -> dict[tuple[str, str], tuple[TextFinding, ...]]:
    """Apply the message rules to the texts of one whole, as a check of the campaign does.

    Args:
        key: as in ``texts_of``; empty for all texts of the language.

    Returns:
        Context and source of a text to what is wrong with its translation.
    """
    file = project.translation(language)
    if file is None:
        return {}
    own = tuple(one for one in file.messages if not key or key_of(one.context) == key)
    alone = msgspec.structs.replace(
        project,
        translations=(msgspec.structs.replace(file, messages=own, digest=""),),
        points=tuple(one for one in project.points if key in {"", one.record.id}),
    )
    found: dict[tuple[str, str], list[TextFinding]] = {}
    lines = sorted((one.line, one.context, one.source) for one in own)
    for problem in check_rules(alone, today):
        place = bisect_right(lines, (problem.line, "\U0010ffff", "")) - 1
        if problem.path == file.path and problem.line and place >= 0:
            _, context, source = lines[place]
            told = TextFinding(problem.severity, problem.message, problem.hint)
            found.setdefault((context, source), []).append(told)
    return {text: tuple(dict.fromkeys(told)) for text, told in found.items()}


def hits(project: Project, language: str, source: str) -> tuple[GlossaryHit, ...]:
    """Find the terms of the glossary in a source text."""
    glossary = project.glossary or Glossary(path="")
    spoken = project.campaign.record.source_language
    return tuple(
        GlossaryHit(
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
    return any(re.search(_whole(form), text, re.IGNORECASE) for form in forms)


def _whole(form: str) -> str:
    """Match a form with its endings; a short one, such as "you", alone: "youth" is another word."""
    ending = r"\w*" if len(form) > _SHORT else ""
    return rf"\b{re.escape(form)}{ending}\b"


_SHORT = 3
"""Letters up to which a word has no endings that glossaries leave out."""


@with_live_campaign
def language(request: Request, live: LiveCampaign) -> Response:
    """Show the texts of one talking point or other whole, source and translation side by side."""
    project = newest_project(live)
    tag = request.path_params["language"]
    if project is None or tag not in target_languages(project):
        return answer_missing(request)
    project = _with_own_side(project, tag, request.app.state.saver)
    listed = wholes(project, tag)
    key = request.query_params.get("of", "")
    if key not in {one.key for one in listed}:
        first = next((one for one in listed if one.open), listed[0])
        return RedirectResponse(f"/c/{live.slug}/translate/{tag}?of={first.key}", 303)
    say, _ = speakers(request, live)
    source = project.campaign.record.source_language
    return show_campaign(
        request,
        live,
        "translating.html",
        tag=tag,
        name=autonym(tag),
        direction=direction(tag),
        source=source,
        source_direction=direction(source),
        wholes=listed,
        key=key,
        file=po_path(project, tag),
        texts=texts_of(project, tag, key, live.today()),
        states=state_words(say),
        page=_page_of(live, tag, key),
    )


def _with_own_side(project: Project, tag: str, saver: Saver) -> Project:
    """Show the translations of one's own side where two versions of their file met."""
    path = po_path(project, tag)
    met = saver.load_conflicted(path)
    if met is None:
        return project
    own, _ = read_po(versions.side(met.text), path, tag)
    others = (one for one in project.translations if one.language != tag)
    return msgspec.structs.replace(project, translations=(*others, own))


class SentTranslation(msgspec.Struct, forbid_unknown_fields=True):
    """A translation as a page sends it."""

    key: str
    was: str
    words: str


@refuse_in_words
async def save(request: Request, live: LiveCampaign) -> Response:
    """Save one translation."""
    project = newest_project(live)
    tag = request.path_params["language"]
    if project is None or tag not in target_languages(project):
        raise RefusedRequest(NOT_SPOKEN, 404)
    sent: SentTranslation = await read_json(request, SentTranslation)
    words = sent.words.replace("\r\n", "\n").strip("\n")
    given = TranslationChange(tag, sent.key, sent.was, words)
    saver = request.app.state.saver
    try:
        await anyio.to_thread.run_sync(save_translation, saver, live.root, project, given)
    except SourceGone:
        words = mark_translatable("The source has changed meanwhile. Load the page again.")
        raise RefusedRequest(words, 409) from None
    except TranslationClash as clash:
        await anyio.to_thread.run_sync(live.refresh)
        found = {"theirs": str(clash), **_text(request, live, tag, sent.key)}
        return answer_json({"conflict": found}, 409)
    await request.app.state.follower.read(live)
    return answer_json(_text(request, live, tag, sent.key))


def _text(request: Request, live: LiveCampaign, tag: str, key: str) -> dict[str, Any]:
    """Describe a text as it stands now."""
    project: Project = newest_project(live)
    listed = [item.segment for item in segment_states(project, tag)]
    wholes = (
        key_of(one.context) for one in listed if source_digest(one.context, one.source) == key
    )
    whole = next(wholes, "")
    pages: Templates = request.app.state.templates
    say = pages.finding_words(request).say
    for text in texts_of(project, tag, whole, live.today()) if whole else ():
        if text.row.key == key:
            return {
                "state": text.row.state,
                "digest": text.row.digest,
                "findings": [
                    {"severity": severity, "message": say(message), "hint": say(hint)}
                    for severity, message, hint in text.findings
                ],
            }
    return {"state": "untranslated", "digest": "", "findings": []}


def _page_of(live: LiveCampaign, tag: str, key: str) -> str:
    """Give the page on which the texts of a whole are seen, or nothing."""
    steps = live.newest_steps
    for rest in (f"points/{key}", key, key.removeprefix("pages/")):
        path = f"site/{tag}/{rest}/index.html"
        if path in steps:
            return f"/try/{live.slug}/{path[:-10]}"
    return ""


class TranslationChange(NamedTuple):
    """A translation as a page sends it: ``was`` is what the page showed before."""

    language: str
    key: str
    was: str
    words: str


class SourceGone(Exception):
    """Say that the source text has changed since the page was made."""


class TranslationClash(Exception):
    """Say that someone else changed the translation; the argument is theirs."""


def save_translation(saver: Saver, root: Path, project: Project, given: TranslationChange) -> str:
    """Put a translation into its file.

    Returns:
        Path of the file, relative to the workspace.

    Raises:
        SourceGone: no text has this key any more.
        TranslationClash: the file has other words than the page showed.
        ProblemsFound: the file cannot be read as PO, or the disk refuses.
    """
    segments = project_segments(project)
    segment = next(
        (one for one in segments if source_digest(one.context, one.source) == given.key), None
    )
    if segment is None:
        raise SourceGone
    path = po_path(project, given.language)
    with saver.lock(path):
        for _ in range(disk_save.TRIES):
            try:
                _save(root, project, given, segment, segments)
            except disk_save.ChangedFile:
                continue
            return path
    raise ProblemsFound((disk_save.busy(path),))


def _save(
    root: Path,
    project: Project,
    given: TranslationChange,
    segment: SourceSegment,
    segments: tuple[SourceSegment, ...],
) -> None:
    path = po_path(project, given.language)
    known = read_known(root, path)
    before = known.text
    target = target_of(project, given.language, platforms())
    fresh = update_po(before, segments, target, po_entries(before, path)).text
    theirs = _standing_words(fresh, segment)
    if theirs not in {given.was, given.words}:
        raise TranslationClash(theirs)
    row = ReturnedRow(key=given.key, context=segment.context, translation=given.words)
    merged = merge(fresh, segments, [row], {}, given.language)
    if merged.refused:
        raise ProblemsFound((long_translation(segment.context, 0, path),))
    if merged.text != before:
        disk_save.write(root, path, merged.text.encode(), known.digest)


def _standing_words(text: str, segment: SourceSegment) -> str:
    entry = next(
        (
            one
            for one in po.scan(text).entries
            if one.context == segment.context and one.source == segment.source
        ),
        None,
    )
    return entry.translation if entry else ""
