"""The page of one talking point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from stopjihad.catalog import terms
from stopjihad.draw.chart import WORDS as CHART_WORDS
from stopjihad.draw.chart import Speech, chart_of, qualify_number
from stopjihad.draw.chart_svg import chart_svg
from stopjihad.model.point import Source
from stopjihad.render.page.embed import embed_path
from stopjihad.render.page.head import (
    article,
    canonical,
    claim_review,
    json_ld,
    make_head,
    preview_picture,
)
from stopjihad.render.page.kinds import TranslationNotes, UnfilledPage, onward
from stopjihad.render.page.sources import ALTERNATIVE, BODY, join_references, list_cited
from stopjihad.theme.job import PageJob
from stopjihad.theme.site import Site, prefix_of
from stopjihad.theme.theme import as_markup
from stopjihad.view.claim import FLAGGED, claimed_by, flag_claim
from stopjihad.view.dates import date_of, month_of
from stopjihad.view.notation import native_text
from stopjihad.view.page_address import absolute, free_path
from stopjihad.view.records import DataView, NamedItem, PointView, Prose, Text

_SHARE = ("whatsapp", "telegram", "facebook", "x", "mastodon", "bluesky", "sms", "email")
"""Networks in the order shown: messages between people first, then public places."""

"""Starts of the ids of source references in the two passages."""

_TEXT, _URL = "\ue000", "\ue001"
_TEXT_CODE, _URL_CODE = quote(_TEXT), quote(_URL)
"""Stand-ins for text and address in share links, from Unicode's private use area."""

_DESCRIPTION = 200
"""Longest description in code points; search engines and cards cut near there."""


_PARAGRAPH = re.compile("<p[^>]*>")
_REFERENCE = re.compile("<sup[^>]*>.*?</sup>", re.DOTALL)
_TAG = re.compile("<[^>]*>")


class Share(NamedTuple):
    """A plain link that opens a network's own share page."""

    name: Markup | str
    href: str


class ChartedRow(NamedTuple):
    """Show a row of a table: when, what, and its numbers."""

    date: str
    label: Text | None
    cells: list[Text]


class ChartWithTable(NamedTuple):
    """Pair a table with its picture; ``svg`` is empty where none can be drawn."""

    id: str
    view: DataView
    svg: Markup
    rows: list[ChartedRow]
    names: Markup


def point_page(site: Site, job: PageJob) -> UnfilledPage:
    """Make the page of a talking point.

    Raises:
        ValueError: when the job has no talking point.
    """
    point = job.point
    if point is None:
        raise ValueError(f"{job.path}: this kind of page needs a talking point")
    frame = job.frame
    home = f"{prefix_of(job)}{frame.lang}/"
    body = _prose(point.body, point, home, BODY)
    instead = _prose(point.alternative, point, home, ALTERNATIVE, level=1)
    voices = {item.id: item for item in frame.messengers}
    href, out = action_target(job, point)
    draft = not point.reviewed and frame.policy == "notice" and frame.lang != frame.source_language
    address = canonical(job)
    values: dict[str, Any] = {
        "point": point,
        "said": site.flag(point),
        "body": body,
        "alternative": instead,
        "byline": _byline(site, voices.get(point.messenger)),
        "quote": point.quote,
        "charts": [_draw_table(site, point, view) for view in point.data],
        "mode": terms.MODES[point.mode],
        "pull_factor": terms.PULL_FACTORS[point.pull_factor] if point.pull_factor else None,
        "technique": terms.TECHNIQUES[point.technique] if point.technique else None,
        "reviewed": point.approved_on,
        "shown": TranslationNotes(point.complete, draft),
        "sources": list_cited(point.sources, body + instead),
        "readings": terms.READINGS,
        "action_href": href,
        "action_out": out,
        "shares": Shares(site, point, address),
        "photos": job.photos,
        "images": job.images,
        "credit": job.credit,
        "preview": preview_picture(job.images),
        "has_kit": job.has_kit,
        "onward": onward(job),
    }
    head = make_head(
        job,
        (point.question or point.fact).value,
        point.fact.value if point.question else _first_sentences(body),
        type="article",
        hidden=point.level == "niche",
        data=_data(site, job, point, address),
    )
    if job.has_embed:
        found = embed_path(frame.lang, point.id, "oembed.json")
        head = head._replace(oembed=absolute(frame.base_url, found))
    return UnfilledPage("point.html", head, values, "points", inner=True, need=point.action.need)


def _draw_table(site: Site, point: PointView, view: DataView) -> ChartWithTable:
    """Draw a table; beside it stands the same in cells, and where its numbers are from."""
    frame = site.frame
    words = {name: site.speak_attribute(english) for name, english in CHART_WORDS.items()}
    speech = Speech(words, frame.lang, frame.direction == "rtl", frame.digits)
    chart = chart_of(view, speech)
    name = f"data-{view.id}"
    svg = chart_svg(chart, name, view.title.value, frame.lang) if chart else Markup()
    rows = [
        ChartedRow(
            date_of(row.at, frame.lang, frame.digits) if row.at else "",
            row.label,
            [
                Text(qualify_number(cell.value, row.qualifier, words), cell.lang)
                for cell in row.cells
            ],
        )
        for row in view.rows
    ]
    sources = [one for key in view.sources for one in point.sources if one.id == key]
    return ChartWithTable(name, view, svg, rows, _name_sources(site, sources))


