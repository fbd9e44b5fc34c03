"""Narrow a campaign to a partner: their talking points, helplines of their country, own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from stopjihad.model import contexts
from stopjihad.model.campaign import Campaign, HelplineChoice
from stopjihad.model.partner import KitVoice, Partner
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.model.review import (
    Review,
    reading_digest,
    signatures,
    text_digest,
    translation_digest,
)
from stopjihad.model.translation import Message
from stopjihad.text.markdown.segments import segments
from stopjihad.view.discussions import NEUTRAL
from stopjihad.view.voice import VoicedText, is_approved, voiced_texts


class PartnerProject(NamedTuple):
    """A campaign as a partner's kit in one language says it."""

    project: Project
    voice: KitVoice


def for_partner(project: Project, partner: Partner, language: str) -> PartnerProject:
    """Leave a partner's talking points, and let the helplines of their country stand on them.

    Where the country has no line that answers in a language, its lines stand and say in which one
    somebody answers: a number of another country would be dialled in vain. Words of the partner
    stand where the campaign's have not changed since they were written. A school gets no questions
    for the Friday talk, and where the State keeps religion out of class a talking point about one
    only by name.
    """
    campaign = project.campaign.record
    lines = _lines(project, campaign, partner.country)
    choices = tuple(
        HelplineChoice(language=tag, market=partner.country, lines=lines)
        for tag in partner.languages
    )
    record = msgspec.structs.replace(campaign, helplines=choices)
    out = kept_out_of_class(project, partner)
    own = msgspec.structs.replace(
        project,
        campaign=msgspec.structs.replace(project.campaign, record=record),
        points=tuple(
            point
            for point in project.points
            if point.record.id not in out
            and (not partner.points or point.record.id in partner.points)
        ),
        pages=tuple(
            page
            for page in project.pages
            if not (
                partner.kind == "school"
                and page.record.discussion
                and page.record.discussion.setting == "talk"
            )
        ),
        partners=tuple(one for one in project.partners if one.record.id == partner.id),
    )
    texts = [one for one in voiced_texts(project, partner) if one.language == language]
    said = [one for one in texts if not one.stale]
    read = campaign.publication.unreviewed == "allow"
    unread = () if read else [one.point for one in said if not is_approved(project, one)]
    voice = KitVoice(
        intro="".join(one.own.text for one in said if one.part == "intro"),
        notes={one.point: one.own.text for one in said if one.part == "note"},
        left=tuple(dict.fromkeys(one.point for one in texts if one.stale)),
        unread=tuple(dict.fromkeys(unread)),
    )
    titles = [one.own.text for one in said if one.part == "title"]
    return PartnerProject(_with_title(_with_voice(own, said, language), titles, language), voice)


def is_neutral(partner: Partner) -> bool:
    """Tell whether a partner is a school where the State keeps religion and politics out."""
    return partner.kind == "school" and partner.country in NEUTRAL


def kept_out_of_class(project: Project, partner: Partner) -> frozenset[str]:
    """Name the talking points that a school gets only if it asks for them."""
    return _left_to_ask_for(project, partner, "faith")


def kept_to_lessons(project: Project, partner: Partner | None) -> frozenset[str]:
    """Name those of which a school gets the lesson page alone, unless it asks for more."""
    return _left_to_ask_for(project, partner, "politics") if partner else frozenset()


def _left_to_ask_for(
    project: Project, partner: Partner, mark: Literal["faith", "politics"]
) -> frozenset[str]:
    if not is_neutral(partner):
        return frozenset()
    talks = (page.record.discussion for page in project.pages)
    marked = frozenset(one.point for one in talks if one and getattr(one, mark))
    return marked - {*partner.points}


_FIELDS = {"hook": "hook", "action": "action.label", "alternative": "alternative"}
"""Field of a talking point by the part of it that a partner may say in other words."""


def _with_voice(project: Project, texts: Sequence[VoicedText], language: str) -> Project:
    """Put a partner's words into their fields, in all languages: only ``language`` is made of it.

    In another than the source language they stand in the place of their translation, too. What
    was signed under them stays signed.
    """
    texts = [one for one in texts if one.part in _FIELDS]
    if not texts:
        return project
    source = project.campaign.record.source_language
    moved = tuple(_moved_lines(project, texts, source))
    there = tuple(Message(_context(one), text, text) for one in texts for text in _segments_of(one))
    return msgspec.structs.replace(
        project,
        points=tuple(_voiced_point(point, texts) for point in project.points),
        translations=tuple(
            msgspec.structs.replace(file, messages=(*file.messages, *there))
            if file.language == language
            else file
            for file in project.translations
        ),
        reviews=(*project.reviews, *moved),
    )


def _with_title(project: Project, titles: Sequence[str], language: str) -> Project:
    """Let a partner's title, where there is one, stand for the name of the campaign."""
    for text in titles:
        record = msgspec.structs.replace(project.campaign.record, title=text)
        place = contexts.campaign("title")
        project = msgspec.structs.replace(
            project,
            campaign=msgspec.structs.replace(project.campaign, record=record),
            translations=tuple(
                msgspec.structs.replace(file, messages=(*file.messages, Message(place, text, text)))
                if file.language == language
                else file
                for file in project.translations
            ),
        )
    return project


def _context(text: VoicedText) -> str:
    return contexts.point(text.point, _FIELDS[text.part])


def _segments_of(text: VoicedText) -> tuple[str, ...]:
    if text.part != "alternative":
        return (text.own.text,)
    return tuple(segment.text for segment in segments(text.own.text))


def _voiced_point(document: Document[Point], texts: Sequence[VoicedText]) -> Document[Point]:
    point = document.record
    for one in texts:
        if one.point != point.id:
            continue
        if one.part == "action":
            action = msgspec.structs.replace(point.action, label=one.own.text)
            point = msgspec.structs.replace(point, action=action)
        else:
            point = msgspec.structs.replace(point, **{one.part: one.own.text})
    return msgspec.structs.replace(document, record=point)


def _moved_lines(project: Project, texts: Sequence[VoicedText], source: str) -> Iterator[Review]:
    """Give the signatures under a partner's words as lines about the field that they stand in."""
    standing = signatures(project.reviews)
    for text in texts:
        place = _context(text)
        for (digest, kind), lines in standing.items():
            for line in lines if digest == text.digest else ():
                for words in _segments_of(text):
                    own = kind == "editorial"
                    bound = (
                        text_digest(source, place, words)
                        if own
                        else translation_digest(text.language, place, words, words)
                    )
                    yield _move(line, place, bound, words, "" if own else words)
            for line in lines if kind == "reading" else ():
                if (line.context, line.language) == (text.context, text.language):
                    bound = reading_digest(text.language, place, line.words)
                    yield _move(line, place, bound, line.words, "")


def _move(line: Review, context: str, digest: str, words: str, source: str) -> Review:
    return msgspec.structs.replace(
        line, context=context, digest=digest, words=words, source=source, answers=None
    )


def _lines(project: Project, campaign: Campaign, country: str) -> tuple[str, ...]:
    """Name the helplines of a country: those that the campaign names, in its order, else all.

    One that it leaves to its help page, since few calls are answered, led the leaflet of a partner.
    """
    there = [line.id for line in project.all_helplines if line.country == country]
    named = [name for entry in campaign.helplines for name in entry.lines if name in there]
    return tuple(dict.fromkeys(named or there))
