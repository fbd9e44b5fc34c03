"""The picture formats of a card, and what platforms lay over them."""

from __future__ import annotations

from typing import Literal

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


SizeName = Literal["small", "text", "title", "display"]
"""Sizes of type by name, the smallest first: a card has no other but for numbers."""

SIZE_NAMES: tuple[SizeName, ...] = ("small", "text", "title", "display")


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """Describe one picture format.

    Attributes:
        name: as in file names.
        width: px.
        height: px.
        unit: px per layout unit: type sizes and lengths of layouts are multiplied by it.
        safe: where text may stand.
        type: px per em of the four sizes, the smallest first.
        overlays: what platforms lay over the picture.
    """

    name: str
    width: int
    height: int
    unit: float
    safe: Insets
    type: tuple[float, float, float, float]
    overlays: tuple[Overlay, ...] = ()

    def type_sizes(self, least: SizeName, most: SizeName) -> tuple[float, ...]:
        """Give the sizes from one to another, both included, px per em."""
        return self.type[SIZE_NAMES.index(least) : SIZE_NAMES.index(most) + 1]


UPRIGHT = (30.0, 42.0, 60.0, 96.0)
"""Sizes of what is read on a phone held upright, px of 1080: 30 px are 10 px on a phone."""

TALL = (30.0, 44.0, 68.0, 110.0)
"""The same where the picture is higher than wide: what is read first has more room."""

RAILED = (30.0, 44.0, 68.0, 104.0)
"""The same beside a rail of buttons: a word of 12 letters stands on a line in the largest size."""

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
    "og": Format(
        name="og",
        width=1200,
        height=630,
        unit=1.0,
        safe=Insets(64, 56, 64, 48),
        type=(28.0, 34.0, 46.0, 64.0),
    ),
    "wide": Format(
        name="wide",
        width=1600,
        height=900,
        unit=1.36,
        safe=Insets(88, 80, 88, 68),
        type=(38.0, 46.0, 62.0, 86.0),
    ),
    "square": Format(
        name="square", width=1080, height=1080, unit=1.26, safe=Insets(72, 76, 72, 64), type=UPRIGHT
    ),
    "portrait": Format(
        name="portrait",
        width=1080,
        height=1350,
        unit=1.32,
        safe=Insets(76, 88, 76, 76),
        type=TALL,
    ),
    "story": Format(
        name="story",
        width=1080,
        height=1920,
        unit=1.32,
        safe=Insets(84, 270, 150, 440),
        type=RAILED,
        overlays=STORY_OVERLAYS,
    ),
}
"""The five formats of DESIGN 4 by name; sizes in px as the platforms recommend them."""
