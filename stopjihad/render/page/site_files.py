"""Files that programs read: feeds of facts and alerts, sitemap, robots, header files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from jinja2 import StrictUndefined
from markupsafe import Markup

from stopjihad.catalog.headers import FRAMED, FRAMES, HOST_RULES, SECURITY
from stopjihad.render.page.embed import GONE
from stopjihad.render.page.kinds import title_of
from stopjihad.theme.job import ListEntry, PageJob, Theme
from stopjihad.theme.site import CSP, Site, site_of
from stopjihad.theme.theme import escape_value
from stopjihad.view.alert_phrases import (
    address,
    elsewhere_lines,
    frame_about,
    holding_line,
    mark_exercise,
    sentences,
    shown_past,
    tell_past,
    told_past,
)
from stopjihad.view.dates import day_text
from stopjihad.view.page_address import absolute, top_path
from stopjihad.view.records import (
    AlertElsewhere,
    AlertView,
    Frame,
    Headline,
    PastView,
    Text,
    WithdrawnView,
)

_EVERY = (("Content-Security-Policy", CSP), *SECURITY)
_FRAMED = {"Content-Security-Policy": f"{CSP}; {FRAMED}"}
"""Of two rules that match a path some hosts take both values of a header, others the narrower
rule's; with two policies both hold. So what refuses frames is ``X-Frame-Options`` of every page,
which browsers pass over where a policy names ``frame-ancestors`` (HTML Standard, 7.7)."""


class Feed(NamedTuple):
    """Say what a feed is.

    Attributes:
        id: address of its page.
        self: its own address.
        newest: when its entries changed, but for alerts.
        updated: when it changed.
        alerts: entries of alerts.
        entries: all others.
    """

    id: str
    self: str
    newest: str
    updated: str
    alerts: list[FeedEntry]
    entries: list[FeedEntry]


class FeedEntry(msgspec.Struct):
    """Announce a talking point or an alert; templates ask whether it has a ``summary``."""

    address: str
    title: str
    updated: str
    id: str
    summary: str | StrictUndefined = StrictUndefined(name="summary")


class SitemapEntry(NamedTuple):
    """Give the addresses of a page, with links to all of them, and the day of its last change."""

    addresses: list[str]
    links: Markup
    updated: str


def feed(theme: Theme, job: PageJob) -> str:
    """Write the Atom feed of a language: translated talking points, newest first.

    Readers show title and summary one below the other; the fact is the title, so that talking
    points have a summary only where they were corrected, or withdrawn.
    """
    frame, site = job.frame, site_of(theme, job)
    points = absolute(frame.base_url, f"{frame.lang}/points/")
    entries = [
        FeedEntry(
            page, item.fact.value, _moment(item.updated), page, _correction_summary(site, item)
        )
        for item in job.news
        if item.complete
        for page in (f"{points}{item.id}/",)
    ]
    for told in job.withdrawn:
        withdrawn = title_of(site, told)
        title = f"{withdrawn} – {told.question.value}" if told.question else withdrawn
        page = f"{points}{told.id}/"
        day = told.day or frame.updated
        entries.append(FeedEntry(page, title, _moment(day), page, _withdrawal_summary(site, told)))
    entries.sort(key=lambda entry: entry.id)
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    newest = entries[0].updated if entries else _moment(frame.updated)
    return feed_around(theme, job, newest, entries)


def _correction_summary(site: Site, item: Headline) -> str | StrictUndefined:
    """Say when a talking point was corrected last, and what was wrong."""
    if item.corrected is None:
        return StrictUndefined(name="summary")
    return _summarize_mistake(site, "Corrected on %(day)s.", item.corrected.day, item.corrected.why)


def _withdrawal_summary(site: Site, told: WithdrawnView) -> str:
    """Say when a talking point was withdrawn, and why; of one without a file what to do."""
    if told.day is None:
        return site.speak_attribute(GONE)
    return _summarize_mistake(site, "Withdrawn on %(day)s.", told.day, told.why)


def _summarize_mistake(site: Site, message: str, day: dt.date, why: Text | None) -> str:
    said = site.speak_attribute(message, day=day_text(day, site.frame.lang, site.frame.digits))
    return f"{said} {why.value}" if why else said


def feed_around(theme: Theme, job: PageJob, newest: str, entries: list[FeedEntry]) -> str:
    """Write the feed of a language with what it says of alerts before its entries.

    Args:
        newest: when the entries changed, ISO 8601.

    Returns:
        The XML document; comments stand around what an alert changes.
    """
    frame, site = job.frame, site_of(theme, job)
    noticed = _newest([*(one.at for one in frame.past), *_sent_times(frame)])
    moment = newest
    if noticed and noticed.astimezone(dt.UTC).date().isoformat() >= newest[:10]:
        moment = noticed.isoformat()
    made = Feed(
        absolute(frame.base_url, f"{frame.lang}/index.html"),
        absolute(frame.base_url, f"{frame.lang}/feed.xml"),
        newest,
        moment,
        alert_entries(job),
        entries,
    )
    return site.fill("feed.xml", site.values | {"feed": made})


def sitemap(theme: Theme, job: PageJob) -> str:
    """Write the sitemap: one address per real translation, each with all its alternates."""
    base = job.frame.base_url
    listed = [_sitemap_entry(base, job.frame.source_language, entry) for entry in job.entries]
    note = _exercise_mark(job).strip("# \n").replace("--", "-")
    values = {"entries": listed, "chooser": absolute(base, "index.html"), "note": note}
    return site_of(theme, job).fill("sitemap.xml", values)


def _sitemap_entry(base: str, source: str, entry: ListEntry) -> SitemapEntry:
    default = absolute(base, f"{source}/{entry.rest}")
    tail = default.removeprefix(f"{base}/{source}/")
    addresses = [f"{base}/{tag}/{tail}" for tag in entry.languages]
    # A large site has tens of thousands of them: `Markup.format` takes ten times as long.
    links = [
        f'<xhtml:link rel="alternate" hreflang="{escape_value(tag)}"'
        f' href="{escape_value(address)}"/>\n'
        for tag, address in zip((*entry.languages, "x-default"), (*addresses, default), strict=True)
    ]
    return SitemapEntry(
        addresses,
        Markup("".join(links)),  # noqa: S704  escaped above
        entry.updated.isoformat() if entry.updated else "",
    )


def robots(job: PageJob) -> str:
    """Write ``robots.txt``: everything may be read, and here is the sitemap."""
    sitemap = absolute(job.frame.base_url, "sitemap.xml")
    return f"{_exercise_mark(job)}User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"


def headers_file(job: PageJob) -> str:
    """Write ``_headers`` as Netlify and Cloudflare Pages read it."""
    top = top_path(job.frame.base_url)
    rest = ((rule.pattern, rule.headers) for rule in HOST_RULES)
    blocks = [("*", dict(_EVERY)), (FRAMES, _FRAMED), *rest]
    return _exercise_mark(job) + "\n".join(
        f"{top}{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for pattern, headers in blocks
    )


def _exercise_mark(job: PageJob) -> str:
    """Say on a line of its own that a file belongs to an exercise; nothing where it does not."""
    alert = job.frame.alert
    return f"# {mark_exercise(alert, job.words)}\n" if alert and alert.exercise else ""


def _moment(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def alert_feed(theme: Theme, job: PageJob) -> str:
    """Write the Atom feed of alerts in a language: the one that holds, and what was taken away.

    It never goes silent, nor back in time: the last alert stands in it for good.

    Args:
        job: page job; its frame has the alert.
    """
    frame = job.frame
    entries = [*_current(job), *_past(job, shown_past(frame))]
    known = _newest([*(one.at for one in frame.past), *_sent_times(frame)])
    site = site_of(theme, job)
    page = absolute(frame.base_url, f"{frame.lang}/alert/index.html")
    own, newest = absolute(frame.base_url, job.path), _moment(frame.updated)
    made = Feed(page, own, newest, known.isoformat() if known else newest, entries, [])
    return site.fill("feed.xml", site.values | {"feed": made})


def _newest(moments: list[dt.datetime]) -> dt.datetime | None:
    return max(moments, default=None)


def _sent_times(frame: Frame) -> list[dt.datetime]:
    """Give when the alerts were sent that hold."""
    own = [one.sent_at for one in frame.alerts]
    return own + [one.sent_at for one in frame.unspoken]


def alert_entries(job: PageJob) -> list[FeedEntry]:
    """Give what the feed of a language says of alerts: of the one that holds, of those taken away.

    Args:
        job: page job; its frame has the alert.

    Returns:
        Entries, the newest first; each message of an alert has an id of its own.
    """
    return [*_current(job), *_past(job, told_past(job.frame))]


def _current(job: PageJob) -> list[FeedEntry]:
    found = []
    for one in job.frame.alerts:
        said = [each.text for each in sentences(one, frame_about(job.frame, one), job.words)][1:]
        found.append(_entry(job, one.id, one.sent_at, [mark_exercise(one, job.words), *said]))
    return found + [
        _entry(job, other.id, other.sent_at, elsewhere_lines(other, job.words))
        for other in job.frame.unspoken
    ]


def _past(job: PageJob, past: tuple[PastView, ...]) -> list[FeedEntry]:
    said = [(one, tell_past(one, job.words)) for one in past]
    return [_entry(job, one.id, one.at, (told.line, *told.lines)) for one, told in said]


def _entry(job: PageJob, name: str, moment: dt.datetime, said: Sequence[str]) -> FeedEntry:
    return FeedEntry(
        address=address(job.frame),
        id=f"{address(job.frame)}#{name}-{moment:%Y%m%dT%H%M%S}",
        title=said[0],
        updated=moment.isoformat(),
        summary=" ".join(said[1:]),
    )


def _embed_alert(job: PageJob, alert: AlertView) -> dict[str, Any]:
    frame = job.frame
    return {
        "id": alert.id,
        "language": frame.lang,
        "direction": frame.direction,
        "exercise": alert.exercise,
        "headline": mark_exercise(alert, job.words),
        "until": holding_line(alert, job.words),
        "sent": alert.sent_at.isoformat(),
        "expires": alert.ends_at.isoformat(),
        "link": address(frame),
        "sponsor": frame.sponsor.value,
    }


def _embedded_elsewhere(job: PageJob, alert: AlertElsewhere) -> dict[str, Any]:
    headline, _, until = elsewhere_lines(alert, job.words)
    return {
        "id": alert.id,
        "exercise": alert.exercise,
        "headline": headline,
        "until": until,
        "sent": alert.sent_at.isoformat(),
        "expires": alert.ends_at.isoformat(),
        "languages": [
            {"language": one.tag, "name": one.autonym, "link": address(job.frame, one.tag)}
            for one in alert.languages
        ],
    }


def _embedded_past(job: PageJob, past: PastView) -> dict[str, Any]:
    told = tell_past(past, job.words)
    return {
        "id": past.id,
        "withdrawn": past.withdrawn,
        "headline": told.line,
        "said": " ".join(told.lines),
        "on": past.at.isoformat(),
        "link": address(job.frame),
    }


def alert_embed(job: PageJob) -> str:
    """Write what partners show on their own pages: the alerts that hold, and what was taken away.

    Args:
        job: page job; its frame has the alerts.

    Returns:
        JSON; ``expires`` is the moment after which nobody may show an alert; it is null where none
        has words in this language: ``elsewhere`` says where one is read. ``also`` are further ones
        in their order, those with ``languages`` without words in this one. ``past`` are those that
        were taken away.
    """
    frame = job.frame
    own = [_embed_alert(job, one) for one in frame.alerts]
    others = [_embedded_elsewhere(job, one) for one in frame.unspoken]
    value: dict[str, Any] = {"notice": own[0] if own else None}
    if others and not own:
        value["elsewhere"] = others[0]
    if also := [*own, *others][1:]:
        value["also"] = also
    if past := shown_past(frame):
        value["past"] = [_embedded_past(job, one) for one in past]
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"
