"""Bring a PO file in step with its source, changing as little of it as possible.

msgmerge guesses across contexts and drops flags it does not know; here a translation is only ever
offered for another text of the same field of the same talking point, as stale, with the text that
it answers beside it. What did not change is written back as it stood, whatever tool wrapped it. The
header keeps nobody's address.
"""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher

import msgspec

from stopjihad.catalog.languages import language
from stopjihad.text import po
from stopjihad.text.po import prefix_lines, write_entry, write_previous, write_string
from stopjihad.translate.notes import (
    Notes,
    NoteTarget,
    compose,
    foreign_flags,
    notes_for,
    translators_lines,
)
from stopjihad.view.source_segments import SourceSegment

ALIKE = 0.5
"""Least share of words that two texts of one field have in common to be versions of each other;
below it, two paragraphs of the sample campaign never are."""


class UpdatedFile(msgspec.Struct, frozen=True, kw_only=True):
    """The new text of a PO file and what became of its entries.

    Attributes:
        text: the file.
        kept: entries that did not change.
        new: texts that have no translation to offer.
        stale: translations that lost their source text in this update.
        revived: translations that were obsolete and fit again.
        obsolete: translations that are not used any more.
    """

    text: str
    kept: int = 0
    new: int = 0
    stale: int = 0
    revived: int = 0
    obsolete: int = 0


class _Old(msgspec.Struct):
    """What the file has: entries in use, and those kept behind ``#~``."""

    text: str
    current: dict[tuple[str, str], po.PoEntry]
    retired: dict[tuple[str, str], po.PoEntry]
    header: po.PoEntry | None


class _Fate(msgspec.Struct, frozen=True):
    """What an entry becomes: its translation, the text that it answers, its old self."""

    kind: str
    translation: str = ""
    stale: bool = False
    answers: str | None = None
    old: po.PoEntry | None = None


def update_po(
    text: str,
    segments: tuple[SourceSegment, ...],
    target: NoteTarget,
    entries: list[po.PoEntry] | None = None,
) -> UpdatedFile:
    """Bring a PO file in step with its source.

    Args:
        text: the file as it is, without faults; empty for a new one.
        segments: all texts of the campaign, in the order in which translators should meet them.
        entries: what ``po.scan`` finds in the file, when the caller has looked already.

    Returns:
        The new file. Doing it twice is doing it once.
    """
    old = _read(text, po.scan(text).entries if entries is None else entries)
    fates, left = _fates(old, segments)
    counts: dict[str, int] = defaultdict(int)
    parts = [header_of(old.header, text, target)]
    for segment, fate in zip(segments, fates, strict=True):
        counts[fate.kind] += 1
        parts.append(_entry(old.text, segment, fate, notes_for(segment, target)))
    retired = [entry for entry in left if entry.translation]
    parts += [_retire_entry(entry) for entry in (*old.retired.values(), *retired)]
    return UpdatedFile(text="\n".join(parts), obsolete=len(retired), **counts)


def _read(text: str, entries: list[po.PoEntry]) -> _Old:
    current: dict[tuple[str, str], po.PoEntry] = {}
    header = None
    for entry in entries:
        if entry.context is None and not entry.source:
            header = entry
        else:
            own = entry._replace(notes=po.own_notes(entry.notes))
            current.setdefault((entry.context or "", entry.source), own)
    retired = {(entry.context or "", entry.source): entry for entry in po.obsolete(text)}
    return _Old(text, current, retired, header)


def _fates(old: _Old, segments: tuple[SourceSegment, ...]) -> tuple[list[_Fate], list[po.PoEntry]]:
    """Decide what each segment gets, and which old entries nothing uses."""
    wanted = {(segment.context, segment.source) for segment in segments}
    orphans: dict[str, list[po.PoEntry]] = defaultdict(list)
    for key, entry in old.current.items():
        if key not in wanted:
            orphans[key[0]].append(entry)
    offers = _offers(old, segments, orphans)
    used = {id(entry) for entry in offers.values()}
    fates = [_fate(old, segment, offers) for segment in segments]
    left = [entry for entries in orphans.values() for entry in entries if id(entry) not in used]
    return fates, left


def _fate(old: _Old, segment: SourceSegment, offers: dict[tuple[str, str], po.PoEntry]) -> _Fate:
    key = (segment.context, segment.source)
    if key in old.current:
        entry = old.current[key]
        return _Fate("kept", entry.translation, entry.stale, po.previous_source(entry.notes), entry)
    if key in old.retired:
        entry = old.retired.pop(key)
        return _Fate("revived", entry.translation, entry.stale, None, entry)
    if key not in offers:
        return _Fate("new")
    entry = offers[key]
    answers = (po.previous_source(entry.notes) if entry.stale else None) or entry.source
    if answers == segment.source:
        # The text went back to what the translation was made for.
        return _Fate("revived", entry.translation, stale=False, old=entry)
    return _Fate("stale", entry.translation, stale=True, answers=answers, old=entry)


