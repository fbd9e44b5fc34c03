"""Send a campaign's texts to translators, and take their work back."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from stopjihad.catalog.platforms import platforms
from stopjihad.load import files
from stopjihad.load.workspace import shared_files
from stopjihad.model.project import Project
from stopjihad.problem import Problem
from stopjihad.review.ledger import Reviewer, Subject, append_reviews, judge
from stopjihad.text import po
from stopjihad.text.language.pseudo import PseudoTag, pseudo
from stopjihad.text.po import write_entry
from stopjihad.translate import review_sheet
from stopjihad.translate.exchange import (
    Bundle,
    RefusedFile,
    ReturnedRow,
    make_rows,
    read_xliff,
    read_xlsx,
    write_tmx,
    write_xliff,
    write_xlsx,
)
from stopjihad.translate.merge import MergedFile, NotTaken, from_po, merge
from stopjihad.translate.notes import target_languages, target_of
from stopjihad.translate.po_files import po_path, read_known, write_text
from stopjihad.translate.review_sheet import SavedReview, SheetPreview
from stopjihad.translate.status import SegmentState, segment_states
from stopjihad.translate.update import update_po
from stopjihad.view.source_segments import project_segments

Format = Literal["xliff", "xlsx", "html", "tmx"]
ENDINGS: dict[Format, str] = {"xliff": "xlf", "xlsx": "xlsx", "html": "html", "tmx": "tmx"}


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """Say what became of a file that came back; counts as in ``translate.merge.MergedFile``."""

    language: str
    changed: int
    unchanged: int
    questions: int
    approved: int
    refused: tuple[NotTaken, ...]


def make_bundle(project: Project, language: str) -> Bundle:
    """Gather the texts of one language."""
    campaign = project.campaign.record
    target = target_of(project, language, platforms())
    return Bundle(
        campaign=campaign.id,
        title=campaign.title,
        source_language=campaign.source_language,
        language=language,
        updated=campaign.updated.isoformat(),
        rows=make_rows(_with_marks(project, segment_states(project, language)), target),
    )


def _with_marks(project: Project, states: Iterable[SegmentState]) -> Iterator[SegmentState]:
    """Say beside each digest how often its approval was taken back: a sheet of before is no yes."""
    taken = Counter(
        one.digest
        for one in dict.fromkeys(project.reviews)
        if one.kind == "native" and one.verdict == "withdraw"
    )
    for item in states:
        often = taken[item.digest]
        marked = f"{item.digest}-{often}" if often else item.digest
        yield msgspec.structs.replace(item, digest=marked)


def export(
    project: Project, language: str, kind: Format, previews: dict[str, SheetPreview] | None = None
) -> bytes:
    """Write the texts of one language in a format.

    Args:
        language: BCP 47 tag; for TMX it means nothing: a memory holds all languages.
        previews: for the review sheet, what talking points look like.
    """
    if kind == "tmx":
        words = {tag: _current(project, tag) for tag in target_languages(project)}
        source = project.campaign.record.source_language
        return write_tmx(project_segments(project), source, words)
    bundle = make_bundle(project, language)
    if kind == "xlsx":
        return write_xlsx(bundle)
    return write_xliff(bundle) if kind == "xliff" else review_sheet.write(bundle, previews or {})


def _current(project: Project, language: str) -> dict[tuple[str, str], str]:
    return {
        (item.segment.context, item.segment.source): item.translation
        for item in segment_states(project, language)
        if item.state in {"unreviewed", "approved"}
    }


def import_file(root: Path, project: Project, name: str, data: bytes, when: dt.datetime) -> Import:
    """Take work back: translations go into the PO file, approvals into the ledger.

    Args:
        name: name of the file: its ending says the format; that of a PO file the language.
        when: moment of approvals that it holds, with its offset from UTC.

    Raises:
        Refused: the file cannot be read, or is of another campaign or language.
        ProblemsFound: the PO file cannot be read, someone saved it meanwhile, or the disk refuses.
    """
    language, rows, saved = _read(name, data)
    if saved and saved.campaign != project.campaign.record.id:
        raise RefusedFile(f"this is a review of the campaign '{saved.campaign}'")
    if language not in target_languages(project):
        raise RefusedFile(f"the campaign is not translated into '{language}'")
    path = po_path(project, language)
    segments = project_segments(project)
    known = read_known(root, path)
    before = known.text
    fresh = update_po(before, segments, target_of(project, language, platforms())).text
    states = segment_states(project, language, segments)
    digests = {
        (item.segment.context, item.segment.source): item.digest
        for item in _with_marks(project, states)
        if item.digest and item.state != "stale"
    }
    merged = merge(fresh, segments, rows, digests, language)
    if merged.text != before:
        write_text(root, path, merged.text, known.digest)
    approved = _approve(root, project, merged, saved, language, when) if saved else 0
    return Import(
        language=language,
        changed=merged.changed,
        unchanged=merged.unchanged,
        questions=merged.questions,
        approved=approved,
        refused=merged.refused,
    )


def _approve(
    root: Path,
    project: Project,
    merged: MergedFile,
    saved: SavedReview,
    language: str,
    when: dt.datetime,
) -> int:
    reviewer = Reviewer(by=saved.by, role=saved.role, kind="native", on=when)
    try:
        subjects = [Subject(context, one.partition("-")[0]) for context, one in merged.approved]
        lines = judge(subjects, language, "approve", reviewer, project.reviews)
    except msgspec.ValidationError as error:
        raise RefusedFile(f"the reviewer's name or role cannot be used: {error}") from error
    append_reviews(root, project.campaign.record.id, lines)
    return len(lines)


def _read(name: str, data: bytes) -> tuple[str, tuple[ReturnedRow, ...], SavedReview | None]:
    """Read a file by its ending: language of its translations, rows, the review if it is one."""
    ending = name.lower().rpartition(".")[2]
    if ending in {"xlf", "xliff"}:
        return *read_xliff(data), None
    if ending == "xlsx":
        return *read_xlsx(data), None
    if ending == "json":
        saved, rows = review_sheet.read(data)
        return saved.language, rows, saved
    if ending == "po":
        return *_read_po(name, data), None
    raise RefusedFile("only .po, .xlf, .xlsx and the .json of a review sheet come back")


def _read_po(name: str, data: bytes) -> tuple[str, tuple[ReturnedRow, ...]]:
    text = files.decode(data, name)
    if isinstance(text, Problem):
        raise RefusedFile(text.message)
    found = po.scan(text)
    if found.faults:
        fault = found.faults[0]
        raise RefusedFile(f"line {fault.line}: {fault.message} ({fault.hint})")
    stem = name.rpartition("/")[2].rpartition(".")[0]
    header = next((entry.translation for entry in found.entries if entry.context is None), "")
    stated = re.search(r"^Language: *([\w-]+)", header, re.MULTILINE)
    language = stated[1].replace("_", "-") if stated else stem
    return language, from_po(text)


TEMPLATE = "theme.pot"
"""The theme's words, in ``templates/locale/``."""


