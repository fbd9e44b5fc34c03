"""List the sources of a page's text, and lead from each back to where it is cited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from stopjihad.theme.theme import as_markup
from stopjihad.view.records import SourceView

BODY, ALTERNATIVE = "ref", "alt"
"""How the ids of references begin, in the text and in what to do instead."""


class CitedSource(NamedTuple):
    """Pair a source with the places in the text that cite it."""

    id: str
    title: str
    publisher: str
    url: str
    published: dt.date | None
    accessed: dt.date
    read: str | None
    archived_url: str | None
    anchors: list[str]


def list_cited(sources: Iterable[SourceView], html: str) -> list[CitedSource]:
    """List the sources with the anchors of the references that the text really has.

    Args:
        sources: of a talking point or a page.
    """
    return [
        CitedSource(
            source.id,
            source.title,
            source.publisher,
            source.url,
            source.published,
            source.accessed,
            source.read,
            source.archived_url,
            [
                anchor
                for start in (BODY, ALTERNATIVE)
                if f'id="{(anchor := f"{start}-{source.id}")}"' in html
            ],
        )
        for source in sources
    ]


def join_references(html: str) -> Markup:
    """Stick references to the word before them, so that no line starts with one."""
    return as_markup(html.replace(" <sup>", "<sup>"))  # allow-listed tags only
