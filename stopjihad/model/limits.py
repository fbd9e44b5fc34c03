"""How long the texts of a talking point may be, in every language."""

from __future__ import annotations

FACT_GRAPHEMES = 140
"""Longest fact in graphemes; reference: talking-point schema, section 7."""

CLAIM_CHARACTERS = 75
"""Longest claim in characters; Google's ClaimReview guideline for ``claimReviewed``."""

QUOTE_GRAPHEMES = 240
"""Longest quotation in graphemes: what the testimony card still sets in letters of 28 units."""
