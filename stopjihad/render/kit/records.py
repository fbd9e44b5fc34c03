"""What is in a kit."""

from __future__ import annotations

import msgspec

from stopjihad.model.partner import KitVoice
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


class KitList(msgspec.Struct, frozen=True, tag_field="format", tag="stopjihad-kit/1"):
    """Read what the list in a kit says of its files: SHA-256 by name."""

    files: dict[str, str]


class KitContents(msgspec.Struct, frozen=True):
    """List what is in a kit.

    Attributes:
        points: talking points, in the order of the campaign.
        files: what there may be of them; some were not made.
        partner: the line that says who stands beside the sponsor; empty for nobody.
        kind: what the partner is.
        funded_by: who pays for the partner's part.
        voice: what the partner says in words of their own.
    """

    points: tuple[Headline, ...]
    files: tuple[KitFile, ...]
    partner: str = ""
    kind: str = ""
    funded_by: tuple[str, ...] = ()
    voice: KitVoice = KitVoice()
