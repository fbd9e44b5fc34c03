"""Look at a campaign in each language: what its reader sees, and where that is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

import msgspec

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, message
from stopjihad.check.keeping import MESSAGES, SourceDigests, shelves
from stopjihad.lexicon.sentence import ReadText
from stopjihad.model import contexts
from stopjihad.model.project import Document, Project
from stopjihad.model.translation import Message, Translations
from stopjihad.text.language import pseudo
from stopjihad.text.markdown.segments import outline, segments
from stopjihad.text.markdown.words import BlockText
from stopjihad.view.source_segments import project_segments


class SaidText(NamedTuple):
    """A text in one language and where it is written."""

    text: str
    path: str
    line: int
    column: int


class SaidProse(NamedTuple):
    """A passage in one language, with the words that several rules look for."""

    said: SaidText
    words: BlockText | ReadText

    def plain_text(self) -> SaidText:
        """Give the passage as plain words."""
        return self.said._replace(text=self.words.plain)


class UsedTexts:
    """Tell which texts a campaign uses; found out once, when it is first asked."""

    def __init__(self, project: Project) -> None:
        """Keep the campaign."""
        self._project = project

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(f"{s.context}\0{s.source}" for s in project_segments(self._project))

    def lines(self, file: Translations) -> frozenset[int]:
        """Give the lines of a file whose texts the campaign uses.

        Returns:
            Lines, from 1.
        """
        return frozenset(m.line for m in file.messages if f"{m.context}\0{m.source}" in self._texts)


Current = dict[str, list[Message]]
"""Messages that stand, by context: few contexts have several, and nobody asks for most of those."""


def _current(messages: Iterable[Message]) -> Current:
    found: Current = {}
    for one in messages:
        if not one.stale:
            known = found.get(one.context)
            if known is None:
                found[one.context] = [one]
            else:
                known.append(one)
    return found


def _find_message(current: Current, context: str, source: str) -> Message | None:
    for one in current.get(context, ()):
        if one.source == source:
            return one
    return None


class Tongue:
    """Give the texts of a campaign in one language; what is not translated is not there.

    Attributes:
        blocks: passages of Markdown by their text: those that rules have asked for.
    """

    def __init__(
        self, project: Project, language: str, file: Translations | None, used: UsedTexts
    ) -> None:
        """Keep the messages; ``file`` is None for the source language."""
        self.project = project
        self.language = language
        self.file = file
        self.used = used
        self.blocks: dict[str, BlockText] = {}
        self._prose: dict[str, tuple[SaidProse, ...]] = {}
        self._marked: dict[str, frozenset[str]] = {}
        self._every: Current | None = None
        self._written: dict[re.Pattern[str], frozenset[str]] = {}

    def _message(self, context: str, source: str) -> Message | None:
        if self._every is None:
            self._every = _current(self.file.messages) if self.file else {}
        return _find_message(self._every, context, source)

    def translations_of(self, sought: re.Pattern[str]) -> frozenset[str]:
        """Find what an expression stands for in all translations, once for all who ask.

        Args:
            sought: the expression; nothing that it finds goes on in the next line.
        """
        known = self._written.get(sought)
        if known is None:
            lines = (
                "\n".join([message.translation for message in shelf])
                for shelf in shelves(self.file.messages if self.file else (), MESSAGES)
            )
            known = self._written[sought] = frozenset(
                chain.from_iterable(map(sought.findall, lines))
            )
        return known

    def find_text(
        self, document: Document[Any], field: str, context: str, source: str
    ) -> SaidText | None:
        """Find a text.

        Args:
            source: the text in the source language; may be empty.

        Returns:
            The text in this language, or None when there is none.
        """
        if not source:
            return None
        if self.file is None:
            return SaidText(source, document.path, *document.place(field))
        found = self._message(context, source)
        if found is None or not found.translation:
            return None
        return SaidText(found.translation, self.file.path, found.line, 0)

    def list_texts(self, document: Document[Any], field: str) -> Iterator[SaidText]:
        """List the texts of a field that holds several."""
        record = document.record
        for index, text in enumerate(getattr(record, field)):
            context = contexts.point(record.id, field)
            said = self.find_text(document, f"{field}.{index}", context, text)
            if said is not None:
                yield said

    def has_in(self, mark: str, context: str, source: str) -> bool:
        """Tell quickly whether a field has a mark anywhere; most fields have none.

        Args:
            mark: what is looked for, such as ``[^stay]``.

        Returns:
            False only when no text of the field in this language has the mark.
        """
        if self.file is None:
            return mark in source
        known = self._marked.get(mark)
        if known is None:
            known = frozenset(m.context for m in self.file.messages if mark in m.translation)
            self._marked[mark] = known
        return context in known

    def prose(self, document: Document[Any], field: str, context: str) -> tuple[SaidProse, ...]:
        """List the passages of a Markdown field.

        Returns:
            Passages that this language has, from top to bottom; several rules ask for them.
        """
        known = self._prose.get(context)
        if known is None:
            known = self._prose[context] = tuple(self._passages(document, field, context))
        return known

    def first_passage(self, document: Document[Any], field: str, context: str) -> SaidText | None:
        """Give the first passage of a Markdown field, without reading the rest.

        Returns:
            The first passage that this language has, with its marks.
        """
        for chunk in outline(getattr(document.record, field)):
            for slot in chunk.slots:
                found = self.find_text(document, field, context, slot.segment.text)
                if found is not None:
                    return found
        return None

    def _passages(self, document: Document[Any], field: str, context: str) -> Iterator[SaidProse]:
        for segment in segments(getattr(document.record, field)):
            found = self.find_text(document, field, context, segment.text)
            if found is not None:
                block = self.blocks.get(found.text)
                if block is None:
                    block = self.blocks[found.text] = BlockText(found.text)
                yield SaidProse(found, block)


def prose_documents(project: Project) -> tuple[Document[Any], ...]:
    """Give everything with a body of Markdown."""
    return (*project.points, *project.pages)


def tongues(project: Project) -> tuple[Tongue, ...]:
    """Give the languages of a campaign, its source language first."""
    used = UsedTexts(project)
    others = [Tongue(project, file.language, file, used) for file in judged_files(project)]
    return (Tongue(project, project.campaign.record.source_language, None, used), *others)


def judged_files(project: Project) -> tuple[Translations, ...]:
    """Give the translations that somebody will read.

    Returns:
        Files of the campaign's languages. Pseudo-locales are none of them: a program makes their
        words from a source text that is judged itself.
    """
    campaign = project.campaign.record
    apart = {campaign.source_language, *pseudo.TAGS}
    return tuple(
        file
        for file in project.translations
        if file.language in campaign.languages and file.language not in apart
    )


def finding_in_text(rule: Rule, said: SaidText, subject: str, **values: object) -> Finding:
    """Make a finding at a text.

    Args:
        values: what the rule's message names in braces.
    """
    return Finding(
        rule.id,
        subject,
        said.path,
        said.line,
        said.column,
        message(rule, **values),
        sentence=said.text,
    )


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A campaign on a day.

    Attributes:
        project: the campaign.
        today: day on which it is judged.
        tongues: its languages, the source language first.
        digests: of the texts of the source language.
    """

    project: Project
    today: dt.date
    tongues: tuple[Tongue, ...]
    digests: SourceDigests


Kind: TypeAlias = Callable[[Rule, Case], Iterator[Finding]]


"""A kind of check: given a rule and a campaign, it gives what breaks the rule."""
