"""Structured data (schema.org as JSON-LD) that agrees with what the page shows."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from markupsafe import Markup

from stopjihad.catalog.terms import OPERATORS
from stopjihad.render.page.address import absolute
from stopjihad.render.page.job import PagePicture
from stopjihad.text.language.sentences import ended
from stopjihad.view.helplines import speaks
from stopjihad.view.records import Frame, HelplineView, PointView

_CONTEXT = "https://schema.org"
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CONTACT_TYPES = {"police": "police advice line"}
"""Words for who answers where it is not counselling; schema.org leaves them free."""

_OPENING = re.compile(
    r"^(?P<days>[A-Z][a-z](?:[-,][A-Z][a-z])*) (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)$"
)


def block(data: dict[str, object]) -> Markup:
    """Write JSON for a ``script`` element of type ``application/ld+json``.

    ``<``, ``>`` and ``&`` become JSON escapes, so no text can end the element or start a comment.

    Args:
        data: the JSON object.

    Returns:
        Markup that needs no further escaping.
    """
    text = msgspec.json.encode(data).decode()
    return Markup(  # noqa: S704  every character that HTML gives a meaning is escaped
        text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    )


def organization(frame: Frame) -> dict[str, object]:
    """Describe the sponsor.

    Args:
        frame: frame of the reader's language.

    Returns:
        An ``Organization`` with its funders.
    """
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
    """Describe a talking point as an ``Article`` with its citations.

    Args:
        frame: frame of the reader's language.
        point: the talking point.
        address: canonical address of the page.
        image: the card for link previews.

    Returns:
        The JSON object; the claim is not in it.
    """
    day = (point.updated or frame.updated).isoformat()
    made: dict[str, object] = {
        "@context": _CONTEXT,
        "@type": "Article",
        "headline": point.fact.value,
        "inLanguage": point.fact.lang,
        "mainEntityOfPage": address,
        "datePublished": day,
        "dateModified": day,
        "isAccessibleForFree": True,
        "author": organization(frame),
        "publisher": {"@type": "Organization", "name": frame.sponsor.value},
        "citation": [
            {
                "@type": "CreativeWork",
                "name": source.title,
                "url": source.url,
                "publisher": {"@type": "Organization", "name": source.publisher},
            }
            for source in point.sources
        ],
    }
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
        frame: frame of the reader's language.
        point: a talking point with a claim.
        address: canonical address of the page.
        verdict: the word for "false" in the page's language.
        said: the claim with who claims it and that it is false.

    Returns:
        The JSON object.
    """
    return {
        "@context": _CONTEXT,
        "@type": "ClaimReview",
        "url": address,
        "claimReviewed": point.claim.value if point.claim else "",
        "reviewBody": " ".join(
            ended(text, point.lang)
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

    Args:
        frame: frame of the reader's language.
        speak: says the theme's words in it.

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
