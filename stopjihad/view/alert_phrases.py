"""Say an alert in a crisis with the theme's words around it: the mark of an exercise, its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import msgspec

from stopjihad.text.language.typography import set_quotes
from stopjihad.view.helplines import emergency_line, state
from stopjihad.view.records import AlertElsewhere, AlertView, Frame, PastView

EXERCISE = "Exercise"
MARKED = "Exercise: %(headline)s"
NOTHING_HAPPENED = "This is an exercise. Nothing has happened, and you need not do anything."
HOLDS = "This alert holds until %(until)s."
DANGER = "In danger now?"
CALL = "Call %(numbers)s (%(country)s)."
CALL_ANY = "Call the emergency number of the country you are in. In the European Union it is 112."
SENT = "Sent: %(sent)s"
UPDATED = "Last updated: %(day)s"
EMERGENCY = "Emergency: %(numbers)s"
ANYWHERE = "112"
"""What every mobile telephone takes for an emergency call in any country (3GPP TS 22.101, 10.1.1):
said alone only where there is no room to say whose number it is."""
EMERGENCY_ANY = "Emergency: your country's number (EU: 112)"
CONFIRMED_BY = "Confirmed by: %(authority)s, %(sent)s"
CHECKED_BY = "Being checked by: %(authority)s, %(sent)s"
TAKEN_FROM = "Source: %(authority)s, %(sent)s"
NO_ALERT = "There is no current alert."
CURRENT = "Current alert"
READ_IN = "It can be read in: %(languages)s"
TAKEN_BACK = "Taken back: %(headline)s"
NO_LONGER = "No longer in force: %(headline)s"
SOME_TAKEN_BACK = "An alert was taken back."
SOME_ENDED = "An alert has ended."
BACK_AT = "Taken back at: %(when)s"
ENDED_AT = "Ended at: %(when)s"
LAST_BACK = "The last alert was taken back at: %(when)s"
LAST_ENDED = "The last alert ended at: %(when)s"
AGAIN = "If you passed it on, please pass this on as well."
CAUSES: Mapping[str, str] = {
    "false-alarm": "It was a false alarm.",
    "corrected": "The authority has corrected what it had said.",
    "mistake": "It was a mistake of ours.",
    "over": "It is over: the authority says so.",
    "lapsed": "It no longer applies.",
}
"""Why an alert was taken away, by what the ledger says: the only reasons that readers are told."""

WORDS = (
    EXERCISE, MARKED, NOTHING_HAPPENED, HOLDS, DANGER, CALL, CALL_ANY, SENT, UPDATED, EMERGENCY,
    EMERGENCY_ANY, CONFIRMED_BY, CHECKED_BY, TAKEN_FROM, NO_ALERT, CURRENT, READ_IN, TAKEN_BACK,
    NO_LONGER, SOME_TAKEN_BACK, SOME_ENDED, BACK_AT, ENDED_AT, LAST_BACK, LAST_ENDED, AGAIN,
    *CAUSES.values(),
)  # fmt: skip
"""Theme messages that every alert is made with."""

_SPOKEN_FOR: Mapping[str, str] = {
    "threat-or-rumour": CHECKED_BY,
    "anniversary-or-trial": TAKEN_FROM,
}
"""What an authority has done in an alert that it has not confirmed, by what happened."""

PartName = Literal[
    "headline",
    "exercise",
    "action",
    "confirmed",
    "call",
    "unknown",
    "empathy",
    "update",
    "look",
    "until",
    "past",
]


class AlertSentence(NamedTuple):
    """One sentence of an alert.

    Attributes:
        part: what it belongs to.
        text: in full.
        shorter: shorter ways to say it, the shortest last, for texts with little room.
        must: whether an alert that leaves it out is no alert.
    """

    part: PartName
    text: str
    shorter: tuple[str, ...] = ()
    must: bool = False


def first_alert(frame: Frame) -> AlertView:
    """Give the first alert of a frame that has one; ValueError for another."""
    if frame.alert is None:
        raise ValueError(f"{frame.lang}: no alert to show")
    return frame.alert


def frame_about(frame: Frame, view: AlertView) -> Frame:
    """Give the frame of one alert alone, with the emergency number of its place."""
    return msgspec.structs.replace(
        frame, alerts=(view,), unspoken=(), emergency_country=view.country
    )


def say(words: Mapping[str, str], message: str, **values: str) -> str:
    """Say a theme ``message`` in the language of ``words``; English where it has none."""
    text = words.get(message) or message
    return text % values if values else text


def mark_exercise(view: AlertView, words: Mapping[str, str]) -> str:
    """Give the headline; that of an exercise begins with the word for it, from theme ``words``."""
    return say(words, MARKED, headline=view.headline) if view.exercise else view.headline


def sentences(view: AlertView, frame: Frame, words: Mapping[str, str]) -> Iterator[AlertSentence]:
    """Say an alert from its first word to its end.

    Yields:
        Its sentences: what happened, what to do now, what is confirmed and by whom, what is not
        known, sympathy, when the next word comes, whom to call and where to look, until when it
        holds. What to do comes before sympathy: it may save a life.
    """
    first, *others = view.actions
    confirmed, *more = view.confirmed
    yield AlertSentence("headline", mark_exercise(view, words), must=True)
    if view.exercise:
        yield AlertSentence("exercise", say(words, NOTHING_HAPPENED))
    yield AlertSentence("action", first, (view.short,) if view.short else (), must=True)
    for text in others:
        yield AlertSentence("action", text)
    sent = sent_line(view, words)
    brief = (source(view, words, view.sent_time), f"{view.authority}, {view.sent_time}")
    yield AlertSentence("confirmed", f"{confirmed} {sent}", brief, must=True)
    for text in more:
        yield AlertSentence("confirmed", text)
    yield AlertSentence("unknown", view.unknown)
    yield AlertSentence("empathy", view.empathy)
    yield AlertSentence("update", view.update)
    yield AlertSentence("call", call(frame, words), emergency(frame, words), must=True)
    for text in lines_of(view, frame, words):
        yield AlertSentence("call", text)
    yield AlertSentence("look", view.look)
    yield AlertSentence("until", say(words, HOLDS, until=view.until))


class PastWords(NamedTuple):
    """Say of an alert that it holds no longer.

    Attributes:
        title: why, first and largest: who skims what was said reads it as true again.
        was: what was said, quoted after what became of it; may be empty.
        lines: when, and what readers are asked to do.
        quiet: whether ``title`` is true only where no other alert holds.
    """

    title: str
    was: str
    lines: tuple[str, ...]
    quiet: bool = False

    @property
    def line(self) -> str:
        """Give it in a line."""
        return f"{self.title} {self.was}".rstrip()

    @property
    def timed_line(self) -> str:
        """Give it in a line that says since when."""
        return f"{with_full_stop(self.line)} {self.lines[0]}"


def tell_past(past: PastView, words: Mapping[str, str], *, beside: bool = False) -> PastWords:
    """Say in theme ``words`` why an alert holds no longer, what it was, and since when.

    ``beside`` one that holds what it was comes before why: "false alarm" says first of what.
    """
    named = set_quotes(f'"{past.headline}"', past.lang) if past.headline else ""
    lines: tuple[str, ...]
    if not past.told:
        title, was = say(words, NO_ALERT), ""
        lines = (say(words, LAST_BACK if past.withdrawn else LAST_ENDED, when=past.when),)
    elif past.quiet:
        title, was = say(words, NO_ALERT), named
        lines = (f"{say(words, SENT, sent=past.sent)} \u00b7 {gone_at(past, words)}",)
    else:
        title = say(words, CAUSES[past.cause])
        message = TAKEN_BACK if past.withdrawn else NO_LONGER
        was = say(words, message, headline=named) if named else nameless(past, words)
        title, was = (was, title) if beside else (title, was)
        again = (say(words, AGAIN),) if past.withdrawn else ()
        lines = (gone_at(past, words), *again)
    title = say(words, MARKED, headline=title) if past.exercise else title
    return PastWords(title, was, lines, quiet=past.told and past.quiet)


def nameless(past: PastView, words: Mapping[str, str]) -> str:
    """Say in theme ``words`` what became of an alert, without its headline."""
    return say(words, SOME_TAKEN_BACK if past.withdrawn else SOME_ENDED)


def gone_at(past: PastView, words: Mapping[str, str]) -> str:
    """Say in theme ``words`` when an alert was taken away."""
    return with_full_stop(say(words, BACK_AT if past.withdrawn else ENDED_AT, when=past.when))


def holds(frame: Frame) -> bool:
    """Tell whether an alert holds, with words in the language of the ``frame`` or without."""
    return bool(frame.alerts or frame.unspoken)


def told_past(frame: Frame) -> tuple[PastView, ...]:
    """Choose what was taken away and stands beside an alert that holds, if any.

    Nothing about the same place: who reads one below the other takes "false alarm" for the newer
    one. Nor the end of one that said that there is no danger, beside one that says that there is.
    """
    told = (one for one in frame.past if one.told and not one.replaced)
    return tuple(one for one in told if not (one.quiet and holds(frame)))


def banner_past(frame: Frame, words: Mapping[str, str]) -> tuple[PastWords, ...]:
    """Say in theme ``words`` what stands on every page: what was taken away and is news."""
    told = (one for one in told_past(frame) if not one.quiet)
    return tuple(tell_past(one, words, beside=holds(frame)) for one in told)


def earlier_lines(frame: Frame, words: Mapping[str, str]) -> tuple[str, ...]:
    """Say in theme ``words``, small and last, what ``told_past`` leaves out; its times first.

    Without headline, which is that of one that holds; "it is over" is not said where it is not.
    """
    told = told_past(frame)
    return tuple(
        " ".join(
            (
                nameless(one, words),
                f"{say(words, SENT, sent=one.sent)} \u00b7 {gone_at(one, words)}",
                *([say(words, CAUSES[one.cause])] if one.withdrawn else ()),
            )
        )
        for one in frame.past
        if one.told and one not in told
    )


def shown_past(frame: Frame) -> tuple[PastView, ...]:
    """Choose the alerts of the past that readers are told of.

    Returns:
        Those of the last ``TOLD_FOR`` as ``told_past``; without one the last one, where no alert
        holds: that there is none is said with its moment.
    """
    told = told_past(frame)
    return told if told or holds(frame) else frame.past[:1]


def holding_line(alert: AlertView | AlertElsewhere, words: Mapping[str, str]) -> str:
    """Say in theme ``words`` when an alert that holds was sent, and until when it does."""
    return f"{sent_line(alert, words)} \u00b7 {say(words, HOLDS, until=alert.until)}"


def sent_line(alert: AlertView | AlertElsewhere, words: Mapping[str, str]) -> str:
    """Say in theme ``words`` when an alert was sent; of a further message, that it is an update."""
    if alert.updated:
        return say(words, UPDATED, day=alert.sent)
    return say(words, SENT, sent=alert.sent)


def alert_lines(frame: Frame, words: Mapping[str, str]) -> tuple[str, ...]:
    """Say in a few lines what holds in a language, or was taken away, for those who choose one.

    Returns:
        Each alert that holds, since when and until when, or in which languages it is read; then
        each that was taken away. Nothing in quiet times.
    """
    return (
        *(f"{mark_exercise(one, words)} {holding_line(one, words)}" for one in frame.alerts),
        *(" \u00b7 ".join(elsewhere_lines(one, words)) for one in frame.unspoken),
        *(one.timed_line for one in banner_past(frame, words)),
    )


def elsewhere_lines(found: AlertElsewhere, words: Mapping[str, str]) -> tuple[str, str, str]:
    """Say in theme ``words`` that there is an alert, in which languages it is read, until when."""
    title = say(words, CURRENT)
    names = ", ".join(one.autonym for one in found.languages)
    return (
        say(words, MARKED, headline=title) if found.exercise else title,
        say(words, READ_IN, languages=names),
        holding_line(found, words),
    )


def source(view: AlertView, words: Mapping[str, str], sent: str) -> str:
    """Say who answers for an alert, and when it was sent.

    Args:
        sent: the moment or time of day, as its readers write it.

    Returns:
        For example ``Confirmed by: The police, 22:40``.
    """
    message = _SPOKEN_FOR.get(view.incident, CONFIRMED_BY)
    return say(words, message, authority=view.authority, sent=sent)


def emergency(frame: Frame, words: Mapping[str, str]) -> tuple[str, ...]:
    """Give shorter ways to say what to dial in danger, in theme ``words``; the shortest last."""
    line = emergency_line(frame)
    if line is None:
        return (say(words, EMERGENCY_ANY), ANYWHERE)
    number = line.emergency.value
    return (say(words, EMERGENCY, numbers=number), number)


def call(frame: Frame, words: Mapping[str, str]) -> str:
    """Say in theme ``words`` what to dial: the number of a country, or how to find one's own."""
    line = emergency_line(frame)
    if line is None:
        said = say(words, CALL_ANY)
    else:
        said = say(words, CALL, numbers=line.emergency.value, country=line.country_name)
    return f"{say(words, DANGER)} {said}"


def lines_of(view: AlertView, frame: Frame, words: Mapping[str, str]) -> Iterator[str]:
    """Say the helplines of an alert in theme ``words``, with country, name and who answers."""
    known = {line.id: line for line in frame.helplines}
    for name in view.lines:
        if name in known:
            line = known[name]
            phone = f"\u2066{line.printed}\u2069" if frame.direction == "rtl" else line.printed
            found = state(line, words, frame.lang, phone)
            if found is not None:
                yield found.text


_CLOSED = re.compile(r"[.!?\u2026\u061f\u06d4\u0964:]\s?[\"')\u00bb\u201c\u201d]?$|://\S+$")
"""An end that needs no full stop: a mark of one of the languages of the theme, or an address."""


def with_full_stop(line: str) -> str:
    """End a line that is set beside another one."""
    return line if _CLOSED.search(line) else f"{line}."


def address(frame: Frame, lang: str = "") -> str:
    """Give the absolute address of the page of the alert, in ``lang`` or the frame's language."""
    return f"{frame.base_url}/{lang or frame.lang}/alert/"
