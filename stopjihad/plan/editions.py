"""Judge each language once: which talking points and pages are whole in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from stopjihad.model import contexts, input_names
from stopjihad.model.campaign import people_needed
from stopjihad.model.point import Point
from stopjihad.model.project import Page, Project
from stopjihad.model.review import (
    PUBLISHING,
    Review,
    are_enough,
    signatures,
    text_digest,
    translation_digest,
)
from stopjihad.model.translation import Message, by_subject, subject_of
from stopjihad.view.resolver import Resolver
from stopjihad.view.source_segments import (
    Segment,
    alert_segments,
    alternative_texts,
    page_segments,
    point_segments,
    stood_in,
)


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """What one language has.

    Attributes:
        lang: BCP 47 tag.
        resolver: finds words in the current messages of the language; of those of talking points,
            in what lists show (`LISTED`).
        messages: point or page key to its messages that apply, in reading order.
        complete: keys of points and pages with no segment missing.
        missing: point key to the number of segments without a current translation.
        reviewed: keys of points and pages whose every segment is approved, with the day of the
            last signature among them.
    """

    lang: str
    resolver: Resolver
    messages: dict[str, tuple[Message, ...]]
    complete: frozenset[str]
    missing: dict[str, int]
    reviewed: dict[str, dt.date]

    def shows(self, key: str) -> bool:
        """Tell whether the language shows a talking point or page, by its key, as its own."""
        return key in self.complete

    def has_page(self, page: Page) -> bool:
        """Tell whether the language has a free page as its own: with the fact that it is about."""
        about = page.discussion
        return self.shows(f"pages/{page.id}") and (about is None or self.shows(about.point))

    def spreads(self, point: Point) -> bool:
        """Tell whether cards, drafts and lists of the language spread a talking point.

        It is whole in the language, and its claim is well known: an answer to a niche claim is
        found by those who search, and sent to nobody (rule AMP01).
        """
        return self.shows(point.id) and not is_niche(point)


def is_niche(point: Point) -> bool:
    """Tell whether a claim is too little known to be spread by answering it (rule AMP01)."""
    return point.prevalence is not None and point.prevalence.level == "niche"


class RememberedPoint(NamedTuple):
    """A talking point that was approved once, as the ledger says: by anybody's word.

    Attributes:
        id: as its file was called.
        languages: BCP 47 tags of those in which its fact was approved.
        since: day on which that was taken back last; None where nobody did, or signed again.
    """

    id: str
    languages: frozenset[str]
    since: dt.date | None


def remembered_points(project: Project) -> tuple[RememberedPoint, ...]:
    """List the talking points that people approved, by id, whoever deleted their files since.

    So any clone says the same of them. What the program signed for its sample does not count.
    """
    languages: dict[str, set[str]] = {}
    last: dict[str, Review] = {}
    for review in project.reviews:
        name, _, field = review.context.partition("/")
        if field != "fact" or review.kind not in PUBLISHING or review.through == "shipping":
            continue
        if not _ID.fullmatch(name) or review.ahead:
            continue
        languages.setdefault(name, set()).add(review.language)
        if name not in last or last[name].on <= review.on:
            last[name] = review
    return tuple(
        RememberedPoint(
            name,
            frozenset(languages[name]),
            last[name].on.date() if last[name].takes_back else None,
        )
        for name in sorted(languages)
    )


def vanished_points(
    project: Project, remembered: Iterable[RememberedPoint], edition: Edition
) -> tuple[str, ...]:
    """Find talking points that were approved in a language once and are not whole in it now.

    Those that were withdrawn, or whose files are gone, have a word of their own.
    """
    there = {document.record.id for document in project.points}
    told = {document.record.id for document in project.withdrawn_points}
    told |= {one.id for one in deleted_points(project, remembered)}
    return tuple(
        one.id
        for one in remembered
        if edition.lang in one.languages
        and one.id not in told
        and not (one.id in there and edition.shows(one.id))
    )


def deleted_points(
    project: Project, remembered: Iterable[RememberedPoint]
) -> tuple[RememberedPoint, ...]:
    """Find those that readers had a page of and have none now: no file, or a draft again.

    A draft of a change set was approved before any reader saw it.
    """
    there = {document.record.id for document in (*project.points, *project.withdrawn_points)}
    there |= {one.record.id for one in project.draft_points if one.record.change_set}
    return tuple(one for one in remembered if one.id not in there)


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""As ids of talking points are: a line of the ledger is anybody's word."""


LISTED = ("fact", "claim", "question", "corrections.why", "corrections.was")
"""What lists show of a talking point, or readers find it by."""


