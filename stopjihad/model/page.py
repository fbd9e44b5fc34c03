"""Free pages written in Markdown."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.point import Slug


class Page(Record, frozen=True, kw_only=True):
    """A free page: about, privacy, accessibility, for parents ….

    ``label`` names it in the menu, in at most 20 code points; the title does where there is none.
    """

    id: Slug
    title: str
    summary: str = ""
    label: Annotated[str, Meta(max_length=20)] = ""
    menu: bool = False
    body: str = ""
