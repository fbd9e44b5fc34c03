"""List the theme words that posts need, and say them in the language of the post."""

from __future__ import annotations

from collections.abc import Mapping

from stopjihad.view.claim import FLAGGED, IT_IS_SAID
from stopjihad.view.credit_words import SOURCE, SOURCES, SPONSOR, URGENT
from stopjihad.view.helplines import MAY_TELL, MUST_TELL, STATE_MUST_TELL, STATE_SERVICE
from stopjihad.view.slides import LEAF, SWIPE

ACTION = "%(action)s: %(link)s"
ACTION_AFTER_MARK = "%(action)s %(link)s"
ACTION_LEAD = "%(action)s:"
READ_MORE = "Read more: %(link)s"
LINK_IN_PROFILE = "The link is in our profile."
READ_MORE_IN_PROFILE = "Read more: the link is in our profile."
HELP = "Need to talk?"
PREHEADER = "With sources, what you can do and who listens."
KNEW = "Did you know?"
YES = "Yes"
NO = "No"
CHAPTER_FACT = "The fact"
CHAPTER_CLAIM = "The claim, and why it is false"
CHAPTER_PROOF = "The background"
CHAPTER_TRICK = "The trick behind it"
CHAPTER_ACTION = "What you can do"
CHAPTER_HELP = "Who listens"

FIRST_COMMENT = "First comment"
PREVIEW = "Preview text"
FILM = "Film script: %(seconds)s seconds"
SEEN = "On the screen"
SEEN_ONLY = "On the screen alone: too long to be said in this time"
HEARD = "Spoken"
BOTH = "On the screen and spoken"
STORY = "Story, frame %(number)s"
POLL = "Poll sticker"
LINK = "Link sticker"

REPLIES = "Replies on %(platform)s"
NO_QUOTES = "Never quote or repost such content, not even against it: hide it, note it, report it."
NO_REPLY = "Not answered"
REPORT_INSTEAD = "Report instead: %(link)s"
REPLY = "Reply"
NOTE = "For the team: do not copy"
PRIVATE = "Please name nobody here: a worry about a person belongs in a call."
GROUP = (
    "A group is no place for a worry about a person: ask that nobody is named there. "
    "Delete a message that names somebody, if you can, and write to its sender alone."
)
"""For whoever posts where many people write to each other under their names."""

CALL_YOURSELF = (
    "Call the emergency number yourself, now, "
    "if somebody may be in danger today or in the next days."
)

SHEET = (REPLIES, NO_QUOTES, NO_REPLY, REPORT_INSTEAD, REPLY, NOTE, URGENT, CALL_YOURSELF)
"""What a sheet of replies says beside them."""

LABELS = (NOTE, FIRST_COMMENT, PREVIEW, FILM, SEEN, SEEN_ONLY, HEARD, BOTH, STORY, POLL, LINK)
"""Headings of what stands beside a post, for the person who posts it."""

WORDS = (
    FLAGGED,
    IT_IS_SAID,
    ACTION,
    ACTION_AFTER_MARK,
    ACTION_LEAD,
    READ_MORE,
    LINK_IN_PROFILE,
    READ_MORE_IN_PROFILE,
    HELP,
    PRIVATE,
    GROUP,
    STATE_SERVICE,
    MAY_TELL,
    STATE_MUST_TELL,
    MUST_TELL,
    SOURCE,
    SOURCES,
    SPONSOR,
    SWIPE,
    LEAF,
    PREHEADER,
    KNEW,
    YES,
    NO,
    CHAPTER_FACT,
    CHAPTER_CLAIM,
    CHAPTER_PROOF,
    CHAPTER_TRICK,
    CHAPTER_ACTION,
    CHAPTER_HELP,
    *LABELS,
    *SHEET,
)
"""The English words of posts: message ids of the theme's catalogues.

Those without a word of English may stay as they are in any language; French sets a space before
the colon.
"""

_WORDLESS = frozenset((ACTION, ACTION_AFTER_MARK, ACTION_LEAD))


def say(words: Mapping[str, str], lang: str, message: str, **values: str) -> str:
    """Say a theme word in the language of the post.

    Args:
        lang: BCP 47 tag of the post.

    Returns:
        The text, or an empty one when the language has no translation: English words never stand
        in a post of another language.
    """
    pattern = words.get(message)
    if not pattern:
        if lang.partition("-")[0] != "en" and message not in _WORDLESS:
            return ""
        pattern = message
    for name, value in values.items():
        pattern = pattern.replace(f"%({name})s", value)
    return pattern
