"""Write and read spreadsheets (XLSX) of which nothing is ever evaluated.

A workbook is a ZIP of XML files. Of what other programs save only the text of cells is read:
formulas, links, macros and pictures are not looked at.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

from stopjihad.text import xml
from stopjihad.text.unicode.script import direction


def write_workbook(title: str, day: dt.date, fill: Callable[[Any], None]) -> bytes:
    """Write a workbook; nothing that an author wrote becomes a formula, a link or a number.

    Args:
        day: when it was made: that of the content, not of the clock.

    Returns:
        The file. The same content gives the same bytes.
    """
    import xlsxwriter

    options = {"in_memory": True}
    options |= dict.fromkeys(
        ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
    )
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title, "created": dt.datetime.combine(day, dt.time())})
        fill(book)
    return file.getvalue()


def reading_order(language: str) -> dict[str, int]:
    """Give what ``add_format`` needs for the direction of a language (BCP 47 tag)."""
    return {"reading_order": {"ltr": 1, "rtl": 2}[direction(language)]}


MAX_ROWS = 50_000
"""Most rows; 1,000 talking points have about 12,000 texts."""

MAX_COLUMNS = 100
"""Most columns; that of translators has nine."""

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

    Returns:
        Name of the sheet, and its rows; absent cells are empty texts.

    Raises:
        ValueError: it is no XLSX file, or larger than any that we write; one line says why.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name, path = _first_sheet(archive)
            strings = _shared_strings(archive)
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


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
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
    return _ESCAPED.sub(_unescape_match, text)


def _unescape_match(match: re.Match[str]) -> str:
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
    return _ESCAPED.sub(_unescape_match, text) if kind == "str" else text
