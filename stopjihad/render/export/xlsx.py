"""Write a workbook that a manager can read: a sheet per platform, pictures in their cells."""

from __future__ import annotations

import io
import math
from typing import Any

from stopjihad.render.export.formats import Export, ExportJob, wall_time
from stopjihad.render.post.files import SEPARATOR, DraftEntry
from stopjihad.text.unicode.script import direction
from stopjihad.text.xlsx import reading_order, write_workbook

COLUMNS: tuple[tuple[str, int], ...] = (
    ("Picture", 26),
    ("Talking point", 24),
    ("When", 17),
    ("Text", 78),
    ("Characters", 11),
    ("Limit", 9),
    ("Beside the post", 40),
    ("Image description", 40),
    ("Link", 44),
    ("Status", 12),
)
"""Headings, and widths in characters of the sheet's font."""

PICTURE_WIDTH = 180
"""Width of a picture in its cell in px."""

_LINE = 15
"""Height of a line in points (Calibri 11)."""

_TALLEST = 409
"""Tallest row that Excel accepts, in points."""

_PX = 0.75
"""Points of one px."""


def xlsx(job: ExportJob) -> Export:
    """Write one workbook per language, so that right-to-left languages read from the right.

    Every cell is written as text or number: nothing that an author wrote is ever calculated.

    Args:
        job: the drafts; ``picture`` gives the bytes of the cards.

    Returns:
        ``<campaign>-<language>.xlsx``.
    """
    languages: dict[str, list[DraftEntry]] = {}
    for entry in job.entries:
        languages.setdefault(entry.language, []).append(entry)
    return Export(
        {
            f"{job.campaign}-{language}.xlsx": _workbook(job, language, entries)
            for language, entries in sorted(languages.items())
        }
    )


def _workbook(job: ExportJob, language: str, entries: list[DraftEntry]) -> bytes:
    platforms: dict[str, list[DraftEntry]] = {}
    for entry in entries:
        platforms.setdefault(entry.platform, []).append(entry)

    def fill(book: Any) -> None:
        styles = _Styles(book, language)
        for platform, rows in platforms.items():
            _sheet(book.add_worksheet(platform[:31]), styles, rows, job)

    return write_workbook(f"{job.title} ({language})", job.updated, fill)


class _Styles:
    """The formats of a workbook; text runs in the direction of its language."""

    def __init__(self, book: Any, language: str) -> None:
        self.rtl = direction(language) == "rtl"
        line = {"valign": "top", "bottom": 1, "bottom_color": "#D5DEDC"}
        base = {**line, "text_wrap": True, **reading_order(language)}
        self.text = book.add_format(base)
        self.head = book.add_format({**base, "bold": True, "bottom": 1, "bg_color": "#EEF3F2"})
        self.number = book.add_format({**line, "num_format": "#,##0", "align": "center"})
        self.left = book.add_format({**line, "text_wrap": True, "reading_order": 1})
        self.empty = book.add_format(line)


def _sheet(sheet: Any, styles: _Styles, entries: list[DraftEntry], job: ExportJob) -> None:
    if styles.rtl:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, (heading, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, styles.head)
    for number, entry in enumerate(entries, 1):
        _row(sheet, styles, number, entry, job)
    sheet.autofilter(0, 0, len(entries), len(COLUMNS) - 1)


def _row(sheet: Any, styles: _Styles, number: int, entry: DraftEntry, job: ExportJob) -> None:
    texts = [part.text for part in (entry.title, *entry.parts) if part]
    text = f"\n{SEPARATOR}\n".join(texts)
    when = wall_time(entry, job.timezone)
    longest = max(part.count for part in entry.parts)
    alt = "\n".join(image.alt for image in entry.images)
    for column in (0, 5):
        sheet.write_blank(number, column, None, styles.empty)
    picture = _picture(sheet, number, entry, job)
    sheet.set_row(number, _height(text, picture))
    sheet.write_string(number, 1, entry.point, styles.left)
    sheet.write_string(number, 2, when.strftime("%Y-%m-%d %H:%M") if when else "", styles.left)
    sheet.write_string(number, 3, text, styles.text)
    sheet.write_number(number, 4, longest, styles.number)
    if entry.limit is not None:
        sheet.write_number(number, 5, entry.limit, styles.number)
    sheet.write_string(number, 6, _beside(entry), styles.text)
    sheet.write_string(number, 7, alt, styles.text)
    sheet.write_string(number, 8, entry.link, styles.left)
    sheet.write_string(number, 9, entry.status, styles.left)


def _beside(entry: DraftEntry) -> str:
    """Give what is pasted elsewhere: the preview text of a mail, the first comment."""
    return "\n\n".join(part.text for part in (entry.preheader, entry.comment) if part)


def _picture(sheet: Any, number: int, entry: DraftEntry, job: ExportJob) -> float:
    """Set the picture into its cell; give its height in points, 0 without one."""
    if not entry.images:
        return 0
    image = entry.images[0]
    data = job.picture(image.path)
    if data is None:
        sheet.write_string(number, 0, image.path)
        return 0
    scale = PICTURE_WIDTH / image.width
    place = {"x_scale": scale, "y_scale": scale, "x_offset": 3, "y_offset": 3}
    more = {"image_data": io.BytesIO(data), "description": image.alt, "object_position": 1}
    sheet.insert_image(number, 0, image.path.rpartition("/")[2], {**place, **more})
    return (image.height * scale + 6) * _PX


def _height(text: str, picture: float) -> float:
    """Estimate the height of a row in points from its lines."""
    width = dict(COLUMNS)["Text"]
    lines = sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))
    return min(_TALLEST, max(lines * _LINE, picture, _LINE))
