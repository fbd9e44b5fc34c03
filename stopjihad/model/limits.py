"""How long the texts of a talking point may be, in every language."""

from __future__ import annotations

from stopjihad.text.markdown.checks import MAX_BYTES

TEXT_BYTES = MAX_BYTES
"""Longest authored text in bytes of UTF-8, of any field: what is longer is not read at all."""

TRANSLATION_BYTES = 3 * TEXT_BYTES
"""Longest translation: letters of most scripts have two or three bytes where English has one."""

FACT_GRAPHEMES = 140
"""Longest fact in graphemes; reference: talking-point schema, section 7."""

CLAIM_CHARACTERS = 75
"""Longest claim in characters; Google's ClaimReview guideline for ``claimReviewed``."""

QUOTE_GRAPHEMES = 240
"""Longest quotation in graphemes: what the testimony card still sets in letters of 28 units."""
