"""What stands in the head of a page: titles, addresses, languages, the preview image, JSON-LD.

Structured data (schema.org as JSON-LD) agrees with what the page shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec
from markupsafe import Markup

from stopjihad.catalog.terms import OPERATORS
from stopjihad.text.language.sentences import end_sentence
from stopjihad.theme.job import PageJob, PagePicture
from stopjihad.theme.theme import as_markup, locale_tag
from stopjihad.view.helplines import speaks
from stopjihad.view.page_address import absolute, rest_of
from stopjihad.view.records import Frame, HelplineView, PointView

_WIDE = ("og", "wide")


class LinkPreview(NamedTuple):
    """Describe the image of a link preview; ``address`` is absolute, sizes are px."""

    address: str
    mime: str
    width: int
    height: int
    alt: str


class PageHead(NamedTuple):
    """The values of a page's head; an empty ``canonical`` leaves out all that needs one.

    ``oembed`` is the address of the file that says how other sites show the page, if they may.
    """

    title: str
    headline: str
    description: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    type: str
    site: str
    locale: str
    hidden: bool
    feed: str
    feed_title: str
    image: LinkPreview | None
    data: tuple[Markup, ...]
    oembed: str = ""


def make_head(
    job: PageJob,
    headline: str,
    description: str,
    *,
    type: str = "website",  # noqa: A002  the word of Open Graph
    hidden: bool = False,
    data: tuple[Markup, ...] = (),
) -> PageHead:
    """Make the head of a page of one language.

    Args:
        headline: words of the page's title, without the site's.
        description: one or two plain sentences, or nothing.
        hidden: whether search engines are asked to leave the page out.
    """
    frame = job.frame
    site = frame.title.value
    return PageHead(
        title=f"{headline} · {site}" if headline != site else site,
        headline=headline,
        description=description,
        canonical=canonical(job),
        alternates=alternates(job),
        type=type,
        site=site,
        locale=locale_tag(frame.lang),
        hidden=hidden or frame.unread,
        feed=f"{frame.lang}/feed.xml",
        feed_title=site,
        image=_preview(frame.base_url, preview_picture(job.images)),
        data=data,
    )


def canonical(job: PageJob) -> str:
    """Give the address under which search engines should know the page.

    A page that is not really translated names the page of the source language.

    Returns:
        An absolute address.
    """
    frame = job.frame
    if not job.alternates or frame.lang in job.alternates:
        return absolute(frame.base_url, job.path)
    rest = rest_of(job.path, frame.lang)
    return absolute(frame.base_url, f"{frame.source_language}/{rest}")


def alternates(job: PageJob) -> tuple[tuple[str, str], ...]:
    """Pair language tags with addresses for ``hreflang``.

    Lists only real translations, the page itself among them, and as ``x-default`` the page of the
    source language, which is always whole. A page that is itself a fallback lists nothing, so the
    relation stays mutual.

    Returns:
        Pairs for the head; empty on a fallback page.
    """
    frame = job.frame
    if frame.lang not in job.alternates:
        return ()
    rest = rest_of(job.path, frame.lang)
    pairs = [(tag, absolute(frame.base_url, f"{tag}/{rest}")) for tag in job.alternates]
    default = absolute(frame.base_url, f"{frame.source_language}/{rest}")
    return (*pairs, ("x-default", default))


def preview_picture(images: tuple[PagePicture, ...]) -> PagePicture | None:
    """Choose the picture for link previews: ``og``, then ``wide``, then the first."""
    for wanted in _WIDE:
        for image in images:
            if image.format == wanted:
                return image
    return images[0] if images else None


def _preview(base_url: str, image: PagePicture | None) -> LinkPreview | None:
    if image is None:
        return None
    return LinkPreview(
        address=absolute(base_url, image.path),
        mime=image.mime,
        width=image.width,
        height=image.height,
        alt=image.alt.value,
    )


_CONTEXT = "https://schema.org"
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CONTACT_TYPES = {"police": "police advice line", "security": "security advice line"}
"""Words for who answers where it is not counselling; schema.org leaves them free."""

_OPENING = re.compile(
    r"^(?P<days>[A-Z][a-z](?:[-,][A-Z][a-z])*) (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)$"
)


def json_ld(data: dict[str, object]) -> Markup:
    """Write JSON for a ``script`` element of type ``application/ld+json``.

    ``<``, ``>`` and ``&`` become JSON escapes, so no text can end the element or start a comment.
    """
    text = msgspec.json.encode(data).decode()
    return as_markup(  # every character that HTML gives a meaning is escaped
        text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    )


def organization(frame: Frame) -> dict[str, object]:
    """Describe the sponsor."""
    made: dict[str, object] = {
        "@type": "Organization",
        "name": frame.sponsor.value,
        "funder": [{"@type": "Organization", "name": name} for name in frame.funders],
    }
    if frame.sponsor_url:
        made["url"] = frame.sponsor_url
    return made


def article(
    frame: Frame, point: PointView, address: str, image: PagePicture | None
) -> dict[str, object]:
    """Describe a talking point as an ``Article`` with its citations."""
    day = (point.updated or frame.updated).isoformat()
    made: dict[str, object] = {
        "@context": _CONTEXT,
        "@type": "Article",
        "headline": point.fact.value,
        "inLanguage": point.fact.lang,
        "mainEntityOfPage": address,
        "datePublished": day,
        "dateModified": day,
        "author": organization(frame),
        "publisher": {"@type": "Organization", "name": frame.sponsor.value},
        "citation": [source.url for source in point.sources],
    }
    if point.corrections:
        made["correction"] = [
            {
                "@type": "CorrectionComment",
                "datePublished": one.day.isoformat(),
                **({"text": one.why.value} if one.why else {}),
            }
            for one in point.corrections
        ]
    if image:
        made["image"] = absolute(frame.base_url, image.path)
    return made


def claim_review(
    frame: Frame, point: PointView, address: str, verdict: str, said: str
) -> dict[str, object]:
    """Describe the answer to a claim that is already everywhere.

    Required fields after Google's guideline for ClaimReview; never ``appearance`` or
    ``firstAppearance``, which want the address of the propaganda.

    Args:
        verdict: the word for "false" in the page's language.
        said: the claim with who claims it and that it is false.
    """
    return {
        "@context": _CONTEXT,
        "@type": "ClaimReview",
        "url": address,
        "claimReviewed": point.claim.value if point.claim else "",
        "reviewBody": " ".join(
            end_sentence(text, point.lang)
            for text in (point.fact.value, said, point.warning.value if point.warning else "")
            if text
        ),
        "inLanguage": point.lang,
        "author": {"@type": "Organization", "name": frame.sponsor.value},
        "itemReviewed": {"@type": "Claim"},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": verdict,
        },
    }


def contacts(frame: Frame, speak: Callable[[str], str]) -> dict[str, object]:
    """Describe the helplines that stand for a language as organizations with a ``ContactPoint``.

    Search engines show a number without the page around it: those of other languages and countries,
    and those that need an interpreter, are left to the page, which says who answers in which
    language.

    Returns:
        A graph; opening hours only where the helpline states them in a form machines read.
    """
    return {
        "@context": _CONTEXT,
        "@graph": [
            _contact(line, speak(OPERATORS[line.operator].name))
            for line in frame.standing
            if speaks(line, frame.lang)
        ],
    }


def _contact(line: HelplineView, operator: str) -> dict[str, object]:
    point: dict[str, object] = {
        "@type": "ContactPoint",
        "contactType": _CONTACT_TYPES.get(line.operator, "counselling"),
        "telephone": line.e164,
        "areaServed": line.country,
        "availableLanguage": list(line.languages),
    }
    hours = [spec for text in line.opening if (spec := opening_hours(text))]
    if hours:
        point["hoursAvailable"] = hours
    return {
        "@type": "Organization",
        "name": line.name.value,
        "description": f"{operator} ({line.country_name})",
        "url": line.url,
        "contactPoint": point,
    }


def opening_hours(text: str) -> dict[str, object] | None:
    """Read opening hours such as ``Mo-Fr 09:00-18:00`` or ``Sa,Su 10:00-14:00``.

    Args:
        text: days (two letters, ranges or lists) and wall times.

    Returns:
        An ``OpeningHoursSpecification``, or None when the text has another form.
    """
    match = _OPENING.match(text)
    if not match:
        return None
    days: list[str] = []
    for part in match["days"].split(","):
        first, _, last = part.partition("-")
        last = last or first
        if first not in _DAYS or last not in _DAYS:
            return None
        start, stop = _DAYS.index(first), _DAYS.index(last)
        count = (stop - start) % len(_DAYS) + 1
        days += [_NAMES[(start + step) % len(_DAYS)] for step in range(count)]
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": days,
        "opens": match["opens"],
        "closes": match["closes"],
    }
