"""What goes to translators and comes back: rows that every format holds."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from stopjihad.model.review import source_digest
from stopjihad.translate.notes import NoteTarget, limit_of
from stopjihad.translate.status import SegmentState, State


class ExchangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One text on its way to a translator.

    Attributes:
        key: names context and source (``model.review``); a row whose source has changed since has
            another one, and is refused when it comes back.
        context: field that it stands in.
        comment: what it is for.
        source: text in the source language.
        previous: of a stale text, the source that the translation was made for.
        translation: what there is; empty for none.
        state: how far it is.
        limit: most characters of the translation; 0 for no limit.
        digest: what an approval of these words is bound to; empty when there are none.
    """

    key: str
    context: str
    comment: str
    source: str
    previous: str = ""
    translation: str = ""
    state: State
    limit: int = 0
    digest: str = ""


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of one language and campaign.

    Attributes:
        campaign: id of the campaign.
        title: its name.
        source_language: BCP 47 tag of the sources.
        language: BCP 47 tag of the translations.
        updated: day of the campaign's last change, ``2026-11-24``.
        rows: the texts in reading order.
    """

    campaign: str
    title: str
    source_language: str
    language: str
    updated: str
    rows: tuple[ExchangeRow, ...]


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it came back.

    Attributes:
        key: as it was sent; empty where the format has none (PO files).
        context: field.
        source: text in the source language as the translator saw it.
        translation: the translator's words; empty for "no change".
        place: where in the file it stands, for people: ``row 12``.
        approved: digest of the words that a reviewer approved; empty for none.
        question: what the reviewer asks; empty for nothing.
        back: the translation translated back; empty for none.
    """

    key: str = ""
    context: str
    source: str = ""
    translation: str = ""
    place: str = ""
    approved: str = ""
    question: str = ""
    back: str = ""


class Refused(ValueError):
    """Say in one line why a file cannot be read at all."""


def make_rows(states: Iterable[SegmentState], target: NoteTarget) -> tuple[ExchangeRow, ...]:
    """Make the rows of one language.

    Args:
        states: where each text stands (translate.status).
        target: language, campaign and platforms, for limits.

    Returns:
        One row per text.
    """
    return tuple(
        ExchangeRow(
            key=source_digest(item.segment.context, item.segment.source),
            context=item.segment.context,
            comment=item.segment.comment,
            source=item.segment.source,
            previous=item.previous,
            translation=item.translation,
            state=item.state,
            limit=min((most for most in _limits(item, target) if most), default=0),
            digest=item.digest,
        )
        for item in states
    )


def _limits(item: SegmentState, target: NoteTarget) -> list[int]:
    return [limit_of(limit, target)[1] for limit in item.segment.limits]
