"""Renew the pictures of the documents from the built sample campaign: ``make pictures``."""

# ruff: noqa: INP001 - a script, not a package
from __future__ import annotations

import datetime as dt
import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from stopjihad.build.cards import CardChoice, CardStudio
from stopjihad.build.check.survey import survey, with_fonts
from stopjihad.draw import CardJob, make_card
from stopjihad.load.workspace import campaign_slugs
from stopjihad.model.options import Options
from stopjihad.render.card.contact_sheet import sheet_picture
from stopjihad.view.designs import GRID
from stopjihad.view.slides import FORMAT

PICTURES = {
    # name: page below site/, width and height in CSS px, px per CSS px
    "home-en": ("en/index.html", 1280, 800, 1),
    "point-ar": ("ar/points/letters-home/index.html", 390, 800, 2),
    "list-fr": ("fr/pull-factors/belonging/index.html", 360, 740, 2),
    "search-en": ("en/search/index.html", 360, 740, 2),
    "words-ar": ("ar/search/words/index.html", 360, 740, 2),
}
STRIPS = {
    # name: pages below site/, each as a phone of 360 x 740 CSS px shows it first
    f"phones-{lang}": tuple(
        f"{lang}/{path}"
        for path in (
            "index.html",
            "help/index.html",
            "pull-factors/belonging/index.html",
            "points/letters-home/index.html",
        )
    )
    for lang in ("en", "fr", "ar")
}
DESIGNS = ("letters-home/square", "letters-home/claim-and-fact/square")
CARDS = {
    # name: cards below site/, all square, side by side
    f"squares-{lang}": tuple(f"cards/{lang}/{path}" for path in (*DESIGNS, *helplines))
    for lang, helplines in {
        "en": ("helplines/gb-act-early/help/square",),
        "fr": ("helplines/fr-cnapr/help/square",),
        "ar": ("helplines/de-bamf/help/square",),
    }.items()
}
GRIDS = ("en", "ar", "ur", "bn")
GRID_WIDTH = 1400  # px
SLIDES = {
    # language: the talking point whose slides are shown
    "en": "letters-home",
    "fr": "women-cut-off",
    "ar": "children-as-recruits",
    "ur": "mosul-paid-the-price",
    "bn": "strangers-in-games",
}
SLIDE = (288, 360)  # px of a slide in a strip
GAP = 24  # px between the pictures of a strip
COLOURS = 128  # flat drawings need few: a picture is a third of its size


def main(site: Path, folder: Path) -> None:
    """Take each picture of the site and keep it with few colours.

    Args:
        site: folder of the published site.
        folder: where the pictures go.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (path, width, height, scale) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, device_scale_factor=scale
            )
            page.goto((site / path).resolve().as_uri())
            keep(Image.open(io.BytesIO(page.screenshot())), folder / f"{name}.png")
        page = browser.new_page(viewport={"width": 360, "height": 740}, device_scale_factor=1.5)
        for name, paths in STRIPS.items():
            shots = []
            for path in paths:
                page.goto((site / path).resolve().as_uri())
                shots.append(Image.open(io.BytesIO(page.screenshot())))
            keep(strip(shots), folder / f"{name}.png")
        browser.close()
    for name, stems in CARDS.items():
        found = [next((site / stem).parent.glob(f"{Path(stem).name}.*g")) for stem in stems]
        cards = [Image.open(path).convert("RGB").resize((540, 540)) for path in found]
        keep(strip(cards), folder / f"{name}.png")


def drawn(folder: Path) -> None:
    """Draw the grid of a profile in each language of ``GRIDS``, and the carousels of ``SLIDES``."""
    root = Path(__file__).resolve().parent.parent
    slug = campaign_slugs(root)[0]
    found = with_fonts(survey(root, slug, dt.datetime.now(dt.UTC).date()), root, Options())
    studio = CardStudio(found, root)
    for lang in GRIDS:
        tiles = studio.grid(lang)
        half = -(-len(tiles) // (2 * GRID)) * GRID
        halves = [
            Image.open(io.BytesIO(sheet_picture(one, GRID))) for one in (tiles[:half], tiles[half:])
        ]
        whole = strip(halves)
        whole.thumbnail((GRID_WIDTH, GRID_WIDTH))
        keep(whole, folder / f"grid-{lang}.png")
    for lang, point in SLIDES.items():
        jobs = studio.slides(CardChoice(subject=point, language=lang, format=FORMAT))
        slides = [slide(job) for job in jobs]
        way = -1 if jobs[0].frame.direction == "rtl" else 1
        keep(strip(slides[::way]), folder / f"slides-{lang}.png")


def slide(job: CardJob) -> Image.Image:
    """Draw a slide, small."""
    made = make_card(job)
    assert isinstance(made, bytes), made
    with Image.open(io.BytesIO(made)) as picture:
        return picture.convert("RGB").resize(SLIDE, Image.Resampling.LANCZOS)


def strip(pictures: list[Image.Image]) -> Image.Image:
    """Put pictures of one height side by side."""
    width = sum(one.width for one in pictures) + GAP * (len(pictures) - 1)
    made = Image.new("RGB", (width, pictures[0].height), "#8a8f94")
    place = 0
    for one in pictures:
        made.paste(one.convert("RGB"), (place, 0))
        place += one.width + GAP
    return made


def keep(picture: Image.Image, path: Path) -> None:
    """Save a picture with few colours."""
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
