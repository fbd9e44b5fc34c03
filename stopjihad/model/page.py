"""Free pages and crisis notices written in Markdown."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta

from stopjihad.model.point import HttpsUrl, Slug
from stopjihad.model.record import Record


class Page(Record, frozen=True, kw_only=True):
    """Hold a free page: about, privacy, accessibility, for parents ….

    ``label`` names it in the menu, in at most 20 code points; the title does where there is none.
    """

    id: Slug
    title: str
    summary: str = ""
    label: Annotated[str, Meta(max_length=20)] = ""
    menu: bool = False
    body: str = ""


class Alert(Record, frozen=True, kw_only=True):
    """Hold a notice for a crisis; words from the Common Alerting Protocol 1.2 (OASIS)."""

    id: Slug
    headline: str
    status: Literal["actual", "exercise", "draft"]
    message_type: Literal["alert", "update", "cancel"]
    sent: dt.datetime
    expires: dt.datetime
    area: str
    authority: str
    url: HttpsUrl
    body: str = ""
