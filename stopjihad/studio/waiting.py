"""What waits for somebody's eyes: one row for each talking point, page … and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from stopjihad.check.reading_list import open_sentences, subject_of
from stopjihad.model.campaign import people_needed
from stopjihad.model.project import Project
from stopjihad.model.review import PUBLISHING, person, signatures
from stopjihad.translate.status import key_of, segment_states


class WaitingSheet(NamedTuple):
    """One whole that waits for a signature in one language.

    Attributes:
        language: BCP 47 tag.
        key: of the whole, as ``translate.status.key_of`` gives it.
        texts: how many of its texts nobody, or too few people, have approved.
        sentences: how many of its sentences on the reading list are unread.
    """

    language: str
    key: str
    texts: int
    sentences: int


def waiting_sheets(
    project: Project, name: str = "", languages: Iterable[str] = ()
) -> tuple[WaitingSheet, ...]:
    """List what waits for a person: in Review, and on the first page.

    Args:
        name: of the person; what they have signed where two people must does not wait for them.
        languages: BCP 47 tags; all of the campaign when none is given.

    Returns:
        The sheets in the order of the languages, in each in reading order.
    """
    own = _signed_by(project, name) if name and people_needed(project.campaign.record) > 1 else ()
    return tuple(
        sheet
        for language in tuple(languages) or project.campaign.record.languages
        for sheet in _sheets(project, language, own)
    )


def _sheets(project: Project, language: str, own: Collection[str]) -> Iterable[WaitingSheet]:
    states = segment_states(project, language)
    texts = Counter(
        key_of(one.segment.context)
        for one in states
        if one.state == "unreviewed" and one.digest not in own
    )
    sentences = Counter(
        key_of(one.context)
        for one in open_sentences(project, language)
        if not own or subject_of(one).digest not in own
    )
    for key in dict.fromkeys((*(key_of(one.segment.context) for one in states), *sentences)):
        if texts[key] or sentences[key]:
            yield WaitingSheet(language, key, texts[key], sentences[key])


def _signed_by(project: Project, name: str) -> frozenset[str]:
    """Give digests of the words that a person has approved or read."""
    wanted = person(name)
    return frozenset(
        digest
        for (digest, kind), found in signatures(project.reviews).items()
        if kind in {*PUBLISHING, "reading"} and any(person(one.by) == wanted for one in found)
    )
