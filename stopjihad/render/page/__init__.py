"""What pages of the published site are made of, from a page job: pure functions."""

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

__all__ = [
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
]
