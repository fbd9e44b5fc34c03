"""A partner: somebody the campaign knows, who passes its facts on beside their own name."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.campaign import Country, Tag
from stopjihad.model.point import HttpsUrl, Slug
from stopjihad.model.review import Digest

PartnerKind = Literal["government", "ngo", "faith", "school", "club", "health", "company", "other"]
Line = Annotated[str, Meta(min_length=2, max_length=80, pattern=r"^\S.*\S$")]


LOCKED = frozenset(
    {"sponsor", "funders", "disclosure", "fact", "figures", "data", "quote", "sources", "warning"}
    | {"claim", "claimant", "question", "body", "helplines", "corrections"}
)
"""Keys that are the campaign's alone: nothing of a partner may stand instead of them."""

WORDS = 600
"""Longest text in a partner's own words, in characters."""


class OwnText(Record, frozen=True, kw_only=True):
    """Words of a partner, and the digest of the campaign's words that they were written for.

    ``of`` is empty until somebody has compared both: then they stand nowhere, as words written for
    an older text do.
    """

    LOCKED: ClassVar[frozenset[str]] = LOCKED

    text: Annotated[str, Meta(min_length=1, max_length=WORDS)]
    of: Digest | None = None


class OwnTitle(OwnText, frozen=True, kw_only=True):
    """Words of a partner above everything of their kit, in a line."""

    text: Annotated[str, Meta(min_length=2, max_length=40, pattern=r"^\S.*\S$")]


class PointVoice(Record, frozen=True, kw_only=True):
    """Say a talking point in a partner's words.

    ``hook``, ``action`` (what its button says) and ``alternative`` stand instead of the campaign's;
    ``note`` stands below the fact and replaces nothing: why they say this.
    """

    LOCKED: ClassVar[frozenset[str]] = LOCKED

    hook: OwnText | None = None
    action: OwnText | None = None
    alternative: OwnText | None = None
    note: OwnText | None = None


class Voice(Record, frozen=True, kw_only=True):
    """Say a partner's words in one language.

    ``title`` stands above all of their kit instead of the campaign's name, whose sponsor and
    funders stay; ``intro`` opens it, ``points`` go by id.
    """

    LOCKED: ClassVar[frozenset[str]] = LOCKED

    title: OwnTitle | None = None
    intro: OwnText | None = None
    points: dict[Slug, PointVoice] = {}


class KitVoice(Record, frozen=True, kw_only=True):
    """What a kit says in its partner's words beside the campaign's texts.

    ``notes`` are by talking point. ``left`` are the talking points in which words of the partner do
    not stand, since the campaign's have changed; ``unread`` those with words that nobody has
    approved. Of the intro both name an empty text. ``words`` are digests of what the campaign says,
    by talking point that the partner says in other words: mistakes are told of those.
    """

    intro: str = ""
    notes: dict[str, str] = {}
    left: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    words: dict[str, str] = {}


class PartnerTranslation(Record, frozen=True, kw_only=True):
    """Say in one language who a partner is, and who pays for their part."""

    name: Line
    funded_by: Annotated[tuple[Line, ...], Meta(max_length=9)] = ()


class Partner(Record, frozen=True, kw_only=True):
    """Describe a partner.

    ``name`` stands beside the sponsor, unless ``named`` is false: some are safer unnamed. ``kind``
    is who they are; who is government is called so wherever the name stands. ``funded_by`` pays for
    their part: their own means, or others. ``languages`` and ``points`` are what they get, all
    points when none is named; ``country`` decides whose helplines stand on it. ``contact`` is whom
    to write to when a fact is corrected; ``known_by`` is who of the campaign knows them, and
    ``adults`` says that everybody who works with the kit is one. Neither is published.
    ``voice`` is what they say in words of their own, by language; ``logo`` a picture of ``media/``
    that stands beside the sponsor. ``translations`` say name and funders as a language writes them.
    """

    LOCKED: ClassVar[frozenset[str]] = LOCKED

    id: Slug
    name: Line
    address: HttpsUrl | None = None
    kind: PartnerKind
    funded_by: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=9)]
    languages: Annotated[tuple[Tag, ...], Meta(min_length=1)]
    country: Country
    points: tuple[Slug, ...] = ()
    contact: Annotated[str, Meta(min_length=3, max_length=200)]
    known_by: str = ""
    adults: bool
    named: bool = True
    voice: dict[Tag, Voice] = {}
    translations: dict[Tag, PartnerTranslation] = {}
    logo: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)] | None = None

    def in_language(self, tag: str) -> Partner:
        """Name them, and who pays for their part, as a language does; else as they are named."""
        said = self.translations.get(tag)
        if said is None:
            return self
        paid = said.funded_by or self.funded_by
        return msgspec.structs.replace(self, name=said.name, funded_by=paid)