def _name_sources(site: Site, sources: Sequence[Source]) -> Markup:
    """Name sources as cards do, each with its month and a link to the list below."""
    comma = site.speak(", ")
    link = Markup('<a href="#source-{}"><bdi>{}</bdi></a>')
    named: list[Markup | str] = []
    for source in sources:
        named.append(link.format(source.id, source.known_as))
        if source.published:
            month = month_of(source.published, site.frame.lang)
            named.append(native_text(month, site.frame.digits))
    return comma.join(named)


def _byline(site: Site, voice: NamedItem | None) -> Markup | str:
    """Say whose knowledge the text draws on; none of these people wrote it."""
    said = terms.BYLINES.get(voice.kind) if voice else None
    if voice is None or said is None:
        return ""
    name = voice.name
    return site.get_or_make(f"byline {voice.id}", lambda own: own.speak(said, name=own.write(name)))


def _prose(prose: Prose, point: PointView, home: str, prefix: str, level: int = 0) -> Markup:
    from stopjihad.view.markdown import render_prose

    html = render_prose(prose, point.sources, point.lang, level, root=home, prefix=prefix)
    return join_references(html)


def _first_sentences(html: str) -> str:
    """Give the first paragraph of a passage as plain text, cut at a word.

    Returns:
        At most 200 code points; empty when there is no paragraph.
    """
    opening = _PARAGRAPH.search(html)
    end = html.find("</p>", opening.end()) if opening else -1
    if opening is None or end < 0:
        return ""
    plain = _TAG.sub("", _REFERENCE.sub("", html[opening.end() : end]))
    text = unescape(" ".join(plain.split()))
    if len(text) <= _DESCRIPTION:
        return text
    return text[:_DESCRIPTION].rpartition(" ")[0] + "…"


def action_target(job: PageJob, point: PointView) -> tuple[str, bool]:
    """Find where the call to action leads."""
    action = point.action
    home = f"{prefix_of(job)}{job.frame.lang}/"
    if action.kind == "link" and action.url:
        return action.url, True
    if action.kind == "share":
        return "#share", False
    if action.kind == "page" and action.page:
        return home + free_path(action.page), False
    return f"{home}{'report' if action.kind == 'report' else 'help'}/index.html", False


class Shares:
    """The plain share links of a talking point: they carry its fact, never the claim.

    To a template they are the list of ``shares.html``, or one link after the other.
    """

    def __init__(self, site: Site, point: PointView, address: str) -> None:
        """Make the links."""
        self._site = site
        self._text, self._url = _percent_encode(point.fact.value), _percent_encode(address)

    def __iter__(self) -> Iterator[Share]:
        """Give one link per network."""
        for name, href in self._site.get_or_make("shares", _share_patterns):
            yield Share(name, self._put(href))

    def __html__(self) -> Markup:
        """Give the list: that of the language, with text and address, which need no escaping."""
        return as_markup(self._put(self._site.get_or_make("share list", _share_list)))

    def _put(self, pattern: str) -> str:
        return pattern.replace(_TEXT_CODE, self._text).replace(_URL_CODE, self._url)


def _share_list(site: Site) -> str:
    return site.fill(
        "shares.html", site.values | {"shares": site.get_or_make("shares", _share_patterns)}
    )


_BYTES = tuple(quote(bytes([number]), safe="") for number in range(256))


def _percent_encode(text: str) -> str:
    """Percent-encode all that ``quote`` does: three times as fast where letters are not ASCII."""
    return "".join(map(_BYTES.__getitem__, text.encode()))


def _share_patterns(site: Site) -> tuple[Share, ...]:
    """Make the links of a language once, with stand-ins for text and address.

    The fact is the heading, too: the campaign's name in a list of mails tells others what a reader
    reads about. Percent-encoding works character by character, so putting encoded words in the
    stand-ins' places gives what encoding them together gives.
    """
    from stopjihad.catalog.platforms import share_link, share_patterns

    patterns = share_patterns()
    return tuple(
        Share(
            site.speak("E-mail") if key == "email" else patterns[key].name,
            share_link(key, text=_TEXT, url=_URL, title=_TEXT),
        )
        for key in _SHARE
    )


def _data(site: Site, job: PageJob, point: PointView, address: str) -> tuple[Markup, ...]:
    frame = job.frame
    blocks = [article(frame, point, address, preview_picture(job.images))]
    if point.claim and point.level == "mainstream":
        verdict = site.speak_attribute("False")
        pattern = claimed_by(site.speak_attribute(FLAGGED), point, frame, job.words)
        said = flag_claim(point.claim.value, pattern, point.claim.lang)
        blocks.append(claim_review(frame, point, address, verdict, said))
    return tuple(json_ld(data) for data in blocks)
