"""What waits for somebody's eyes: one row for each talking point, page … and language."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from stopjihad.check.reading_list import open_sentences, subject_of
from stopjihad.model.campaign import people_needed
from stopjihad.model.change_set import change_sets, with_set
from stopjihad.model.project import Project
from stopjihad.model.remark import RemarkThread, assignments, remark_threads, whole_digest
from stopjihad.model.review import PUBLISHING, person, signatures, urgent_signatures
from stopjihad.translate.status import SegmentState, key_of, segment_states

SETS = "sets/"
"""Begins the key under which all of a change set is sent back."""


class WaitingSheet(NamedTuple):
    """One whole that waits in one language: for a reader, or for its writer.

    Attributes:
        language: BCP 47 tag.
        key: of the whole, as ``translate.status.key_of`` gives it.
        texts: how many of its texts nobody, or too few people, have approved.
        sentences: how many of its sentences on the reading list are unread.
        sent_back: whether it was sent back, and its words are still the same: its writer's turn.
        remarks: how many remarks on it are open.
        lapse: the moment at which it is taken down, of what one person has corrected urgently.
        to: whose turn somebody said it is; empty for everybody's.
        due: the day by which it is wanted.
    """

    language: str
    key: str
    texts: int
    sentences: int
    sent_back: bool = False
    remarks: int = 0
    lapse: dt.datetime | None = None
    to: str = ""
    due: dt.date | None = None


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
    project = project.as_written
    own = _signed_by(project, name) if name and people_needed(project.campaign.record) > 1 else ()
    return tuple(
        sheet
        for language in tuple(languages) or project.campaign.record.languages
        for sheet in _sheets(project, language, own)
    )


def _sheets(project: Project, language: str, own: Collection[str]) -> Iterator[WaitingSheet]:
    states = segment_states(project, language)
    urgent = urgent_signatures(project.reviews, people_needed(project.campaign.record))
    texts = Counter(
        key_of(one.segment.context)
        for one in states
        if (one.state == "unreviewed" or one.digest in urgent) and one.digest not in own
    )
    lapses: dict[str, dt.datetime] = {}
    for one in states:
        if one.digest in urgent:
            key, lapse = key_of(one.segment.context), urgent[one.digest].lapse
            lapses[key] = min(lapse, lapses.get(key, lapse))
    sentences = Counter(
        key_of(one.context)
        for one in open_sentences(project, language)
        if not own or subject_of(one).digest not in own
    )
    threads = open_threads(project, language)
    turns = {
        key: one for (tag, key), one in assignments(project.remarks).items() if tag == language
    }
    keys = dict.fromkeys((*(key_of(one.segment.context) for one in states), *sentences))
    for key in keys:
        about = threads.get(key, ())
        if texts[key] or sentences[key] or about:
            turn = turns.get(key)
            yield WaitingSheet(
                language,
                key,
                texts[key],
                sentences[key],
                sent_back=any(is_unanswered(one, states) for one in about),
                remarks=len(about),
                lapse=lapses.get(key),
                to=turn.to if turn else "",
                due=turn.due if turn else None,
            )


def has_lapsed(project: Project, now: dt.datetime) -> bool:
    """Tell whether the day of an urgent correction is over since the campaign was read."""
    return any(
        not one.lapsed and one.lapse <= now
        for one in project.reviews
        if one.urgent and not one.ahead
    )


def open_threads(project: Project, language: str) -> dict[str, tuple[RemarkThread, ...]]:
    """Collect the remarks of a language that nobody has resolved, by the whole they are about."""
    found: dict[str, tuple[RemarkThread, ...]] = {}
    for one in remark_threads(project.remarks):
        if one.root.language == language and not one.resolved:
            key = key_of(one.root.context)
            found[key] = (*found.get(key, ()), one)
    return found


def is_unanswered(thread: RemarkThread, states: Iterable[SegmentState]) -> bool:
    """Tell whether words were sent back, and nobody has changed them since."""
    root = thread.root
    return root.step == "send-back" and root.words in current_words(root.context, states)


def current_words(context: str, states: Iterable[SegmentState]) -> frozenset[str]:
    """Give what a remark is bound to: digests of the texts of a field, or that of a whole."""
    own = [one for one in states if one.segment.context == context]
    if own:
        return frozenset(one.digest for one in own)
    return frozenset({sheet_digest(context, states)})


def sheet_digest(key: str, states: Iterable[SegmentState]) -> str:
    """Digest all that a whole says in a language."""
    return whole_digest(one.digest for one in states if is_of(one, key))


def is_of(state: SegmentState, key: str) -> bool:
    """Tell whether a text belongs to a whole; of a set, its `set_states` are given, and all do."""
    return key.startswith(SETS) or key_of(state.segment.context) == key


def set_states(project: Project, key: str, language: str) -> tuple[SegmentState, ...]:
    """Give the texts of a change set, by its ``key``, as they will be; none where it is gone."""
    name = key.removeprefix(SETS)
    keys = {one.key for one in change_sets(project).get(name, ())}
    states = segment_states(with_set(project, name), language) if keys else ()
    return tuple(one for one in states if key_of(one.segment.context) in keys)


def returned_sets(project: Project) -> frozenset[str]:
    """Name the change sets that were sent back, and whose words are still the same."""
    project = project.as_written
    language = project.campaign.record.source_language
    return frozenset(
        key.removeprefix(SETS)
        for key, threads in open_threads(project, language).items()
        if key.startswith(SETS)
        for states in [set_states(project, key, language)]
        if any(is_unanswered(one, states) for one in threads)
    )


def _signed_by(project: Project, name: str) -> frozenset[str]:
    """Give digests of the words that a person has approved or read."""
    wanted = person(name)
    return frozenset(
        digest
        for (digest, kind), found in signatures(project.reviews).items()
        if kind in {*PUBLISHING, "reading"} and any(person(one.by) == wanted for one in found)
    )
