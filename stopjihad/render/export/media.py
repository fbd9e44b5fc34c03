"""Say what a scheduler attaches to a post: a picture, slides, a document or a film."""

from __future__ import annotations

from typing import Literal, NamedTuple

from stopjihad.model.request import film_folder
from stopjihad.render.export.job import ExportJob
from stopjihad.render.post.files import DraftEntry

FILMED = frozenset({"tiktok", "youtube"})
"""Platforms that are made for films: one takes the place of slides there. Elsewhere slides go
first, since the text of the post invites to them."""

UPRIGHT = "story"
"""Format of films for phones, 9:16."""

Kind = Literal["", "picture", "slides", "film"]


class PostMedia(NamedTuple):
    """What goes with a post.

    Attributes:
        kind: one picture, slides, a film, or nothing.
        addresses: public address of each file, in order.
        alts: description of each picture, as many as ``addresses``; empty texts where there is
            none.
        cover: address of the picture that stands for a film; empty without one.
        document: address of the PDF whose pages are the slides; empty where the platform has none.
        title: title of that document.
    """

    kind: Kind = ""
    addresses: tuple[str, ...] = ()
    alts: tuple[str, ...] = ()
    cover: str = ""
    document: str = ""
    title: str = ""

    @property
    def first(self) -> str:
        """The address of the first file; empty where there is none."""
        return self.addresses[0] if self.addresses else ""


def media_of(entry: DraftEntry, job: ExportJob) -> PostMedia:
    """Choose what goes with a draft.

    Args:
        entry: the draft with its card or slides.
        job: knows the films that were made.

    Returns:
        A film, where one was made, the draft has a script for it, and no slides go before it; else
        all slides; else the card.
    """
    film = job.films.get(film_path(entry)) if entry.script else None
    if film and (entry.platform in FILMED or len(entry.images) < 2):
        return PostMedia("film", (film,), ("",), cover=job.films.get(poster_path(entry), ""))
    images = entry.images
    if not images:
        return PostMedia()
    addresses = tuple(image.url for image in images)
    alts = tuple(image.alt for image in images)
    if len(images) == 1:
        return PostMedia("picture", addresses, alts)
    document = entry.document
    return PostMedia(
        "slides",
        addresses,
        alts,
        document=document.url if document else "",
        title=document.title if document else "",
    )


def film_path(entry: DraftEntry) -> str:
    """Give the path of a draft's film, relative to ``site/``, whether it was made or not."""
    return f"{film_folder(entry.language, entry.point)}/{UPRIGHT}.mp4"


def poster_path(entry: DraftEntry) -> str:
    """Give the path of the picture that stands for a draft's film, relative to ``site/``."""
    return f"{film_folder(entry.language, entry.point)}/{UPRIGHT}.png"
