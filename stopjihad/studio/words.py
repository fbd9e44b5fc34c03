"""Words of the interface: marked for translation, said in the language of each viewer."""

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


def marked(message: str) -> str:
    """Mark words that are translated where they are shown."""
    return message


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
