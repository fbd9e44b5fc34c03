"""Carousels of the sample: numbered, described, in the drafts; the document has their pixels."""

from __future__ import annotations

import html
import io
import json
import re
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image
from stopjihad.catalog.formats import CARD_BYTES, FORMATS
from stopjihad.catalog.platforms import platforms
from stopjihad.view.slides import FORMAT, LEAST, MOST

from published.test_cards import languages
from support.plain_pictures import is_in_turn

SHOWING = {name for name, row in platforms().items() if row.carousel}


@cache
def folders(site: Path, lang: str) -> tuple[Path, ...]:
    return tuple(sorted(site.glob(f"cards/{lang}/*/slides")))


def pictures(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.png"), key=lambda path: int(path.stem))


def test_the_kit_shows_every_slide_with_its_words(site: Path) -> None:
    """They were to be found by those who knew their address."""
    folders = sorted(path.parent for path in site.glob("cards/*/*/slides/alt.txt"))
    assert folders
    for folder in folders:
        lang, point = folder.parts[-3:-1]
        page = html.unescape((site / lang / "kit" / point / "index.html").read_text("utf-8"))
        for file in (*folder.glob("*.png"), folder / "slides.pdf"):
            address = file.relative_to(site).as_posix()
            assert f'href="../../../{address}" download' in page, address
        shown = " ".join(re.sub("<[^>]+>", "", page).split())
        for words in (folder / "alt.txt").read_text("utf-8").split("\n\n"):
            assert " ".join(words.split()) in shown, (lang, point)


@pytest.mark.parametrize("lang", languages())
def test_every_language_has_its_carousels(site: Path, lang: str) -> None:
    found = folders(site, lang)
    assert len(found) >= 6
    size = FORMATS[FORMAT].width, FORMATS[FORMAT].height
    for folder in found:
        slides = pictures(folder)
        assert [path.name for path in slides] == [f"{n}.png" for n in range(1, len(slides) + 1)]
        assert LEAST <= len(slides) <= MOST, folder
        assert len((folder / "alt.txt").read_text("utf-8").split("\n\n")) == len(slides)
        for path in slides:
            assert path.stat().st_size <= CARD_BYTES
            with Image.open(path) as image:
                assert image.size == size


@pytest.mark.parametrize("lang", languages())
def test_no_claim_stands_on_the_first_slide_or_alone(site: Path, lang: str) -> None:
    """The first slide is the fact; the slide with the claim begins with the fact, too."""
    for folder in folders(site, lang):
        first, *rest = (folder / "alt.txt").read_text("utf-8").split("\n\n")
        fact = first[: max(40, len(first) // 2)]
        repeated = [text for text in rest if text.startswith(fact)]
        claims = (folder.parent / "claim-and-fact" / "alt.txt").exists()
        assert len(repeated) == claims, folder


@pytest.mark.parametrize("lang", ["en", "ar", "bn"])
def test_the_document_holds_the_pixels_of_the_slides(site: Path, lang: str) -> None:
    # The quick run draws a third of them; the slides of the others are of one colour.
    folder = next(one for one in folders(site, lang) if is_in_turn(lang, one.parent.name))
    slides = pictures(folder)
    limit = platforms()["linkedin"].document_bytes
    assert limit is not None
    assert (folder / "slides.pdf").stat().st_size <= limit.value
    with pikepdf.open(folder / "slides.pdf") as pdf:
        assert len(pdf.pages) == len(slides)
        for page, path in zip(pdf.pages, slides, strict=True):
            drawn = pikepdf.PdfImage(page.obj.Resources.XObject.Slide).as_pil_image()
            with Image.open(io.BytesIO(path.read_bytes())) as image:
                assert len(image.convert("RGB").getcolors() or "many") > 1
                assert np.array_equal(
                    np.asarray(drawn.convert("RGB")), np.asarray(image.convert("RGB"))
                )


def test_drafts_name_the_slides_with_their_words(published: Path) -> None:
    told = 0
    for draft in json.loads((published / "posts" / "posts.json").read_bytes()):
        folder = published / "site" / "cards" / draft["language"] / draft["point"] / "slides"
        if draft["platform"] not in SHOWING or not folder.exists():
            assert len(draft["images"]) <= 1
            continue
        told += 1
        assert [image["path"] for image in draft["images"]] == [
            path.relative_to(published).as_posix() for path in pictures(folder)
        ]
        alts = (folder / "alt.txt").read_text("utf-8").removesuffix("\n").split("\n\n")
        assert [image["alt"] for image in draft["images"]] == alts
        for image in draft["images"]:
            assert image["bytes"] == (published / image["path"]).stat().st_size
    assert told >= 6 * len(languages())


@pytest.mark.parametrize(
    ("lang", "said", "not_said"), [("de", "Was du", "Was Sie"), ("fr", "tu peux", "vous pouvez")]
)
def test_slides_speak_to_teenagers_as_the_page_beside_them(
    site: Path, lang: str, said: str, not_said: str
) -> None:
    """``Was Sie tun können`` stood on slides whose page, cards and drafts say du."""
    words = (site / f"cards/{lang}/letters-home/slides/alt.txt").read_text("utf-8")
    assert said in words
    assert not_said not in words
