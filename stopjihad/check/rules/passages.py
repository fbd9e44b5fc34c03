"""List the texts of a campaign that rules of wording read, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, message
from stopjihad.check.keeping import MESSAGES
from stopjihad.lexicon.phrases import Hit
from stopjihad.lexicon.sentence import ReadText
from stopjihad.model import contexts
from stopjihad.model.alert import AlertTemplate
from stopjihad.model.project import Document, Project
from stopjihad.model.translation import Message, Translations
from stopjihad.text.language.sentences import sentences
from stopjihad.text.markdown.segments import outline
from stopjihad.text.markdown.words import BlockText, inline_words
from stopjihad.view.source_segments import template_fields, withdrawal_texts
from stopjihad.view.voice import voiced_texts

SHORT = 12
"""Most words of a text without a full stop that is taken for a heading."""


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


Sieve = Callable[[Sequence[str], Callable[[int], str]], Iterable[int]]
"""Gives, in order, the places of those texts that are worth looking at; asks in the same order what
introduces some of them."""


def every_text(texts: Sequence[str], _: Callable[[int], str]) -> Iterable[int]:
    """Choose all."""
    return range(len(texts))


def file_passages(file: Translations) -> Iterator[Passage]:
    """List the translations of one language, whatever became of their sources since."""
    for shelf in file_shelves(file, every_text):
        yield from shelf


def file_shelves(file: Translations, likely: Sieve) -> Iterator[list[Passage]]:
    """List translations as ``file_passages`` does, some hundred at a time.

    Args:
        likely: chooses those of a shelf that are listed.
    """
    messages = [one for one in file.messages if not one.stale]
    leads = _Leads(messages)
    for start in range(0, len(messages), MESSAGES):
        texts = [one.translation for one in messages[start : start + MESSAGES]]
        lead = partial(leads.lead, start)
        yield [
            _of_message(messages[start + place], lead(place), file.path)
            for place in likely(texts, lead)
        ]


def _of_message(one: Message, lead: str, path: str) -> Passage:
    markdown = one.context.endswith(_MARKED)
    text = one.translation
    # A file does not say what is an item; those of such lists are one sentence each.
    item = bool(lead) and len(sentences(text, "")) == 1
    return Passage(one.context, text, lead, path, one.line, 0, markdown, item=item)


_MARKED = ("/body", "/alternative")
"""Ends of the contexts of Markdown."""


class _Leads:
    """Tell what introduces a list; it is taken from the order of the file, as in the document."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._messages = messages
        self._last = 0, "", ""

    def lead(self, start: int, place: int) -> str:
        """Give what introduces the message ``place`` places behind ``start``; asked in order."""
        asked, known, lead = self._last
        place += start
        context = self._messages[place].context
        if not context.endswith(_MARKED):
            return ""
        for one in reversed(self._messages[asked:place]):
            if one.context != context:
                lead = ""
                break
            if _introduces(one.translation):
                lead = one.translation
                break
        else:
            lead = lead if known == context else ""
        self._last = place, context, lead
        return lead


def _introduces(text: str) -> bool:
    stripped = text.rstrip("*_ ")
    return stripped.endswith(":") or (
        not stripped.endswith((".", "!", "…", "]", "؟", "?")) and len(text.split()) <= SHORT
    )


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


NO_BLOCKS: Mapping[str, BlockText] = MappingProxyType({})
"""What other rules have read where nobody says."""


class ReadPassage(ReadText):
    """A passage as rules of wording read it."""

    def __init__(
        self, passage: Passage, language: str, known: Mapping[str, BlockText] = NO_BLOCKS
    ) -> None:
        """Keep the passage.

        Args:
            known: blocks by their text that other rules have read.
        """
        text, markdown = passage.text, passage.markdown
        block = known.get(text) if markdown else None
        super().__init__(
            text, passage.lead, language, markdown=markdown, item=passage.item, known=block
        )
        self.passage = passage


def finding_at(rule: Rule, passage: Passage, hit: Hit, **values: Any) -> Finding:
    """Make a finding about some words of a text.

    Args:
        values: what the rule's message and its hint name in braces.

    Returns:
        The finding, at the line and column of the words as far as the text knows its lines.
    """
    line, column = _place(passage, hit.words)
    mend = rule.mend.format_map(values) if "{" in rule.mend else ""
    text = message(rule, **values)
    return Finding(
        rule.id,
        passage.subject,
        passage.path,
        line,
        column,
        text,
        mend,
        context=passage.context,
        sentence=_sentence(passage, hit),
    )


def _sentence(passage: Passage, hit: Hit) -> str:
    """Find the sentence that some words begin in; the whole text where they are in none."""
    whole = passage.words()
    return next((text for end, text in _cut_text(whole) if hit.offset < end), whole)


@lru_cache(maxsize=4)
def _cut_text(whole: str) -> tuple[tuple[int, str], ...]:
    """Cut a text once for all its findings: the sentences, each with the place of its end."""
    found, start = [], 0
    for line in whole.split("\n"):
        for sentence in sentences(line, ""):
            start = whole.find(sentence, start) + len(sentence)
            found.append((start, sentence))
    return tuple(found)


def _place(passage: Passage, words: str) -> tuple[int, int]:
    """Find the words in the lines as authored, or say where the text starts."""
    start = words.split("\n", 1)[0]
    for length in (len(start), 24, 12):
        for index, line in enumerate(passage.lines):
            column = line.find(start[:length])
            if column >= 0:
                return passage.line + index, column + 1
    return passage.line, passage.column
