"""Lay out many cards on one page, for people to look through."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from PIL import Image

THUMB = 360
"""Width of a card on the sheet, px: what a phone shows in a feed."""

GAP = 24
COLUMNS = 5
"""As many as there are formats: one row per language and design."""

GREY = (226, 226, 222)


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """One card of a sheet.

    Attributes:
        label: what it is, such as ``they-protect-muslims · fact · og``.
        lang: BCP 47 tag of its language.
        direction: ``ltr`` or ``rtl``.
        path: where the picture is, relative to the sheet.
        picture: its bytes.
        alt: its words.
    """

    label: str
    lang: str
    direction: str
    path: str
    picture: bytes
    alt: str


def sheet_page(title: str, tiles: Iterable[Tile]) -> str:
    """Write the contact sheet as a page without script.

    Args:
        title: heading of the page.
        tiles: cards in the order in which they are looked at; one section per language.

    Returns:
        HTML that shows each card with its label and the words that stand for it.
    """
    sections: dict[str, list[str]] = {}
    for tile in tiles:
        sections.setdefault(tile.lang, []).append(_figure(tile))
    body = "\n".join(
        f'<section><h2 id="{escape(lang)}">{escape(lang)}</h2>\n<div>\n'
        + "\n".join(figures)
        + "\n</div></section>"
        for lang, figures in sections.items()
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>\n{body}\n</body></html>\n"
    )


STYLE = (
    "body{margin:2rem;font:1rem/1.5 system-ui,sans-serif;background:#e2e2de;color:#14232b}"
    "div{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:flex-start}"
    "figure{margin:0;width:22.5rem}img{display:block;width:100%;height:auto}"
    "figcaption{font-size:.875rem;padding-block:.5rem}"
)


def _figure(tile: Tile) -> str:
    width, height = _size(tile.picture)
    return (
        f'<figure><img src="{escape(tile.path)}" alt="{escape(tile.alt)}" width="{width}" '
        f'height="{height}" loading="lazy" lang="{escape(tile.lang)}"><figcaption>'
        f'{escape(tile.label)}<br><span lang="{escape(tile.lang)}" dir="{escape(tile.direction)}">'
        f"{escape(tile.alt)}</span></figcaption></figure>"
    )


def sheet_picture(tiles: Sequence[Tile], columns: int = COLUMNS) -> bytes:
    """Draw the contact sheet as one picture.

    Args:
        tiles: cards, row by row.
        columns: cards in a row.

    Returns:
        A PNG; cards are ``THUMB`` px wide and stand on one line at their upper edge.
    """
    from PIL import Image

    thumbs = [_thumb(tile.picture) for tile in tiles]
    rows = [thumbs[start : start + columns] for start in range(0, len(thumbs), columns)]
    heights = [max(thumb.height for thumb in row) for row in rows]
    width = columns * (THUMB + GAP) + GAP
    sheet = Image.new("RGB", (width, sum(heights) + GAP * (len(rows) + 1)), GREY)
    y = GAP
    for row, height in zip(rows, heights, strict=True):
        for column, thumb in enumerate(row):
            sheet.paste(thumb, (GAP + column * (THUMB + GAP), y))
        y += height + GAP
    out = io.BytesIO()
    sheet.quantize(256).save(out, "PNG", optimize=True)
    return out.getvalue()


def _thumb(picture: bytes) -> Image.Image:
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        height = round(image.height * THUMB / image.width)
        return image.convert("RGB").resize((THUMB, height), Image.Resampling.LANCZOS)


def _size(picture: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        return image.width, image.height
