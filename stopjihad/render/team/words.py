"""English words for values that the team's pages name; they are message ids of their catalogue."""

from __future__ import annotations

from stopjihad.catalog.terms import READINGS
from stopjihad.render.alert.chart import WORDS
from stopjihad.render.alert.sheets import SHEET_WORDS

SEVERITIES = {"error": "Errors", "warning": "Warnings", "info": "Notes"}
KINDS = {"error": "error", "warning": "warning", "info": "note"}
LEVELS = {
    "niche": "Niche: few people have met it",
    "crossing": "Crossing over from a niche to the public",
    "mainstream": "Widely known",
}
ORIGINS = {
    "own": "made by the campaign",
    "stock": "from a picture library",
    "partner": "from a partner",
    "news": "from a news service",
    "propaganda": "from propaganda",
}
APPROVALS = {
    "editorial": "read and approved as written",
    "native": "approved by a native speaker",
    "legal": "checked by a lawyer",
    "back-translation": "translated back and compared",
}

TABLES = {
    "readings": READINGS,
    "severities": SEVERITIES,
    "kinds": KINDS,
    "levels": LEVELS,
    "origins": ORIGINS,
    "approvals": APPROVALS,
    "drill_words": {message: message for message in WORDS},
    "sheet_words": {message: message for message in SHEET_WORDS},
}
"""Name in templates to the table."""
