"""What the call sheet says: messages of the team's catalogue (``templates/team/locale``)."""

from __future__ import annotations

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
