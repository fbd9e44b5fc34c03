"""Cards: pictures made from a talking point or a helpline, in any script, from plain data."""

from stopjihad.render.card.alt import alt_text
from stopjihad.render.card.card import ENGINE_VERSION, library_versions, render_card
from stopjihad.render.card.job import WORDS, CardJob
from stopjihad.render.card.problems import card_problems

__all__ = [
    "ENGINE_VERSION",
    "WORDS",
    "CardJob",
    "alt_text",
    "card_problems",
    "library_versions",
    "render_card",
]
