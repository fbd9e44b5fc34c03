"""Write the import file of Metricool: a column for each setting of each network.

Columns are named as it spells them; sources: docs/exports.md.
"""

from __future__ import annotations

from stopjihad.render.post.export.formats import (
    Export,
    ExportJob,
    LeftOut,
    channels,
    left_out,
    media_of,
    refuse_thread,
    sort_accepted,
    wall_time,
)
from stopjihad.render.post.files import DraftEntry
from stopjihad.text.csv_file import csv_bytes

COLUMNS = (
    "Text",
    "Date",
    "Time",
    "Draft",
    "Facebook",
    "Twitter/X",
    "LinkedIn",
    "GBP",
    "Instagram",
    "Pinterest",
    "TikTok",
    "Youtube",
    "Threads",
    "Bluesky",
    "Picture Url 1",
    "Picture Url 2",
    "Picture Url 3",
    "Picture Url 4",
    "Picture Url 5",
    "Picture Url 6",
    "Picture Url 7",
    "Picture Url 8",
    "Picture Url 9",
    "Picture Url 10",
    "Alt text picture 1",
    "Alt text picture 2",
    "Alt text picture 3",
    "Alt text picture 4",
    "Alt text picture 5",
    "Alt text picture 6",
    "Alt text picture 7",
    "Alt text picture 8",
    "Alt text picture 9",
    "Alt text picture 10",
    "Document title",
    "Shortener",
    "Video Thumbnail Url",
    "Video Cover Frame",
    "Twitter/X Can reply",
    "Twitter/X Type",
    "Twitter/X Poll Duration minutes",
    "Twitter/X Poll Option 1",
    "Twitter/X Poll Option 2",
    "Twitter/X Poll Option 3",
    "Twitter/X Poll Option 4",
    "Pinterest Board",
    "Pinterest Pin Title",
    "Pinterest Pin Link",
    "Pinterest Pin New Format",
    "Instagram Post Type",
    "Instagram Show Reel On Feed",
    "Instagram Trial Reel Share Automatically",
    "Youtube Video Title",
    "Youtube Video Type",
    "Youtube Video Privacy",
    "Youtube video for kids",
    "Youtube AI generated content",
    "Youtube notify subscribers",
    "Youtube Video Category",
    "Youtube Video Tags",
    "Youtube playlist",
    "GBP Post Type",
    "Facebook Post Type",
    "Facebook Title",
    "First Comment Text",
    "TikTok Title",
    "TikTok disable comments",
    "TikTok disable duet",
    "TikTok disable stitch",
    "TikTok Post Privacy",
    "TikTok Branded Content",
    "TikTok Your Brand",
    "TikTok Auto Add Music",
    "TikTok Photo Cover Index",
    "TikTok musicId",
    "TikTok music title",
    "TikTok music author",
    "TikTok music previewUrl",
    "TikTok music thumbnailUrl",
    "TikTok music soundVolume",
    "TikTok music originalVolume",
    "TikTok music startMillis",
    "TikTok music endMillis",
    "TikTok Ai generated content",
    "LinkedIn Type",
    "LinkedIn Poll Question",
    "LinkedIn Poll Option 1",
    "LinkedIn Poll Option 2",
    "LinkedIn Poll Option 3",
    "LinkedIn Poll Option 4",
    "LinkedIn Poll Duration",
    "LinkedIn Show link preview",
    "LinkedIn Images as Carousel",
    "Threads Reply Control",
    "Threads Is Spoiler",
    "Threads Post Type",
    "Brand name",
)
"""The template grows with time; these 97 columns are its newest form that was seen."""

PICTURES = sum(name.startswith("Picture Url") for name in COLUMNS)
"""Pictures that a row has columns for."""

_NETWORKS = {
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


def metricool(job: ExportJob) -> Export:
    """Write one file for all networks; every row is marked as a draft."""
    entries, held = sort_accepted(job)
    rows: list[list[str]] = []
    gone: list[LeftOut] = list(held)
    for _, group in channels(entries):
        for entry in group:
            reason = refuse_thread(entry) or _too_many_pictures(entry, job)
            if entry.platform not in _NETWORKS:
                reason = "Metricool does not know the platform"
            if reason:
                gone.append(left_out(entry, reason))
            else:
                rows.append(_row(entry, job))
    files = {f"{job.campaign}-metricool.csv": csv_bytes(COLUMNS, rows)} if rows else {}
    return Export(files, tuple(gone))


def _too_many_pictures(entry: DraftEntry, job: ExportJob) -> str:
    many = len(media_of(entry, job).addresses) > PICTURES
    return f"the file has place for {PICTURES} pictures" if many else ""


def _row(entry: DraftEntry, job: ExportJob) -> list[str]:
    when = wall_time(entry, job.timezone)
    cells = dict.fromkeys(COLUMNS, "")
    cells |= dict.fromkeys((*_NETWORKS.values(), "GBP", "Shortener"), "FALSE")
    cells |= {
        "Text": entry.parts[0].text,
        "Date": when.strftime("%Y-%m-%d") if when else "",
        "Time": when.strftime("%H:%M:%S") if when else "",
        "Draft": "TRUE",
        _NETWORKS[entry.platform]: "TRUE",
    }
    media = media_of(entry, job)
    for number, (address, alt) in enumerate(zip(media.addresses, media.alts, strict=True), 1):
        cells |= {f"Picture Url {number}": address, f"Alt text picture {number}": alt}
    film = media.kind == "film"
    if film:
        cells["Video Thumbnail Url"] = media.cover
    if entry.platform == "instagram":
        cells["Instagram Post Type"] = "REEL" if film else "POST"
    if entry.platform == "tiktok" and media.kind == "slides":
        cells["TikTok Photo Cover Index"] = "0"
    if entry.platform == "pinterest":
        cells["Pinterest Pin Link"] = entry.link
        cells["Pinterest Pin Title"] = entry.title.text if entry.title else ""
    if entry.comment:
        cells["First Comment Text"] = entry.comment.text
    if entry.platform == "linkedin":
        cells["Document title"] = entry.title.text if entry.title else media.title
        cells["LinkedIn Images as Carousel"] = "TRUE" if media.document else ""
    if entry.platform == "youtube":
        cells["Youtube Video Title"] = entry.title.text if entry.title else ""
        cells["Youtube Video Type"] = "SHORT" if film else ""
    return [cells[name] for name in COLUMNS]
