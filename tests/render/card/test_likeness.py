"""How alike two pictures look is measured as the eye takes them in: at a glance."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from stopjihad.render.card import render_card
from stopjihad.render.card.likeness import LEAST, distance, neighbours

from support import cards


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
