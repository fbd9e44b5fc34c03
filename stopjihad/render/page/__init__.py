"""What pages of the published site are made of, from a page job: pure functions.

``steps`` renders a step and makes a ``job`` of its inputs, ``kinds`` and ``point`` say what each
kind of page shows, ``sources`` what it cites, ``site_files`` writes what programs read: feeds,
sitemap, robots, headers. ``site`` is what all pages of a language share, ``theme`` has templates,
words and marks,
``notice_place`` the place that a notice fills in finished pages, ``head`` is the head of a page,
``address`` makes links, ``palette`` colours.
Templates that came with a workspace are filled in by the ``sandbox``, within a ``budget``.
"""

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
