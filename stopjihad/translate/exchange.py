"""What goes to translators and comes back: rows, and the XLIFF, TMX and XLSX that hold them.

XLIFF 1.2 is what OmegaT, Trados, memoQ and Weblate open. Version 2.0 loses context, notes, limits
and stale states in Weblate; 1.2 keeps them all (reference, section 2.1). TMX 1.4 is a memory of all
translations for translators' own tools. A spreadsheet is for those who work in one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

import msgspec

from stopjihad.model.review import source_digest
from stopjihad.text.xlsx import read_sheet, reading_order, write_workbook
from stopjihad.text.xml import attribute, content, parse
from stopjihad.translate.notes import NoteTarget, limit_of
from stopjihad.translate.status import SegmentState, State
from stopjihad.view.source_segments import SourceSegment


class ExchangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One text on its way to a translator.

    Attributes:
        key: names context and source (``model.review``); a row whose source has changed since has
            another one, and is refused when it comes back.
        context: field that it stands in.
        comment: what it is for.
        source: text in the source language.
        previous: of a stale text, the source that the translation was made for.
        translation: what there is; empty for none.
        state: how far it is.
        limit: most characters of the translation; 0 for no limit.
        digest: what an approval of these words is bound to; empty when there are none.
    """

    key: str
    context: str
    comment: str
    source: str
    previous: str = ""
    translation: str = ""
    state: State
    limit: int = 0
    digest: str = ""


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of one language and campaign.

    Attributes:
        campaign: id of the campaign.
        title: its name.
        source_language: BCP 47 tag of the sources.
        language: BCP 47 tag of the translations.
        updated: day of the campaign's last change, ``2026-11-24``.
        rows: the texts in reading order.
    """

    campaign: str
    title: str
    source_language: str
    language: str
    updated: str
    rows: tuple[ExchangeRow, ...]


class ReturnedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it came back.

    Attributes:
        key: as it was sent; empty where the format has none (PO files).
        context: field.
        source: text in the source language as the translator saw it.
        translation: the translator's words; empty for "no change".
        place: where in the file it stands, for people: ``row 12``.
        approved: digest of the words that a reviewer approved; empty for none.
        question: what the reviewer asks; empty for nothing.
        back: the translation translated back; empty for none.
    """

    key: str = ""
    context: str
    source: str = ""
    translation: str = ""
    place: str = ""
    approved: str = ""
    question: str = ""
    back: str = ""


class RefusedFile(ValueError):
    """Say in one line why a file cannot be read at all."""


def make_rows(states: Iterable[SegmentState], target: NoteTarget) -> tuple[ExchangeRow, ...]:
    """Make the rows of one language."""
    return tuple(
        ExchangeRow(
            key=source_digest(item.segment.context, item.segment.source),
            context=item.segment.context,
            comment=item.segment.comment,
            source=item.segment.source,
            previous=item.previous,
            translation=item.translation,
            state=item.state,
            limit=min((most for most in _limits(item, target) if most), default=0),
            digest=item.digest,
        )
        for item in states
    )


def _limits(item: SegmentState, target: NoteTarget) -> list[int]:
    return [limit_of(limit, target)[1] for limit in item.segment.limits]


NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_STATES = {
    "untranslated": "new",
    "stale": "needs-adaptation",
    "unreviewed": "translated",
    "approved": "signed-off",
}
_OPEN = frozenset({"new", "needs-translation", "needs-adaptation", "needs-l10n"})
"""States in which a target is not the translator's word yet (XLIFF 1.2, 2.3.1.1)."""


def write_xliff(bundle: Bundle) -> bytes:
    """Write a bundle as XLIFF 1.2.

    Returns:
        UTF-8; valid against the transitional schema of OASIS.
    """
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff version="1.2" xmlns="{NAMESPACE}">\n'
        f'<file original="{attribute(bundle.campaign)}" datatype="plaintext" '
        f'source-language="{attribute(bundle.source_language)}" '
        f'target-language="{attribute(bundle.language)}">\n'
        '<header><tool tool-id="stopjihad" tool-name="stopjihad"/></header>\n<body>\n'
    )
    units = "".join(_unit(row) for row in bundle.rows)
    return f"{head}{units}</body>\n</file>\n</xliff>\n".encode("utf-8", "replace")


