"""What loading gives: records with the file and the places of their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import msgspec

from stopjihad.model.alert import Alert, AlertTemplate, DrillRow
from stopjihad.model.campaign import Campaign
from stopjihad.model.glossary import Glossary
from stopjihad.model.helpline import Helplines
from stopjihad.model.media import Media
from stopjihad.model.page import Page
from stopjihad.model.point import Point
from stopjihad.model.responses import Responses
from stopjihad.model.review import Review
from stopjihad.model.translation import Translations

R = TypeVar("R", bound=msgspec.Struct)


class Document(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """A record and where it was written.

    Attributes:
        path: file relative to the workspace, with forward slashes.
        record: the authored values.
        digest: SHA-256 of the file's bytes, lower-case hexadecimal.
        places: where the values are, from `written_places`; ``body`` is the line on which the
            Markdown starts.
    """

    path: str
    record: R
    digest: str
    places: str = ""

    def place(self, field: str) -> tuple[int, int]:
        """Find the nearest known place of a field: its own, or that of what holds it.

        Args:
            field: field path such as ``sources.0.url``.

        Returns:
            Line and column from 1, or zeros when nothing is known.
        """
        while field:
            start = self.places.find(f"\n{field}\t")
            if start >= 0:
                end = self.places.index("\n", start + 1)
                line, column = self.places[start + len(field) + 2 : end].split("\t")
                return int(line), int(column)
            field = field.rpartition(".")[0]
        return (0, 0)


def written_places(places: Mapping[str, tuple[int, int]]) -> str:
    """Write places as one text: thousands of dictionaries would be as large as what is authored.

    Args:
        places: field path (``sources.0.url``) to line and column, counted from 1.

    Returns:
        A line for each, between line feeds. Names with tabs or line feeds are left out: they have
        the place of what holds them.
    """
    lines = [
        f"{field}\t{line}\t{column}\n"
        for field, (line, column) in places.items()
        if "\t" not in field and "\n" not in field
    ]
    return "".join(("\n", *lines)) if lines else ""


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """Everything authored for one campaign, sorted by path.

    ``media`` maps a file's path to the SHA-256 of its bytes; ``media_notes`` are the files that
    explain pictures, ``responses`` is the plan for replies, ``drills`` are results of exercises;
    ``broken`` names files that could not be read, whose absence is no second mistake; ``digest``
    covers every file read.
    """

    campaign: Document[Campaign]
    points: tuple[Document[Point], ...]
    pages: tuple[Document[Page], ...]
    helplines: Document[Helplines] | None
    translations: tuple[Translations, ...]
    alerts: tuple[Document[Alert], ...] = ()
    alert_templates: tuple[Document[AlertTemplate], ...] = ()
    reviews: tuple[Review, ...] = ()
    glossary: Glossary | None = None
    media: dict[str, str] = {}
    media_notes: tuple[Document[Media], ...] = ()
    responses: Document[Responses] | None = None
    drills: tuple[DrillRow, ...] = ()
    broken: tuple[str, ...] = ()
    digest: str = ""
