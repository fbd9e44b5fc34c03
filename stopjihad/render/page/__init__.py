"""Pages of the published site: pure functions from a page job to bytes."""

from stopjihad.render.page.job import (
    FreePage,
    KitHelpline,
    KitItem,
    ListEntry,
    PageDraft,
    PageEdition,
    PageFilm,
    PageFilms,
    PageJob,
    PagePicture,
    Theme,
)
from stopjihad.render.page.palette import Palette, brand_drawing, brand_stylesheet, make_palette
from stopjihad.render.page.render import KINDS, render_page

__all__ = [
    "KINDS",
    "FreePage",
    "KitHelpline",
    "KitItem",
    "ListEntry",
    "PageDraft",
    "PageEdition",
    "PageFilm",
    "PageFilms",
    "PageJob",
    "PagePicture",
    "Palette",
    "Theme",
    "brand_drawing",
    "brand_stylesheet",
    "make_palette",
    "render_page",
]
