"""Write drafts as the bodies that Postiz takes: always drafts, never scheduled posts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from stopjihad.render.post.export.formats import (
    Export,
    ExportJob,
    LeftOut,
    channels,
    left_out,
    media_of,
    sort_accepted,
    utc,
)
from stopjihad.render.post.files import DraftEntry

_SETTINGS: dict[str, dict[str, Any]] = {
    "x": {"who_can_reply_post": "everyone"},
    "facebook": {},
    "linkedin": {},
    "instagram": {"post_type": "post"},
    "threads": {},
    "bluesky": {},
    "mastodon": {},
    "telegram": {},
    "vk": {},
    "tiktok": {
        "privacy_level": "SELF_ONLY",
        "duet": False,
        "stitch": False,
        "comment": False,
        "autoAddMusic": "no",
        "brand_content_toggle": False,
        "brand_organic_toggle": False,
        "content_posting_method": "UPLOAD",
    },
}
"""Settings that Postiz requires (public-api/openapi.json, 2026-08-20); TikTok's are the most
private ones, for a person to open up."""


def postiz(job: ExportJob) -> Export:
    """Write one JSON file: a list of bodies for ``POST /public/v1/posts``.

    Args:
        job: ``accounts`` holds Postiz' integration ids by platform or ``platform/language``;
            without one the id says which is missing.

    Returns:
        The file; platforms that need a board, a channel or a video are left out.
    """
    entries, held = sort_accepted(job)
    bodies: list[dict[str, Any]] = []
    gone: list[LeftOut] = list(held)
    for _, group in channels(entries):
        for entry in group:
            if entry.platform in _SETTINGS:
                bodies.append(_body(entry, job))
            else:
                gone.append(left_out(entry, "Postiz needs a choice that a person must make"))
    if not bodies:
        return Export({}, tuple(gone))
    data = msgspec.json.format(msgspec.json.encode(bodies), indent=2) + b"\n"
    return Export({f"{job.campaign}-postiz.json": data}, tuple(gone))


def _body(entry: DraftEntry, job: ExportJob) -> dict[str, Any]:
    when = utc(entry) or dt.datetime.combine(job.updated, dt.time(12), dt.UTC)
    media = media_of(entry, job)
    pictures = [{"id": address, "path": address} for address in media.addresses]
    if media.kind != "film":
        pictures = [{"id": image.path, "path": image.url} for image in entry.images]
    settings = {"__type": entry.platform, **_SETTINGS[entry.platform]}
    if media.document:
        settings |= {"post_as_images_carousel": True, "carousel_name": media.title}
    contents = [
        {"content": part.text, "image": pictures if number == 0 else []}
        for number, part in enumerate((*entry.parts, *([entry.comment] if entry.comment else [])))
    ]
    tags = [{"value": value, "label": value} for value in (job.campaign, entry.language)]
    return {
        "type": "draft",
        "date": when.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "shortLink": False,
        "tags": tags,
        "posts": [
            {
                "integration": {"id": _account(entry, job)},
                "value": contents,
                "settings": settings,
            }
        ],
    }


def _account(entry: DraftEntry, job: ExportJob) -> str:
    own = job.accounts.get(f"{entry.platform}/{entry.language}")
    return own or job.accounts.get(entry.platform) or f"your-{entry.platform}-integration-id"
