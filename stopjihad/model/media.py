"""What is known of a picture in ``media/``: the file beside it, named ``<picture>.yaml``."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from stopjihad.model import Record

Provenance = Literal["own", "stock", "partner", "news", "propaganda"]
Depicted = Literal["insignia", "combat", "victims", "execution", "attackers"]
Percent = Annotated[int, Meta(ge=0, le=100)]


class Media(Record, frozen=True, kw_only=True):
    """Say where a picture comes from, who may be seen on it, and what it shows.

    Attributes:
        source: who made it, or where it was taken from.
        licence: what allows us to use it.
        consent: who can be recognised and how they agreed; empty when nobody can.
        alt: what it shows, for people who cannot see it.
        provenance: what kind of source it comes from; ``propaganda`` is never shown (rule EVD03).
        depicts: what a campaign must not show, should the picture show any of it.
        focus_x: the point that stays visible when it is cropped, percent from the left.
        focus_y: the same, percent from the top.
    """

    source: str
    licence: str
    consent: str = ""
    alt: str
    provenance: Provenance = "own"
    depicts: tuple[Depicted, ...] = ()
    focus_x: Percent = 50
    focus_y: Percent = 50


class UsablePhoto(Record, frozen=True, kw_only=True):
    """A picture that may be used: its bytes as authored, and what is known of it.

    ``width`` and ``height`` are px of the upright picture.
    """

    data: bytes
    media: Media
    width: int
    height: int

    @property
    def credit(self) -> str:
        """Who made it and what allows it: licences ask for both in public."""
        return f"{self.media.source} ({self.media.licence})"
