"""English words that the team's pages and sheets say; they are message ids of their catalogue."""

from __future__ import annotations

from stopjihad.catalog.terms import READINGS
from stopjihad.render.alert.chart import WORDS

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

TITLE = "CALL SHEET  %(id)s, message %(number)s"
SENT = "sent %(sent)s   holds until %(until)s"
LANGUAGES = "languages: %(languages)s"
CONFIRMED = "Who confirmed it: %(authority)s, %(official)s"
STILL_SO = "Is it still so? Read the headline aloud to them."
POSTS = "Planned posts: %(count)s to stop (%(file)s), on each platform by hand."
SITE = "The site is uploaded; a second person has looked at it on a phone."
DRAFTS = "Drafts are posted (%(folder)s), messengers first: WhatsApp, Telegram, SMS."
HELPLINES = "Helplines, so that they expect calls:"
SPEAKERS = "Those who speak for the campaign; nobody speaks of names, motives or numbers:"
PARTNERS = "Partners who show our feed or notice; mistakes go to %(contact)s."
UPDATE = "Who sends the update before %(moment)s: %(gap)s"
END = "Who takes it away at %(moment)s: %(gap)s"

SHEET_WORDS = (
    TITLE,
    SENT,
    LANGUAGES,
    CONFIRMED,
    STILL_SO,
    POSTS,
    SITE,
    DRAFTS,
    HELPLINES,
    SPEAKERS,
    PARTNERS,
    UPDATE,
    END,
)
"""All of them, in the order of the sheet."""

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
