"""Write the notice for machines of readers and partners: an Atom feed, and JSON to embed."""

from __future__ import annotations

import msgspec

from stopjihad.render.alert.words import HOLDS, address, marked, say, sentences
from stopjihad.render.page.address import absolute
from stopjihad.render.page.job import PageJob, Theme
from stopjihad.render.page.site import site_of


def alert_feed(theme: Theme, job: PageJob) -> str:
    """Write the Atom feed of notices in a language: the one that holds, or none.

    Args:
        theme: the template files.
        job: page job; its frame has the notice.

    Returns:
        The XML document.
    """
    frame = job.frame
    entries = alert_entries(job)
    moment = entries[0]["updated"] if entries else f"{frame.updated.isoformat()}T00:00:00Z"
    site = site_of(theme, job)
    values = site.values | {
        "feed": {
            "id": absolute(frame.base_url, f"{frame.lang}/alert/index.html"),
            "self": absolute(frame.base_url, job.path),
            "updated": moment,
            "entries": entries,
        }
    }
    return site.fill("feed.xml", values)


def alert_entries(job: PageJob) -> list[dict[str, str]]:
    """Give the entry of the notice that holds, for the feeds of its language.

    Args:
        job: page job; its frame has the notice.

    Returns:
        One entry or none; each message of a notice has an id of its own.
    """
    frame = job.frame
    notice = frame.alert
    if notice is None:
        return []
    said = [one.text for one in sentences(notice, frame, job.words)][1:]
    return [
        {
            "address": address(frame),
            "id": f"{address(frame)}#{notice.id}-{notice.sent_at:%Y%m%dT%H%M%S}",
            "title": marked(notice, job.words),
            "updated": notice.sent_at.isoformat(),
            "summary": " ".join(said),
        }
    ]


def alert_embed(job: PageJob) -> str:
    """Write what partners show on their own pages: the notice that holds, or null.

    Args:
        job: page job; its frame has the notice.

    Returns:
        JSON; ``expires`` is the moment after which nobody may show it.
    """
    frame = job.frame
    notice = frame.alert
    if notice is None:
        return '{"notice":null}\n'
    value = {
        "notice": {
            "id": notice.id,
            "language": frame.lang,
            "direction": frame.direction,
            "exercise": notice.exercise,
            "headline": marked(notice, job.words),
            "until": say(job.words, HOLDS, until=notice.until),
            "sent": notice.sent_at.isoformat(),
            "expires": notice.ends_at.isoformat(),
            "link": address(frame),
            "sponsor": frame.sponsor.value,
        }
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"
