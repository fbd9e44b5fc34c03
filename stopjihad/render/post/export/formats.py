"""The formats of exports by name: what each is made from, what it gives, what goes with a post."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

import msgspec

from stopjihad.catalog.timezones import time_zone
from stopjihad.model.campaign import Window
from stopjihad.model.options import film_folder
from stopjihad.plan.calendar import open_moments
from stopjihad.render.post.files import DraftEntry

EXPORTS: dict[str, str] = {
    "buffer": "schedulers:buffer",
    "publer": "schedulers:publer",
    "metricool": "metricool:metricool",
    "hootsuite": "schedulers:hootsuite",
    "sprout": "schedulers:sprout",
    "socialbee": "schedulers:socialbee",
    "ayrshare": "schedulers:ayrshare",
    "postiz": "postiz:postiz",
    "ics": "open_formats:ics",
    "xlsx": "open_formats:xlsx",
    "csv": "open_formats:table",
    "json": "open_formats:json_list",
}
"""Every format of ``stopjihad export`` to the function that makes it, ``module:function`` below
``stopjihad.render.post.export``; docs/exports.md describes them."""


def export(name: str, job: ExportJob, others: Mapping[str, str] = {}) -> Export:
    """Make one export.

    Args:
        name: a key of ``EXPORTS``, or of ``others``.
        job: the drafts and what goes with them.
        others: formats of installed packages: name to ``module:function``.

    Returns:
        Files by name, and the drafts that they do not hold, with reasons.

    Raises:
        KeyError: there is no such format.
    """
    ours = f"stopjihad.render.post.export.{EXPORTS[name]}" if name in EXPORTS else ""
    module, _, function = (ours or others[name]).partition(":")
    exporter: Callable[[ExportJob], Export] = getattr(importlib.import_module(module), function)
    refused = {id(entry): reason for entry in job.entries if (reason := may_go_out(entry, job))}
    asked = tuple(entry for entry in job.entries if id(entry) not in refused)
    offered = [(entry, _offers(name, entry, job)) for entry in asked]
    made = exporter(
        msgspec.structs.replace(job, entries=tuple(one for _, own in offered for one in own))
    )
    gone = [left_out(entry, refused[id(entry)]) for entry in job.entries if id(entry) in refused]
    gone += [left_out(entry, _absence(entry, job)) for entry, own in offered if not own]
    lacking = {(one.platform, one.language, one.point) for one in (*made.left_out, *gone)}
    kept = tuple(
        _with_open_times(one, job) if name == "ics" else one
        for _, own in offered
        for one in own
        if (one.platform, one.language, one.point) not in lacking
    )
    return msgspec.structs.replace(made, left_out=(*made.left_out, *gone), entries=kept)


def _with_open_times(entry: DraftEntry, job: ExportJob) -> DraftEntry:
    times = tuple(moment.isoformat() for _, moment in open_times(entry, job))
    return msgspec.structs.replace(entry, scheduled=times[0] if times else None, again=times[1:])


POSTED = "it was posted"
"""Why a draft that a person has posted by hand is not offered again."""

WITHDRAWN = "it is told no more"
"""Why a draft of an earlier build does not go out."""

HELD = "it is stopped while an alert holds, or is due when it may not be posted"
"""Why a draft with a time is not offered for it."""


def may_go_out(entry: DraftEntry, job: ExportJob) -> str:
    """Say what stands against a draft by the files of today; nothing where it may go out."""
    if job.standing is None:
        return ""
    return job.standing.get(f"{entry.language}/{entry.point}", WITHDRAWN)


def holds(entry: DraftEntry, moment: dt.datetime, job: ExportJob) -> bool:
    """Tell whether a draft may be posted at a moment: its talking point's time, and no alert."""
    first, last = job.halt or (None, None)
    if first is not None and last is not None and first <= moment < last:
        return False
    window = job.windows.get(entry.point, Window())
    if window.embargo is not None and moment < window.embargo:
        return False
    return window.expires is None or moment < window.expires


def _absence(entry: DraftEntry, job: ExportJob) -> str:
    return POSTED if posted_on(entry, job) else HELD


FOR_READING = frozenset({"xlsx", "csv", "json"})
"""Formats in which a draft stands once, with all its times; in others once for each time."""


