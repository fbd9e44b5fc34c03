"""Say in the language of a sheet what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stopjihad.text.unicode.bidi_controls import isolate
from stopjihad.view.discussions import DiscussionView
from stopjihad.view.page_address import typed_address
from stopjihad.view.records import Frame, PointView, Text


class PaperSubject(NamedTuple):
    """What paper is about.

    Attributes:
        frame: what all of a language shares.
        words: of the theme, English to the language.
        view: the talking point; None for paper of a whole language.
        link: address of its page.
        talk: the campaign's own questions about it; None without.
        lesson: a class has it in hands: lines for the young stand on it where there are any.
    """

    frame: Frame
    words: Mapping[str, str]
    view: PointView | None
    link: str
    talk: DiscussionView | None = None
    lesson: bool = False


def say(subject: PaperSubject, message: str, **values: str) -> Text | None:
    """Say a message in the language; None where a value is empty, or it is not translated."""
    lang = subject.frame.lang
    english = message if lang.partition("-")[0] == "en" else ""
    said = subject.words.get(message) or english
    if not said or not all(values.values()):
        return None
    for name, value in values.items():
        said = said.replace(f"%({name})s", value).replace(f"{{{name}}}", value)
    return Text(said, lang)


def shorten_address(link: str) -> str:
    """Give an address as people type it; a line may end after each of its parts."""
    return isolate(typed_address(link).replace("/", "/\u200b"), "ltr")