def make_editions(project: Project, languages: Sequence[str]) -> tuple[Edition, ...]:
    """Judge each of the ``languages`` that are asked for, in the campaign's order."""
    rules = _rules(project)
    translated = {item.language: item.messages for item in project.translations}
    points = frozenset(document.record.id for document in project.points) - contexts.SHARED
    needed = tuple(_needed_segments(project))
    return tuple(
        _edition(rules, lang, translated.get(lang, ()), points, needed) for lang in languages
    )


def _edition(
    rules: _Rules,
    lang: str,
    messages: Iterable[Message],
    points: Collection[str],
    needed: Iterable[tuple[str, tuple[Segment, ...]]],
) -> Edition:
    resolver = Resolver(lang, rules.source)
    usable: dict[str, tuple[Message, ...]] = {}
    for subject, about in by_subject(messages).items():
        usable[subject] = found = rules.usable(lang, about)
        shown = {f"{subject}/{field}" for field in LISTED} if subject in points else None
        resolver.add(m for m in found if shown is None or m.context in shown)
    judged = {
        key: rules.judge(lang, segments, _own(usable, subject_of(key))) for key, segments in needed
    }
    complete = frozenset(key for key, found in judged.items() if not found.missing)
    return Edition(
        lang=lang,
        resolver=resolver,
        messages={key: one.messages for key, one in judged.items() if lang != rules.source},
        complete=complete,
        missing={key: found.missing for key, found in judged.items() if found.missing},
        reviewed={
            key: found.reviewed
            for key, found in judged.items()
            if key in complete and found.reviewed is not None
        },
    )


def _own(usable: Mapping[str, tuple[Message, ...]], subject: str) -> tuple[Message, ...]:
    """Give the translations of a subject; pages also say what their pictures show."""
    own = usable.get(subject, ())
    return (*own, *usable.get("media", ())) if subject == "pages" else own


def approval_of(edition: Edition, key: str) -> tuple[str, ...]:
    """Name the input with the day on which the words of a ``key`` in an ``edition`` were approved.

    There is none while they are not.
    """
    return (input_names.approval(edition.lang, key),) if key in edition.reviewed else ()


def _approved_words(project: Project) -> Approved:
    """Find the words that are approved for publishing, each with the day of its last signature."""
    people = people_needed(project.campaign.record)
    return {
        digest: found[-1].on.date()
        for (digest, kind), found in signatures(project.reviews).items()
        if kind in PUBLISHING and are_enough(found, people)
    }


Approved = dict[str, dt.date]
"""Digest of words to the day on which they were last approved."""


def _last_approval(digests: Iterable[str], approved: Approved) -> dt.date | None:
    """Give the last day of some approvals, or None when one is missing."""
    days = [approved.get(digest) for digest in digests]
    known = [day for day in days if day is not None]
    return max(known, default=None) if len(known) == len(days) else None


class _JudgedTexts(NamedTuple):
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
        """Choose the translations that may be published, and say which are approved."""
        found = []
        for one in messages:
            if one.stale or not one.translation:
                continue
            digest = self.approved and translation_digest(
                lang, one.context, one.source, one.translation
            )
            if digest and digest in self.approved:
                found.append(msgspec.structs.replace(one, approved=True))
            elif not self.required:
                found.append(one)
        return tuple(found)

    def judge(
        self, lang: str, segments: Iterable[Segment], usable: Iterable[Message]
    ) -> _JudgedTexts:
        """Judge a talking point or page."""
        if lang == self.source:
            digests = (text_digest(lang, *segment) for segment in segments)
            return _JudgedTexts(
                (), 0, _last_approval(digests, self.approved) if self.approved else None
            )
        current = {(message.context, message.source): message for message in usable}
        found = tuple(current[segment] for segment in segments if segment in current)
        missing = sum(segment not in current and not stood_in(segment[0]) for segment in segments)
        day = None
        if not missing and all(message.approved for message in found):
            digests = (translation_digest(lang, m.context, m.source, m.translation) for m in found)
            day = _last_approval(digests, self.approved)
        return _JudgedTexts(found, missing, day)


def _rules(project: Project) -> _Rules:
    campaign = project.campaign.record
    return _Rules(
        campaign.source_language,
        _approved_words(project),
        required=campaign.publication.unreviewed == "block",
    )


def _needed_segments(project: Project) -> Iterator[tuple[str, tuple[Segment, ...]]]:
    """Give each point's and page's key (the context's first part or two) with its segments."""
    for doc in project.points:
        yield doc.record.id, point_segments(doc.record)
    alternatives = alternative_texts(project)
    for page in project.pages:
        yield f"pages/{page.record.id}", page_segments(page.record, alternatives)
    for template in project.alert_templates:
        yield f"alerts/{template.record.id}", alert_segments(template.record)
