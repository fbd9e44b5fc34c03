"""Sheets show every card with its words; construction lines show where words may stand."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from stopjihad.draw import alt_text, render_card, render_debug
from stopjihad.render.card.contact_sheet import (
    LEAST,
    Tile,
    distance,
    neighbours,
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


def flat(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, "PNG")
    return out.getvalue()


def test_black_and_white_are_as_far_apart_as_can_be() -> None:
    assert distance(flat("white"), flat("white")) == 0
    assert distance(flat("white"), flat("black")) == pytest.approx(100, abs=0.1)


def test_other_words_look_alike_and_other_designs_do_not() -> None:
    other = cards.point(fact=cards.Text("The court heard every witness and wrote it down.", "en"))
    one = render_card(cards.job("en", "fact", "square"))
    same = render_card(cards.job("en", "fact", "square", subject=other))
    tone = render_card(cards.job("en", "fact", "square", tone="grave"))
    design = render_card(cards.job("en", "figure", "square"))
    assert distance(one, same) < LEAST
    assert distance(one, tone) > LEAST
    assert distance(one, design) > LEAST


def test_neighbours_stand_beside_or_above_wherever_a_row_begins() -> None:
    beside = {(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (0, 6)}
    above = {(0, 3), (1, 4), (2, 5), (3, 6), (0, 4), (1, 5), (2, 6)}
    found = neighbours(7, 3)
    assert set(found) == beside | above
    assert len(found) == len(set(found))
    assert neighbours(1, 3) == []
    assert neighbours(2, 3) == [(0, 1)]
