"""Mark the words of the interface for translation; ``studio.templates`` chooses the language.

Problems are said here in the studio's words: how each is mended, without a terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Say = Callable[[str], str]
"""Translates words of the program."""


class Choice(NamedTuple):
    """A value, what it is called, and a sentence about it (may be empty)."""

    value: str
    label: str
    text: str = ""


def mark_translatable(message: str) -> str:
    """Mark words that are translated where they are shown."""
    return message


WHO = mark_translatable("Say who you are: a name or an alias, no address.")
CHANGED = mark_translatable("Words have changed since this page was made. Look at them again.")
NOT_SPOKEN = mark_translatable("The campaign is not translated into this language.")
RUNNING = mark_translatable("A build is running already.")
"""Why several views refuse to do what they are asked."""

FIELDS = {
    "fact": mark_translatable("Fact"),
    "line": mark_translatable("Line above the fact"),
    "claim": mark_translatable("Claim"),
    "warning": mark_translatable("Warning"),
    "action.label": mark_translatable("Words on the button"),
    "alternative": mark_translatable("Instead"),
    "body": mark_translatable("Text"),
    "title": mark_translatable("Title"),
    "tagline": mark_translatable("Line under the title"),
    "summary": mark_translatable("Summary"),
    "headline": mark_translatable("Headline"),
    "name": mark_translatable("Name"),
    "hours": mark_translatable("Opening hours"),
    "night": mark_translatable("At other times"),
    "passed_on": mark_translatable("What may be passed on to authorities"),
    "steps": mark_translatable("Steps"),
    "slides": mark_translatable("Slides"),
    "hook": mark_translatable("First line of posts"),
    "short": mark_translatable("First action, in short"),
    "figures": mark_translatable("Figure"),
    "label": mark_translatable("Name in the menu"),
    "claimant": mark_translatable("Who claims it"),
    "operator_note": mark_translatable("Who answers"),
    "emergency": mark_translatable("In an emergency"),
    "hashtags": mark_translatable("Hashtag"),
    "alt": mark_translatable("Alternative text"),
    "audiences": mark_translatable("Audience"),
    "messengers": mark_translatable("Messenger"),
    "sponsor": mark_translatable("Sponsor"),
    "corrections": mark_translatable("Corrections"),
    "posts": mark_translatable("Post"),
    "question": mark_translatable("Question"),
    "quote": mark_translatable("Quotation"),
    "data": mark_translatable("Chart"),
    "places": mark_translatable("Place"),
    "authorities": mark_translatable("Confirmed by"),
    "empathy": mark_translatable("Empathy"),
    "confirmed": mark_translatable("Confirmed"),
    "sentences": mark_translatable("Confirmed"),
    "unknown": mark_translatable("Not known yet"),
    "actions": mark_translatable("What to do"),
    "update": mark_translatable("Next update"),
    "look": mark_translatable("Checked news"),
    "mode": mark_translatable("What it does"),
    "technique": mark_translatable("Technique"),
    "prevalence": mark_translatable("How far the claim has spread"),
    "pull_factor": mark_translatable("Pull factor"),
    "messenger": mark_translatable("Messenger"),
    "action": mark_translatable("One next step"),
    "media": mark_translatable("Pictures"),
    "reviewed": mark_translatable("Last reviewed"),
    "sources": mark_translatable("Sources"),
    "sources.title": mark_translatable("Title"),
    "sources.publisher": mark_translatable("Publisher"),
    "sources.url": mark_translatable("Address"),
    "sources.published": mark_translatable("Published on"),
    "sources.accessed": mark_translatable("Read on"),
    "sources.archived_url": mark_translatable("Stored copy"),
    "no_primary": mark_translatable("Why no source is primary"),
    "base_url": mark_translatable("Address of the site"),
    "brand": mark_translatable("Look"),
    "brand.accent": mark_translatable("Colour of links and buttons"),
    "brand.ink": mark_translatable("Colour of text"),
    "brand.paper": mark_translatable("Colour of the paper"),
    "sponsor.name": mark_translatable("Who stands behind this campaign"),
    "sponsor.disclosure": mark_translatable("In a sentence or two"),
    "sponsor.funders": mark_translatable("Who pays for it"),
    "sponsor.url": mark_translatable("Their address"),
    "corrections.contact": mark_translatable("Where mistakes are reported"),
    "corrections.policy": mark_translatable("What you do about them"),
    "corrections.why": mark_translatable("What was wrong"),
    "corrections.was": mark_translatable("What it said"),
    "corrections.day": mark_translatable("Right since"),
    "withdrawn": mark_translatable("Withdrawn"),
    "withdrawn.why": mark_translatable("Why it was withdrawn"),
    "withdrawn.day": mark_translatable("Withdrawn on"),
    "goal": mark_translatable("Goal"),
    "languages": mark_translatable("Languages"),
    "helplines": mark_translatable("Helplines"),
    "sample": mark_translatable("Before it goes out"),
    "publisher": mark_translatable("Publisher"),
    "consent": mark_translatable("Consent"),
}
"""Field, its first part, or its last, to what people call it."""


def field_name(context: str, say: Say) -> str:
    """Name a field, or that of a text; places in lists do not count.

    Returns:
        A word for people; the field itself where there is none.
    """
    field = context.rpartition("/")[2]
    steps = [step for step in field.split(".") if not step.isdigit()] or [field]
    known = next((one for one in (".".join(steps), steps[0], steps[-1]) if one in FIELDS), "")
    return say(FIELDS[known]) if known else field


HINTS = {
    "approval-lost": mark_translatable("Read it again under Review, and approve it there."),
    "merge-conflict": mark_translatable(
        "Two versions met when files were fetched. Compare them, and keep one."
    ),
    "no-points": mark_translatable("Write one under Talking points."),
    "publish-changed": mark_translatable("Build and publish once more."),
    "publish-clock": mark_translatable(
        "Set right whichever is wrong. If this clock is right, tick, and upload."
    ),
    "publish-lost": mark_translatable("Publish that state anew: write it back, build, publish."),
    "publish-newer": mark_translatable(
        "Fetch their work first. If yours is to replace it, tick, and publish."
    ),
    "publish-not-built": mark_translatable("Build the site under Publish."),
    "publish-not-yours": mark_translatable("Build the site under Publish."),
    "publish-over": mark_translatable("Write the older words back, build, and publish."),
    "publish-sample": mark_translatable("Make it yours: sponsor, addresses, helplines."),
    "publish-stale": mark_translatable("Build the site under Publish."),
    "publish-vanishing": mark_translatable(
        "Look at what would go. If it is meant, tick, and publish."
    ),
    "review-line": mark_translatable("Take the line out: approvals are written under Review."),
    "signature-key": mark_translatable(
        "Publish on the computer that has the key, or bring the key from there."
    ),
    "translation-incomplete": mark_translatable("Translate what is missing, or have it approved."),
    "language-without-translations": mark_translatable("Open Translate: it makes the file."),
    "translation-missing": mark_translatable("Translate it under Translate."),
    "translation-outdated": mark_translatable("Compare and correct it under Translate."),
    "translation-stale": mark_translatable(
        "Compare the source then and now under Translate, correct, save."
    ),
}
"""Code of a problem whose own hint names a command, to what people do here."""


def hint_of(code: str, hint: str, say: Say, finding: Say) -> str:
    """Give the hint of a problem in the words of the studio.

    Args:
        finding: says a sentence of a finding in the words of the studio.

    Returns:
        One sentence, or nothing. Hints about commands that we have no words for are left out.
    """
    named = any(word in hint for word in ("stopjihad ", "--", "'fuzzy'", "<<<<<<<"))
    if code in HINTS and (named or code.startswith("publish-")):
        return say(HINTS[code])
    return "" if named else finding(hint)
