"""Write a spreadsheet (XLSX) for translators who work in one, and read it back.

A workbook is a ZIP of XML files. Of what translators' programs save only the text of cells is read:
formulas, links, macros and pictures are not looked at.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from typing import Any
from xml.etree import ElementTree as ET

from stopjihad.text import xml
from stopjihad.text.unicode.script import direction
from stopjihad.translate.exchange import Bundle, ExchangeRow, Refused, Returned

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


def write(bundle: Bundle) -> bytes:
    """Write a bundle as XLSX.

    Args:
        bundle: texts of one language.

    Returns:
        The workbook. All cells are text: nothing in them is ever evaluated. The same bundle
        gives the same bytes.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    options |= {"strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        day = dt.datetime.fromisoformat(bundle.updated)
        book.set_properties({"title": bundle.title, "created": day})
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
    return buffer.getvalue()


def _formats(book: Any, bundle: Bundle) -> dict[str, Any]:
    text = {"text_wrap": True, "valign": "top", "num_format": "@"}
    order = {"ltr": 1, "rtl": 2}
    source = text | {"reading_order": order[direction(bundle.source_language)]}
    words = text | {"reading_order": order[direction(bundle.language)], "bg_color": "#fff9e5"}
    return {
        "head": book.add_format({"bold": True, "valign": "top", "text_wrap": True}),
        "text": book.add_format(text | {"font_color": "#555555"}),
        "source": book.add_format(source),
        "earlier source": book.add_format(source | {"font_color": "#777777"}),
        "translation": book.add_format(words),
        "question": book.add_format(text | {"bg_color": "#fff9e5"}),
    }


def _cells(row: ExchangeRow) -> tuple[str, ...]:
    most = str(row.limit) if row.limit else ""
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


def read(data: bytes) -> tuple[str, tuple[Returned, ...]]:
    """Read a spreadsheet that came back.

    Args:
        data: the file, saved by any program.

    Returns:
        BCP 47 tag of the translations (the name of the sheet), and its rows.

    Raises:
        Refused: it is no spreadsheet of ours.
    """
    try:
        name, rows = read_sheet(data)
    except ValueError as error:
        raise Refused(str(error)) from error
    head = [cell.strip() for cell in rows[0]] if rows else []
    missing = [wanted for wanted in ("key", "where", "translation") if wanted not in head]
    if missing:
        raise Refused(f"the first row has no column '{missing[0]}'")
    found = []
    for number, cells in enumerate(rows[1:], 2):
        named = dict(zip(head, cells, strict=False))
        if any(cell.strip() for cell in cells):
            found.append(
                Returned(
                    key=named.get("key", "").strip(),
                    context=named.get("where", "").strip(),
                    source=named.get("source", ""),
                    translation=named.get("translation", ""),
                    question=named.get("question", ""),
                    place=f"row {number}",
                )
            )
    return name.strip(), tuple(found)


MAX_ROWS = 50_000
"""Most rows; 1,000 talking points have about 12,000 texts."""

MAX_COLUMNS = 100
"""Most columns; ours has nine."""

MAX_CELL = 32_767
"""Most characters of a cell (Microsoft, Excel specifications and limits)."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, RuntimeError)
"""What reading a damaged ZIP file raises; RuntimeError: a compression Python lacks."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_sheet(data: bytes) -> tuple[str, list[list[str]]]:
    """Read the first sheet of a workbook.

    Args:
        data: an XLSX file.

    Returns:
        Name of the sheet, and its rows; absent cells are empty texts.

    Raises:
        ValueError: it is no XLSX file, or larger than any that we write; one line says why.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name, path = _first_sheet(archive)
            strings = _shared(archive)
            return name, _rows(_part(archive, path), strings)
    except _BROKEN as error:
        raise ValueError("this is not an XLSX file; save the sheet as .xlsx") from error


def _part(archive: zipfile.ZipFile, path: str) -> ET.Element:
    if archive.getinfo(path).file_size > xml.MAX_BYTES:
        raise ValueError("the spreadsheet is too large")
    with archive.open(path) as stream:
        # A header may lie about the size: read no more than is allowed.
        return xml.parse(stream.read(xml.MAX_BYTES + 1))


def _first_sheet(archive: zipfile.ZipFile) -> tuple[str, str]:
    sheet = _part(archive, "xl/workbook.xml").find(f"{_MAIN}sheets/{_MAIN}sheet")
    if sheet is None:
        raise ValueError("the workbook has no sheet")
    for link in _part(archive, "xl/_rels/workbook.xml.rels"):
        if link.get("Id") == sheet.get(_LINK):
            target = link.get("Target", "")
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            return sheet.get("name", ""), path
    raise ValueError("the workbook names a sheet that it does not have")


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(item) for item in _part(archive, "xl/sharedStrings.xml")]


def _text(item: ET.Element) -> str:
    """Join the runs of a rich text; hints for reading aloud (rPh) are left out."""
    own = item.find(f"{_MAIN}t")
    runs = [own] if own is not None else item.findall(f"{_MAIN}r/{_MAIN}t")
    text = "".join(run.text or "" for run in runs)
    if len(text) > MAX_CELL:
        raise ValueError(f"a cell has more than {MAX_CELL} characters")
    return _ESCAPED.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code < 0xE000 else chr(code)


def _rows(sheet: ET.Element, strings: list[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in sheet.iter(f"{_MAIN}row"):
        number = max(1, _number(row.get("r"), len(rows) + 1))
        if number > MAX_ROWS:
            raise ValueError(f"the sheet has more than {MAX_ROWS} rows")
        rows += [[] for _ in range(number - len(rows))]
        cells = rows[number - 1]
        for cell in row.iter(f"{_MAIN}c"):
            place = _column(cell.get("r"), len(cells))
            if place >= MAX_COLUMNS:
                continue
            cells += [""] * (place + 1 - len(cells))
            cells[place] = _value(cell, strings)
    return rows


def _number(stated: str | None, following: int) -> int:
    good = stated and stated.isascii() and stated.isdigit() and len(stated) < 10
    return int(stated or 0) if good else following


def _column(stated: str | None, following: int) -> int:
    match = _CELL.fullmatch(stated or "")
    if match is None:
        return following
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ET.Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inner = cell.find(f"{_MAIN}is")
        return "" if inner is None else _text(inner)
    value = cell.find(f"{_MAIN}v")
    text = "" if value is None else value.text or ""
    if kind == "s":
        place = _number(text.strip(), -1)
        return strings[place] if 0 <= place < len(strings) else ""
    return _ESCAPED.sub(_unescaped, text) if kind == "str" else text
