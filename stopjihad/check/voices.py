"""Check what partners say in their own words, as the campaign's words in the same places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from stopjihad.check.finding import at
from stopjihad.check.points import check_point
from stopjihad.check.rules.run import check_document_rules
from stopjihad.check.texts import check_point_prose, link_targets
from stopjihad.model.partner import Partner
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Page, Project, written_places
from stopjihad.problem import Problem
from stopjihad.text.nearest import nearest
from stopjihad.view.voice import VoicedText, is_approved, resolver_of, voiced_texts

STALE, UNAPPROVED = "voice-stale", "voice-unapproved"
"""Codes of words that the campaign's policy may keep out of a kit."""

SHOWN = 60
"""Characters of the campaign's words that a hint shows."""


def check_voices(project: Project, today: dt.date | None) -> Iterator[Problem]:
    """Find what is wrong with partners' own words.

    Args:
        today: day on which message rules judge them; None to leave the rules out.
    """
    for partner in project.partners:
        if partner.record.voice:
            yield from _names(partner)
            yield from check_voice(project, partner)
            for text in voiced_texts(project, partner.record):
                yield from _judge(project, partner, text, today)


def check_voice(project: Project, partner: Document[Partner]) -> Iterator[Problem]:
    """Find words of a partner whose original has changed, or that nobody has approved.

    Yields:
        Problems ``voice-stale`` and, where only approved words are published,
        ``voice-unapproved``: warnings, for a build needs none of these words.
    """
    must = project.campaign.record.publication.unreviewed == "block"
    for text in voiced_texts(project, partner.record):
        if text.stale:
            changed = "the campaign's words have changed since: this stands in no kit"
            unbound = "nobody has compared this with the campaign's words: it stands in no kit"
            message = changed if text.own.of else unbound
            said = text.original[:SHOWN] or "…"
            hint = f"the campaign says '{said}'; if yours fit it, add of: {text.bound}"
            yield at(partner, text.field, STALE, message, hint, "warning")
        elif must and not is_approved(project, text):
            message = "nobody of the campaign has approved these words"
            hint = f"stopjihad review approve --language {text.language} {text.context}"
            yield at(partner, text.field, UNAPPROVED, message, hint, "warning")


def _names(partner: Document[Partner]) -> Iterator[Problem]:
    """Find languages and talking points that the partner does not get."""
    one = partner.record
    for tag, voice in one.voice.items():
        if tag not in one.languages:
            message = f"'{tag}' is not a language of this partner"
            hint = nearest(tag, one.languages)
            yield at(partner, f"voice.{tag}", "partner-language", message, hint)
        for name in voice.points:
            if one.points and name not in one.points:
                message = f"'{name}' is not a talking point of this partner"
                hint = nearest(name, one.points)
                yield at(partner, f"voice.{tag}.points.{name}", "partner-point", message, hint)


def _judge(
    project: Project, partner: Document[Partner], text: VoicedText, today: dt.date | None
) -> Iterator[Problem]:
    """Judge words in the place of the campaign's; what is wrong with others is told elsewhere."""
    found: list[Problem] = []
    campaign = msgspec.structs.replace(project.campaign.record, source_language=text.language)
    there = msgspec.structs.replace(
        project, campaign=msgspec.structs.replace(project.campaign, record=campaign)
    )
    document: Document[Any] = _document(project, partner, text)
    if text.point:
        found += check_point(document, there)
        found += check_point_prose(document, link_targets(project))
    found += check_document_rules(document, there, today) if today else ()
    for problem in found:
        if problem.path == partner.path and problem.line:
            yield problem


_FIELDS = {"hook": "hook", "action": "action.label"}
"""Field in which words are judged; those of the others are prose."""


def _document(project: Project, partner: Document[Partner], text: VoicedText) -> Document[Any]:
    """Put words into their field of a talking point, or of a page where they open a kit.

    Only this field has a place: it is the one that was written here.
    """
    place = partner.place(text.field)
    if not text.point:
        field = "title" if text.part == "title" else "body"
        page = msgspec.structs.replace(Page(id=text.part, title=""), **{field: text.own.text})
        return _make_document(partner, page, field, place)
    (point,) = (one.record for one in project.points if one.record.id == text.point)
    said = _said_point(project, point, text.language)
    field = _FIELDS.get(text.part, "alternative")
    if text.part == "action":
        action = msgspec.structs.replace(said.action, label=text.own.text)
        return _make_document(partner, msgspec.structs.replace(said, action=action), field, place)
    return _make_document(
        partner, msgspec.structs.replace(said, **{field: text.own.text}), field, place
    )


def _make_document(
    partner: Document[Partner], record: Point | Page, field: str, place: tuple[int, int]
) -> Document[Any]:
    return Document(
        path=partner.path, record=record, digest="", places=written_places({field: place})
    )


def _said_point(project: Project, point: Point, language: str) -> Point:
    """Give a talking point as its readers in a language meet it: what rules compare words with."""
    words = resolver_of(project, language)

    def in_language(field: str, text: str | None) -> str | None:
        return words.text(f"{point.id}/{field}", text).value if text else None

    return msgspec.structs.replace(
        point,
        fact=in_language("fact", point.fact),
        line=None,
        claim=in_language("claim", point.claim),
        warning=in_language("warning", point.warning),
        claimant=in_language("claimant", point.claimant),
        question=in_language("question", point.question),
        hook=None,
        posts={},
    )
