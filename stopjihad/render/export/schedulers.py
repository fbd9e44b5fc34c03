"""Write the import files of schedulers: their columns, dates and row limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stopjihad.render.export.headers import BUFFER, METRICOOL, PUBLER, SOCIALBEE, SPROUT
from stopjihad.render.export.job import (
    Export,
    ExportJob,
    LeftOut,
    accepted,
    channels,
    image_address,
    left_out,
    wall_time,
)
from stopjihad.render.export.table import csv_bytes, numbered
from stopjihad.render.post.files import DraftEntry

BUFFER_ROWS = 100
"""Rows of one file on paid plans (support.buffer.com, article 926, checked 2026-09-17)."""

HOOTSUITE_ROWS = 350
"""Messages of one file; secondary sources only: see docs/exports.md."""

SPROUT_ROWS = 350
"""Rows of one file (support.sproutsocial.com, How do I use bulk scheduling)."""

_METRICOOL_NETWORKS = {
    "facebook": "Facebook",
    "x": "Twitter/X",
    "linkedin": "LinkedIn",
    "instagram": "Instagram",
    "pinterest": "Pinterest",
    "tiktok": "TikTok",
    "youtube": "Youtube",
    "threads": "Threads",
    "bluesky": "Bluesky",
}

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


def buffer(job: ExportJob) -> Export:
    """Write one file per account: text, picture, tags, time."""

    def row(entry: DraftEntry) -> list[str]:
        when = wall_time(entry, job.timezone)
        time = when.strftime("%Y-%m-%d %H:%M") if when else ""
        return [entry.parts[0].text, image_address(entry), "", time]

    return _by_channel(job, "buffer", (BUFFER, BUFFER_ROWS), row, _single)


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
    """Write one file per account; the picture stands in its own column, the link in the text."""

    def row(entry: DraftEntry) -> list[str]:
        when = wall_time(entry, job.timezone)
        time = when.strftime("%Y-%m-%d %H:%M") if when else ""
        return [entry.parts[0].text, "", image_address(entry), "", "", time]

    return _by_channel(job, "socialbee", (SOCIALBEE, None), row, _single)


def publer(job: ExportJob) -> Export:
    """Write one file per account, all twelve columns; further posts of a thread are comments."""

    def row(entry: DraftEntry) -> list[str]:
        when = wall_time(entry, job.timezone)
        alt = entry.images[0].alt.replace("||", "|") if entry.images else ""
        title = entry.title.text if entry.title else ""
        below = [*entry.parts[1:], *([entry.comment] if entry.comment else [])]
        comments = "||".join(part.text.replace("||", "|") for part in below)
        label = f"{job.campaign},{entry.language}"
        time = when.strftime("%Y/%m/%d %H:%M") if when else ""
        cells = [time, entry.parts[0].text, "", image_address(entry), title, label, alt, comments]
        return [*cells, "", "", "", ""]

    return _by_channel(job, "publer", (PUBLER, None), row, lambda _: "")


def metricool(job: ExportJob) -> Export:
    """Write one file for all networks; every row is marked as a draft."""
    entries, held = accepted(job)
    rows: list[list[str]] = []
    gone: list[LeftOut] = list(held)
    for _, group in channels(entries):
        for entry in group:
            reason = _single(entry)
            if entry.platform not in _METRICOOL_NETWORKS:
                reason = "Metricool does not know the platform"
            if reason:
                gone.append(left_out(entry, reason))
            else:
                rows.append(_metricool_row(entry, job))
    files = {f"{job.campaign}-metricool.csv": csv_bytes(METRICOOL, rows)} if rows else {}
    return Export(files, tuple(gone))


def _metricool_row(entry: DraftEntry, job: ExportJob) -> list[str]:
    when = wall_time(entry, job.timezone)
    cells = dict.fromkeys(METRICOOL, "")
    cells |= dict.fromkeys((*_METRICOOL_NETWORKS.values(), "GBP", "Shortener"), "FALSE")
    cells |= {
        "Text": entry.parts[0].text,
        "Date": when.strftime("%Y-%m-%d") if when else "",
        "Time": when.strftime("%H:%M:%S") if when else "",
        "Draft": "TRUE",
        _METRICOOL_NETWORKS[entry.platform]: "TRUE",
        "Picture Url 1": image_address(entry),
        "Alt text picture 1": entry.images[0].alt if entry.images else "",
    }
    if entry.platform == "instagram":
        cells["Instagram Post Type"] = "POST"
    if entry.platform == "pinterest":
        cells["Pinterest Pin Link"] = entry.link
        cells["Pinterest Pin Title"] = entry.title.text if entry.title else ""
    if entry.comment:
        cells["First Comment Text"] = entry.comment.text
    if entry.platform == "linkedin":
        cells["Document title"] = entry.title.text if entry.title else ""
    if entry.platform == "youtube":
        cells["Youtube Video Title"] = entry.title.text if entry.title else ""
    return [cells[name] for name in METRICOOL]


def ayrshare(job: ExportJob) -> Export:
    """Write one file for all platforms: text, platform, picture, time in UTC."""
    entries, held = accepted(job)
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
            rows.append([entry.parts[0].text, name, image_address(entry), time])
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
    entries, held = accepted(job)
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
        yield from numbered(stem, header, [row(entry) for entry in group], most)


def _single(entry: DraftEntry) -> str:
    if entry.alone or len(entry.parts) == 1:
        return ""
    return "the file has no place for a thread"


def _single_and_timed(entry: DraftEntry) -> str:
    return _single(entry) or ("" if entry.scheduled else "the file needs a time and none is set")