def _unit(row: ExchangeRow) -> str:
    limit = f' maxwidth="{row.limit}" size-unit="char"' if row.limit else ""
    approved = ' approved="yes"' if row.state == "approved" else ""
    previous = (
        '<alt-trans alttranstype="previous-version">'
        f"<source>{content(row.previous)}</source>"
        f"<target>{content(row.translation)}</target></alt-trans>\n"
        if row.previous
        else ""
    )
    return (
        f'<trans-unit id="{row.key}" resname="{attribute(row.context)}"{limit}{approved} '
        'xml:space="preserve">\n'
        f"<source>{content(row.source)}</source>\n"
        f'<target state="{_STATES[row.state]}">{content(row.translation)}</target>\n'
        f'<note from="developer">{content(row.comment)}</note>\n'
        f"{previous}</trans-unit>\n"
    )


def read_xliff(data: bytes) -> tuple[str, tuple[ReturnedRow, ...]]:
    """Read an XLIFF 1.2 file that came back.

    Returns:
        BCP 47 tag of its targets, and its rows; targets that are marked as still to be done count
        as empty.

    Raises:
        Refused: it is no XLIFF 1.2.
    """
    try:
        root = parse(data)
    except ValueError as error:
        raise RefusedFile(str(error)) from error
    if root.tag != f"{{{NAMESPACE}}}xliff":
        raise RefusedFile("this is not XLIFF 1.2")
    files = list(root.iter(f"{{{NAMESPACE}}}file"))
    languages = {file.get("target-language", "") for file in files}
    if len(languages) != 1:
        raise RefusedFile("the file has no target language, or several")
    rows = (row for file in files for row in _units(file))
    return languages.pop().replace("_", "-"), tuple(rows)


def _units(file: ET.Element) -> Iterator[ReturnedRow]:
    for number, unit in enumerate(file.iter(f"{{{NAMESPACE}}}trans-unit"), 1):
        source = unit.find(f"{{{NAMESPACE}}}source")
        target = unit.find(f"{{{NAMESPACE}}}target")
        words = "" if target is None else "".join(target.itertext())
        state = "" if target is None else target.get("state", "")
        yield ReturnedRow(
            key=unit.get("id", ""),
            context=unit.get("resname", ""),
            source="" if source is None else "".join(source.itertext()),
            translation="" if state in _OPEN else words,
            place=f"unit {number}",
        )


def write_tmx(
    segments: tuple[SourceSegment, ...],
    source_language: str,
    translations: Mapping[str, Mapping[tuple[str, str], str]],
) -> bytes:
    """Write a translation memory.

    Args:
        source_language: BCP 47 tag of their language.
        translations: BCP 47 tag to (context, source) to current translation; stale ones are not
            for a memory.

    Returns:
        UTF-8. Texts without any translation are left out.
    """
    source = attribute(source_language)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        '<header creationtool="stopjihad" creationtoolversion="1" segtype="paragraph" '
        f'o-tmf="PO" adminlang="en" srclang="{source}" datatype="plaintext"/>\n<body>\n'
    )
    units = "".join(_tmx_unit(segment, source_language, translations) for segment in segments)
    return f"{head}{units}</body>\n</tmx>\n".encode("utf-8", "replace")


def _tmx_unit(
    segment: SourceSegment,
    source_language: str,
    translations: Mapping[str, Mapping[tuple[str, str], str]],
) -> str:
    key = (segment.context, segment.source)
    found = {tag: words[key] for tag, words in sorted(translations.items()) if key in words}
    if not found:
        return ""
    variants = "".join(
        f'<tuv xml:lang="{attribute(tag)}"><seg>{content(words)}</seg></tuv>\n'
        for tag, words in {source_language: segment.source, **found}.items()
    )
    context = f'<prop type="x-context">{content(segment.context)}</prop>\n'
    return f"<tu>\n{context}{variants}</tu>\n"


