"""Write the import files of schedulers: their columns, dates and row limits.

Columns are named as the schedulers spell them; sources: docs/exports.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stopjihad.render.post.export.formats import (
    Export,
    ExportJob,
    LeftOut,
    PostMedia,
    channels,
    left_out,
    media_of,
    refuse_thread,
    sort_accepted,
    wall_time,
)
from stopjihad.render.post.files import DraftEntry
from stopjihad.text.csv_file import csv_bytes, write_numbered

BUFFER = (
    "Text",
    "Image URL",
    "Tags",
    "Posting Time",
)
"""Case-sensitive; support.buffer.com article 926, checked 2026-09-17."""

PUBLER = (
    "Date - Intl. format or prompt",
    "Text",
    "Link(s) - Separated by comma for FB carousels",
    "Media URL(s) - Separated by comma",
    "Title - For the video, pin, PDF ..",
    "Label(s) - Separated by comma",
    "Alt text(s) - Separated by ||",
    "Comment(s) - Separated by ||",
    "Pin board, FB album, or Google category",
    "Post subtype - I.e. story, reel, PDF ..",
    "CTA - For Facebook links or Google",
    "Reminder - For stories, reels, shorts, and TikToks",
)
"""All twelve are needed; publer.com, Ultimate CSV bulk scheduler."""

SPROUT = (
    "date",
    "time_24hr",
    "message_text",
)
"""Case-sensitive; support.sproutsocial.com, How do I use bulk scheduling."""

SOCIALBEE = (
    "text",
    "link",
    "imageUrls",
    "gifUrls",
    "videoUrls",
    "postAtSpecificTime",
)
"""One kind of media a row; help.socialbee.com article 80."""

BUFFER_ROWS = 100
"""Rows of one file on paid plans (support.buffer.com, article 926, checked 2026-09-17)."""

HOOTSUITE_ROWS = 350
"""Messages of one file; secondary sources only: see docs/exports.md."""

SPROUT_ROWS = 350
"""Rows of one file (support.sproutsocial.com, How do I use bulk scheduling)."""

_AYRSHARE_NAMES = {
    "x": "twitter",
    **{
        name: name
        for name in (
            "facebook",
            "instagram",
            "linkedin",
            "bluesky",
            "threads",
            "tiktok",
            "youtube",
            "telegram",
            "pinterest",
            "reddit",
            "snapchat",
        )
    },
}


_ONE_PICTURE = {
    "slides": "the file has place for one picture, and the post has slides",
    "film": "the file has no place for a film",
}


def buffer(job: ExportJob) -> Export:
    """Write one file per account: text, picture, tags, time."""

    def row(entry: DraftEntry) -> list[str]:
        when = wall_time(entry, job.timezone)
        time = when.strftime("%Y-%m-%d %H:%M") if when else ""
        return [entry.parts[0].text, media_of(entry, job).first, "", time]

    def refuse(entry: DraftEntry) -> str:
        kind = media_of(entry, job).kind
        return refuse_thread(entry) or _ONE_PICTURE.get(kind, "")

    return _by_channel(job, "buffer", (BUFFER, BUFFER_ROWS), row, refuse)


def sprout(job: ExportJob) -> Export:
    """Write one file per account: date (day first), time, message."""

    def row(entry: DraftEntry) -> list[str]:
        when = wall_time(entry, job.timezone)
        assert when is not None
        return [when.strftime("%d/%m/%Y"), when.strftime("%H:%M"), entry.parts[0].text]

    return _by_channel(job, "sprout", (SPROUT, SPROUT_ROWS), row, _single_and_timed)


def hootsuite(job: ExportJob) -> Export:
    """Write one file per account, without header: time (month first), message, link."""

    def row(entry: DraftEntry) -> list[str]:
        when = wall_time(entry, job.timezone)
        assert when is not None
        return [when.strftime("%m/%d/%Y %H:%M"), entry.parts[0].text, ""]

    return _by_channel(job, "hootsuite", (None, HOOTSUITE_ROWS), row, _single_and_timed)


def socialbee(job: ExportJob) -> Export:
    """Write one file per account; pictures and films have columns, the link stands in the text."""

    def row(entry: DraftEntry) -> list[str]:
        when = wall_time(entry, job.timezone)
        time = when.strftime("%Y-%m-%d %H:%M") if when else ""
        media = media_of(entry, job)
        found = ",".join(media.addresses)
        kinds = ["", "", found] if media.kind == "film" else [found, "", ""]
        return [entry.parts[0].text, "", *kinds, time]

    return _by_channel(job, "socialbee", (SOCIALBEE, None), row, refuse_thread)


def publer(job: ExportJob) -> Export:
    """Write one file per account, all twelve columns; further posts of a thread are comments.

    Several addresses make a carousel; on LinkedIn the slides are one PDF.
    """

    def row(entry: DraftEntry) -> list[str]:
        when = wall_time(entry, job.timezone)
        media = media_of(entry, job)
        files, alts, subtype = _publer_media(entry, media)
        title = entry.title.text if entry.title else media.title
        below = [*entry.parts[1:], *([entry.comment] if entry.comment else [])]
        comments = "||".join(part.text.replace("||", "|") for part in below)
        label = f"{job.campaign},{entry.language}"
        time = when.strftime("%Y/%m/%d %H:%M") if when else ""
        cells = [time, entry.parts[0].text, "", files, title, label, alts, comments]
        return [*cells, "", subtype, "", ""]

    return _by_channel(job, "publer", (PUBLER, None), row, lambda _: "")


def _publer_media(entry: DraftEntry, media: PostMedia) -> tuple[str, str, str]:
    """Give the cells of addresses, of descriptions, and of the kind of post."""
    if media.kind == "film":
        return media.first, "", _PUBLER_FILMS.get(entry.platform, "")
    if media.document:
        return media.document, "", "PDF"
    alts = "||".join(alt.replace("||", "|") for alt in media.alts)
    return ",".join(media.addresses), alts, ""


_PUBLER_FILMS = {"instagram": "reel", "facebook": "reel", "youtube": "short"}
"""What Publer calls an upright film where a platform has posts of several kinds."""


def ayrshare(job: ExportJob) -> Export:
    """Write one file for all platforms: text, platform, picture, time in UTC."""
    entries, held = sort_accepted(job)
    rows: list[list[str]] = []
    gone: list[LeftOut] = list(held)
    for _, group in channels(entries):
        for entry in group:
            reason = _single_and_timed(entry)
            if entry.platform not in _AYRSHARE_NAMES:
                reason = "Ayrshare does not know the platform"
            if reason:
                gone.append(left_out(entry, reason))
                continue
            when = wall_time(entry, "UTC")
            assert when is not None
            time = when.strftime("%Y-%m-%dT%H:%M:%SZ")
            name = _AYRSHARE_NAMES[entry.platform]
            media = ",".join(media_of(entry, job).addresses)
            rows.append([entry.parts[0].text, name, media, time])
    header = ("post", "platforms", "mediaUrls", "scheduleDate")
    files = {f"{job.campaign}-ayrshare.csv": csv_bytes(header, rows)} if rows else {}
    return Export(files, tuple(gone))


Shape = tuple[tuple[str, ...] | None, int | None]
"""Columns and most rows of one file."""


def _by_channel(
    job: ExportJob,
    name: str,
    shape: Shape,
    row: Callable[[DraftEntry], list[str]],
    refuse: Callable[[DraftEntry], str],
) -> Export:
    """Write one file per account, or several when a row limit is passed."""
    entries, held = sort_accepted(job)
    gone = [*held, *(left_out(item, reason) for item in entries if (reason := refuse(item)))]
    kept = [item for item in entries if not refuse(item)]
    return Export(dict(_files(job, name, shape, row, kept)), tuple(gone))


def _files(
    job: ExportJob,
    name: str,
    shape: Shape,
    row: Callable[[DraftEntry], list[str]],
    kept: list[DraftEntry],
) -> Iterator[tuple[str, bytes]]:
    header, most = shape
    for channel, group in channels(kept):
        stem = f"{job.campaign}-{name}-{channel}"
        yield from write_numbered(stem, header, [row(entry) for entry in group], most)


def _single_and_timed(entry: DraftEntry) -> str:
    return refuse_thread(entry) or (
        "" if entry.scheduled else "the file needs a time and none is set"
    )
