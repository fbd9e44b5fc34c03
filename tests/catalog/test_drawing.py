"""Drawings are a small part of SVG: what else stands in one is named."""

from __future__ import annotations

import pytest
from stopjihad.catalog.drawing import DrawingBroken, read_drawing

from support import cards


def wrapped(shape: str) -> str:
    return f'<svg viewBox="0 0 96 96">{shape}</svg>'


def test_there_is_a_library_of_drawings() -> None:
    assert len(cards.drawings()) >= 30
    for text in cards.drawings().values():
        assert read_drawing(text).shapes


def test_paths_are_followed_as_in_svg() -> None:
    drawing = read_drawing(wrapped('<path class="fa" d="M10 20h30v10l-30 5zm5-5L20 10"/>'))
    square, tail = drawing.shapes[0].paths
    assert square == ((10, 20), (40, 20), (40, 30), (10, 35), (10, 20))
    assert tail == ((15, 15), (20, 10))
    (arc,) = read_drawing(wrapped('<path class="st" d="M0 10a10 10 0 0 120 0"/>')).shapes[0].paths
    assert arc[-1] == (20, 10)
    assert min(y for _, y in arc) == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ('<text class="fa">x</text>', "<text>"),
        ('<path class="fa" d="M0 0 L1"/>', "path"),
        ('<path class="red" d="M0 0L9 9"/>', "'red'"),
        ('<circle class="fa" cx="4" r="2"/>', "cy"),
        ("<!-- note --><g></g>", "no element"),
        ("<script>alert(1)</script>", "<script>"),
        ('<path class="fa" onload="x" d="M0 0L9 9"/>', "onload="),
        ('<path class="fa" d="M0 0&#10;"/>', "path"),
        ("", "shapes"),
    ],
)
def test_what_is_no_drawing_is_named(shape: str, said: str) -> None:
    with pytest.raises(DrawingBroken, match=said):
        read_drawing(wrapped(shape))
