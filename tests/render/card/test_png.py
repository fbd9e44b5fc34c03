"""Files are whole PNGs whatever changed in them."""

from __future__ import annotations

import io
import zlib

import numpy as np
import pytest
from PIL import Image
from stopjihad.render.card import png
from stopjihad.render.card.pixels import Mark, lay
from stopjihad.render.card.shapes import Mask, View, circle, hill, panel, polygon, stroke, whole

PALETTE = bytes(range(256)) * 3


def picture(height: int, width: int = 37) -> np.ndarray:
    return np.random.default_rng(height).integers(0, 256, (height, width), dtype=np.uint8)


@pytest.mark.parametrize(
    ("height", "top", "bottom", "changed"),
    [
        (100, 0, 100, [(0, 100)]),
        (100, 10, 90, [(30, 31)]),
        (100, 10, 90, [(12, 20), (70, 95)]),
        (100, 10, 90, []),
        (100, 0, 0, []),
        (49, 24, 49, [(-5, 200)]),
    ],
)
def test_a_changed_picture_reads_back(
    height: int, top: int, bottom: int, changed: list[tuple[int, int]]
) -> None:
    before = picture(height)
    after = before.copy()
    for first, last in changed:
        rows = slice(max(first, top), min(last, bottom))
        after[rows] = picture(rows.stop - rows.start)
    data = png.write(png.frame(before, top, bottom), after[top:bottom], changed, PALETTE)
    with Image.open(io.BytesIO(data)) as image:
        image.verify()
    with Image.open(io.BytesIO(data)) as image:
        assert (np.asarray(image) == after).all()
        assert not image.info.keys() - {"srgb", "gamma"}


@pytest.mark.parametrize("cut", [0, 1, 3, 65521, 70000, 200000])
def test_checksums_join(cut: int) -> None:
    data = picture(500, 401).tobytes()
    first, second = data[:cut], data[cut:]
    joined = png._joined(zlib.adler32(first), zlib.adler32(second), len(second))
    assert joined == zlib.adler32(data)


@pytest.mark.parametrize("place", [(-20, -20), (35, 35), (100, 0), (0, 100), (-50, 5)])
def test_what_lies_off_the_canvas_is_cut(place: tuple[int, int]) -> None:
    pixels = np.zeros((40, 40, 3), dtype=np.uint8)
    lay(pixels, Mark(Mask(*place, np.full((30, 30), 255, dtype=np.uint8)), (255, 0, 0)))
    x, y = place
    expected = np.zeros((40, 40), dtype=bool)
    expected[max(0, y) : max(0, y + 30), max(0, x) : max(0, x + 30)] = True
    assert ((pixels[:, :, 0] == 255) == expected).all()


def area(mask: Mask | None) -> float:
    return 0.0 if mask is None else mask.cover.astype(float).sum() / 255


def test_shapes_have_the_area_they_should() -> None:
    size = whole((200, 100))
    assert area(panel(size, (10, 10, 110, 60), 0)) == pytest.approx(5000, rel=0.001)
    assert area(circle(size, (50, 50), 30)) == pytest.approx(2827.4, rel=0.002)
    assert area(circle(size, (50, 50), 30, 10)) == pytest.approx(1570.8, rel=0.005)
    assert area(polygon(size, ((10, 10), (60, 10), (10, 60)))) == pytest.approx(1250, rel=0.05)
    assert area(stroke(size, ((20, 50), (120, 50)), 10)) == pytest.approx(1078.5, rel=0.005)
    assert area(circle(size, (-100, -100), 30)) == 0


def test_a_shape_drawn_in_parts_is_the_shape_drawn_whole() -> None:
    corners = ((10.0, 10.0), (60.5, 12.0), (30.0, 90.0))
    for draw in (
        lambda view: panel(view, (10.3, 5.5, 90.2, 80.1), 20),
        lambda view: circle(view, (50, 50), 40.5, 7),
        lambda view: hill(view, ((0, 50), (40, 20), (100, 60))),
        lambda view: polygon(view, corners),
        lambda view: stroke(view, corners, 6.5),
    ):
        pixels = [np.zeros((100, 100, 3), dtype=np.uint8) for _ in range(2)]
        for picture, views in zip(
            pixels, ([whole((100, 100))], [View(100, 0, 37), View(100, 37, 100)]), strict=True
        ):
            for mask in filter(None, map(draw, views)):
                lay(picture, Mark(mask, (255, 255, 255)))
        assert (pixels[0] == pixels[1]).all()