COLUMNS = (
    ("key", 0),
    ("where", 26),
    ("what it is for", 30),
    ("state", 13),
    ("source", 60),
    ("earlier source", 40),
    ("translation", 60),
    ("most characters", 11),
    ("question", 30),
)
"""Headings and widths in characters; the column of width 0 is hidden."""

_PLACE = {name: index for index, (name, _) in enumerate(COLUMNS)}


def write_xlsx(bundle: Bundle) -> bytes:
    """Write a bundle as a spreadsheet (XLSX) for translators; all cells are text."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet(bundle.language)
        formats = _formats(book, bundle)
        sheet.freeze_panes(1, _PLACE["source"])
        for index, (name, width) in enumerate(COLUMNS):
            sheet.set_column(index, index, width or 4, None, {"hidden": not width})
            sheet.write_string(0, index, name, formats["head"])
        for number, row in enumerate(bundle.rows, 1):
            for index, text in enumerate(_cells(row)):
                kind = formats.get(COLUMNS[index][0], formats["text"])
                sheet.write_string(number, index, text, kind)
        _mark_long(sheet, book, len(bundle.rows))

    return write_workbook(bundle.title, dt.date.fromisoformat(bundle.updated), fill)


def _formats(book: Any, bundle: Bundle) -> dict[str, Any]:
    text = {"text_wrap": True, "valign": "top", "num_format": "@"}
    source = text | reading_order(bundle.source_language)
    words = text | reading_order(bundle.language) | {"bg_color": "#fff9e5"}
    return {
        "head": book.add_format({"bold": True, "valign": "top", "text_wrap": True}),
        "text": book.add_format(text | {"font_color": "#555555"}),
        "source": book.add_format(source),
        "earlier source": book.add_format(source | {"font_color": "#777777"}),
        "translation": book.add_format(words),
        "question": book.add_format(text | {"bg_color": "#fff9e5"}),
    }


def _cells(row: ExchangeRow) -> tuple[str, ...]:
    most = str(row.limit or "")
    return (
        row.key,
        row.context,
        row.comment,
        row.state,
        row.source,
        row.previous,
        row.translation,
        most,
        "",
    )


def _mark_long(sheet: Any, book: Any, rows: int) -> None:
    """Colour translations that are longer than their limit; a condition, not a formula."""
    if not rows:
        return
    words, most = _letter("translation"), _letter("most characters")
    rule = f'=AND(${most}2<>"",LEN(${words}2)>VALUE(${most}2))'
    red = book.add_format({"bg_color": "#f8c9c4"})
    place = f"{words}2:{words}{rows + 1}"
    sheet.conditional_format(place, {"type": "formula", "criteria": rule, "format": red})


def _letter(name: str) -> str:
    return chr(ord("A") + _PLACE[name])


def read_xlsx(data: bytes) -> tuple[str, tuple[ReturnedRow, ...]]:
    """Read a spreadsheet that came back.

    Returns:
        BCP 47 tag of the translations (the name of the sheet), and its rows.

    Raises:
        Refused: it is no spreadsheet of ours.
    """
    try:
        name, rows = read_sheet(data)
    except ValueError as error:
        raise RefusedFile(str(error)) from error
    head = [cell.strip() for cell in rows[0]] if rows else []
    missing = [wanted for wanted in ("key", "where", "translation") if wanted not in head]
    if missing:
        raise RefusedFile(f"the first row has no column '{missing[0]}'")
    found = []
    for number, cells in enumerate(rows[1:], 2):
        named = dict(zip(head, cells, strict=False))
        if any(cell.strip() for cell in cells):
            found.append(
                ReturnedRow(
                    key=named.get("key", "").strip(),
                    context=named.get("where", "").strip(),
                    source=named.get("source", ""),
                    translation=named.get("translation", ""),
                    question=named.get("question", ""),
                    place=f"row {number}",
                )
            )
    return name.strip(), tuple(found)
