"""List the texts of a campaign in its source language, and partners' own, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from stopjihad.model import contexts
from stopjihad.model.alert import AlertTemplate
from stopjihad.model.project import Document, Project
from stopjihad.text.markdown.segments import outline
from stopjihad.text.markdown.words import inline_words
from stopjihad.view.source_segments import template_fields, withdrawal_texts
from stopjihad.view.voice import voiced_texts


class Passage(NamedTuple):
    """One text.

    Attributes:
        context: name of the text for translators.
        text: as authored; Markdown where ``markdown`` says so.
        lead: the heading and the sentence that introduce it, or nothing.
        path: file it is written in.
        line: from 1; 0 when unknown.
        column: from 1; 0 for the whole line.
        markdown: whether marks such as ``**`` mean something in it.
        lines: for text of several lines, the lines as authored.
        item: whether it is an item of a list or a row of a table.
    """

    context: str
    text: str
    lead: str
    path: str
    line: int
    column: int
    markdown: bool
    lines: tuple[str, ...] = ()
    item: bool = False

    @property
    def field(self) -> str:
        """The field: ``fact``, ``body``, ``posts.x`` …."""
        return self.context.rpartition("/")[2]

    @property
    def subject(self) -> str:
        """What the text belongs to: ``points/<id>``, ``pages/<id>``, ``campaign`` …."""
        holder = self.context.rpartition("/")[0]
        return holder if "/" in holder or holder in _ALONE else f"points/{holder}"

    def words(self) -> str:
        """Give the text without marks."""
        return inline_words(self.text) if self.markdown else self.text


_ALONE = frozenset({"campaign", "responses"})
_LINES = (
    "claimant",
    "fact",
    "line",
    "question",
    "claim",
    "warning",
    "title",
    "label",
    "summary",
    "headline",
)
_PROSE = ("alternative", "body")


def document_passages(document: Document[Any], key: str) -> Iterator[Passage]:
    """List the texts of a talking point or a page in the source language.

    Args:
        key: what its contexts begin with: ``<point id>`` or ``pages/<id>``.
    """
    record = document.record
    for field in _LINES:
        text = getattr(record, field, None)
        if text:
            yield _line(document, field, f"{key}/{field}", text)
    for place, field, text in _step_passages(record):
        if text:
            yield _line(document, place, f"{key}/{field}", text)
    for field, text in getattr(record, "hooks", {}).items():
        yield _line(document, field, f"{key}/{field}", text)
    for platform, text in sorted(getattr(record, "posts", {}).items()):
        field = f"posts.{platform}"
        yield _line(document, field, f"{key}/{field}", text)
    for field in _PROSE:
        yield from _prose(document, field, f"{key}/{field}")


def _step_passages(record: Any) -> Iterator[tuple[str, str, str]]:
    """Give place, field and text of steps, slides, corrections and what ``_field_passages`` has."""
    for field in ("steps", "slides"):
        for index, text in enumerate(getattr(record, field, ())):
            yield f"{field}.{index}", field, text
    for index, one in enumerate(getattr(record, "corrections", ())):
        for part in ("why", "was"):
            yield f"corrections.{index}.{part}", f"corrections.{part}", getattr(one, part)
    yield from _field_passages(record)


def _field_passages(record: Any) -> Iterator[tuple[str, str, str]]:
    """Give place, field and text of actions, quotations, figures and tables."""
    if action := getattr(record, "action", None):
        yield "action.label", "action.label", action.label
    if quote := getattr(record, "quote", None):
        for part in ("text", "speaker"):
            yield f"quote.{part}", f"quote.{part}", getattr(quote, part)
    for index, figure in enumerate(getattr(record, "figures", ())):
        for part in ("unit", "label", "beside"):
            yield f"figures.{index}.{part}", f"figures.{part}", getattr(figure, part)
    for index, table in enumerate(getattr(record, "data", ())):
        place, field = f"data.{index}", f"data.{table.id}"
        for part in ("title", "head", "note"):
            yield f"{place}.{part}", f"{field}.{part}", getattr(table, part)
        for number, column in enumerate(table.columns):
            yield f"{place}.columns.{number}.label", f"{field}.columns", column.label
            yield f"{place}.columns.{number}.unit", f"{field}.unit", column.unit
        for number, row in enumerate(table.rows):
            yield f"{place}.rows.{number}.label", f"{field}.rows", row.label


def raw_text(document: Document[Any]) -> str:
    """Join all that ``document_passages`` lists, marks and all: to look for what most have not."""
    record = document.record
    texts = [getattr(record, field, None) for field in (*_LINES, *_PROSE)]
    texts += (text for _, _, text in _step_passages(record))
    texts += getattr(record, "hooks", {}).values()
    texts += getattr(record, "posts", {}).values()
    return "\n".join(filter(None, texts))


def template_passages(document: Document[AlertTemplate]) -> Iterator[Passage]:
    """List the texts of a template of alerts in the source language.

    Yields:
        Passages in the order in which an alert says them.
    """
    template = document.record
    for field, text in template_fields(template):
        name = field if field.startswith("sentences.") else field.partition(".")[0]
        yield _line(document, field, contexts.alert(template.id, name), text)


def campaign_passages(project: Project) -> Iterator[Passage]:
    """List the texts beside points and pages in the source language; of withdrawn points, why."""
    document = project.campaign
    campaign = document.record
    name = contexts.campaign
    for field, text in (
        ("title", campaign.title),
        ("tagline", campaign.tagline),
        ("summary", campaign.summary),
        ("claimant", campaign.claimant),
        ("sponsor.disclosure", campaign.sponsor.disclosure),
        ("corrections.policy", campaign.corrections.policy),
    ):
        if text:
            yield _line(document, field, name(field), text)
    for index, audience in enumerate(campaign.audiences):
        place = f"audiences.{index}.name"
        yield _line(document, place, name(f"audiences.{audience.id}.name"), audience.name)
        for part, text in (("title", audience.title), ("intro", audience.intro)):
            if text:
                place, field = f"audiences.{index}.{part}", f"audiences.{audience.id}.{part}"
                yield _line(document, place, name(field), text)
    for index, messenger in enumerate(campaign.messengers):
        place = f"messengers.{index}.name"
        yield _line(document, place, name(f"messengers.{messenger.id}.name"), messenger.name)
    for point in project.withdrawn_points:
        for segment in withdrawal_texts(point.record):
            yield _line(point, "withdrawn.why", segment.context, segment.source)
    yield from _passages_beside(project)


def _passages_beside(project: Project) -> Iterator[Passage]:
    """List the texts of helplines, pictures and answers to replies."""
    if project.helplines is not None:
        for index, line in enumerate(project.helplines.record.helplines):
            for field in ("hours", "night", "operator_note", "passed_on"):
                text = getattr(line, field)
                if text:
                    place = f"helplines.{index}.{field}"
                    yield _line(project.helplines, place, contexts.helpline(line.id, field), text)
    for template in project.alert_templates:
        yield from template_passages(template)
    for note in project.media_notes:
        file = note.path.rpartition("/")[2].removesuffix(".yaml")
        yield _line(note, "alt", contexts.media(file), note.record.alt)
    if project.responses is not None:
        rules = project.responses.record.netiquette
        if rules:
            yield _line(project.responses, "netiquette", "responses/netiquette", rules)
        for index, reply in enumerate(project.responses.record.replies):
            place = f"replies.{index}.answer"
            yield _line(project.responses, place, f"responses/{index}.answer", reply.answer)


def reply_passages(project: Project, language: str) -> Iterator[Passage]:
    """List what is posted as a reply in one language."""
    source = project.campaign.record.source_language
    document = project.responses
    for index, reply in enumerate(document.record.replies if document else ()):
        text = reply.posted_answer(language, source)
        if text and document is not None:
            own = f".{language}" if isinstance(reply.short, dict) else ""
            place = f"replies.{index}.short{own}"
            yield _line(document, place, f"responses/{index}.short", text)


def voice_passages(project: Project, language: str) -> Iterator[Passage]:
    """List what partners say in words of their own in one language."""
    for partner in project.partners:
        for text in voiced_texts(project, partner.record):
            if text.language == language:
                yield _line(partner, text.field, text.context, text.own.text)


def _line(document: Document[Any], field: str, context: str, text: str) -> Passage:
    line, column = document.place(field)
    return Passage(context, text, "", document.path, line, column, markdown=False)


def _prose(document: Document[Any], field: str, context: str) -> Iterator[Passage]:
    text = getattr(document.record, field, "")
    if not text.strip():
        return
    first, _ = document.place(field)
    lines = tuple(text.split("\n"))
    heading = intro = ""
    for chunk in outline(text):
        for slot in chunk.slots:
            segment = slot.segment
            lead = heading if segment.kind != "item" else f"{heading}\n{intro}".strip()
            yield Passage(
                context,
                segment.text,
                lead,
                document.path,
                first + slot.first,
                1 if field == "body" else 0,
                markdown=True,
                lines=lines[slot.first : slot.last + 1] if field == "body" else (),
                item=segment.kind == "item",
            )
            if segment.kind == "heading":
                heading, intro = segment.text, ""
            elif segment.kind == "paragraph":
                intro = segment.text
