"""What a shared link shows: a picture that is there, its words, and a description."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from support.pages import NOT_FOUND, Page


def property_of(page: Page, name: str) -> str:
    """Give the content of one Open Graph property."""
    return next((meta.get("content") for meta in page.all("meta", property=name)), "")


def described(page: Page) -> str:
    """Give the description of a page."""
    return next((meta.get("content") for meta in page.all("meta", name="description")), "")


def test_every_page_has_a_preview_image_that_is_there(pages: dict[str, Page], site: Path) -> None:
    """Home, help and the page for parents once had none: these are what people send each other."""
    sizes: dict[str, tuple[int, int]] = {}
    for path, page in pages.items():
        if path == NOT_FOUND or page.framed:
            continue
        address = property_of(page, "og:image")
        assert "/cards/" in address, path
        name = "cards/" + address.split("/cards/")[1]
        if name not in sizes:
            with Image.open(site / name) as image:
                sizes[name] = image.size
        given = property_of(page, "og:image:width"), property_of(page, "og:image:height")
        assert given == tuple(map(str, sizes[name])), path
        assert property_of(page, "og:image:alt"), path
        if "/" in path:
            assert name.startswith(f"cards/{page.lang}/"), path
        (card,) = page.all("meta", name="twitter:card")
        assert card.get("content") == "summary_large_image", path


def test_every_page_has_a_description_in_its_language(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        if path != NOT_FOUND and not page.framed:
            assert len(described(page)) >= 8, path
            assert property_of(page, "og:description") == described(page), path
    english, arabic = (
        {described(page) for path, page in pages.items() if path.startswith(lang)}
        for lang in ("en/", "ar/")
    )
    assert english & arabic == {""}  # of those in frames


def test_help_shows_a_helpline_where_one_answers_in_the_language(pages: dict[str, Page]) -> None:
    assert "/helplines/" in property_of(pages["en/help/index.html"], "og:image")
    assert "/helplines/" in property_of(pages["fr/pages/for-parents/index.html"], "og:image")
    assert "/helplines/" not in property_of(pages["es/help/index.html"], "og:image")
