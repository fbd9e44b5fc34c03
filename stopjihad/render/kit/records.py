"""What is in a kit."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from stopjihad.model.partner import KitVoice
from stopjihad.model.point import Need
from stopjihad.model.review import Digest
from stopjihad.view.discussions import DiscussionView
from stopjihad.view.records import Headline, LanguageView, Prose, Text

Name = Annotated[str, Meta(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z")]
E164 = Annotated[str, Meta(max_length=20, pattern=r"^\+?[0-9]+\Z")]
FileName = Annotated[str, Meta(max_length=200, pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*\Z")]


POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
"""What pages of a kit may load: pictures that lie beside them. Their style is in them, so each is
one file."""


class KitFile(msgspec.Struct, frozen=True):
    """Put a file into a kit.

    Attributes:
        name: in the zip.
        path: below ``dist/<campaign>/``.
        point: the talking point that it belongs to; empty for a helpline or replies.
        platform: where a text is posted; empty for a picture and its words, and for paper.
        title: what a document for paper is called, a message of the theme.
    """

    name: str
    path: str
    point: str = ""
    platform: str = ""
    title: str = ""


class KitWords(msgspec.Struct, frozen=True):
    """Say which words of a talking point are in a kit.

    Attributes:
        digest: of its words in the kit's language.
        corrected: how many corrections they heed.
        files: names of what is made of them.
    """

    digest: Digest
    corrected: Annotated[int, Meta(ge=0, le=99)] = 0
    files: Annotated[tuple[FileName, ...], Meta(max_length=999)] = ()


class KitList(msgspec.Struct, frozen=True, tag_field="format", tag="stopjihad-kit/1"):
    """Read what the list in a kit says of its files: SHA-256 by name.

    Attributes:
        points: its talking points by id; kits of before version 0.2 do not say them.
        lines: numbers of its helplines by their id, in the form of E.164.
    """

    files: dict[str, str]
    campaign: str = ""
    language: str = ""
    points: Annotated[dict[Name, KitWords], Meta(max_length=9_999)] = {}
    lines: Annotated[dict[Name, E164], Meta(max_length=999)] = {}


class KitGuide(msgspec.Struct, frozen=True):
    """Carry a page for families: it is read where there is no internet, and printed."""

    id: str
    title: Text
    summary: Text | None
    body: Prose
    need: Need

    def file(self, lang: str) -> str:
        """Name its file in the kit."""
        return f"{self.id}-{lang}.html"


class KitContents(msgspec.Struct, frozen=True):
    """List what is in a kit.

    Attributes:
        points: talking points, in the order of the campaign.
        files: what there may be of them; some were not made.
        partner: the line that says who stands beside the sponsor; empty for nobody.
        kind: what the partner is.
        funded_by: who pays for the partner's part.
        logo: whether the partner's stands beside their line.
        discussions: questions about its talking points.
        voice: what the partner says in words of their own.
        version: of the kit, as ``plan.mistakes`` names it.
        guides: pages for families.
        portals: where content is reported to authorities, ids of ``data/reporting.yaml``.
        neutral: whether it is of a school that asks by name for facts about a religion, and for
            more than the lesson page of what asks for something political.
        left_out: files that are not there, though a kit may have them: a text has no room, or it
            could not be made.
        versions: which words of its talking points are in it, but for the names of files.
        languages: of the whole campaign.
    """

    points: tuple[Headline, ...]
    files: tuple[KitFile, ...]
    partner: str = ""
    kind: str = ""
    funded_by: tuple[str, ...] = ()
    voice: KitVoice = KitVoice()
    version: str = ""
    versions: dict[str, KitWords] = {}
    discussions: tuple[DiscussionView, ...] = ()
    logo: bool = False
    guides: tuple[KitGuide, ...] = ()
    portals: tuple[str, ...] = ()
    neutral: bool = False
    left_out: tuple[KitFile, ...] = ()
    languages: tuple[LanguageView, ...] = ()