def write_pseudo(root: Path, project: Project, tag: PseudoTag) -> tuple[str, ...]:
    """Write the PO files of a pseudo-locale.

    Returns:
        Paths of the files that were written, relative to the workspace: the campaign's texts, and
        the theme's words in ``templates/locale/``.

    Raises:
        ProblemsFound: the disk refuses.
    """
    path = po_path(project, tag)
    segments = project_segments(project)
    rows = [
        ReturnedRow(
            key=row.key, context=row.context, translation=pseudo(row.source, tag, row.limit)
        )
        for row in make_bundle(project, tag).rows
    ]
    known = read_known(root, path)
    fresh = update_po(known.text, segments, target_of(project, tag, platforms()))
    write_text(root, path, merge(fresh.text, segments, rows, {}, tag).text, known.digest)
    theme = f"templates/locale/{tag}.po"
    write_text(root, theme, _theme(root, tag), read_known(root, theme).digest)
    return path, theme


def _theme(root: Path, tag: PseudoTag) -> str:
    """Make the theme's words of a pseudo-locale from its template."""
    found = shared_files(root, "templates/locale")
    template = found.files.get(TEMPLATE, b"").decode("utf-8", "replace")
    header = f"Language: {tag.replace('-', '_')}\nContent-Type: text/plain; charset=UTF-8\n"
    parts = [write_entry("", None, "", header)]
    parts += [
        write_entry("", entry.context, entry.source, pseudo(entry.source, tag))
        for entry in po.scan(template).entries
        if entry.source
    ]
    return "\n".join(parts)
