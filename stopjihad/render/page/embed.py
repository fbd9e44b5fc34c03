"""What other sites show of a talking point: a small page for their frames, and how they find it.

The frame is of a fixed height, since a page without scripts cannot tell another how tall it is: it
is worked out from the words, for the narrowest column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from markupsafe import Markup

from stopjihad.catalog.terms import OPERATORS
from stopjihad.theme.job import PageJob, Theme
from stopjihad.theme.site import Site, prefix_of, site_of
from stopjihad.view.helplines import help_address, number_heading, primary
from stopjihad.view.page_address import absolute
from stopjihad.view.records import HelplineView, PointView, WithdrawnView

WIDTH = 600
"""Width that a frame asks for, px; it takes less where its column is narrower."""

NARROW = 288
"""What words have of the narrowest column that is thought of, px: 320 without margins."""

SOURCES = 3
"""Most sources that are named in a frame; the page of the talking point has all."""

GONE = "It was taken back, or is being corrected. Please do not pass on what stood here."
"""Theme message of ``embed.html``, whose length counts."""

TAKEN_BACK = "This answer is not shown any more"
"""Theme message: the title of what stands where a talking point was."""

_LEADING = {"ar": 1.85, "bn": 1.75, "fa": 1.85, "ps": 1.85, "ur": 2.3}
"""Height of a line of small letters in ems, by language, as in ``assets/site.css``; others 1.6."""

_STEP = 20
"""Frames are so many px taller or lower than each other."""

_LETTER, _LARGE = 15, 1.33
"""Size of small letters, px, and how many times as large the title's are."""

_REST = 195
"""Of a frame's height, px: edges, gaps, the number; and a line, should a guess be wrong."""

_FRAME = Markup(
    '<iframe src="{}" title="{}" width="{}" height="{}" style="border:0;max-width:100%" '
    'loading="lazy" referrerpolicy="no-referrer" '
    'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
)
"""No script, no cookie, no address of the page around it; links open beside that page."""


Shown = PointView | WithdrawnView | None
"""What a frame is about: a talking point, one that was withdrawn, or one that is not there."""


class Embed(NamedTuple):
    """How another site shows a talking point.

    Attributes:
        frame: markup that shows it as it is on the day that somebody looks.
        words: markup of its words, which asks nobody for anything.
        page: path of the page in the frame, below ``site/``.
    """

    frame: Markup
    words: Markup
    page: str


def embed_path(lang: str, point: str, file: str = "index.html") -> str:
    """Give the path of an embed below ``site/``; ``file`` is the page or ``oembed.json``."""
    return f"{lang}/embed/{point}/{file}"


def embed_page(theme: Theme, job: PageJob) -> str:
    """Write the page that others show in a frame; without a talking point it was taken back."""
    site, root = site_of(theme, job), prefix_of(job)
    shown = _shown(job)
    folder = f"points/{shown.id}" if shown else "points"
    values = site.values | _values(site, shown)
    values |= {
        "root": root,
        "page": f"{job.frame.lang}/{folder}/index.html",
        "oembed": absolute(job.frame.base_url, job.path.replace("index.html", "oembed.json")),
        "alert": site.alert("embed", root),
    }
    return site.fill("embed.html", values)


def oembed_answer(theme: Theme, job: PageJob) -> str:
    """Write what a site asks for that was given the address of a page alone (oembed.com, 1.0).

    Returns:
        JSON; ``width`` and ``height`` in px.
    """
    site, frame = site_of(theme, job), job.frame
    page = absolute(frame.base_url, job.path.replace("oembed.json", "index.html"))
    shown = _shown(job)
    value: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": _title(site, shown),
        "author_name": frame.sponsor.value,
        "provider_name": frame.title.value,
        "provider_url": absolute(frame.base_url, f"{frame.lang}/index.html"),
        "width": WIDTH,
        "height": height_of(site, shown),
        "html": _frame(site, shown, page),
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def embed_of(site: Site, point: PointView) -> Embed:
    """Give what people copy who show a talking point on their own site."""
    base, lang = site.frame.base_url, site.frame.lang
    path = embed_path(lang, point.id)
    page = absolute(base, f"{lang}/points/{point.id}/index.html")
    words = site.fill("embed-words.html", site.values | _values(site, point) | {"address": page})
    frame = _frame(site, point, absolute(base, path))
    return Embed(_show_markup(frame), _show_markup(words.strip()), path)


