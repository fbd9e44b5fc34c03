"""Say a notice in a crisis with the theme's words around it: the mark of an exercise, its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from stopjihad.view.helplines import emergency_line, state
from stopjihad.view.records import AlertView, Frame

EXERCISE = "Exercise"
MARKED = "Exercise: %(headline)s"
NOTHING_HAPPENED = "This is an exercise. Nothing has happened, and you need not do anything."
HOLDS = "This notice holds until %(until)s."
DANGER = "In danger now?"
CALL = "Call %(numbers)s (%(country)s)."
CALL_ANY = "Call the emergency number of the country you are in. In the European Union it is 112."
NO_NOTICE = "There is no current notice."

WORDS = (EXERCISE, MARKED, NOTHING_HAPPENED, HOLDS, DANGER, CALL, CALL_ANY)
"""Theme messages that every notice is made with."""

PartName = Literal[
    "headline",
    "exercise",
    "empathy",
    "confirmed",
    "unknown",
    "action",
    "update",
    "call",
    "look",
    "until",
]


class Said(NamedTuple):
    """One sentence of a notice and the part that it belongs to."""

    part: PartName
    text: str


def notice_of(frame: Frame) -> AlertView:
    """Give the notice of a frame that has one; ValueError for another."""
    if frame.alert is None:
        raise ValueError(f"{frame.lang}: no notice to show")
    return frame.alert


def say(words: Mapping[str, str], message: str, **values: str) -> str:
    """Say a theme ``message`` in the language of ``words``; English where it has none."""
    text = words.get(message) or message
    return text % values if values else text


def marked(view: AlertView, words: Mapping[str, str]) -> str:
    """Give the headline; that of an exercise begins with the word for it, from theme ``words``."""
    return say(words, MARKED, headline=view.headline) if view.exercise else view.headline


def sentences(view: AlertView, frame: Frame, words: Mapping[str, str]) -> Iterator[Said]:
    """Say a notice from its first word to its end.

    Args:
        view: the notice in one language.
        frame: the campaign in that language.
        words: theme words by English message.

    Yields:
        Its sentences in the order in which crisis guides want them: empathy, confirmed, not known,
        do now, next update, whom to call and where to look; then until when it holds.
    """
    yield Said("headline", marked(view, words))
    if view.exercise:
        yield Said("exercise", say(words, NOTHING_HAPPENED))
    yield Said("empathy", view.empathy)
    for text in view.confirmed:
        yield Said("confirmed", text)
    yield Said("unknown", view.unknown)
    for text in view.actions:
        yield Said("action", text)
    yield Said("update", view.update)
    yield Said("call", call(frame, words))
    for text in lines_of(view, frame, words):
        yield Said("call", text)
    yield Said("look", view.look)
    yield Said("until", say(words, HOLDS, until=view.until))


def call(frame: Frame, words: Mapping[str, str]) -> str:
    """Say in theme ``words`` what to dial: the number of a country, or how to find one's own."""
    line = emergency_line(frame)
    if line is None:
        said = say(words, CALL_ANY)
    else:
        said = say(words, CALL, numbers=line.emergency.value, country=line.country_name)
    return f"{say(words, DANGER)} {said}"


def lines_of(view: AlertView, frame: Frame, words: Mapping[str, str]) -> Iterator[str]:
    """Say the helplines of a notice in theme ``words``, with country, name and who answers."""
    known = {line.id: line for line in frame.helplines}
    for name in view.lines:
        if name in known:
            line = known[name]
            phone = f"\u2066{line.printed}\u2069" if frame.direction == "rtl" else line.printed
            found = state(line, words, frame.lang, phone)
            if found is not None:
                yield found.text


def address(frame: Frame) -> str:
    """Give the absolute address of a language's page of the notice."""
    return f"{frame.base_url}/{frame.lang}/alert/"
