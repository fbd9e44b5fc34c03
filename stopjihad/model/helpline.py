"""The helpline: a service a reader may call, and how we know that it is right."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.campaign import Tag
from stopjihad.model.point import HttpsUrl, Slug

Operator = Literal["police", "government", "municipality", "ngo", "health", "faith"]
How = Literal["read", "called"]


class Phone(Record, frozen=True, kw_only=True):
    """A number twice: E.164 for dialling, and as the service prints it."""

    e164: Annotated[str, Meta(pattern=r"^\+[1-9][0-9]{6,14}$")]
    printed: str


class Verified(Record, frozen=True, kw_only=True):
    """Say when and how a helpline was checked: read in its source, or called."""

    on: dt.date
    how: How


class Helpline(Record, frozen=True, kw_only=True):
    """Describe one help service in one country (ISO 3166-1 alpha-2).

    ``short_name`` is what stands on cards and in short posts, the name people there know it by;
    it is not translated. ``languages`` are those that whoever answers speaks; ``interpreters``
    tells whether others are possible with an interpreter. ``passed_on`` says what may go on to
    authorities, and when; ``minors`` whether people under 18 may call. None: not known.
    """

    id: Slug
    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
    name: str
    short_name: str = ""
    phone: Phone
    hours: str
    opening: tuple[str, ...] = ()
    languages: Annotated[tuple[Tag, ...], Meta(min_length=1)]
    interpreters: bool | None = None
    operator: Operator
    operator_note: str = ""
    anonymous: bool | None = None
    passed_on: str = ""
    minors: bool | None = None
    emergency: str
    url: HttpsUrl
    source: HttpsUrl
    verified: Verified
    review_by: dt.date


class Helplines(Record, frozen=True, kw_only=True):
    """List the helplines of a campaign file."""

    helplines: tuple[Helpline, ...]