def _offers(name: str, entry: DraftEntry, job: ExportJob) -> tuple[DraftEntry, ...]:
    """Give what a format is made of for a draft; nothing where all of it was posted."""
    left = open_times(entry, job)
    if not left:
        return () if posted_on(entry, job) or _is_stopped(entry, job) else (entry,)
    if name == "ics":
        return (entry,)
    times = [moment.isoformat() for _, moment in left]
    if name in FOR_READING:
        return (msgspec.structs.replace(entry, scheduled=times[0], again=tuple(times[1:])),)
    return tuple(msgspec.structs.replace(entry, scheduled=one, again=()) for one in times)


def _is_stopped(entry: DraftEntry, job: ExportJob) -> bool:
    """Tell whether a draft has times, and may go out at none of them."""
    times = map(dt.datetime.fromisoformat, filter(None, (entry.scheduled, *entry.again)))
    return any(not holds(entry, one, job) for one in times)


def open_times(entry: DraftEntry, job: ExportJob) -> tuple[tuple[int, dt.datetime], ...]:
    """Give the times of a draft that are still to come, each with its number from 1."""
    times = tuple(map(dt.datetime.fromisoformat, filter(None, (entry.scheduled, *entry.again))))
    left = open_moments(times, posted_on(entry, job))
    return tuple(
        (number, one)
        for number, one in enumerate(times, 1)
        if one in left and _is_between(one, job) and holds(entry, one, job)
    )


def _is_between(moment: dt.datetime, job: ExportJob) -> bool:
    first, last = job.between
    day = moment.date().isoformat()
    return first <= day and (not last or day <= last)


def posted_on(entry: DraftEntry, job: ExportJob) -> tuple[dt.date, ...]:
    """Give the days on which people posted a draft."""
    return job.posted.get(entry.post, ())


def _no_picture(_path: str) -> bytes | None:
    return None


class ExportJob(msgspec.Struct, frozen=True, kw_only=True):
    """What an export is made from.

    Attributes:
        campaign: id of the campaign; file names start with it.
        title: the campaign's title.
        entries: the drafts, in the order of ``posts.json``.
        policy: what the campaign does with texts that nobody approved: ``block``,
            ``notice`` or ``allow``.
        timezone: IANA name; schedulers read wall times of the account's zone.
        updated: day of the campaign's last change; stands where a date is needed and none is set.
        picture: gives the bytes of an image by its path, for sheets that show it.
        accounts: a scheduler's own names of accounts, by platform.
        films: public address of each film and poster that was made, by path.
        between: first and last day, in ISO 8601, of the times that are wanted; empty for all.
        posted: days on which people posted by hand, by ``platform/language/point``.
        standing: ``<language>/<talking point>`` to the reason against it, empty for none; what is
            told no more is not there. None where nobody asked.
        windows: when talking points may be posted, by their id.
        halt: from when and until when nothing is posted, for an alert holds.
    """

    campaign: str
    title: str
    entries: tuple[DraftEntry, ...]
    policy: str
    timezone: str
    updated: dt.date
    picture: Callable[[str], bytes | None] = _no_picture
    accounts: dict[str, str] = {}
    films: dict[str, str] = {}
    between: tuple[str, str] = ("", "")
    posted: dict[str, tuple[dt.date, ...]] = {}
    standing: dict[str, str] | None = None
    windows: dict[str, Window] = {}
    halt: tuple[dt.datetime, dt.datetime] | None = None


class LeftOut(msgspec.Struct, frozen=True):
    """Name a draft that an export does not hold, and why."""

    platform: str
    language: str
    point: str
    reason: str


class Export(msgspec.Struct, frozen=True):
    """The files of an export by name, the drafts in them, and what they do not hold."""

    files: dict[str, bytes]
    left_out: tuple[LeftOut, ...] = ()
    entries: tuple[DraftEntry, ...] = ()


def refuse_thread(entry: DraftEntry) -> str:
    """Say why a file whose rows have one text cannot hold a post; empty where it can."""
    if entry.alone or len(entry.parts) == 1:
        return ""
    return "the file has no place for a thread"


def left_out(entry: DraftEntry, reason: str) -> LeftOut:
    """Say that a draft is left out."""
    return LeftOut(entry.platform, entry.language, entry.point, reason)


