"""A document holds the very pixels of its pictures and their words; it repeats byte for byte."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image
from stopjihad.render.card import make_card
from stopjihad.render.card.document import About, BoundPage, document
from stopjihad.view.slides import slides

from support import cards

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
