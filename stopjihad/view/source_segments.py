"""List every text of a campaign that is translated, with what translators need to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from stopjihad.model import contexts
from stopjihad.model.alert import SHORT, AlertTemplate
from stopjihad.model.campaign import Campaign
from stopjihad.model.helpline import Helpline
from stopjihad.model.point import (
    CLAIM_CHARACTERS,
    FACT_GRAPHEMES,
    LINE_GRAPHEMES,
    QUOTE_GRAPHEMES,
    Point,
)
from stopjihad.model.project import Page, Project
from stopjihad.text.language.numbers import PERCENT
from stopjihad.text.markdown.segments import Kind, segments


class Limit(msgspec.Struct, frozen=True):
    """Bound the length of a text: ``most`` units as ``counter`` counts them.

    Attributes:
        counter: ``graphemes``, or the name of a platform that counts in its own way.
        most: largest length; 0 when the platform's catalogue entry says it.
    """

    counter: str
    most: int = 0


class SourceSegment(msgspec.Struct, frozen=True):
    """One text in the source language.

    Attributes:
        context: names the field (model.contexts).
        source: the text; Markdown where ``markdown`` says so.
        comment: what the text is for, one line for translators.
        limits: how long a translation may be.
        markdown: True when marks such as ``**`` and ``[^id]`` must be kept.
    """

    context: str
    source: str
    comment: str
    limits: tuple[Limit, ...] = ()
    markdown: bool = False


_HASHTAG = (
    "Hashtag of posts, without #: one that readers of this language use; start each word with a "
    "capital, or join the words with _ where there are none"
)

_WARNING = (
    "Stands after the claim and 'That is false.', or right after the fact: never begin with "
    "a bare 'this' or 'it'"
)

_CLAIMANT = "Who makes the claim, with the verb; a colon and the claim in quotation marks follow"

_UNIT = "What a big number on a card counts; it stands below the number, on a line of its own"

_LABEL = (
    "Stands below a big number and what it counts, and goes on from them: together they read as "
    "one sentence"
)

_BESIDE = (
    "Stands below a big number wherever that is shown, and makes it fair: a whole sentence, right "
    "by itself"
)

_HOOK = (
    "First line of posts, before the fact; it makes people read on, is true, and is never the claim"
)

_STEP = "One thing to do, numbered on page, cards and slides: an imperative, at most 140 letters"

_SLIDE = "Text of a slide that says what is known; whole sentences, at most 240 letters"

_KINDS: dict[Kind, str] = {
    "paragraph": "paragraph",
    "heading": "heading",
    "item": "list item",
    "quote": "quotation",
}


def extract(
    campaign: Campaign,
    points: tuple[Point, ...] = (),
    pages: tuple[Page, ...] = (),
    helplines: tuple[Helpline, ...] = (),
    alerts: tuple[AlertTemplate, ...] = (),
    *,
    media: tuple[tuple[str, str], ...] = (),
) -> tuple[SourceSegment, ...]:
    """List every text of a campaign that is translated.

    Args:
        alerts: its templates of alerts in a crisis.
        media: file names in ``media/`` with their alternative texts.

    Returns:
        Segments in the order in which translators should meet them; a text that stands twice in
        one field is listed once.
    """
    found = [
        *_campaign(campaign),
        *(segment for point in points for segment in point_texts(point)),
        *(segment for page in pages for segment in page_texts(page)),
        *(segment for helpline in helplines for segment in _helpline(helpline)),
        *(segment for template in alerts for segment in alert_texts(template)),
        *(
            SourceSegment(
                contexts.media(file), alt, "Describes a picture to people who cannot see it"
            )
            for file, alt in media
        ),
    ]
    unique = {(segment.context, segment.source): segment for segment in reversed(found)}
    return tuple(segment for segment in reversed(unique.values()) if segment.source)


def project_segments(project: Project) -> tuple[SourceSegment, ...]:
    """List every text of a project that is translated.

    Returns:
        Its segments in the order in which translators should meet them.
    """
    return _segments(project, tuple(document.record for document in project.points))


def other_segments(project: Project) -> tuple[SourceSegment, ...]:
    """List every text of a project that is translated but those of talking points."""
    return _segments(project, ())


def _segments(project: Project, points: tuple[Point, ...]) -> tuple[SourceSegment, ...]:
    helplines = project.all_helplines
    found = extract(
        project.campaign.record,
        points,
        tuple(document.record for document in project.pages),
        helplines,
        tuple(document.record for document in project.alert_templates),
        media=_pictures(project),
    )
    return found + tuple(
        segment
        for document in project.withdrawn_points
        for segment in withdrawal_texts(document.record)
    )


def _pictures(project: Project) -> tuple[tuple[str, str], ...]:
    """List the pictures that talking points and pages use, with their alternative texts."""
    used = {name for document in project.points for name in document.record.media}
    used |= {name for document in project.pages for name in document.record.media}
    notes = alternative_texts(project)
    return tuple((name, notes[name]) for name in sorted(used & notes.keys()))


def alternative_texts(project: Project) -> dict[str, str]:
    """Give what the pictures of ``media/`` show, by file name."""
    return {
        document.path.rpartition("/")[2].removesuffix(".yaml"): document.record.alt
        for document in project.media_notes
    }


def _campaign(campaign: Campaign) -> Iterator[SourceSegment]:
    name = contexts.campaign
    yield SourceSegment(name("title"), campaign.title, "Name of the campaign, on every page")
    yield SourceSegment(name("tagline"), campaign.tagline, "One line under the name")
    yield SourceSegment(
        name("summary"), campaign.summary, "Describes the campaign to search engines"
    )
    if campaign.claimant:
        yield SourceSegment(name("claimant"), campaign.claimant, _CLAIMANT)
    for audience in campaign.audiences:
        comment = f"Whom the message is for: {audience.persona}"
        yield SourceSegment(name(f"audiences.{audience.id}.name"), audience.name, comment)
        for field, text in (("title", audience.title), ("intro", audience.intro)):
            segment = name(f"audiences.{audience.id}.{field}")
            yield SourceSegment(segment, text, f"Said to them on their page. {comment}")
    for messenger in campaign.messengers:
        comment = "Who speaks; keep names of people and organisations"
        yield SourceSegment(name(f"messengers.{messenger.id}.name"), messenger.name, comment)
    sponsor = "Who is behind the campaign, on every page"
    yield SourceSegment(name("sponsor.name"), campaign.sponsor.name, sponsor)
    yield SourceSegment(name("sponsor.disclosure"), campaign.sponsor.disclosure, sponsor)
    policy = "What is done about mistakes"
    yield SourceSegment(name("corrections.policy"), campaign.corrections.policy, policy)
    for tag in campaign.hashtags:
        yield SourceSegment(name("hashtags"), tag, _HASHTAG)
    for place in campaign.places:
        where = "A place; stands alone before a colon in alerts in a crisis"
        yield SourceSegment(name(f"places.{place.id}.name"), place.name, where)
    for authority in campaign.authorities:
        who = "A body that confirms alerts in a crisis; stands alone after a colon"
        yield SourceSegment(name(f"authorities.{authority.id}.name"), authority.name, who)


def point_texts(point: Point) -> Iterator[SourceSegment]:
    """List the texts of a talking point.

    Yields:
        Its segments; a text that stands twice in one field comes twice.
    """

    def name(field: str) -> str:
        return contexts.point(point.id, field)

    fact = "The fact that leads the page, the card and every post; a whole sentence"
    yield SourceSegment(name("fact"), point.fact, fact, (Limit("graphemes", FACT_GRAPHEMES),))
    if point.line:
        core = "The core of the fact, large above it on cards and the page; true without it, too"
        limits = (Limit("graphemes", LINE_GRAPHEMES),)
        yield SourceSegment(name("line"), point.line, core, limits)
    if point.claim:
        claim = "A claim, shown as false; a paraphrase, not a slogan"
        yield SourceSegment(
            name("claim"), point.claim, claim, (Limit("graphemes", CLAIM_CHARACTERS),)
        )
    if point.claimant:
        yield SourceSegment(name("claimant"), point.claimant, _CLAIMANT)
    if point.warning:
        yield SourceSegment(name("warning"), point.warning, _WARNING)
    if point.question:
        asked = "A question to which the fact is the answer, as a reader would ask it; search page"
        yield SourceSegment(name("question"), point.question, asked)
    yield SourceSegment(name("action.label"), point.action.label, "Button: the one next step")
    yield from _prose(name("alternative"), point.alternative, "What to do or think instead")
    yield from _lists(point)
    if point.quote:
        words = "Somebody's own words, set in quotation marks; translate them, do not improve them"
        limits = (Limit("graphemes", QUOTE_GRAPHEMES),)
        yield SourceSegment(name("quote.text"), point.quote.text, words, limits)
        speaker = "Who said it, by the name or description they agreed to"
        yield SourceSegment(name("quote.speaker"), point.quote.speaker, speaker)
    yield from _figures(point)
    yield from _tables(point)
    yield from _prose(name("body"), point.body, "Explanation")
    yield from _corrections(point)
    for field, text in point.hooks.items():
        yield SourceSegment(name(field), text, _HOOK)
    for platform, text in sorted(point.posts.items()):
        comment = f"Ready-made post for {platform}"
        yield SourceSegment(name(f"posts.{platform}"), text, comment, (Limit(platform),))


def withdrawal_texts(point: Point) -> Iterator[SourceSegment]:
    """List the one text that is said of a talking point that was withdrawn."""
    if point.withdrawn:
        why = "Says to readers why a talking point was withdrawn"
        yield SourceSegment(contexts.point(point.id, "withdrawn.why"), point.withdrawn.why, why)


def _corrections(point: Point) -> Iterator[SourceSegment]:
    for one in point.corrections:
        for field, text, comment in (("why", one.why, _WHY), ("was", one.was, _WAS)):
            if text:
                yield SourceSegment(contexts.point(point.id, f"corrections.{field}"), text, comment)


_WHY = "Says to readers what was wrong with a talking point until a day, and what is right"

_WAS = "Words that were wrong: as this language said them"


def _lists(point: Point) -> Iterator[SourceSegment]:
    for step in point.steps:
        yield SourceSegment(contexts.point(point.id, "steps"), step, _STEP)
    for slide in point.slides:
        context = contexts.point(point.id, "slides")
        yield SourceSegment(context, slide, _SLIDE, markdown=True)


def _figures(point: Point) -> Iterator[SourceSegment]:
    for figure in point.figures:
        unit = "" if figure.unit == PERCENT else figure.unit
        said = ((unit, "unit", _UNIT), (figure.label, "label", _LABEL))
        for text, field, comment in (*said, (figure.beside, "beside", _BESIDE)):
            if text:
                yield SourceSegment(contexts.point(point.id, f"figures.{field}"), text, comment)


def _tables(point: Point) -> Iterator[SourceSegment]:
    for table in point.data:
        said = [("title", table.title), ("head", table.head)]
        for column in table.columns:
            unit = "" if column.unit == PERCENT else column.unit
            said += [("columns", column.label), ("unit", unit)]
        said += [*(("rows", row.label) for row in table.rows), ("note", table.note)]
        for field, text in said:
            if text:
                context = contexts.point(point.id, f"data.{table.id}.{field}")
                yield SourceSegment(context, text, _TABLE[field])


_TABLE = {
    "title": "Stands above a chart and says what it shows",
    "head": "Head of the first column of the table below a chart",
    "columns": "Head of a column of numbers, and name of a line in a chart",
    "unit": "What a column of numbers counts; stands in its head, in brackets",
    "rows": "Label in a chart: whose number it is, or what happened then; as short as you can",
    "note": "Stands below a chart: what one must know to read it fairly; a whole sentence",
}


def page_texts(page: Page) -> Iterator[SourceSegment]:
    """List the texts of a free page.

    Yields:
        Its segments; a text that stands twice in one field comes twice.
    """
    name = contexts.page
    yield SourceSegment(name(page.id, "title"), page.title, "Title of a page, also in the menu")
    summary = "Describes the page to search engines"
    yield SourceSegment(name(page.id, "summary"), page.summary, summary)
    short = "Short name of the page in the menu: one word, at most two"
    yield SourceSegment(name(page.id, "label"), page.label, short)
    yield from _prose(name(page.id, "body"), page.body, f"Page '{page.title}'")


def _helpline(helpline: Helpline) -> Iterator[SourceSegment]:
    name = contexts.helpline
    where = f"helpline in {helpline.country}"
    service = f"Name of a {where}; keep the name by which people there know it"
    yield SourceSegment(name(helpline.id, "name"), helpline.name, service)
    yield SourceSegment(name(helpline.id, "hours"), helpline.hours, f"Opening hours of a {where}")
    yield SourceSegment(name(helpline.id, "night"), helpline.night, f"When it is closed: a {where}")
    note = f"Who answers at a {where}"
    yield SourceSegment(name(helpline.id, "operator_note"), helpline.operator_note, note)
    passed = f"What a {where} passes on to authorities, and when; keep it exact"
    yield SourceSegment(name(helpline.id, "passed_on"), helpline.passed_on, passed)
    if any(map(str.isalpha, helpline.emergency)):
        dial = f"What to dial in an emergency at a {where}; keep the numbers"
        yield SourceSegment(name(helpline.id, "emergency"), helpline.emergency, dial)


def alert_texts(template: AlertTemplate) -> Iterator[SourceSegment]:
    """List the texts of a template of alerts.

    Yields:
        Its segments in the order in which an alert says them.
    """
    for field, text in template_fields(template):
        comment = f"Alert in a crisis: {_PARTS[field.partition('.')[0]]}; keep what is in braces"
        name = field if field.startswith("sentences.") else field.partition(".")[0]
        limits = (Limit("graphemes", SHORT),) if name == "short" else ()
        yield SourceSegment(contexts.alert(template.id, name), text, comment, limits)


def template_fields(template: AlertTemplate) -> Iterator[tuple[str, str]]:
    """Give each text of a template with its field path, such as ``actions.0``."""
    yield "headline", template.headline
    yield "empathy", template.empathy
    yield "confirmed", template.confirmed
    for name, text in template.sentences.items():
        yield f"sentences.{name}", text
    yield "unknown", template.unknown
    for index, text in enumerate(template.actions):
        yield f"actions.{index}", text
    if template.short:
        yield "short", template.short
    yield "update", template.update
    yield "look", template.look


_PARTS = {
    "headline": "its first words, on top of every page and in short messages",
    "empathy": "words for people who are afraid",
    "confirmed": "what is confirmed, and by whom",
    "sentences": "one more sentence that an authority may have confirmed",
    "unknown": "what is not known yet",
    "actions": "what to do now; short and plain",
    "short": "the first of what to do now, in at most 45 characters",
    "update": "when it speaks again",
    "look": "where checked news is",
}


def _prose(context: str, markdown: str, comment: str) -> Iterator[SourceSegment]:
    for text, kind in segments(markdown):
        yield SourceSegment(context, text, f"{comment}: {_KINDS[kind]}", markdown=True)


Segment = tuple[str, str]
"""Context (``<point id>/<field>``) and text in the source language."""


def stood_in(context: str) -> bool:
    """Tell whether something stands in for a text that is not translated.

    Args:
        context: ``<point id>/<field>``.

    Returns:
        True for a line, in whose place the fact is large, for a post by hand, in whose place a
        draft is composed, and for words about a mistake,
        in whose place a sentence of the theme stands: they make nothing incomplete.
    """
    field = context.partition("/")[2]
    return field == "line" or field.startswith(_STOOD_IN)


_STOOD_IN = ("posts.", "corrections.why", "corrections.was", "withdrawn.why")


def point_segments(point: Point) -> tuple[Segment, ...]:
    """List a talking point's segments in reading order."""
    return tuple((item.context, item.source) for item in point_texts(point))


def page_segments(page: Page, alternatives: Mapping[str, str]) -> tuple[Segment, ...]:
    """List a free page's segments, then the ``alternatives`` of its pictures (by file name)."""
    found = [(item.context, item.source) for item in page_texts(page)]
    found += [(contexts.media(name), alternatives.get(name, "")) for name in page.media]
    return tuple(segment for segment in found if segment[1])


def alert_segments(template: AlertTemplate) -> tuple[Segment, ...]:
    """List the segments of a template of alerts in the order in which an alert says them."""
    return tuple((item.context, item.source) for item in alert_texts(template))
