"""Cards: pictures made from a talking point or a helpline, in any script, from plain data."""

from stopjihad.render.card.alt import alt_text
from stopjihad.render.card.card import extension, render_card
from stopjihad.render.card.contact_sheet import Tile, sheet_page, sheet_picture
from stopjihad.render.card.debug import render_debug
from stopjihad.render.card.job import WORDS, CardJob
from stopjihad.render.card.problems import card_problems, make_card

__all__ = [
    "WORDS",
    "CardJob",
    "Tile",
    "alt_text",
    "card_problems",
    "extension",
    "make_card",
    "render_card",
    "render_debug",
    "sheet_page",
    "sheet_picture",
]
