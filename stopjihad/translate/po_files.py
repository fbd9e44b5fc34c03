"""Keep a campaign's PO files on the disk: what commands and the studio both do.

Throughout, ``root`` is the workspace, and ``path`` that of a file relative to it.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from stopjihad.catalog.platforms import platforms
from stopjihad.disk import PRIVATE, save
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.disk.program import code_digest
from stopjihad.disk.store import Store
from stopjihad.load.documents import SourceFile, read_source
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_sources
from stopjihad.model.project import Project
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.text import po
from stopjihad.translate.notes import NoteTarget, target_languages, target_of
from stopjihad.translate.update import UpdatedFile, update_po
from stopjihad.view.source_segments import project_segments

TEMPLATE = "campaign.pot"
"""Name of the template in ``locale/``, from which Weblate starts new languages."""


class FileUpdate(msgspec.Struct, frozen=True, kw_only=True):
    """Say what became of one PO file; counts as in ``translate.update.UpdatedFile``."""

    path: str
    language: str
    written: bool
    kept: int
    new: int
    stale: int
    revived: int
    obsolete: int


def read_project(root: Path, slug: str, unfilled: str = "", needed: str = "") -> Project:
    """Load a campaign for work on its translations.

    Args:
        unfilled: path of a file that may have values missing; it is left out then.
        needed: path of an alert that must not: others that were only begun are left out.

    Raises:
        ProblemsFound: a file cannot be read: nothing may be written from half a campaign.
    """
    sources, problems = read_sources(root, slug)
    with pack_of_parsed(root, slug) as pack:
        project, trouble = load_project(sources, pack)
    errors = tuple(
        msgspec.structs.replace(item, severity="error")
        for item in dict.fromkeys((*problems, *trouble))
        if (item.severity == "error" or (item.path, item.code) == (needed, "empty"))
        and (item.path, item.code) != (unfilled, "empty")
        and item.code != "review-ahead"  # that line counts for nothing, and hinders nobody
    )
    if errors or project is None:
        raise ProblemsFound(errors)
    return project


def update_files(
    root: Path, project: Project, languages: tuple[str, ...] = ()
) -> tuple[FileUpdate, ...]:
    """Bring PO files in step with their source; files that did not change are not touched.

    Args:
        languages: BCP 47 tags; all of the campaign, and the template, when none is given.

    Raises:
        ProblemsFound: a file cannot be read as PO, someone saved it meanwhile, or the disk refuses.
            Files before it are done.
    """
    segments = project_segments(project)
    rows = platforms()
    store = Store(root / PRIVATE / "store")
    common = hashlib.sha256(code_digest().encode() + msgspec.json.encode((segments, rows)))
    done = []
    for tag in languages or (*target_languages(project), ""):
        path = po_path(project, tag)
        known = read_known(root, path)
        before = known.text
        target = target_of(project, tag, rows)
        remembered = _KnownInStep(store, common.copy(), target)
        if remembered.in_step(before):
            found = UpdatedFile(text=before, kept=len(segments))
        else:
            entries = po_entries(before, path) if tag else []
            found = update_po(before if tag else "", segments, target, entries)
            if found.text != before:
                write_text(root, path, found.text, known.digest)
            remembered.remember(found.text)
        done.append(_report(path, tag, found, written=found.text != before))
    return tuple(done)


class _KnownInStep:
    """Remember which files are in step: looking at 62,000 texts again takes two seconds.

    A file is known by its bytes and by everything that an update of it depends on.
    """

    def __init__(self, store: Store, common: hashlib._Hash, target: NoteTarget) -> None:
        fields = msgspec.structs.replace(target, platforms={})
        common.update(msgspec.json.encode(fields))
        self._store = store
        self._common = common

    def in_step(self, text: str) -> bool:
        return self._store.get(self._key(text)) is not None

    def remember(self, text: str) -> None:
        self._store.put(self._key(text), b"in step")

    def _key(self, text: str) -> str:
        digest = self._common.copy()
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def po_path(project: Project, tag: str) -> str:
    """Name the PO file of a language.

    Args:
        tag: BCP 47 tag; empty for the template.

    Returns:
        Path relative to the workspace.
    """
    name = f"{tag}.po" if tag else TEMPLATE
    return f"campaigns/{project.campaign.record.id}/locale/{name}"


def read_known(root: Path, path: str) -> SourceFile:
    """Read a file of the workspace that may be written again.

    Args:
        path: relative to it.

    Returns:
        Its text, and the digest that ``write_text`` compares; empty when there is no such file.

    Raises:
        ProblemsFound: it is there and cannot be read.
    """
    if not os.path.lexists(root / path):
        return SourceFile(path, "", save.ABSENT)
    found = read_source(root, path)
    if isinstance(found, Problem):
        raise ProblemsFound((found,))
    return found


def write_text(root: Path, path: str, text: str, known: str) -> None:
    """Write a file of the workspace in one step: readers see the old or the new one.

    Args:
        path: relative to it; folders are made.
        known: digest that it had when it was read.

    Raises:
        ProblemsFound: someone saved it meanwhile, a link stands in its place, or the disk refuses;
            the old content stays.
    """
    try:
        save.write(root, path, text.encode("utf-8"), known)
    except save.ChangedFile:
        raise ProblemsFound((save.changed_file(path),)) from None


def po_entries(text: str, path: str) -> list[po.PoEntry]:
    """Take a PO file apart that is to be rewritten.

    Raises:
        ProblemsFound: it has faults; rewriting it would lose what cannot be read.
    """
    entries, faults = po.scan(text)
    if faults:
        raise ProblemsFound(
            tuple(
                Problem(path=path, line=line, code=code, message=message, hint=hint)
                for line, code, message, hint in faults
            )
        )
    return entries


def _report(path: str, tag: str, found: UpdatedFile, *, written: bool) -> FileUpdate:
    return FileUpdate(
        path=path,
        language=tag,
        written=written,
        kept=found.kept,
        new=found.new,
        stale=found.stale,
        revived=found.revived,
        obsolete=found.obsolete,
    )