_ADDRESS = re.compile(r"(https?://[^\s\"'<>]+)")


def _show_markup(text: str) -> Markup:
    """Write markup as text to copy, its addresses apart.

    A reader of finished pages that does not parse them (``text.web.active_markup``) would take an
    address beside ``src=`` for one that is loaded.
    """
    apart = Markup("<span>{}</span>")
    return Markup().join(
        apart.format(part) if _ADDRESS.fullmatch(part) else part for part in _ADDRESS.split(text)
    )


def _shown(job: PageJob) -> Shown:
    """Find what the page in a frame is about."""
    return job.point or next((one for one in job.withdrawn if one.id == job.topic), None)


def _values(site: Site, point: Shown) -> dict[str, Any]:
    frame = site.frame
    lines, heading = _line(site, point)
    return {
        "title": _title(site, point),
        "point": point if isinstance(point, PointView) else None,
        "withdrawn": point if isinstance(point, WithdrawnView) else None,
        "sources": point.sources[:SOURCES] if isinstance(point, PointView) else (),
        "corrections": point.corrections[:1] if isinstance(point, PointView) else (),
        "helplines": lines,
        "heading": heading,
        "help": help_address(frame),
        "changed": (point.updated if isinstance(point, PointView) else None) or frame.updated,
    }


def _line(site: Site, point: Shown) -> tuple[tuple[HelplineView, ...], str]:
    """Give the number beside a talking point, as below its page, and what stands above it."""
    need = point.action.need if isinstance(point, PointView) else point.need if point else None
    need = site.frame.need_met(need)
    lines = site.frame.lines(need)[:1]
    return lines, number_heading(need, served=bool(lines))


def _title(site: Site, point: Shown) -> str:
    return str(
        point.fact.value if isinstance(point, PointView) else site.speak_attribute(TAKEN_BACK)
    )


def _frame(site: Site, point: Shown, address: str) -> str:
    return str(_FRAME.format(address, _title(site, point), WIDTH, height_of(site, point)))


def height_of(site: Site, point: Shown) -> int:
    """Work out how tall a frame must be that shows all words in the narrowest column.

    Returns:
        px, a multiple of 20.
    """
    leading = _LEADING.get(primary(site.frame.lang), 1.6)
    letter = _LETTER * (1.06 if primary(site.frame.lang) in _LEADING else 1)
    title = _lines(_title(site, point), _LARGE * letter) * _LARGE * letter * leading * 0.86
    small = sum(_lines(text, letter) for text in _small_texts(site, point)) * letter * leading
    return -int(-(title + small + _REST) // _STEP) * _STEP


def _small_texts(site: Site, point: Shown) -> Iterator[str]:
    """Give what a frame says in small letters, paragraph by paragraph."""
    lines, heading = _line(site, point)
    if isinstance(point, PointView):
        for one in point.corrections[:1]:
            yield ""
            yield one.why.value if one.why else ""
        yield " · ".join(("", *(one.known_as for one in point.sources[:SOURCES])))
    else:
        yield site.speak_attribute(GONE)
        yield point.why.value if point and point.why else ""
    yield heading
    for line in lines:
        who = site.speak_attribute(OPERATORS[line.operator].name)
        yield f"{line.country_name} · {line.name.value} · {who}"
        yield site.tongue(line).striptags()
        yield line.hours.value
    yield site.frame.sponsor.value
    yield ", ".join(("", *site.frame.funders))
    yield ""


def _lines(text: str, size: float) -> int:
    """Guess how many lines a text takes in letters of a size in px; most are half as wide."""
    return int(len(text) * size * 0.62 // NARROW) + 1
