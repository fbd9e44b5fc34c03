"""Judge each language once: which talking points and pages are whole in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from stopjihad.model import contexts, input_names
from stopjihad.model.campaign import people_needed
from stopjihad.model.point import Point
from stopjihad.model.project import Project
from stopjihad.model.review import PUBLISHING, signatures, text_digest, translation_digest
from stopjihad.model.step import PutAside
from stopjihad.model.translation import (
    Message,
    MessageTray,
    by_subject,
    messages_about,
    subject_of,
)
from stopjihad.view.resolver import Resolver
from stopjihad.view.source_segments import (
    Segment,
    alert_segments,
    page_segments,
    point_segments,
    stood_in,
)


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """What one language has.

    Attributes:
        lang: BCP 47 tag.
        resolver: finds words in all current messages of the language; where those of talking
            points were put aside, in the others.
        messages: point or page key to its messages that apply, in reading order.
        complete: keys of points and pages with no segment missing.
        missing: point key to the number of segments without a current translation.
        reviewed: keys of points and pages whose every segment is approved, with the day of the
            last signature among them.
        listed: where they were put aside, the messages that lists show of talking points, read when
            they are looked at.
    """

    lang: str
    resolver: Resolver
    messages: dict[str, tuple[Message, ...]]
    complete: frozenset[str]
    missing: dict[str, int]
    reviewed: dict[str, dt.date]
    listed: MessageTray | None = None

    def words_of_lists(self) -> Resolver:
        """Find what lists show of talking points."""
        if self.listed is None:
            return self.resolver
        return Resolver(self.lang, self.resolver.source_lang, self.listed)

    def shows(self, key: str) -> bool:
        """Tell whether the language shows a talking point or page, by its key, as its own."""
        return key in self.complete

    def spreads(self, point: Point) -> bool:
        """Tell whether cards, drafts and lists of the language spread a talking point.

        It is whole in the language, and its claim is well known: an answer to a niche claim is
        found by those who search, and sent to nobody (rule AMP01).
        """
        return self.shows(point.id) and not is_niche(point)


def is_niche(point: Point) -> bool:
    """Tell whether a claim is too little known to be spread by answering it (rule AMP01)."""
    return point.prevalence is not None and point.prevalence.level == "niche"


class EditionSpill(NamedTuple):
    """Take what editions need not hold, so that the words of no language are in memory.

    Attributes:
        take: takes language, key and messages of each talking point.
        put_aside: takes bytes of what lists show of them.
    """

    take: Callable[[str, str, tuple[Message, ...]], None]
    put_aside: PutAside


def make_editions(
    project: Project, languages: Sequence[str], aside: EditionSpill | None = None
) -> tuple[Edition, ...]:
    """Judge the languages asked for, one talking point after the other in all of them.

    Args:
        languages: tags, in the campaign's order.
        aside: takes the messages of each talking point as it is judged. The editions then hold
            none, and their resolvers no texts of talking points.

    Returns:
        One edition per language.
    """
    rules = _rules(project)
    translated = {item.language: item.messages for item in project.translations}
    points = frozenset(document.record.id for document in project.points) - contexts.SHARED
    judges = [
        _Judge(rules, Resolver(lang, rules.source), translated.get(lang, ()), points, aside)
        for lang in languages
    ]
    for key, segments in _needed(project):
        for judge in judges:
            judge.add(key, segments)
    return tuple(judge.edition() for judge in judges)


class PointEdition(msgspec.Struct, frozen=True, kw_only=True):
    """What one language has of one talking point; attributes as in `Edition`."""

    lang: str
    key: str
    messages: tuple[Message, ...]
    complete: bool
    reviewed: dt.date | None


def point_editions(project: Project, points: Sequence[Point]) -> Iterator[PointEdition]:
    """Judge some talking points in all languages of a campaign, reading nothing of the others.

    Args:
        points: of the campaign.

    Yields:
        One for each language and talking point: what `make_editions` says of it.
    """
    rules = _rules(project)
    translated = {item.language: item.messages for item in project.translations}
    needed = {point.id: point_segments(point) for point in points}
    for lang in project.campaign.record.languages:
        for key, segments in needed.items():
            about = messages_about(translated.get(lang, ()), key)
            found = rules.judged(lang, segments, rules.usable(lang, about))
            yield PointEdition(
                lang=lang,
                key=key,
                messages=found.messages,
                complete=not found.missing,
                reviewed=found.reviewed,
            )


def approval_of(edition: Edition, key: str) -> tuple[str, ...]:
    """Name the input with the day on which the words of a ``key`` in an ``edition`` were approved.

    There is none while they are not.
    """
    return (input_names.approval(edition.lang, key),) if key in edition.reviewed else ()


def _approved(project: Project) -> Approved:
    """Find the words that are approved for publishing, each with the day of its last signature."""
    people = people_needed(project.campaign.record)
    return {
        digest: found[-1].on.date()
        for (digest, kind), found in signatures(project.reviews).items()
        if kind in PUBLISHING and len(found) >= people
    }


Approved = dict[str, dt.date]
"""Digest of words to the day on which they were last approved."""


def _last(digests: Iterable[str], approved: Approved) -> dt.date | None:
    """Give the last day of some approvals, or None when one is missing."""
    days = [approved.get(digest) for digest in digests]
    known = [day for day in days if day is not None]
    return max(known, default=None) if len(known) == len(days) else None


class _Judged(NamedTuple):
    """What a language has of a talking point or page; as in `Edition`."""

    messages: tuple[Message, ...]
    missing: int
    reviewed: dt.date | None


class _Rules(NamedTuple):
    """Say what may be published.

    Attributes:
        source: the source language.
        approved: the words that are approved.
        required: whether only those are published.
    """

    source: str
    approved: Approved
    required: bool

    def usable(self, lang: str, messages: Iterable[Message]) -> tuple[Message, ...]:
        """Choose the translations that may be published, without their places in the file.

        A line that moves in the PO file must not make every page of the language anew.
        """
        found = []
        for context, text, translation, stale, *_ in map(msgspec.structs.astuple, messages):
            if stale or not translation:
                continue
            known = bool(self.approved) and (
                translation_digest(lang, context, text, translation) in self.approved
            )
            if known or not self.required:
                found.append(Message(context, text, translation, approved=known))
        return tuple(found)

    def judged(self, lang: str, segments: Iterable[Segment], usable: Iterable[Message]) -> _Judged:
        """Judge a talking point or page.

        Args:
            lang: BCP 47 tag.
            segments: its texts.
            usable: translations, among which its own are.
        """
        if lang == self.source:
            digests = (text_digest(lang, *segment) for segment in segments)
            return _Judged((), 0, _last(digests, self.approved) if self.approved else None)
        current = {(message.context, message.source): message for message in usable}
        found = tuple(current[segment] for segment in segments if segment in current)
        missing = sum(segment not in current and not stood_in(segment[0]) for segment in segments)
        day = None
        if not missing and all(message.approved for message in found):
            digests = (translation_digest(lang, m.context, m.source, m.translation) for m in found)
            day = _last(digests, self.approved)
        return _Judged(found, missing, day)


def _rules(project: Project) -> _Rules:
    campaign = project.campaign.record
    return _Rules(
        campaign.source_language,
        _approved(project),
        required=campaign.publication.unreviewed == "block",
    )


def _needed(project: Project) -> Iterator[tuple[str, tuple[Segment, ...]]]:
    """Give each point's and page's key (the context's first part or two) with its segments."""
    for doc in project.points:
        yield doc.record.id, point_segments(doc.record)
    for page in project.pages:
        yield f"pages/{page.record.id}", page_segments(page.record)
    for template in project.alert_templates:
        yield f"alerts/{template.record.id}", alert_segments(template.record)


LISTED = ("fact", "claim", "question")
"""What lists show of a talking point, or readers find it by."""


class _Judge:
    """Judge one language, a talking point or page after the other."""

    def __init__(
        self,
        rules: _Rules,
        resolver: Resolver,
        messages: Sequence[Message],
        points: Collection[str],
        aside: EditionSpill | None,
    ) -> None:
        self._rules, self._resolver, self._aside = rules, resolver, aside
        self._points = points
        self._subjects = by_subject(messages)
        self._shared: dict[str, tuple[Message, ...]] = {}
        self._kept: dict[str, tuple[Message, ...]] = {}
        self._listed = MessageTray(aside.put_aside) if aside else None
        self._complete: list[str] = []
        self._missing: dict[str, int] = {}
        self._reviewed: dict[str, dt.date] = {}
        for subject in self._subjects.subjects():
            if subject not in points:
                self._shared[subject] = self._usable(subject)
                resolver.add(self._shared[subject])

    def _usable(self, subject: str) -> tuple[Message, ...]:
        return self._rules.usable(self._resolver.lang, self._subjects.about(subject))

    def add(self, key: str, segments: tuple[Segment, ...]) -> None:
        """Judge a talking point or page by its ``key`` and its texts."""
        lang, subject = self._resolver.lang, subject_of(key)
        alone = subject in self._points
        usable = self._usable(subject) if alone else self._shared.get(subject, ())
        found = self._rules.judged(lang, segments, usable)
        if found.missing:
            self._missing[key] = found.missing
        else:
            self._complete.append(key)
            if found.reviewed is not None:
                self._reviewed[key] = found.reviewed
        if lang == self._rules.source:
            return
        if self._aside is None:
            self._kept[key] = found.messages
            if alone:
                self._resolver.add(usable)
        elif subject == key and self._listed is not None:
            self._aside.take(lang, key, found.messages)
            shown = {f"{key}/{field}" for field in LISTED}
            self._listed.add(message for message in found.messages if message.context in shown)

    def edition(self) -> Edition:
        """Give the edition, when all was judged."""
        return Edition(
            lang=self._resolver.lang,
            resolver=self._resolver,
            messages=self._kept,
            complete=frozenset(self._complete),
            missing=self._missing,
            reviewed=self._reviewed,
            listed=self._listed,
        )
