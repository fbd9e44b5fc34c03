"""Draw cards: pictures of words in any script, shapes, photos and charts, from plain data; pure.

A ``card`` is drawn from a ``job``: ``content`` gives its words, ``alt`` those that stand for the
picture, ``problems`` what would be wrong with it. ``base`` is what all cards of a design and format
share, ``ground`` adds what those of a language share, ``scheme`` colours both; ``encoder`` makes
PNG, JPEG and PDF of it. ``pdf`` writes paper, whose words stay words, with ``pdf_font``.

Words: ``shape`` gives glyphs, ``breaks`` the ends of lines, ``lines`` sets and draws them,
``stack`` arranges them in boxes. Pictures: ``layers``, ``drawing``, ``pictures`` (photo and logo),
``logo_field``, ``plot`` for a ``chart``, which ``chart_geometry`` places and ``chart_svg`` draws
for pages; ``drill_chart`` shows how exercises went; a ``background`` has no words. Pixels:
``canvas`` has lengths in px and shapes, ``pixels`` lays them on, ``colour`` are those of a design.
Nothing here knows what is planned.
"""

from stopjihad.draw.alt import alt_text
from stopjihad.draw.card import render_card, render_debug
from stopjihad.draw.job import WORDS, CardJob
from stopjihad.draw.problems import card_problems, make_card

__all__ = [
    "WORDS",
    "CardJob",
    "alt_text",
    "card_problems",
    "make_card",
    "render_card",
    "render_debug",
]