def sort_accepted(job: ExportJob) -> tuple[tuple[DraftEntry, ...], tuple[LeftOut, ...]]:
    """Sort out what the campaign lets out of the house.

    A scheduler publishes what it is given, and a post has no place for an alert: with the policy
    ``notice`` a text that nobody has approved stays in the formats made for reading
    (xlsx, csv, json, ics).

    Returns:
        Drafts that may go to a scheduler, and those that may not.
    """
    why = {
        "unreviewed": "" if job.policy == "allow" else "nobody has approved the text",
        "unread": "it is a draft: sentences wait for a reader",
    }
    reasons = [why.get(entry.status, "") for entry in job.entries]
    pairs = tuple(zip(job.entries, reasons, strict=True))
    kept = tuple(entry for entry, reason in pairs if not reason)
    return kept, tuple(left_out(entry, reason) for entry, reason in pairs if reason)


def wall_time(entry: DraftEntry, timezone: str) -> dt.datetime | None:
    """Give a draft's time as the clock of a zone shows it.

    Returns:
        The time, or None when the draft has none.
    """
    if entry.scheduled is None:
        return None
    return dt.datetime.fromisoformat(entry.scheduled).astimezone(time_zone(timezone))


def utc(entry: DraftEntry) -> dt.datetime | None:
    """Give a draft's time in UTC, or None when it has none."""
    moment = wall_time(entry, "UTC")
    return moment.astimezone(dt.UTC) if moment else None


def channels(entries: Iterable[DraftEntry]) -> Iterator[tuple[str, list[DraftEntry]]]:
    """Group drafts by the account that posts them: one per platform and language.

    Yields:
        ``<platform>-<language>`` and its drafts, by time; those without a time come last.
    """
    groups: dict[str, list[DraftEntry]] = {}
    for entry in entries:
        groups.setdefault(f"{entry.platform}-{entry.language}", []).append(entry)
    for name in sorted(groups):
        yield name, sorted(groups[name], key=lambda item: (utc(item) or _LAST, item.point))


_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)


FILMED = frozenset({"tiktok", "youtube"})
"""Platforms that are made for films: one takes the place of slides there. Elsewhere slides go
first, since the text of the post invites to them."""

UPRIGHT = "story"
"""Format of films for phones, 9:16."""

Kind = Literal["", "picture", "slides", "film"]


class PostMedia(NamedTuple):
    """What goes with a post.

    Attributes:
        kind: one picture, slides, a film, or nothing.
        addresses: public address of each file, in order.
        alts: description of each picture, as many as ``addresses``; empty texts where there is
            none.
        cover: address of the picture that stands for a film; empty without one.
        document: address of the PDF whose pages are the slides; empty where the platform has none.
        title: title of that document.
    """

    kind: Kind = ""
    addresses: tuple[str, ...] = ()
    alts: tuple[str, ...] = ()
    cover: str = ""
    document: str = ""
    title: str = ""

    @property
    def first(self) -> str:
        """The address of the first file; empty where there is none."""
        return self.addresses[0] if self.addresses else ""


def media_of(entry: DraftEntry, job: ExportJob) -> PostMedia:
    """Choose what goes with a draft.

    Args:
        entry: the draft with its card or slides.

    Returns:
        A film, where one was made, the draft has a script for it, and no slides go before it; else
        all slides; else the card.
    """
    film = job.films.get(film_path(entry)) if entry.script else None
    if film and (entry.platform in FILMED or len(entry.images) < 2):
        return PostMedia("film", (film,), ("",), cover=job.films.get(poster_path(entry), ""))
    images = entry.images
    if not images:
        return PostMedia()
    addresses = tuple(image.url for image in images)
    alts = tuple(image.alt for image in images)
    if len(images) == 1:
        return PostMedia("picture", addresses, alts)
    document = entry.document
    return PostMedia(
        "slides",
        addresses,
        alts,
        document=document.url if document else "",
        title=document.title if document else "",
    )


def film_path(entry: DraftEntry) -> str:
    """Give the path of a draft's film, relative to ``site/``, whether it was made or not."""
    return f"{film_folder(entry.language, entry.point)}/{UPRIGHT}.mp4"


def poster_path(entry: DraftEntry) -> str:
    """Give the path of the picture that stands for a draft's film, relative to ``site/``."""
    return f"{film_folder(entry.language, entry.point)}/{UPRIGHT}.png"
