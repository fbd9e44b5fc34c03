"""Save one translation into its PO file, beside everyone else who works on that file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from stopjihad.catalog.platforms import platforms
from stopjihad.disk import save
from stopjihad.model.loaded import Project
from stopjihad.problem import ProblemsFound
from stopjihad.studio.edit.saver import Saver
from stopjihad.text import po
from stopjihad.text.digests import source_digest
from stopjihad.translate.exchange import Returned
from stopjihad.translate.notes import target_of
from stopjihad.translate.returned import merge
from stopjihad.translate.update import update_po
from stopjihad.translate.workspace import po_entries, po_path, read_known
from stopjihad.view.extract import SourceSegment, project_segments


class Translated(NamedTuple):
    """A translation as a page sends it: ``was`` is what the page showed before."""

    language: str
    key: str
    was: str
    words: str


class SourceGone(Exception):
    """Say that the source text has changed since the page was made."""


class TranslationClash(Exception):
    """Say that someone else changed the translation; the argument is theirs."""


def save_translation(saver: Saver, root: Path, project: Project, given: Translated) -> str:
    """Put a translation into its file.

    Args:
        saver: keeps savers of one file apart.
        root: the workspace.
        given: the translation.

    Returns:
        Path of the file, relative to the workspace.

    Raises:
        Gone: no text has this key any more.
        Clash: the file has other words than the page showed.
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
        for _ in range(save.TRIES):
            try:
                _save(root, project, given, segment, segments)
            except save.Changed:
                continue
            return path
    raise ProblemsFound((save.busy(path),))


def _save(
    root: Path,
    project: Project,
    given: Translated,
    segment: SourceSegment,
    segments: tuple[SourceSegment, ...],
) -> None:
    path = po_path(project, given.language)
    known = read_known(root, path)
    before = known.text
    target = target_of(project, given.language, platforms())
    fresh = update_po(before, segments, target, po_entries(before, path)).text
    theirs = _standing(fresh, segment)
    if theirs not in {given.was, given.words}:
        raise TranslationClash(theirs)
    row = Returned(key=given.key, context=segment.context, translation=given.words)
    text = merge(fresh, segments, [row], {}, given.language).text
    if text != before:
        save.write(root, path, text.encode(), known.digest)


def _standing(text: str, segment: SourceSegment) -> str:
    entry = next(
        (
            one
            for one in po.scan(text).entries
            if one.context == segment.context and one.source == segment.source
        ),
        None,
    )
    return entry.translation if entry else ""
