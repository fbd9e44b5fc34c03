"""Make of the campaign's logo what pages show: a small picture in the header, and an icon."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

HEADER = "brand.png"
ICON = "brand-icon.png"
"""Names of the two among the assets of a site."""

_HEIGHT, _WIDEST = 96, 480
"""Height and greatest width of the picture in the header, px: it stands 36 CSS px high."""

_SIDE = 96
"""Side of the icon, px: browsers show 16 to 48 CSS px."""


def logo_assets(data: bytes) -> dict[str, bytes]:
    """Make the pictures of a logo.

    Args:
        data: bytes of a picture that can be used (``load.pictures``); empty without a logo.

    Returns:
        PNG bytes by name; nothing without a logo.
    """
    if not data:
        return {}
    from PIL import Image

    with Image.open(io.BytesIO(data)) as opened:
        logo = opened.convert("RGBA")
    box = logo.getchannel("A").getbbox()
    logo = logo.crop(box) if box else logo
    header = logo.copy()
    header.thumbnail((_WIDEST, _HEIGHT))
    small = logo.copy()
    small.thumbnail((_SIDE, _SIDE))
    icon = Image.new("RGBA", (_SIDE, _SIDE))
    icon.paste(small, ((_SIDE - small.width) // 2, (_SIDE - small.height) // 2))
    return {HEADER: _png(header), ICON: _png(icon)}


def _png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()
