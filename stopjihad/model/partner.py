"""A partner: somebody the campaign knows, who passes its facts on beside their own name."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.campaign import Country, Tag
from stopjihad.model.point import HttpsUrl, Slug

PartnerKind = Literal["government", "ngo", "faith", "school", "club", "health", "company", "other"]
Line = Annotated[str, Meta(min_length=2, max_length=80, pattern=r"^\S.*\S$")]


class Partner(Record, frozen=True, kw_only=True):
    """Describe a partner.

    ``name`` stands beside the sponsor, unless ``named`` is false: some are safer unnamed. ``kind``
    is who they are; who is government is called so wherever the name stands. ``funded_by`` pays for
    their part: their own means, or others. ``languages`` and ``points`` are what they get, all
    points when none is named; ``country`` decides whose helplines stand on it. ``contact`` is whom
    to write to when a fact is corrected; ``known_by`` is who of the campaign knows them, and
    ``adults`` says that everybody who works with the kit is one. Neither is published.
    """

    LOCKED: ClassVar[frozenset[str]] = frozenset(
        {"sponsor", "funders", "disclosure", "fact", "figures", "sources", "warning", "claim"}
        | {"helplines", "corrections"}
    )
    """What is the campaign's alone: nothing here may stand instead of it."""

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
