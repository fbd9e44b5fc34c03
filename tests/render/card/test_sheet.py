"""Sheets show every card with its words; construction lines show where words may stand."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from stopjihad.render.card import (
    Tile,
    alt_text,
    render_card,
    render_debug,
    sheet_page,
    sheet_picture,
)

from support import cards


def tile(lang: str, form: str, label: str = "a <b>") -> Tile:
    job = cards.job(lang, "fact", form)
    return Tile(
        label=label,
        lang=lang,
        direction=job.frame.direction,
        path=f"{lang}/{form}.png",
        picture=render_card(job),
        alt=alt_text(job),
    )


def test_the_page_shows_every_card_and_its_words_without_script() -> None:
    tiles = [tile(lang, form) for lang in ("en", "ar") for form in ("og", "story")]
    page = sheet_page("Cards & more", tiles)
    assert page.count("<img ") == 4
    assert "<script" not in page
    assert "Cards &amp; more" in page
    assert "a &lt;b&gt;" in page
    assert all(one.alt in page for one in tiles)
    assert 'lang="ar" dir="rtl"' in page
    assert 'width="1080" height="1920"' in page


def test_the_picture_holds_all_cards() -> None:
    tiles = [tile("en", form) for form in ("og", "square", "story")]
    with Image.open(io.BytesIO(sheet_picture(tiles, columns=2))) as image:
        assert image.width == 2 * 384 + 24
        assert image.height == 24 + 360 + 24 + 640 + 24


@pytest.mark.parametrize("form", ["og", "story"])
def test_construction_lines_mark_the_safe_area(form: str) -> None:
    with Image.open(io.BytesIO(render_debug(cards.job("ar", "fact", form)))) as image:
        pixels = np.asarray(image).astype(int)
    green = (np.abs(pixels - (0, 140, 90)).max(axis=2) < 12).sum()
    assert green > 2000
    if form == "story":
        plain = np.asarray(
            Image.open(io.BytesIO(render_card(cards.job("ar", "fact", form)))).convert("RGB")
        )
        assert (pixels[10, 10] != plain[10, 10]).any()
