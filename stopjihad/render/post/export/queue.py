"""What may be queued in schedulers: what to stop while an alert holds, what goes on after it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

import msgspec

from stopjihad.catalog.timezones import time_zone
from stopjihad.model.posting import draft_digest
from stopjihad.model.queued import (
    BEGINNING,
    MOST_TIMES,
    QueuedPost,
    QueueItem,
    standing_queue,
)
from stopjihad.model.review import Review
from stopjihad.render.post.export.formats import (
    Export,
    ExportJob,
    holds,
    may_go_out,
    open_times,
)
from stopjihad.render.post.files import DraftEntry
from stopjihad.review.alert_status import live_alerts
from stopjihad.text.csv_file import harmless
from stopjihad.view.draft import SEPARATOR

Verdict = Literal["current", "changed", "gone"]
"""As its draft is today; with other words; told no more, or not to be sent out."""

HOURS = 6
"""Hours whose posts come first when posts are stopped."""

LEAST = dt.timedelta(hours=24)
"""For how long posts are stopped at least, as the sheet of an alert lists them."""

LATER = 60
"""Days for which what was stopped looks for a free day."""


class ResumedPosts(NamedTuple):
    """What goes on: drafts with their new times, and what does not, each with its verdict."""

    entries: tuple[DraftEntry, ...]
    dropped: tuple[tuple[QueueItem, Verdict], ...]


def queued_lines(
    scheduler: str, made: Export, known: Iterable[QueuedPost], now: dt.datetime
) -> tuple[QueuedPost, ...]:
    """Make the lines that say what an export gave to a scheduler, but for those that stand already.

    A draft that is there several times, once for each of its times, is one line.
    """
    times: dict[str, list[dt.datetime]] = {}
    drafts: dict[str, DraftEntry] = {}
    for entry in made.entries:
        own = times.setdefault(entry.post, [])
        own += map(dt.datetime.fromisoformat, filter(None, (entry.scheduled, *entry.again)))
        drafts[entry.post] = entry
    there = {(one.scheduler, one.post, one.words, one.at) for one in standing_queue(known)}
    lines = []
    for post, entry in drafts.items():
        words = draft_digest(entry.digest)
        said = tuple(sorted(times[post]))[:MOST_TIMES]
        if all((scheduler, post, words, at) in there for at in said or (None,)):
            continue
        lines.append(
            QueuedPost(
                scheduler=scheduler,
                platform=entry.platform,
                language=entry.language,
                point=entry.point,
                step="export",
                on=now,
                times=said,
                words=words,
                begins=_first_words(entry),
            )
        )
    return tuple(lines)


def _first_words(entry: DraftEntry) -> str:
    text = " ".join(part.text for part in (entry.title, *entry.parts) if part)
    plain = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(plain.split())[:BEGINNING]


def draft_texts(job: ExportJob) -> dict[str, str]:
    """Give what each post says today, as it is pasted."""
    return {
        one.post: f"\n{SEPARATOR}\n".join(part.text for part in (one.title, *one.parts) if part)
        for one in job.entries
    }


def pause_until(reviews: Iterable[Review], now: dt.datetime) -> dt.datetime:
    """Give until when posts are stopped: as long as an alert holds, a day at least."""
    ends = [live.alert.ends for _, live in live_alerts(reviews, now)]
    return max([*ends, now + LEAST])


def list_stopped(items: Iterable[QueueItem]) -> bytes:
    """List posts to stop: CSV in UTF-8, in their order, that no spreadsheet calculates."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["when", "platform", "language", "talking point", "it begins", "name"])
    for one in items:
        when = one.at.isoformat() if one.at else ""
        writer.writerow([when, *one.post.split("/"), harmless(one.begins), one.line[:8]])
    return out.getvalue().encode()


def stopped_posts(
    items: Iterable[QueueItem], begin: dt.datetime, end: dt.datetime
) -> dict[str, tuple[QueueItem, ...]]:
    """Find what goes out from ``begin`` on and before ``end``, by scheduler, in the order given.

    What has no time may go out at any.
    """
    found: dict[str, list[QueueItem]] = {}
    for item in items:
        if item.at is None or begin <= item.at < end:
            found.setdefault(item.scheduler, []).append(item)
    return {name: tuple(found[name]) for name in sorted(found)}


def judge_item(item: QueueItem, job: ExportJob) -> Verdict:
    """Compare what may be queued with the drafts of today."""
    entry = {one.post: one for one in job.entries}.get(item.post)
    if entry is None or may_go_out(entry, job):
        return "gone"
    return "current" if draft_digest(entry.digest) == item.words else "changed"


def resume_posts(
    items: Iterable[QueueItem],
    job: ExportJob,
    now: dt.datetime,
    is_quiet: Callable[[dt.date, str], bool],
) -> ResumedPosts:
    """Give what was stopped in a scheduler its next free day, with the words of today.

    Args:
        is_quiet: tells whether nothing is posted on a day in a language.
    """
    entries = {one.post: one for one in job.entries}
    taken = {
        (one.platform, one.language, at)
        for one in job.entries
        for _, at in open_times(one, job)
        if at > now
    }
    found: list[DraftEntry] = []
    dropped: list[tuple[QueueItem, Verdict]] = []
    for item in items:
        verdict = judge_item(item, job)
        entry = entries.get(item.post)
        at = None
        if verdict != "gone" and entry is not None and item.at is not None:
            at = _next_free(entry, item.at, job, now, taken, is_quiet)
        if entry is None or at is None:
            dropped.append((item, verdict))
            continue
        taken.add((entry.platform, entry.language, at))
        found.append(msgspec.structs.replace(entry, scheduled=at.isoformat(), again=()))
    return ResumedPosts(tuple(found), tuple(dropped))


def _next_free(
    entry: DraftEntry,
    at: dt.datetime,
    job: ExportJob,
    now: dt.datetime,
    taken: set[tuple[str, str, dt.datetime]],
    is_quiet: Callable[[dt.date, str], bool],
) -> dt.datetime | None:
    """Find a free day from now on, at the same time of day on the clocks of the campaign."""
    zone = time_zone(job.timezone)
    wall = at.astimezone(zone)
    first = max(0, (now.astimezone(zone).date() - wall.date()).days)
    for days in range(first, first + LATER):
        moved = wall + dt.timedelta(days=days)  # wall time: 12:30 stays 12:30
        moment = moved.astimezone(dt.UTC).astimezone(zone)
        free = (entry.platform, entry.language, moment) not in taken
        if not (moment > now and free and holds(entry, moment, job)):
            continue
        if not is_quiet(moment.date(), entry.language):
            return moment
    return None
