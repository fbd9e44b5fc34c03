"""Files are whole whatever changed in them, and hold the pixels and the words that they should."""

from __future__ import annotations

import io
import shutil
import subprocess
import zlib
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image
from stopjihad.draw import make_card
from stopjihad.draw.canvas import Mask, View, circle, hill, panel, polygon, stroke, whole
from stopjihad.draw.encoder import About, BoundPage, _join_checksums, document, png_frame, write_png
from stopjihad.draw.pixels import Mark, lay
from stopjihad.view.slides import slides

from support import cards

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
    data = write_png(png_frame(before, top, bottom), after[top:bottom], changed, PALETTE)
    with Image.open(io.BytesIO(data)) as image:
        image.verify()
    with Image.open(io.BytesIO(data)) as image:
        assert (np.asarray(image) == after).all()
        assert not image.info.keys() - {"srgb", "gamma"}


@pytest.mark.parametrize("cut", [0, 1, 3, 65521, 70000, 200000])
def test_checksums_join(cut: int) -> None:
    data = picture(500, 401).tobytes()
    first, second = data[:cut], data[cut:]
    joined = _join_checksums(zlib.adler32(first), zlib.adler32(second), len(second))
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


ABOUT = About(title="معظم من قتلهم تنظيم داعش", author="فريق الحملة", lang="ar", rtl=True)


@cache
def pages() -> tuple[BoundPage, ...]:
    found = []
    for slide in slides(cards.point("ar"), {})[:2]:
        layout = cards.layouts()[slide.design]
        made = make_card(cards.job("ar", form="portrait", layout=layout, slide=slide))
        assert isinstance(made, bytes)
        found.append(BoundPage(made, f"Slide {slide.number}"))
    return tuple(found)


def test_poppler_draws_the_pixels_of_the_pictures(tmp_path: Path) -> None:
    poppler = shutil.which("pdftoppm")
    assert poppler, "there is no pdftoppm: 'make system' installs it"
    (tmp_path / "slides.pdf").write_bytes(document(pages(), ABOUT))
    done = subprocess.run(
        [poppler, "-r", "72", tmp_path / "slides.pdf", tmp_path / "page"],
        check=True,
        capture_output=True,
    )
    assert done.stderr == b""
    drawn = sorted(tmp_path.glob("page*.ppm"))
    assert len(drawn) == len(pages())
    for path, page in zip(drawn, pages(), strict=True):
        with Image.open(path) as one, Image.open(io.BytesIO(page.picture)) as other:
            assert np.array_equal(np.asarray(one.convert("RGB")), np.asarray(other.convert("RGB")))


def test_it_says_what_it_is_and_which_way_it_is_read() -> None:
    with pikepdf.open(io.BytesIO(document(pages(), ABOUT))) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        assert set(pdf.docinfo.keys()) == {"/Title", "/Author"}  # and no date
        assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.R2L
        assert str(pdf.docinfo["/Title"]) == ABOUT.title
        assert str(pdf.docinfo["/Author"]) == ABOUT.author
        with pdf.open_metadata() as meta:
            assert meta["dc:title"] == ABOUT.title
            assert list(meta["dc:creator"]) == [ABOUT.author]
    english = document(pages(), About("Facts", "The team", "en", rtl=False))
    with pikepdf.open(io.BytesIO(english)) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.L2R


def test_each_page_is_a_figure_with_its_words() -> None:
    with pikepdf.open(io.BytesIO(document(pages(), ABOUT))) as pdf:
        whole = pdf.Root.StructTreeRoot.K
        assert [str(one.Alt) for one in whole.K] == ["Slide 1", "Slide 2"]
        for page, figure in zip(pdf.pages, whole.K, strict=True):
            assert figure.Pg.objgen == page.obj.objgen
            assert b"/MCID 0" in page.obj.Contents.read_bytes()
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        assert [numbers[2 * at + 1][0].Alt for at in range(2)] == ["Slide 1", "Slide 2"]


def test_the_pictures_are_kept_as_they_were_compressed() -> None:
    data = document(pages(), ABOUT)
    assert len(data) < sum(len(page.picture) for page in pages()) + 6000


def test_the_same_pages_give_the_same_bytes() -> None:
    assert document(pages(), ABOUT) == document(pages(), ABOUT)
    assert document(pages(), ABOUT) != document(pages()[::-1], ABOUT)
