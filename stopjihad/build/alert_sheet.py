"""The words of an alert in every language, slots filled, each sentence beside its source.

This is what people read before they approve: in a terminal, and in a file for who is elsewhere.

Throughout, ``project`` is the campaign, ``root`` the workspace, ``slug`` its name there, ``shared``
the theme's words, ``source`` and ``said`` are sentences with their parts, from
``sentences_with_parts``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from stopjihad.build.prepared_alert import PreparedAlert
from stopjihad.catalog.languages import autonym
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.load.templates import load_shared
from stopjihad.load.workspace import read_workspace
from stopjihad.model.alert import LiveAlert
from stopjihad.model.options import Shared, words_for
from stopjihad.model.project import Project
from stopjihad.plan.editions import make_editions
from stopjihad.review.alert_state import State, state_of
from stopjihad.review.alert_status import live_alerts, sent_alone, undecided_alerts
from stopjihad.review.alert_steps import messages_out
from stopjihad.text.unicode.script import direction
from stopjihad.view.alert_phrases import sentences
from stopjihad.view.localization import make_frame
from stopjihad.view.records import Frame


class SentencePair(msgspec.Struct, frozen=True):
    """A sentence of an alert: its part, as the source language says it, and as another one does."""

    part: str
    source: str
    text: str


class LanguageWords(msgspec.Struct, frozen=True, kw_only=True):
    """What an alert says in one language.

    Attributes:
        tag: BCP 47 tag.
        name: how the language calls itself.
        direction: ``ltr`` or ``rtl``.
        words: its sentences in their order; sources are empty where the other language says
            another number of sentences.
    """

    tag: str
    name: str
    direction: str
    words: tuple[SentencePair, ...]


class ShownAlert(msgspec.Struct, frozen=True, kw_only=True):
    """An alert as people read it before they approve.

    Attributes:
        id: of the alert.
        state: where it stands.
        exercise: whether nothing has happened.
        ends: until when it holds.
        languages: its words, the source language first.
        left_out: tag to the reason, of languages in which it may not be sent.
        approved: names of those who approved exactly these words.
        by_file: those of them who answered a file, and were not at the machine.
        refused: names of those who said no to exactly these words.
        alone: who sent it out without a second person, and why; None where nobody did.
        undecided: whether people sent it without knowing of each other.
        changed: what is no longer as somebody approved it; empty when nothing is.
        message: which message of it readers see now, from 1; 0 where they see none.
    """

    id: str
    state: State
    exercise: bool
    ends: dt.datetime
    languages: tuple[LanguageWords, ...]
    left_out: dict[str, str]
    approved: tuple[str, ...] = ()
    by_file: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    alone: tuple[str, str] | None = None
    undecided: bool = False
    changed: str = ""
    message: int = 0


def sentences_with_parts(frame: Frame, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Give the sentences of a frame's first alert with their parts; theme ``words`` by message."""
    if frame.alert is None:
        return ()
    return tuple((one.part, one.text) for one in sentences(frame.alert, frame, words))


def pair_sentences(
    source: Sequence[tuple[str, str]], said: Sequence[tuple[str, str]]
) -> tuple[SentencePair, ...]:
    """Put each sentence beside its source."""
    same = len(source) == len(said)
    return tuple(
        SentencePair(part, source[at][1] if same else "", text)
        for at, (part, text) in enumerate(said)
    )


def shared_words(root: Path, slug: str) -> Shared:
    """Read what a workspace shares: theme words, and platforms; its mistakes are told by check."""
    with pack_of_parsed(root, slug) as pack:
        shared, _ = load_shared(read_workspace(root, slug), pack)
    return shared


def frames_of(project: Project, live: LiveAlert) -> dict[str, Frame]:
    """Fill an alert in each of its languages: tag to what its pages and texts are made from."""
    editions = make_editions(project, live.languages)
    return {one.lang: make_frame(project, one.resolver, alerts=(live,)) for one in editions}


def words_of(project: Project, live: LiveAlert, shared: Shared) -> tuple[LanguageWords, ...]:
    """Say an alert in every language in which it may be sent.

    Returns:
        The source language first, if it is one of them.
    """
    home = project.campaign.record.source_language
    said = {
        tag: sentences_with_parts(frame, words_for(tag, shared.words))
        for tag, frame in frames_of(project, live).items()
    }
    order = sorted(said, key=lambda tag: tag != home)
    return tuple(
        LanguageWords(
            tag=tag,
            name=autonym(tag),
            direction=direction(tag),
            words=pair_sentences(said.get(home, ()), said[tag]),
        )
        for tag in order
    )


def show_alert(
    project: Project, prepared: PreparedAlert, shared: Shared, now: dt.datetime
) -> ShownAlert:
    """Show an alert as it stands: its words, who approved what, and what is in doubt."""
    approval, out = prepared.approval, messages_out(prepared.steps)
    state = state_of(prepared.steps, prepared.lines, now)
    sent = out[0].on if state in {"published", "updated"} else now
    alert = prepared.document.record.stamp(sent)
    live = LiveAlert(alert=alert, languages=prepared.sendable.languages)
    alone = sent_alone(prepared.steps)
    held = (one for _, one in live_alerts(project.reviews, now) if one.alert.id == alert.id)
    return ShownAlert(
        id=alert.id,
        state=state,
        exercise=alert.exercise,
        ends=alert.ends,
        languages=words_of(project, live, shared),
        left_out=prepared.sendable.left_out,
        approved=approval.people,
        by_file=approval.by_file,
        refused=approval.refused,
        alone=(alone.by, alone.reason) if alone else None,
        undecided=any(one.id == alert.id for one in undecided_alerts(project.reviews, now)),
        changed=approval.changed_fields,
        message=next((one.number for one in held), 0),
    )
