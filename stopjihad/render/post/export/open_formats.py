"""Write all drafts for people to read: a table, a workbook with pictures, JSON, a calendar.

No spreadsheet runs anything in the table or the workbook.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Any

from stopjihad.render.post.export.formats import (
    Export,
    ExportJob,
    channels,
    film_path,
    left_out,
    open_times,
    wall_time,
)
from stopjihad.render.post.files import DraftEntry, entry_bytes, posts_json
from stopjihad.text.csv_file import csv_bytes
from stopjihad.text.unicode.script import direction
from stopjihad.text.xlsx import reading_order, write_workbook
from stopjihad.view.draft import SEPARATOR

COLUMNS = (
    "campaign",
    "point",
    "language",
    "platform",
    "scheduled",
    "status",
    "title",
    "text",
    "count",
    "limit",
    "unit",
    "link",
    "hashtags",
    "image",
    "alt",
    "document",
    "film",
)
"""Columns of the plain table; several pictures stand in lines of their own, descriptions too."""

BREAK = "[break]"
"""Line between the parts of a thread, as authors write it; ``---`` would look like a formula."""


def table(job: ExportJob) -> Export:
    """Write one CSV file with every draft.

    Returns:
        ``<campaign>.csv``.
    """
    rows = [
        [
            entry.campaign,
            entry.point,
            entry.language,
            entry.platform,
            " ".join(filter(None, (entry.scheduled, *entry.again))),
            entry.status,
            entry.title.text if entry.title else "",
            f"\n{BREAK}\n".join(part.text for part in entry.parts),
            " ".join(str(part.count) for part in entry.parts),
            "" if entry.limit is None else str(entry.limit),
            entry.unit,
            entry.link,
            " ".join(entry.hashtags),
            "\n".join(image.url for image in entry.images),
            "\n".join(image.alt for image in entry.images),
            entry.document.url if entry.document else "",
            job.films.get(film_path(entry), ""),
        ]
        for _, group in channels(job.entries)
        for entry in group
    ]
    return Export({f"{job.campaign}.csv": csv_bytes(COLUMNS, rows)})


SHEET_COLUMNS: tuple[tuple[str, int], ...] = (
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
"""Headings of a sheet, and widths in characters of its font."""

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
        styles = _SheetStyles(book, language)
        for platform, rows in platforms.items():
            _sheet(book.add_worksheet(platform[:31]), styles, rows, job)

    return write_workbook(f"{job.title} ({language})", job.updated, fill)


class _SheetStyles:
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


def _sheet(sheet: Any, styles: _SheetStyles, entries: list[DraftEntry], job: ExportJob) -> None:
    if styles.rtl:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, (heading, width) in enumerate(SHEET_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, styles.head)
    for number, entry in enumerate(entries, 1):
        _row(sheet, styles, number, entry, job)
    sheet.autofilter(0, 0, len(entries), len(SHEET_COLUMNS) - 1)


def _row(sheet: Any, styles: _SheetStyles, number: int, entry: DraftEntry, job: ExportJob) -> None:
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
    sheet.write_string(number, 6, _text_beside(entry), styles.text)
    sheet.write_string(number, 7, alt, styles.text)
    sheet.write_string(number, 8, entry.link, styles.left)
    sheet.write_string(number, 9, entry.status, styles.left)


def _text_beside(entry: DraftEntry) -> str:
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
    width = dict(SHEET_COLUMNS)["Text"]
    lines = sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))
    return min(_TALLEST, max(lines * _LINE, picture, _LINE))


def json_list(job: ExportJob) -> Export:
    """Write the drafts as ``posts.json`` has them.

    Returns:
        ``<campaign>.json``.
    """
    data = b"".join(posts_json(entry_bytes(entry) for entry in job.entries))
    return Export({f"{job.campaign}.json": data})


LENGTH = dt.timedelta(minutes=15)
"""How long a post stands in the calendar: long enough to be seen, short enough not to block."""


def ics(job: ExportJob) -> Export:
    """Write one calendar of all drafts that have a time.

    Times are in UTC, so that every calendar shows them by its own clock; the same drafts give the
    same bytes, for the day of the campaign stands where programs put the time of writing.

    Returns:
        ``<campaign>.ics`` (RFC 5545); drafts without a time are left out.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//stopjihad//posts//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", job.title)
    timed = [(one, entry) for entry in job.entries for one in open_times(entry, job)]
    for (number, moment), entry in sorted(timed, key=_order):
        calendar.add_component(_event(entry, job, number, moment))
    gone = tuple(left_out(e, "no time is set") for e in job.entries if not e.scheduled)
    if not timed:
        return Export({}, gone)
    return Export({f"{job.campaign}.ics": calendar.to_ical()}, gone)


def _order(timed: tuple[tuple[int, dt.datetime], DraftEntry]) -> tuple[dt.datetime, str, str, str]:
    (_, moment), entry = timed
    return (moment, entry.platform, entry.language, entry.point)


def _event(entry: DraftEntry, job: ExportJob, number: int, moment: dt.datetime) -> Any:
    from icalendar import Event

    start = moment.astimezone(dt.UTC)
    event = Event()
    turn = f"-{number}" if number > 1 else ""
    event.add("uid", f"{entry.point}-{entry.language}-{entry.platform}{turn}@{job.campaign}")
    event.add("dtstamp", dt.datetime.combine(job.updated, dt.time(), dt.UTC))
    event.add("dtstart", start)
    event.add("dtend", start + LENGTH)
    event.add("summary", f"{entry.platform} · {entry.language} · {entry.point}")
    event.add("description", f"\n{SEPARATOR}\n".join(part.text for part in entry.parts))
    event.add("url", entry.link)
    event.add("categories", [entry.platform, entry.language])
    event.add("status", "CONFIRMED" if entry.status == "ready" else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event
