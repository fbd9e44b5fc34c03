"""Give the words of the numbers on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stopjihad.catalog.languages import language_name
from stopjihad.render.paper.lines import CarriedLine, PaperLines
from stopjihad.render.paper.subject import PaperSubject, say, shorten_address
from stopjihad.text.unicode.bidi_controls import isolate_whole
from stopjihad.view.helplines import (
    StatedHelpline,
    brief_state_warning,
    fill_line,
    help_address,
    number_heading,
    said_in,
    state_helplines,
    with_hours,
)
from stopjihad.view.records import Text

ANONYMOUS = "You need not give your name"
SPEAK = "They speak {languages}"
ALWAYS = "day and night"


def helpline_words(subject: PaperSubject, chosen: PaperLines) -> dict[str, Iterable[Text | None]]:
    """Say whom to call, when they answer and whether they tell anybody, by the names of layouts."""
    frame, lang = subject.frame, subject.frame.lang
    heading = say(subject, chosen.heading)
    below = _worry_words(subject, chosen)
    if not chosen.lines:
        return {
            "helpline.need": [heading],
            "helpline.address": [Text(shorten_address(help_address(frame)), lang)],
            **below,
        }
    first, *others = chosen.lines
    line = first.line
    tongues = " · ".join(language_name(tag, lang) for tag in line.languages)
    foreign = said_in(line, subject.words, lang)  # told with who answers
    return below | {
        "helpline.need": [heading],
        "helpline.timed": [Text(first.timed, lang)],
        "helpline.who": [Text(first.who, lang)],
        "helpline.number": [Text(isolate_whole(line.printed), lang)],
        "helpline.hours": [line.hours if line.hours.lang == lang else None],
        "helpline.night": [
            line.night if line.night and line.night.lang == lang else None,
            Text(shorten_address(help_address(frame)), lang) if line.writes else None,
        ]
        if first.is_open
        else [],
        "helpline.passed": [Text(first.passed_on, lang)],
        "helpline.warning": [Text(first.warning, lang)],
        "helpline.languages": [None if foreign else say(subject, SPEAK, languages=tongues)],
        "helpline.anonymous": [say(subject, ANONYMOUS) if line.anonymous else None],
        "helplines": [
            Text(" · ".join(filter(None, (one.timed, one.passed_on))), lang) for one in others
        ],
    }


def _worry_words(subject: PaperSubject, chosen: PaperLines) -> dict[str, Iterable[Text | None]]:
    """Say whom to ask about a worry, below the first number or the address."""
    one, lang = chosen.worry, subject.frame.lang
    if one is None:
        return {}
    heading = say(subject, chosen.worry_heading) if chosen.worry_heading else None
    night = one.line.night if one.is_open else None
    return {
        "helpline.worry": [
            heading,
            Text(one.timed, lang),
            night if night and night.lang == lang else None,
        ],
        "helpline.timed": [Text(one.timed, lang)],
        "worry.need": [heading],
        "worry.number": [Text(isolate_whole(one.line.printed), lang)],
        "worry.who": [Text(one.who, lang)],
        "worry.hours": [one.line.hours if one.line.hours.lang == lang else None],
        "worry.passed": [Text(one.passed_on, lang)],
        "worry.warning": [Text(one.warning, lang)],
    }


def _say_without_name(subject: PaperSubject, one: CarriedLine) -> Text | None:
    """Say a number and when it answers, with whom it is for instead of a name."""
    lang, line = subject.frame.lang, one.stated.line
    label = say(subject, one.heading)
    warning = say(subject, brief_state_warning(line)) if line.passes_on else None
    if label is None or (line.passes_on and warning is None):
        return None
    said = fill_line(subject.words, label.value, isolate_whole(line.printed))
    always = say(subject, ALWAYS) if line.never_closed else None
    told = f"{said} · {always.value}" if always else with_hours(said, line, lang)
    return Text(f"{told} · {warning.value}" if warning else told, lang)


def carried_words(subject: PaperSubject, lines: Sequence[CarriedLine]) -> Iterator[Text | None]:
    """Say numbers without names, and in which language somebody answers: once, if it is one."""
    lang = subject.frame.lang
    said = [said_in(one.stated.line, subject.words, lang) or "" for one in lines]
    alike = len(set(said)) == 1
    if alike:
        yield Text(said[0], lang)
    for one, tongue in zip(lines, said, strict=True):
        text = _say_without_name(subject, one)
        told = "" if alike or text is None else tongue
        yield Text(f"{text.value} · {told}", lang) if text and told else text


def despair_words(subject: PaperSubject, shown: Iterable[StatedHelpline]) -> list[Text | None]:
    """Say whom to call in despair, below what to dial in danger; nothing where it stands already.

    A poster hangs where nobody knows who reads it.
    """
    frame, words = subject.frame, subject.words
    known = {one.line.e164 for one in shown}
    found = next(iter(state_helplines(frame, words, "despair")), None)
    if found is None or found.line.e164 in known:
        return []
    heading = say(subject, number_heading("despair", served=True))
    return [Text(fill_line(words, heading.value, found.brief), frame.lang)] if heading else []
