"""What is in a kit."""

from __future__ import annotations

import msgspec

from stopjihad.view.records import Headline


class KitFile(msgspec.Struct, frozen=True):
    """Put a file into a kit.

    Attributes:
        name: in the zip.
        path: below ``dist/<campaign>/``.
        point: the talking point that it belongs to; empty for a helpline or replies.
        platform: where a text is posted; empty for a picture and its words.
    """

    name: str
    path: str
    point: str = ""
    platform: str = ""


class KitContents(msgspec.Struct, frozen=True):
    """List the talking points of a kit, in the order of the campaign, and its files."""

    points: tuple[Headline, ...]
    files: tuple[KitFile, ...]