def _offers(
    old: _Old, segments: tuple[SourceSegment, ...], orphans: dict[str, list[po.PoEntry]]
) -> dict[tuple[str, str], po.PoEntry]:
    """Pair new texts with translations that lost theirs, the most alike first, field by field."""
    if not orphans:
        return {}
    new: dict[str, list[str]] = defaultdict(list)
    whole: set[str] = set()
    for segment in segments:
        if not segment.markdown:
            whole.add(segment.context)
        key = (segment.context, segment.source)
        if key not in old.current and key not in old.retired:
            new[segment.context].append(segment.source)
    offers: dict[tuple[str, str], po.PoEntry] = {}
    for context, texts in new.items():
        entries = [entry for entry in orphans.get(context, ()) if entry.translation]
        # A field of one text, such as a title, has no other text to be mistaken for.
        least = 0.0 if context in whole else ALIKE
        for text, entry in _pairs(texts, entries, least):
            offers[context, text] = entry
    return offers


def _pairs(
    texts: list[str], entries: list[po.PoEntry], least: float
) -> list[tuple[str, po.PoEntry]]:
    ranked = sorted(
        (
            (-likeness(entry.source, text), row, column)
            for row, entry in enumerate(entries)
            for column, text in enumerate(texts)
        )
    )
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for rank, row, column in ranked:
        if -rank >= least and row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((texts[column], entries[row]))
    return pairs


def likeness(one: str, other: str) -> float:
    """Measure how alike two texts are.

    Returns:
        Share of words in common and in order, from 0 to 1.
    """
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _entry(text: str, segment: SourceSegment, fate: _Fate, notes: Notes) -> str:
    """Write one entry; the part that did not change is copied."""
    old = fate.old
    if old is not None and fate.kind == "kept" and not fate.stale:
        plain = compose((), notes, (), "")
        if old.notes == plain:  # nearly every entry of an update: nothing to take apart
            return _keep_entry(text, old, plain, "")
    translator = translators_lines(old.notes) if old else ()
    flags = (("fuzzy",) if fate.stale else ()) + (foreign_flags(old.notes) if old else ())
    previous = write_previous(fate.answers) if fate.stale and fate.answers else ""
    head = compose(translator, notes, flags, previous)
    if old is not None and fate.kind == "kept":
        return _keep_entry(text, old, head, previous)
    return write_entry(head, segment.context, segment.source, fate.translation)


def _keep_entry(text: str, old: po.PoEntry, head: str, previous: str) -> str:
    body = text[old.start : old.end]
    if not body.endswith("\n"):
        body += "\n"  # the last line of a file may lack its end
    if previous and _same_notes(old.notes, head):
        return old.notes + body
    return head + body


def _same_notes(stated: str, head: str) -> bool:
    """Tell whether notes differ only in how the previous text is wrapped."""
    return [line for line in stated.split("\n") if not line.startswith("#|")] == [
        line for line in head.split("\n") if not line.startswith("#|")
    ]


def _retire_entry(entry: po.PoEntry) -> str:
    kept = "".join(f"{line}\n" for line in translators_lines(entry.notes))
    written = write_entry("", entry.context, entry.source, entry.translation)
    fuzzy = "#, fuzzy\n" if entry.stale else ""
    return kept + fuzzy + prefix_lines("#~ ", written.split("\n")[:-1])


_ADDRESS = re.compile(r"[ ]*<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?")

_LEAD = """\
# {name}: translation of the campaign {campaign}
#
# "fuzzy" means that the source has changed since: compare with the lines "#| msgid".
# Keep **marks**, [^references] and the addresses of links as they are.
"""


def header_of(old: po.PoEntry | None, text: str, target: NoteTarget) -> str:
    """Give the first entry of a PO file.

    Args:
        old: the header that the file has, or None.

    Returns:
        The old header as it stands but for e-mail addresses, which the repository must not
        gather, and with the fields that gettext asks for; or a new one.
    """
    if old is None:
        name = language(target.language).english if target.language else "Template"
        lead = _LEAD.format(name=name, campaign=target.campaign)
        return write_entry(lead, None, "", "".join(line for _, line in _fields(target)))
    kept = po.own_notes(old.notes) + text[old.start : old.end]
    kept = kept if kept.endswith("\n") else f"{kept}\n"
    kept += "".join(_line(line) for line in _missing_headers(old.translation, target))
    return _ADDRESS.sub("", kept) if "@" in kept else kept


_WANTED = frozenset({"Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team"})


def _fields(target: NoteTarget) -> tuple[tuple[str, str], ...]:
    tag = target.language.replace("-", "_")
    fields = (
        ("Project-Id-Version", target.campaign),
        ("PO-Revision-Date", f"{target.updated} 00:00+0000"),
        ("Last-Translator", "not recorded"),
        ("Language-Team", language(target.language).english if target.language else "none"),
        ("Language", tag),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Source", "stopjihad"),
    )
    return tuple((name, f"{name}: {value}".rstrip() + "\n") for name, value in fields)


def _line(field: str) -> str:
    return write_string("msgstr", field, width=1000).removeprefix("msgstr ")


def _missing_headers(header: str, target: NoteTarget) -> list[str]:
    """List the fields that a header lacks and ``msgfmt --check`` warns about."""
    if header and not header.endswith("\n"):
        return []
    known = {line.partition(":")[0].strip().lower() for line in header.split("\n")}
    return [line for name, line in _fields(target) if name in _WANTED and name.lower() not in known]
