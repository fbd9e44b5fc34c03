"""What every HTML page shares, the site's, the team's and the studio's: templates, colours, words.

``theme`` has templates, words and marks, ``palette`` colours, ``job`` what a page is made from,
``site`` what all pages of a language share, ``word_index`` where a word is found, ``dialling``
links numbers in prose. Templates that came with a workspace are filled in by the ``sandbox``,
within a ``budget``. Nothing here knows which pages there are.
"""

from stopjihad.theme.job import (
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
from stopjihad.theme.palette import (
    Palette,
    brand_drawing,
    brand_stylesheet,
    make_palette,
    name_fonts,
)

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
    "name_fonts",
]
