"""Write the calendar of posts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from stopjihad.render.export.job import Export, ExportJob, left_out, utc
from stopjihad.render.post.files import SEPARATOR, DraftEntry

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
