"""Mark the words of the interface for translation; ``studio.templates`` chooses the language.

Problems are said here in the studio's words: how each is mended, where, and without a terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from stopjihad.problem import Problem

Say = Callable[[str], str]
"""Translates words of the program."""


class Choice(NamedTuple):
    """A value, what it is called, and a sentence about it (may be empty)."""

    value: str
    label: str
    text: str = ""


def marked(message: str) -> str:
    """Mark words that are translated where they are shown."""
    return message


WHO = marked("Say who you are: a name or an alias, no address.")
CHANGED = marked("Words have changed since this page was made. Look at them again.")
NOT_SPOKEN = marked("The campaign is not translated into this language.")
RUNNING = marked("A build is running already.")
"""Why several views refuse to do what they are asked."""

FIELDS = {
    "fact": marked("Fact"),
    "claim": marked("Claim"),
    "warning": marked("Warning"),
    "action.label": marked("Words on the button"),
    "alternative": marked("Instead"),
    "body": marked("Text"),
    "title": marked("Title"),
    "tagline": marked("Line under the title"),
    "summary": marked("Summary"),
    "headline": marked("Headline"),
    "name": marked("Name"),
    "hours": marked("Opening hours"),
    "operator_note": marked("Who answers"),
    "emergency": marked("In an emergency"),
    "hashtags": marked("Hashtag"),
    "alt": marked("Alternative text"),
    "audiences": marked("Audience"),
    "messengers": marked("Messenger"),
    "sponsor": marked("Sponsor"),
    "corrections": marked("Corrections"),
    "posts": marked("Post"),
    "question": marked("Question"),
    "quote": marked("Quotation"),
    "data": marked("Chart"),
    "places": marked("Place"),
    "authorities": marked("Confirmed by"),
    "empathy": marked("Empathy"),
    "confirmed": marked("Confirmed"),
    "sentences": marked("Confirmed"),
    "unknown": marked("Not known yet"),
    "actions": marked("What to do"),
    "update": marked("Next update"),
    "look": marked("Checked news"),
}
"""Field of a text, or its first part, to what people call it."""


def field_name(context: str, say: Say) -> str:
    """Name the field that a text belongs to.

    Args:
        context: such as ``letters-home/fact`` or ``campaign/audiences.relatives.name``.
        say: translates the studio's words.

    Returns:
        A word for people; the field itself where there is none.
    """
    field = context.rpartition("/")[2]
    known = FIELDS.get(field) or FIELDS.get(field.partition(".")[0])
    return say(known) if known else field


HINTS = {
    "approval-lost": marked("Read it again under Review, and approve it there."),
    "no-points": marked("Write one under Talking points."),
    "publish-clock": marked(
        "Set right whichever is wrong. If this clock is right, tick, and upload."
    ),
    "review-line": marked("Take the line out: approvals are written under Review."),
    "translation-incomplete": marked("Translate what is missing, or have it approved."),
    "translation-missing": marked("Bring the files in step with the source under Translate."),
    "translation-outdated": marked("Bring the files in step with the source under Translate."),
    "translation-stale": marked("Compare the source then and now under Translate, correct, save."),
}
"""Code of a problem whose own hint names a command, to what people do here."""

_TRANSLATE = marked("Translate")
_REVIEW = marked("Review")
_OPEN = marked("Open the fields")


class Remedy(NamedTuple):
    """Lead to the view in which a problem is mended."""

    words: str
    address: str


def hint_of(problem: Problem, say: Say) -> str:
    """Give a problem's hint in the words of the studio.

    Args:
        problem: any problem.
        say: translates the studio's words.

    Returns:
        One sentence, or nothing. Hints about commands that we have no words for are left out.
    """
    if "stopjihad " in problem.hint or "'fuzzy'" in problem.hint:
        return say(HINTS[problem.code]) if problem.code in HINTS else ""
    return problem.hint


def remedy_of(problem: Problem, base: str, say: Say) -> Remedy | None:
    """Find the view in which a problem is mended.

    Args:
        problem: any problem.
        base: address of the campaign, such as ``/c/a-campaign``.
        say: translates the studio's words.

    Returns:
        Where it leads; None when the file itself is the place.
    """
    folder, _, name = problem.path.rpartition("/")
    kind = folder.rpartition("/")[2]
    if kind == "points" and name.endswith(".md"):
        return Remedy(say(_OPEN), f"{base}/points/{quote(name[:-3])}")
    if kind == "locale" and name.endswith(".po"):
        tag = quote(name[:-3])
        key = problem.message.partition(": ")[0].rpartition("/")[0]
        if problem.code == "approval-lost":
            return Remedy(say(_REVIEW), f"{base}/review?language={tag}")
        if not problem.code.startswith("translation-") and (not key or " " in key):
            return None  # the file as a whole, not a text of it
        of = f"?of={quote(key)}" if key and " " not in key else ""
        return Remedy(say(_TRANSLATE), f"{base}/translate/{tag}{of}")
    return None
