"""What loading gives: records with the file and the places of their values."""

from __future__ import annotations

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
        marks: field path (``sources.0.url``) to line and column, counted from 1; ``body`` is the
            line on which the Markdown starts.
        digest: SHA-256 of the file's bytes, lower-case hexadecimal.
    """

    path: str
    record: R
    marks: dict[str, tuple[int, int]]
    digest: str

    def place(self, field: str) -> tuple[int, int]:
        """Find the nearest known place of a field: its own, or that of what holds it.

        Args:
            field: field path such as ``sources.0.url``.

        Returns:
            Line and column from 1, or zeros when nothing is known.
        """
        while field:
            if field in self.marks:
                return self.marks[field]
            field = field.rpartition(".")[0]
        return (0, 0)


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
