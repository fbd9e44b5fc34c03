"""Judge each language once: which talking points and pages are whole in it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from stopjihad.model import input_names
from stopjihad.model.campaign import people_needed
from stopjihad.model.loaded import Project
from stopjihad.model.point import Point
from stopjihad.model.review import PUBLISHING, signatures
from stopjihad.model.translation import Message, by_subject, messages_about, subject_of
from stopjihad.text.digests import text_digest, translation_digest
from stopjihad.view.extract import (
    Segment,
    alert_segments,
    page_segments,
    point_segments,
    stood_in,
)
from stopjihad.view.resolve import Resolver


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """What one language has.

    Attributes:
        lang: BCP 47 tag.
        resolver: finds words in all current messages of the language.
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

    def spreads(self, point: Point) -> bool:
        """Tell whether cards, drafts and lists of the language spread a talking point.

        It is whole in the language, and its claim is well known: an answer to a niche claim is
        found by those who search, and sent to nobody (rule AMP01).
        """
        return self.shows(point.id) and not is_niche(point)


def is_niche(point: Point) -> bool:
    """Tell whether a claim is too little known to be spread by answering it (rule AMP01)."""
    return point.prevalence is not None and point.prevalence.level == "niche"


def make_editions(project: Project, languages: tuple[str, ...]) -> tuple[Edition, ...]:
    """Judge the languages asked for.

    Args:
        languages: tags, in the campaign's order.

    Returns:
        One edition per language.
    """
    return tuple(each_edition(project, languages))


Take = Callable[[str, str, tuple[Message, ...]], None]
"""Takes language, key and messages of a talking point."""


def each_edition(
    project: Project, languages: tuple[str, ...], take: Take | None = None
) -> Iterator[Edition]:
    """Judge one language after the other; arguments as for `make_editions`.

    Args:
        languages: tags, in the campaign's order.
        take: takes the messages of each talking point as it is judged. The edition then holds no
            messages, and its resolver of talking points what lists and frames show: no language is
            in memory.

    Yields:
        One edition per language.
    """
    campaign = project.campaign.record
    source = campaign.source_language
    needed = _needed(project)
    translated = {item.language: item.messages for item in project.translations}
    approved = _approved(project)
    required = campaign.publication.unreviewed == "block"
    for lang in languages:
        if lang == source:
            yield _source_edition(lang, needed, approved)
        else:
            groups = by_subject(translated.get(lang, ()))
            usable = (_usable(lang, group, approved, required) for group in groups)
            yield _edition(Resolver(lang, source), usable, needed, approved, take)


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
        One for each language and talking point: what `each_edition` says of it.
    """
    campaign = project.campaign.record
    source = campaign.source_language
    translated = {item.language: item.messages for item in project.translations}
    approved = _approved(project)
    required = campaign.publication.unreviewed == "block"
    needed = {point.id: point_segments(point) for point in points}
    for lang in campaign.languages:
        for key, segments in needed.items():
            if lang == source:
                edition = _source_edition(lang, {key: segments}, approved)
            else:
                about = messages_about(translated.get(lang, ()), key)
                usable = _usable(lang, about, approved, required)
                edition = _edition(Resolver(lang, source), (usable,), {key: segments}, approved)
            yield PointEdition(
                lang=lang,
                key=key,
                messages=edition.messages.get(key, ()),
                complete=key in edition.complete,
                reviewed=edition.reviewed.get(key),
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


def _source_edition(
    lang: str, needed: dict[str, tuple[Segment, ...]], approved: Approved
) -> Edition:
    reviewed: dict[str, dt.date] = {}
    if approved:
        for key, segments in needed.items():
            day = _last((text_digest(lang, *segment) for segment in segments), approved)
            if day is not None:
                reviewed[key] = day
    return Edition(
        lang=lang,
        resolver=Resolver(lang, lang, ()),
        messages={},
        complete=frozenset(needed),
        missing={},
        reviewed=reviewed,
    )


def _usable(
    lang: str,
    messages: Sequence[Message],
    approved: Approved,
    required: bool,  # noqa: FBT001  what the policy says
) -> tuple[Message, ...]:
    """Choose the translations that may be published, without their places in the file.

    A line that moves in the PO file must not make every page of the language anew.
    """
    found = []
    for context, text, translation, stale, *_ in map(msgspec.structs.astuple, messages):
        if stale or not translation:
            continue
        known = bool(approved) and (
            translation_digest(lang, context, text, translation) in approved
        )
        if known or not required:
            found.append(Message(context, text, translation, approved=known))
    return tuple(found)


def _needed(project: Project) -> dict[str, tuple[Segment, ...]]:
    """List each point's and page's segments under its key (the context's first part or two)."""
    needed = {doc.record.id: point_segments(doc.record) for doc in project.points}
    for page in project.pages:
        needed[f"pages/{page.record.id}"] = page_segments(page.record)
    for template in project.alert_templates:
        needed[f"alerts/{template.record.id}"] = alert_segments(template.record)
    return needed


def _edition(
    resolver: Resolver,
    groups: Iterable[tuple[Message, ...]],
    needed: dict[str, tuple[Segment, ...]],
    approved: Approved,
    take: Take | None = None,
) -> Edition:
    """Judge a language, whose messages about one thing are in one of the ``groups``."""
    lang = resolver.lang
    kept: dict[str, tuple[Message, ...]] = {}
    lacking: dict[str, int] = {}
    reviewed: dict[str, dt.date] = {}
    for key, current in _by_key(resolver, groups, needed, shorn=take is not None):
        segments = needed[key]
        found = tuple(current[segment] for segment in segments if segment in current)
        lacking[key] = sum(
            segment not in current and not stood_in(segment[0]) for segment in segments
        )
        if not lacking[key]:
            reviewed |= _reviewed(lang, {key: found}, approved)
        if take is None:
            kept[key] = found
        elif subject_of(key) == key:
            take(lang, key, found)
    return Edition(
        lang=lang,
        resolver=resolver,
        messages={key: kept[key] for key in needed if key in kept},
        complete=frozenset(key for key in needed if not lacking[key]),
        missing={key: lacking[key] for key in needed if lacking[key]},
        reviewed={key: reviewed[key] for key in needed if key in reviewed},
    )


def _by_key(
    resolver: Resolver,
    groups: Iterable[tuple[Message, ...]],
    needed: Collection[str],
    *,
    shorn: bool,
) -> Iterator[tuple[str, Mapping[Segment, Message]]]:
    """Give each key with the messages among which its own are, and have the resolver index all.

    Where it is ``shorn``, it holds no texts of talking points that only their own pages show.
    """
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for key in needed:
        keys[subject_of(key)].append(key)
    for messages in groups:
        if not messages:
            continue
        current = {(message.context, message.source): message for message in messages}
        subject = subject_of(messages[0].context)
        for key in keys.pop(subject, ()):
            yield key, current
        resolver.add(messages, _long(subject) if shorn and subject in needed else ())
    for rest in keys.values():
        for key in rest:
            yield key, {}


def _long(key: str) -> frozenset[str]:
    """Name the texts of a talking point that only its own pages show."""
    return frozenset((f"{key}/alternative", f"{key}/body"))


def _reviewed(
    lang: str, kept: dict[str, tuple[Message, ...]], approved: Approved
) -> dict[str, dt.date]:
    found: dict[str, dt.date] = {}
    for key, messages in kept.items():
        if not all(message.approved for message in messages):
            continue
        digests = (translation_digest(lang, m.context, m.source, m.translation) for m in messages)
        day = _last(digests, approved)
        if day is not None:
            found[key] = day
    return found
