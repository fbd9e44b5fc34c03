"""Renew the pictures of the documents from the built sample campaign: ``make pictures``."""

# ruff: noqa: INP001 - a script, not a package
from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURES = {
    # name: page below site/, width and height in CSS px, px per CSS px
    "home-en": ("en/index.html", 1280, 800, 1),
    "point-ar": ("ar/points/letters-home/index.html", 390, 800, 2),
    "list-fr": ("fr/pull-factors/belonging/index.html", 360, 740, 2),
    "search-en": ("en/search/index.html", 360, 740, 2),
    "words-ar": ("ar/search/words/index.html", 360, 740, 2),
}
COLOURS = 128  # flat drawings need few: a picture is a third of its size


def main(site: Path, folder: Path) -> None:
    """Take each picture of the site and keep it with few colours.

    Args:
        site: folder of the published site.
        folder: where the pictures go.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (path, width, height, scale) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, device_scale_factor=scale
            )
            page.goto((site / path).resolve().as_uri())
            image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            few = image.quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(folder / f"{name}.png", optimize=True)
        browser.close()


main(Path(sys.argv[1]), Path(sys.argv[2]))
