"""List what the team's papers say: the call sheet of an alert, the page to approve words on."""

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
PARTNERS = "Partners who show our feed or alert; mistakes go to %(contact)s."
ON_CALL = "On call:"
OPEN_NOW = "answers now"
CLOSED_NOW = "closed now"
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
    ON_CALL,
    OPEN_NOW,
    CLOSED_NOW,
    UPDATE,
    END,
)
"""What the call sheet says, in its order: messages of the team's catalogue."""

ASKED = "May this alert go out?"
ALONE = "For %(name)s alone: whoever has this page can answer in that name. Do not pass it on."
READ = "Read it in each language that you know, to the end. If one word is wrong, say no."
ANSWER = "Send back one of the two codes, or read it aloud to the person who sent you this page."
COUNTS = "It counts once, for these very words, until %(moment)s (%(zone)s)."
YES = "Yes, it may go out"
NO = "No, it may not"
PRACTICE = "Exercise: nothing has happened."

ASKED_TEXTS = "May these words be published?"
READ_TEXTS = "Read them to the end, marked sentences twice. If one word is wrong, say no."
YES_TEXTS = "Yes, they may be published"
NO_TEXTS = "No, they may not"

APPROVAL_WORDS = (
    *(ASKED, ALONE, READ, ANSWER, COUNTS, YES, NO, PRACTICE),
    *(ASKED_TEXTS, READ_TEXTS, YES_TEXTS, NO_TEXTS),
)
"""What the page says around what is to be approved; message ids of the team's catalogue."""
