"""Put returned work into a PO file, and list what does not fit any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from stopjihad.load.po import TRANSLATION_BYTES
from stopjihad.model.review import source_digest, translation_digest
from stopjihad.text import po
from stopjihad.text.po import write_string
from stopjihad.translate.exchange import ReturnedRow
from stopjihad.translate.notes import Notes, compose, flags_in, foreign_flags, translators_lines
from stopjihad.view.source_segments import SourceSegment


class NotTaken(msgspec.Struct, frozen=True, kw_only=True):
    """Name a row that was not taken, where it stands, and why; its words are not lost."""

    place: str
    context: str
    translation: str
    reason: str


class MergedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A PO file with returned work in it.

    Attributes:
        text: the file.
        changed: rows that gave a new translation.
        unchanged: rows that were empty or as they were.
        questions: rows whose question or back-translation was written down.
        refused: rows whose source has changed meanwhile, or that are not of this campaign.
        approved: context and digest of words that a reviewer approved and that still stand.
    """

    text: str
    changed: int = 0
    unchanged: int = 0
    questions: int = 0
    refused: tuple[NotTaken, ...] = ()
    approved: tuple[tuple[str, str], ...] = ()


class _Edit(msgspec.Struct):
    """Collect what happens to one entry."""

    translation: str = ""
    remarks: tuple[str, ...] = ()


def merge(
    text: str,
    segments: tuple[SourceSegment, ...],
    rows: Iterable[ReturnedRow],
    digests: Mapping[tuple[str, str], str],
    language: str,
) -> MergedFile:
    """Put returned work into a PO file.

    Args:
        text: the file, in step with its source (translate.update).
        rows: what came back; an empty translation means "no change".
        digests: context and source to the digest of the translation that stands now.
        language: BCP 47 tag of the translations.
    """
    known = {
        source_digest(item.context, item.source): (item.context, item.source) for item in segments
    }
    standing = {
        (entry.context or "", entry.source): entry
        for entry in po.scan(text).entries
        if entry.context is not None
    }
    edits: dict[tuple[str, str], _Edit] = {}
    refused: list[NotTaken] = []
    approved: list[tuple[str, str]] = []
    unchanged = 0
    for row in rows:
        place = known.get(row.key or source_digest(row.context, row.source))
        entry = standing.get(place) if place else None
        if place is None or entry is None:
            if row.translation or row.question or row.approved:
                refused.append(_not_taken(row))
            continue
        if len(row.translation.encode("utf-8", "replace")) > TRANSLATION_BYTES:
            refused.append(_not_taken(row, f"it has more than {TRANSLATION_BYTES} bytes"))
            continue
        edit = _edit(row, entry)
        if row.approved and edit.translation:
            # Who writes and approves at once approves their own words.
            approved.append((place[0], translation_digest(language, *place, edit.translation)))
        elif row.approved:
            approved += _approval(row, place, digests, refused)
        if edit.translation or edit.remarks:
            edits[place] = edit
        unchanged += not edit.translation
    return MergedFile(
        text=_with_edits(text, edits),
        changed=sum(bool(edit.translation) for edit in edits.values()),
        unchanged=unchanged,
        questions=sum(bool(edit.remarks) for edit in edits.values()),
        refused=tuple(refused),
        approved=tuple(approved),
    )


def _approval(
    row: ReturnedRow,
    place: tuple[str, str],
    digests: Mapping[tuple[str, str], str],
    refused: list[NotTaken],
) -> list[tuple[str, str]]:
    if digests.get(place) == row.approved:
        return [(place[0], row.approved)]
    reason = "the translation has changed since it was approved here, or that was taken back"
    refused.append(_not_taken(row, reason))
    return []


def _not_taken(
    row: ReturnedRow, reason: str = "the source has changed since, or is gone"
) -> NotTaken:
    return NotTaken(
        place=row.place, context=row.context, translation=row.translation, reason=reason
    )


def _edit(row: ReturnedRow, entry: po.PoEntry) -> _Edit:
    """Say what a row changes: white space at the edges and line ends are no change."""
    words = row.translation.replace("\r\n", "\n").replace("\r", "\n").strip()
    fresh = words if words and (words != entry.translation.strip() or entry.stale) else ""
    remarks = [f"question: {row.question}"] if row.question.strip() else []
    remarks += [f"translated back: {row.back}"] if row.back.strip() else []
    lines = tuple(
        f"# {line}" for remark in remarks for line in remark.replace("\r", "").split("\n")
    )
    stated = translators_lines(po.own_notes(entry.notes))
    return _Edit(fresh, tuple(line for line in lines if line.rstrip() not in stated))


def _with_edits(text: str, edits: dict[tuple[str, str], _Edit]) -> str:
    """Rewrite the entries that change; all others stay as they stand."""
    if not edits:
        return text
    parts, place = [], 0
    for entry in po.scan(text).entries:
        edit = edits.get((entry.context or "", entry.source))
        if edit is None or entry.context is None:
            continue
        own = po.own_notes(entry.notes)
        parts += [text[place : entry.start - len(own)], _rewritten(text, entry, own, edit)]
        place = entry.end
    return "".join([*parts, text[place:]])


def _rewritten(text: str, entry: po.PoEntry, own: str, edit: _Edit) -> str:
    body = text[entry.start : entry.end]
    if not edit.translation:
        return "".join(f"{line}\n" for line in edit.remarks) + own + body
    kept = tuple(line for line in own.split("\n") if line.startswith(("#.", "#:")))
    foreign = foreign_flags(own)
    notes = Notes(
        tuple(line[3:] for line in kept if line.startswith("#.")),
        next((line[3:] for line in kept if line.startswith("#:")), ""),
        tuple(flag for flag in flags_in(own) if flag != "fuzzy" and flag not in foreign),
    )
    head = compose((*edit.remarks, *translators_lines(own)), notes, foreign, "")
    place = body.rindex("\nmsgstr ") + 1
    return head + body[:place] + write_string("msgstr", edit.translation)


def from_po(text: str) -> tuple[ReturnedRow, ...]:
    """Read the rows of a PO file that comes back.

    Returns:
        Its entries; those marked fuzzy are not the translator's word yet and count as empty.
    """
    return tuple(
        ReturnedRow(
            context=entry.context,
            source=entry.source,
            translation="" if entry.stale else entry.translation,
            place=f"line {entry.line}",
        )
        for entry in po.scan(text).entries
        if entry.context is not None
    )
