"""Check that a talking point is whole: what its mode needs, what it refers to, what fits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from stopjihad.catalog.terms import TECHNIQUES
from stopjihad.check.finding import at
from stopjihad.check.manuscript import check_manuscript
from stopjihad.check.names import check_posts
from stopjihad.check.pictures import check_pictures
from stopjihad.check.tables import check_tables
from stopjihad.model import contexts
from stopjihad.model.point import (
    CLAIM_CHARACTERS,
    FACT_GRAPHEMES,
    LINE_GRAPHEMES,
    QUOTE_GRAPHEMES,
    Point,
)
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem
from stopjihad.text.language.numbers import numbers, write_number
from stopjihad.text.language.sentence_marks import MARKS
from stopjihad.text.nearest import nearest
from stopjihad.text.unicode.graphemes import count
from stopjihad.view.designs import photo_of
from stopjihad.view.localization import point_view
from stopjihad.view.resolver import Resolver
from stopjihad.view.slides import slides, told_in_slides, wrong_size

RESERVED = contexts.SHARED | {"theme"}
"""Ids that would be mistaken for another part of a translation's context."""

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,60})\]")


def check_point(document: Document[Point], project: Project) -> Iterator[Problem]:
    """Check one talking point against itself and its campaign.

    Yields:
        Problems: ``reserved-id``, ``fact-too-long``, ``line-too-long``, ``claim-too-long``,
        ``claim-missing``, ``claim-unwanted``, ``warning-missing``, ``technique-missing``,
        ``prevalence-missing``, ``body-missing``, ``unknown-audience``, ``unknown-messenger``,
        ``action-target``, ``duplicate-source``, ``uncited-source``, ``unknown-source``,
        ``quote-missing``, ``quote-too-long``, ``figure-unsaid``, ``data-negative``,
        ``carousel-size``, and those of ``check_tables``, ``check_manuscript``, ``check_posts`` and
        ``check_pictures``.
    """
    point = document.record
    if point.id in RESERVED:
        message = f"'{point.id}' is reserved"
        yield at(document, "", "reserved-id", message, "rename the file")
    yield from _lengths(document)
    yield from _mode(document)
    yield from _people(document, project)
    yield from _action(document, project)
    yield from _sources(document)
    yield from _quote(document)
    yield from _figures(document)
    yield from _carousel(document, project)
    yield from check_tables(document, project.campaign.record.source_language)
    yield from check_manuscript(document)
    yield from check_posts(document)
    yield from check_pictures(document, project, (photo_of(point),))


_LAST_BUT_ONE = dt.date.max - dt.timedelta(days=1)


def check_days(document: Document[Point], today: dt.date) -> Iterator[Problem]:
    """Find days that have not come yet: readers are told when a source was read.

    Args:
        today: the day; one more is allowed for whoever writes where it has begun already.

    Yields:
        Problems ``date-ahead``, warnings.
    """
    point, last = document.record, min(today, _LAST_BUT_ONE) + dt.timedelta(days=1)
    days: dict[str, dt.date | None] = {"reviewed": point.reviewed}
    if point.prevalence:
        days["prevalence.assessed"] = point.prevalence.assessed
    for index, one in enumerate(point.corrections):
        days[f"corrections.{index}.day"] = one.day
    for index, source in enumerate(point.sources):
        days[f"sources.{index}.published"] = source.published
        days[f"sources.{index}.accessed"] = source.accessed
    for field, day in days.items():
        if day is not None and day > last:
            message = f"{field} is {day}, which has not come yet: the clock says {today}"
            hint = "write the day as year-month-day, for example 2026-11-24"
            yield at(document, field, "date-ahead", message, hint, "warning")


def _lengths(document: Document[Point]) -> Iterator[Problem]:
    point = document.record
    if len(point.steps) == 1:
        hint = "write two or three, or say it in 'alternative'"
        yield at(document, "steps", "one-step", "a single step would be numbered", hint)
    length = count(point.fact)
    if length > FACT_GRAPHEMES:
        yield at(
            document,
            "fact",
            "fact-too-long",
            f"the fact has {length} graphemes of {FACT_GRAPHEMES}",
            "it is the headline everywhere: move detail into the text",
        )
    length = count(point.line or "")
    if length > LINE_GRAPHEMES:
        message = f"the line has {length} graphemes of {LINE_GRAPHEMES}"
        hint = "the fact stands below it: keep the core"
        yield at(document, "line", "line-too-long", message, hint)
    if point.claim and len(point.claim) > CLAIM_CHARACTERS:
        yield at(
            document,
            "claim",
            "claim-too-long",
            f"the claim has {len(point.claim)} characters of {CLAIM_CHARACTERS}",
            "paraphrase it shorter",
        )
    if not point.body.strip():
        message = "there is no text below the front matter"
        yield at(document, "body", "body-missing", message, "explain the fact in a few paragraphs")


def _mode(document: Document[Point]) -> Iterator[Problem]:
    point = document.record
    if point.mode == "debunk" and not point.claim:
        yield at(
            document,
            "mode",
            "claim-missing",
            "a debunk answers a claim, and there is none",
            "add 'claim:', or choose the mode alternative or testimony",
        )
    if point.mode == "alternative" and point.claim:
        yield at(
            document,
            "claim",
            "claim-unwanted",
            "mode alternative tells no claim",
            "delete 'claim:', or choose the mode debunk",
        )
    if not point.claim:
        return
    for field, why in (
        ("warning", "a claim never stands without a warning after it"),
        ("technique", "name how the claim misleads"),
        ("prevalence", "say how far the claim has spread: niche claims are not broadcast"),
    ):
        if getattr(point, field) is None:
            yield at(
                document, "claim", f"{field}-missing", f"{field} is missing: {why}", f"add {field}:"
            )


