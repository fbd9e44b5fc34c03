"""Write all drafts as one plain table, and as JSON."""

from __future__ import annotations

from stopjihad.render.export.job import Export, ExportJob, channels
from stopjihad.render.export.media import film_path
from stopjihad.render.export.table import csv_bytes
from stopjihad.render.post.files import entry_bytes, posts_json

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
