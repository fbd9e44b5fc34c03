"""Write a spreadsheet for translators who work in one, and read it back."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from stopjihad.text.unicode.script import direction
from stopjihad.translate.exchange import Bundle, ExchangeRow, Refused, Returned
from stopjihad.translate.xlsx import read_sheet

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
