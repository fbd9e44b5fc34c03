"""Write all drafts as lists: a table in which no spreadsheet runs anything, JSON, a calendar."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from stopjihad.render.export.formats import Export, ExportJob, channels, film_path, left_out, utc
from stopjihad.render.post.files import SEPARATOR, DraftEntry, entry_bytes, posts_json

Row = Sequence[str]

_PASSED = r"[^\S\n\r]*[\"\u200b-\u200f\u2060-\u2069\ufeff]*[^\S\n\r]*"
_PHONE = r"\+\d[\d ().-]{4,20}(?![\d+*/=|!(^&-])"
_TRIGGER = re.compile(
    rf"(?:^|(?<=[\n\r\v\f\x85\u2028\u2029]))(?={_PASSED}[=+\-@＝＋－＠]|[\t\r])"
    rf"|(?<=[;\t])(?!{_PASSED}{_PHONE})(?={_PASSED}[=+\-@＝＋－＠])"
)
"""Start of a line that makes a spreadsheet calculate, white and invisible signs passed over: OWASP,
CSV injection; Symfony CVE-2021-41270; full-width forms, as some programs fold them. The same after
a semicolon or a tab: where those part cells, a spreadsheet parts a file of commas there too, quoted
or not. A telephone number after a semicolon stays as it is."""


def harmless(cell: str) -> str:
    """Keep a cell from being calculated, by an apostrophe before each part that could be.

    Args:
        cell: any text.

    Returns:
        The text; only lines that start with ``= + - @``, a tab or a carriage return change, and
        what follows a semicolon or a tab.
    """
    return _TRIGGER.sub("'", cell)


def csv_bytes(header: Row | None, rows: Sequence[Row]) -> bytes:
    """Write a CSV file.

    Args:
        header: names of the columns, or None for a file without them.
        rows: cells as text.

    Returns:
        UTF-8 without byte order mark, lines ending in CRLF (RFC 4180), harmless cells.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if header is not None:
        writer.writerow(header)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue().encode()


def numbered(
    stem: str, header: Row | None, rows: Sequence[Row], most: int | None
) -> Iterator[tuple[str, bytes]]:
    """Write rows to as many files as a limit asks for.

    Args:
        stem: name of the file without its ending.
        header: names of the columns, or None.
        rows: all rows.
        most: rows of one file; None for no limit.

    Yields:
        Name and content; the files are numbered when there are several.
    """
    size = most or max(1, len(rows))
    pieces = [rows[start : start + size] for start in range(0, len(rows), size)]
    for number, piece in enumerate(pieces, 1):
        name = f"{stem}-{number}.csv" if len(pieces) > 1 else f"{stem}.csv"
        yield name, csv_bytes(header, piece)


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

    Args:
        job: the drafts.

    Returns:
        ``<campaign>.csv``.
    """
    rows = [
        [
            entry.campaign,
            entry.point,
            entry.language,
            entry.platform,
            entry.scheduled or "",
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


def json_list(job: ExportJob) -> Export:
    """Write the drafts as ``posts.json`` has them.

    Args:
        job: the drafts.

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

    Args:
        job: the drafts.

    Returns:
        ``<campaign>.ics`` (RFC 5545); drafts without a time are left out.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//stopjihad//posts//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", job.title)
    timed = [entry for entry in job.entries if entry.scheduled]
    for entry in sorted(timed, key=_order):
        calendar.add_component(_event(entry, job))
    gone = tuple(left_out(e, "no time is set") for e in job.entries if not e.scheduled)
    if not timed:
        return Export({}, gone)
    return Export({f"{job.campaign}.ics": calendar.to_ical()}, gone)


def _order(entry: DraftEntry) -> tuple[str, str, str, str]:
    moment = utc(entry)
    assert moment is not None
    return (moment.isoformat(), entry.platform, entry.language, entry.point)


def _event(entry: DraftEntry, job: ExportJob) -> Any:
    from icalendar import Event

    start = utc(entry)
    assert start is not None
    event = Event()
    event.add("uid", f"{entry.point}-{entry.language}-{entry.platform}@{job.campaign}")
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