def _quote(document: Document[Point]) -> Iterator[Problem]:
    """Check that words set in quotation marks are somebody's, and that a source holds them."""
    point, quote = document.record, document.record.quote
    if quote is None:
        if point.mode == "testimony":
            yield at(
                document,
                "mode",
                "quote-missing",
                "a testimony is somebody's own words, and there is no quotation",
                "add 'quote:' with text, speaker, source and consent, or choose another mode",
            )
        return
    length = count(quote.text)
    if length > QUOTE_GRAPHEMES:
        message = f"the quotation has {length} graphemes of {QUOTE_GRAPHEMES}"
        yield at(document, "quote.text", "quote-too-long", message, "quote one passage of it")
    sources = {source.id for source in point.sources}
    if quote.source not in sources:
        message = f"no source has the id '{quote.source}'"
        hint = nearest(quote.source, sources)
        yield at(document, "quote.source", "unknown-source", message, hint)


def _figures(document: Document[Point]) -> Iterator[Problem]:
    """Check that each number is one that the talking point says, and that a source holds it."""
    point = document.record
    if not point.figures:
        return
    sources = {source.id for source in point.sources}
    said = numbers(f"{point.fact}\n{point.body}")
    for index, figure in enumerate(point.figures):
        if figure.source not in sources:
            message = f"no source has the id '{figure.source}'"
            hint = nearest(figure.source, sources)
            yield at(document, f"figures.{index}.source", "unknown-source", message, hint)
        if figure.value < 0:
            message = f"{figure.value:g} is below zero: a card would show it with its sign"
            hint = "write the number without it, and in 'label' what became less"
            yield at(document, f"figures.{index}.value", "data-negative", message, hint)
        if not numbers(write_number(figure.value, "en")) <= said:
            message = f"neither fact nor text says {write_number(figure.value, 'en')}"
            hint = "a number on a card is one that the text gives and a source holds"
            yield at(document, f"figures.{index}.value", "figure-unsaid", message, hint)
        for number in sorted(numbers(figure.beside) - said):
            message = f"neither fact nor text says {number}"
            hint = "what stands beside a number is said in the text too, with its source"
            yield at(document, f"figures.{index}.beside", "figure-unsaid", message, hint)


_ENGLISH = {text: text for term in TECHNIQUES.values() for text in term}


def _carousel(document: Document[Point], project: Project) -> Iterator[Problem]:
    """Check that a talking point that is told in slides makes neither too few nor too many."""
    campaign, point = project.campaign.record, document.record
    if not told_in_slides(point, campaign.carousels):
        return
    lang = campaign.source_language
    view = point_view(point, Resolver(lang, lang, ()))
    wrong = wrong_size(len(slides(view, _ENGLISH)))
    if wrong is not None:
        yield at(document, "carousel", "carousel-size", *wrong)


def _people(document: Document[Point], project: Project) -> Iterator[Problem]:
    campaign, point = project.campaign.record, document.record
    audiences = {item.id for item in campaign.audiences}
    for index, name in enumerate(point.audiences):
        if name not in audiences:
            yield at(
                document,
                f"audiences.{index}",
                "unknown-audience",
                f"the campaign has no audience '{name}'",
                nearest(name, audiences),
            )
    for name in point.hook if isinstance(point.hook, dict) else ():
        if name not in point.audiences:
            yield at(
                document,
                f"hook.{name}",
                "unknown-audience",
                f"the talking point is not written for the audience '{name}'",
                nearest(name, point.audiences),
            )
    messengers = {item.id for item in campaign.messengers}
    if point.messenger not in messengers:
        yield at(
            document,
            "messenger",
            "unknown-messenger",
            f"the campaign has no messenger '{point.messenger}'",
            nearest(point.messenger, messengers),
        )


def _action(document: Document[Point], project: Project) -> Iterator[Problem]:
    action = document.record.action
    if action.kind == "link" and not action.url:
        message = "an action of kind link needs an address"
        yield at(document, "action", "action-target", message, "add 'url: https://…'")
    if action.kind == "report" and not project.campaign.record.reporting:
        message = "the campaign names no service where readers report what they saw"
        hint = "name some under 'reporting' in campaign.yaml, or choose another kind"
        yield at(document, "action.kind", "action-target", message, hint)
    if action.kind == "page":
        pages = {page.record.id for page in project.pages}
        if action.page not in pages and not any("/pages/" in path for path in project.broken):
            yield at(
                document,
                "action.page",
                "action-target",
                f"there is no page '{action.page}'",
                nearest(action.page or "", pages),
            )


def _sources(document: Document[Point]) -> Iterator[Problem]:
    point = document.record
    seen: set[str] = set()
    for index, source in enumerate(point.sources):
        if source.id in MARKS:
            message = f"'[^{source.id}]' marks a sentence"
            yield at(document, f"sources.{index}.id", "reserved-id", message, "rename the source")
        if source.id in seen:
            message = f"the source id '{source.id}' stands twice"
            yield at(document, f"sources.{index}.id", "duplicate-source", message, "rename one")
        seen.add(source.id)
    cited = set(_REFERENCE.findall(point.body)) | set(_REFERENCE.findall(point.alternative))
    cited |= {point.quote.source} if point.quote else set()
    cited |= {figure.source for figure in point.figures}
    for table in point.data:
        cited |= {table.source, *(row.source or "" for row in table.rows)}
    for index, source in enumerate(point.sources):
        if source.id not in cited:
            yield at(
                document,
                f"sources.{index}.id",
                "uncited-source",
                f"the text never cites the source '{source.id}'",
                f"write [^{source.id}] after the sentence that it supports",
                "warning",
            )
