"""Cards: pictures made from a talking point or a helpline, in any script, from plain data.

``steps`` makes a ``job`` of a step; ``content`` gives its words, ``alt`` those that stand for the
picture. ``card`` draws one: ``base`` is what all of a design and format share, ``ground`` adds what
all of a language share, ``scheme`` colours both; ``encoder`` makes PNG, JPEG and PDF of it.
``problems`` tells what would be wrong with it.

Words: ``shape`` gives glyphs, ``breaks`` the ends of lines, ``lines`` sets and draws them,
``stack`` arranges them in boxes. Pictures: ``layers``, ``drawing``, ``pictures`` (photo and logo),
``logo_field``, and ``plot`` for charts. Pixels: ``canvas`` has lengths in px and shapes, ``pixels``
lays them on, ``colour`` are those of a design. ``contact_sheet`` shows many cards to people.
"""

from stopjihad.render.card.alt import alt_text
from stopjihad.render.card.card import render_card, render_debug
from stopjihad.render.card.contact_sheet import Tile, sheet_page, sheet_picture
from stopjihad.render.card.job import WORDS, CardJob
from stopjihad.render.card.problems import card_problems, make_card

__all__ = [
    "WORDS",
    "CardJob",
    "Tile",
    "alt_text",
    "card_problems",
    "make_card",
    "render_card",
    "render_debug",
    "sheet_page",
    "sheet_picture",
]
