"""Say how far each language is, text by text and talking point by talking point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from stopjihad.model.campaign import Policy, people_needed
from stopjihad.model.partner import Partner
from stopjihad.model.project import Document, Project
from stopjihad.model.review import Kind, approved_digests, text_digest, translation_digest
from stopjihad.model.translation import Message
from stopjihad.review.ledger import Subject
from stopjihad.translate.notes import target_languages
from stopjihad.view.source_segments import SourceSegment, project_segments, stood_in
from stopjihad.view.voice import VoicedText, voiced_texts

State = Literal["untranslated", "stale", "unreviewed", "approved"]


class SegmentState(msgspec.Struct, frozen=True, kw_only=True):
    """Where one text stands in one language.

    Attributes:
        segment: the text in the source language.
        state: how far it is.
        translation: its translation; also of a stale text when its file offers one.
        path: the PO file.
        line: line of the translation from 1; 0 when there is none.
        digest: what an approval of these words is bound to; empty when there are none.
        previous: of a stale text, the source that the translation was made for.
    """

    segment: SourceSegment
    state: State
    translation: str = ""
    path: str = ""
    line: int = 0
    digest: str = ""
    previous: str = ""


class StatusRow(msgspec.Struct, frozen=True, kw_only=True):
    """Count the texts of one talking point (page, helpline …) in one language.

    Attributes:
        language: BCP 47 tag.
        key: id of the talking point, ``campaign``, ``pages/about`` ….
        untranslated: texts without translation.
        stale: texts whose source has changed since.
        unreviewed: words that nobody has approved for publishing.
        approved: words that somebody has.
        blocking: texts that keep the whole from being published in this language.
    """

    language: str
    key: str
    untranslated: int = 0
    stale: int = 0
    unreviewed: int = 0
    approved: int = 0
    blocking: int = 0

    @property
    def total(self) -> int:
        """All texts."""
        return self.untranslated + self.stale + self.unreviewed + self.approved


def segment_states(
    project: Project, language: str, segments: tuple[SourceSegment, ...] | None = None
) -> tuple[SegmentState, ...]:
    """Say where each text of a project stands in one language.

    A text of the source language is never missing or stale; it is approved like any other.

    Args:
        segments: its texts, when the caller has them already.
    """
    approved = approved_digests(project.reviews, people_needed(project.campaign.record))
    if language == project.campaign.record.source_language:
        return tuple(
            _source_state(segment, approved, language)
            for segment in segments or project_segments(project)
        )
    found = project.translation(language)
    messages = {(item.context, item.source): item for item in found.messages} if found else {}
    path = found.path if found else ""
    return tuple(
        _state(segment, messages, approved, language, path)
        for segment in segments or project_segments(project)
    )


def _source_state(segment: SourceSegment, approved: frozenset[str], language: str) -> SegmentState:
    digest = text_digest(language, segment.context, segment.source)
    return SegmentState(
        segment=segment,
        state="approved" if digest in approved else "unreviewed",
        translation=segment.source,
        digest=digest,
    )


def _state(
    segment: SourceSegment,
    messages: Mapping[tuple[str, str], Message],
    approved: frozenset[str],
    language: str,
    path: str,
) -> SegmentState:
    message = messages.get((segment.context, segment.source))
    if message is None:
        return SegmentState(segment=segment, state="untranslated", path=path)
    words = message.translation
    digest = translation_digest(language, segment.context, segment.source, words)
    state: State = "approved" if digest in approved else "unreviewed"
    return SegmentState(
        segment=segment,
        state="stale" if message.stale else state,
        translation=words,
        path=path,
        line=message.line,
        digest=digest,
        previous=message.previous,
    )


def signable_states(project: Project, language: str) -> tuple[SegmentState, ...]:
    """Say where each text that people may sign stands: partners' own words stand at the end.

    Their ``segment`` has the campaign's words that they stand instead of.
    """
    approved = approved_digests(project.reviews, people_needed(project.campaign.record))
    return segment_states(project, language) + tuple(
        _voice_state(partner, text, approved)
        for partner in project.partners
        for text in voiced_texts(project, partner.record)
        if text.language == language
    )


def _voice_state(
    partner: Document[Partner], text: VoicedText, approved: frozenset[str]
) -> SegmentState:
    state: State = "approved" if text.digest in approved else "unreviewed"
    comment = f"{partner.record.name}: {text.part}"
    return SegmentState(
        segment=SourceSegment(text.context, text.original, comment),
        state="stale" if text.stale else state,
        translation=text.own.text,
        path=partner.path,
        line=partner.place(text.field)[0],
        digest=text.digest,
    )


def subject_of(item: SegmentState, *, authored: bool) -> Subject:
    """Name the words of an ``item`` for a signature; ``authored`` ones translate nothing."""
    segment = item.segment
    source = "" if authored else segment.source
    return Subject(segment.context, item.digest, source, item.translation)


def approving_kind(project: Project, language: str) -> Kind:
    """Tell what publishing asks for of a ``project`` in a ``language``: by which kind of reader."""
    is_source = language == project.campaign.record.source_language
    return "editorial" if is_source else "native"


def rows(project: Project, languages: Iterable[str] = ()) -> tuple[StatusRow, ...]:
    """Count the states of all talking points, pages and so on.

    Args:
        languages: BCP 47 tags; all that it is translated into when none is given.

    Returns:
        One row per language and talking point, those with the most texts that block publishing
        first.
    """
    segments = project_segments(project)
    policy = project.campaign.record.publication.unreviewed
    found = [
        row
        for language in tuple(languages) or target_languages(project)
        for row in _rows(segment_states(project, language, segments), language, policy)
    ]
    return tuple(sorted(found, key=lambda row: (-row.blocking, row.language, row.key)))


def summary(found: Iterable[StatusRow]) -> tuple[StatusRow, ...]:
    """Add up the rows of each language.

    Returns:
        One row per language with the key ``*``, the one with the most blocking texts first.
    """
    sums: dict[str, list[int]] = {}
    for row in found:
        counts = sums.setdefault(row.language, [0] * 5)
        for place, name in enumerate(_COUNTS):
            counts[place] += getattr(row, name)
    totals = [
        StatusRow(language=language, key="*", **dict(zip(_COUNTS, counts, strict=True)))
        for language, counts in sums.items()
    ]
    return tuple(sorted(totals, key=lambda row: (-row.blocking, row.language)))


_COUNTS = ("untranslated", "stale", "unreviewed", "approved", "blocking")


def blocks(item: SegmentState, policy: Policy) -> bool:
    """Tell whether a text keeps its whole from being published.

    Args:
        policy: what the campaign does with translations that nobody has approved.

    Returns:
        True for untranslated and stale texts, and for unreviewed ones under ``block``; never for a
        post by hand, in whose place a draft is composed.
    """
    if stood_in(item.segment.context):
        return False
    return item.state in {"untranslated", "stale"} or (
        item.state == "unreviewed" and policy == "block"
    )


def key_of(context: str) -> str:
    """Name the whole that a text belongs to.

    Returns:
        Id of the talking point, ``campaign``, ``helplines``, ``pages/<id>``, ``alerts/<id>``,
        ``media/<file>`` or ``partners/<id>``; ``sets/<name>`` of a remark on a change set.
    """
    first, _, rest = context.partition("/")
    if first in {"pages", "alerts", "media", "partners", "sets"}:
        return f"{first}/{rest.partition('/')[0]}"
    return first


def _rows(states: tuple[SegmentState, ...], language: str, policy: Policy) -> list[StatusRow]:
    counts: dict[str, dict[str, int]] = {}
    for item in states:
        row = counts.setdefault(key_of(item.segment.context), dict.fromkeys(_COUNTS, 0))
        row[item.state] += 1
        row["blocking"] += blocks(item, policy)
    return [StatusRow(language=language, key=key, **row) for key, row in counts.items()]
