"""Read what a partner says in words of their own, beside the campaign's words that they replace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from stopjihad.model import contexts
from stopjihad.model.campaign import people_needed
from stopjihad.model.partner import OwnText, Partner, Voice
from stopjihad.model.point import Point
from stopjihad.model.project import Project
from stopjihad.model.review import approved_digests, text_digest, translation_digest
from stopjihad.view.resolver import Resolver

VoicePart = Literal["title", "intro", "hook", "action", "alternative", "note"]
"""What may be said in other words."""

_PARTS: tuple[VoicePart, ...] = ("hook", "action", "alternative", "note")


class VoicedText(NamedTuple):
    """One text of a partner.

    Attributes:
        language: BCP 47 tag.
        part: what it says.
        point: id of the talking point; empty for ``title`` and ``intro``.
        field: where it stands in the partner's file.
        own: the words, and what they are bound to.
        original: the campaign's words in the language; of ``note`` the fact, of ``intro`` the
            summary: what is said beside them must be true of them.
        context: its name in the ledger.
        digest: what an approval of the words is bound to.
    """

    language: str
    part: VoicePart
    point: str
    field: str
    own: OwnText
    original: str
    context: str
    digest: str

    @property
    def bound(self) -> str:
        """The digest of the campaign's words as they are now."""
        return text_digest(self.language, self.context, self.original)

    @property
    def stale(self) -> bool:
        """Whether the campaign's words are others than those that these were written for."""
        return self.own.of != self.bound


def voiced_texts(project: Project, partner: Partner) -> Iterator[VoicedText]:
    """List the texts of a partner, but those of talking points that are not there."""
    points = {document.record.id: document.record for document in project.points}
    source = project.campaign.record.source_language
    for tag, voice in partner.voice.items():
        words = resolver_of(project, tag)
        for name, part, own in _parts(voice):
            if own is None or (name and name not in points):
                continue
            point = points.get(name)
            original = (
                _point_words(point, part, words) if point else _campaign_words(project, part, words)
            )
            inner = f"{name}/{part}" if name else part
            context = contexts.partner(partner.id, inner)
            field = f"voice.{tag}.points.{name}.{part}" if name else f"voice.{tag}.{part}"
            if tag == source:
                digest = text_digest(tag, context, own.text)
            else:
                digest = translation_digest(tag, context, original, own.text)
            yield VoicedText(tag, part, name, f"{field}.text", own, original, context, digest)


def resolver_of(project: Project, language: str) -> Resolver:
    """Find words in everything that a project says in a language."""
    found = project.translation(language)
    source = project.campaign.record.source_language
    return Resolver(language, source, found.messages if found else ())


def _parts(voice: Voice) -> Iterator[tuple[str, VoicePart, OwnText | None]]:
    """Give talking point, part and text; what opens a kit is of no talking point."""
    yield "", "title", voice.title
    yield "", "intro", voice.intro
    for name, own in voice.points.items():
        for part in _PARTS:
            yield name, part, getattr(own, part)


def _campaign_words(project: Project, part: VoicePart, words: Resolver) -> str:
    """Give the name of the campaign for what stands instead of it, else what it is about."""
    campaign = project.campaign.record
    field = "title" if part == "title" else "summary" if campaign.summary else "tagline"
    return words.text(contexts.campaign(field), getattr(campaign, field)).value


def _point_words(point: Point, part: VoicePart, words: Resolver) -> str:
    """Give what a talking point says where a partner's words stand; nothing without a hook."""
    if part == "hook":
        hooks = (words.text(f"{point.id}/{field}", text) for field, text in point.hooks.items())
        first = next(hooks, None)
        return first.value if first else ""
    if part == "alternative":
        passages = words.prose(contexts.point(point.id, part), point.alternative).passages
        return "\n\n".join(one.value for one in passages)
    field, text = ("action.label", point.action.label) if part == "action" else ("fact", point.fact)
    return words.text(contexts.point(point.id, field), text).value


def is_approved(project: Project, text: VoicedText) -> bool:
    """Tell whether as many people as must have approved a partner's words."""
    people = people_needed(project.campaign.record)
    return text.digest in approved_digests(project.reviews, people)
