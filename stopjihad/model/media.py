"""What is known of a picture in ``media/``: the file beside it, named ``<picture>.yaml``."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from stopjihad.model.record import Record

Percent = Annotated[int, Meta(ge=0, le=100)]


class Media(Record, frozen=True, kw_only=True):
    """Say where a picture comes from, who may be seen on it, and what it shows.

    Attributes:
        source: who made it, or where it was taken from.
        licence: what allows us to use it.
        consent: who can be recognised and how they agreed; empty when nobody can.
        alt: what it shows, for people who cannot see it.
        focus_x: the point that stays visible when it is cropped, percent from the left.
        focus_y: the same, percent from the top.
    """

    source: str
    licence: str
    consent: str = ""
    alt: str
    focus_x: Percent = 50
    focus_y: Percent = 50


class Photo(Record, frozen=True, kw_only=True):
    """Hold a picture that may be used: its bytes as authored, and what is known of it."""

    data: bytes
    media: Media
