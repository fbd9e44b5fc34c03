"""The picture formats of a card, and what platforms lay over them."""

from __future__ import annotations

import msgspec


class Insets(msgspec.Struct, frozen=True):
    """Measure a margin in px from each edge; start and end follow the reading direction."""

    start: int
    top: int
    end: int
    bottom: int


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """Say what one platform covers of a format, in px."""

    platform: str
    insets: Insets
    source: str
    checked: str


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """Describe one picture format.

    Attributes:
        name: as in file names.
        width: px.
        height: px.
        unit: px per layout unit: type sizes and lengths of layouts are multiplied by it.
        safe: where text may stand.
        overlays: what platforms lay over the picture.
    """

    name: str
    width: int
    height: int
    unit: float
    safe: Insets
    overlays: tuple[Overlay, ...] = ()


CARD_BYTES = 1_000_000
"""Most bytes of a card: the least limit among platforms' images was Bluesky's, and servers of the
AT Protocol that have not been updated since April 2026 still hold to it (``platforms.yaml``)."""

STORY_OVERLAYS = (
    Overlay(
        platform="Instagram and Facebook stories",
        insets=Insets(0, 269, 0, 384),
        source="Meta Business Help Centre: leave 14 % of the top and 20 % of the bottom free",
        checked="2026-11-24",
    ),
    Overlay(
        platform="TikTok",
        insets=Insets(0, 150, 150, 440),
        source="adfuseai.com/blog/tiktok-ad-sizes-specs-guide: 150 px top, 440 bottom, 150 right",
        checked="2026-11-24",
    ),
)
"""What lies over a 1080x1920 picture. The rail of buttons stands at the end side."""

FORMATS: dict[str, Format] = {
    "og": Format(name="og", width=1200, height=630, unit=1.0, safe=Insets(64, 56, 64, 48)),
    "wide": Format(name="wide", width=1600, height=900, unit=1.36, safe=Insets(88, 80, 88, 68)),
    "square": Format(
        name="square", width=1080, height=1080, unit=1.26, safe=Insets(72, 76, 72, 64)
    ),
    "portrait": Format(
        name="portrait", width=1080, height=1350, unit=1.32, safe=Insets(76, 88, 76, 76)
    ),
    "story": Format(
        name="story",
        width=1080,
        height=1920,
        unit=1.32,
        safe=Insets(84, 270, 150, 440),
        overlays=STORY_OVERLAYS,
    ),
}
"""The five formats of DESIGN 4 by name; sizes in px as the platforms recommend them."""
