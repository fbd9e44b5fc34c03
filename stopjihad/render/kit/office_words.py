"""Say what a kit's files to edit say: the same words in slides and in the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from stopjihad.catalog.terms import PULL_FACTORS, SETTINGS
from stopjihad.draw.content import name_sources
from stopjihad.model import input_names
from stopjihad.model.helpline import HURT, SECURITY
from stopjihad.model.point import Need
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.text.markdown.words import words as plain_words
from stopjihad.view import alert_phrases
from stopjihad.view.contrast import RGB
from stopjihad.view.credit_words import SOURCE
from stopjihad.view.discussions import (
    FILM,
    FIRST_MINUTE,
    DiscussionView,
    film_notes,
    lesson_talk,
    questions_of,
    school_notes,
)
from stopjihad.view.helplines import help_address, state_helplines
from stopjihad.view.look import Look, colours_of
from stopjihad.view.notation import typeset_all
from stopjihad.view.page_address import absolute
from stopjihad.view.records import Frame, PointView, SourceView

HELPLINES = 3
"""Most lines on a slide; the document has all that stand in its language."""

MARK = "\u200e"
"""Keeps a number of telephone from being turned round between words from right to left."""


class OfficePoint(NamedTuple):
    """A talking point as people edit it.

    ``picture`` is a PNG without words, ``alt`` says what it stands for, ``ink`` is the colour of
    words on it; ``rest`` are paragraphs below the fact; ``action`` is empty where it is to pass
    something on, which nobody asks of a class; ``source`` names the first as cards do;
    ``discussions`` a heading and paragraphs each. ``lesson`` is the lesson page: a heading, and
    what is asked once the fact is read.
    """

    fact: str
    source: str
    rest: tuple[str, ...]
    action: str
    address: str
    sources: tuple[str, ...]
    discussions: tuple[tuple[str, tuple[str, ...]], ...]
    lesson: tuple[str, tuple[str, ...]]
    helplines: tuple[str, ...]
    picture: bytes
    alt: str
    ink: RGB


class OfficeWords(NamedTuple):
    """The words of both files.

    ``helplines`` are whole lines, the number at the end, or the address of the help page: those for
    a worry, and at a talking point those that serve what it needs; ``terms`` say what may be
    changed; ``think`` is asked before a fact is read; ``closing`` is the last slide: a heading, and
    what is said; ``leading`` is for whoever leads a lesson; ``logo`` is the partner's as PNG, empty
    without one.
    """

    lang: str
    rtl: bool
    title: str
    day: str
    sponsor: str
    disclosure: str
    help_title: str
    helplines: tuple[str, ...]
    source_title: str
    terms_title: str
    terms: tuple[str, ...]
    points: tuple[OfficePoint, ...]
    think: str
    closing: tuple[str, tuple[str, ...]]
    leading: tuple[str, tuple[str, ...]]
    logo: bytes = b""


TERMS = (
    (
        "Choose what fits, and say it in your own words. "
        "Facts, numbers, sources, warnings and helplines stay as they are."
    ),
    "Put your name beside the line that says who is behind it, never in its place.",
    (
        "It is not for parties, elections or anything for sale. "
        "Taking part does not mean that the campaign supports you."
    ),
    "Do not ask children or teenagers to post it.",
)
"""Theme messages: those of the first page of a kit."""


THINK = "What do you think before you read on? Write one sentence."
TALK = "Talk about it in pairs, then together"
ASKED = ("What surprised you?", "How could you check it?", "Who can help, and how?")
LAST = "Nobody has to speak about themselves. If you want to talk to someone:"
NEAR = "Somebody near you who can help:"
LEADING = "For whoever leads the lesson"
LED = (
    FIRST_MINUTE,
    (
        "You can say: I am glad that you told me. I pass it on today to those who protect, "
        "also if it is about a brother or a friend, and I come back to you."
    ),
    (
        "Say whom they can talk to: you, somebody they trust, or the number on the page. "
        "Stay in the room for a while."
    ),
    (
        "Listen, and thank them. "
        "Ask nothing in front of others, and promise no secret that you cannot keep."
    ),
    (
        "Ask only one thing: could it happen today or in the coming days? Then question nobody, "
        "warn nobody, and do not call the family before those who protect have "
        "decided."
    ),
    (
        "Write down their words, not what you think of them. "
        "Speak on the same day to whoever protects children where you work."
    ),
)
"""Theme messages: those of the lesson page (``templates/paper/lesson.yaml``)."""

BLANK = "_" * 40
"""A line to write on."""


def office_words(step: Step, decoded: StepInputs) -> OfficeWords:
    """Collect the words of a step.

    Args:
        step: its params name the language and its talking points in their order.
    """
    params = dict(step.params)
    lang = params["lang"]
    frame: Frame = decoded.typeset(input_names.frame(lang))
    words = decoded.value(input_names.words(lang))
    say = partial(alert_phrases.say, words)
    paid = f"{say('Paid for by:')} {', '.join(frame.funders)}"
    published = say("Published by %(sponsor)s", sponsor=frame.sponsor.value)
    return OfficeWords(
        lang=lang,
        rtl=frame.direction == "rtl",
        title=f"{frame.title.value} · {say('Share kit')}",
        day=frame.updated.isoformat(),
        sponsor=f"{published}. {paid}",
        disclosure=frame.disclosure.value,
        help_title=say("Get help"),
        helplines=lines_to_call(frame, words, "worried"),
        source_title=say("Sources"),
        terms_title=say("What you may do with it"),
        terms=tuple(map(say, TERMS)),
        think=say(THINK),
        closing=(
            say(LAST),
            (
                alert_phrases.call(frame, words),
                *lines_to_call(frame, words, "young"),
                f"{say(NEAR)} {BLANK}",
            ),
        ),
        leading=(
            say(LEADING),
            (
                *map(say, LED),
                say(FILM),
                *film_notes(frame, say),
                *map(say, school_notes(frame)),
            ),
        ),
        points=tuple(
            _point(decoded.typeset_view(step, name, lang), frame, words, decoded)
            for name in params["points"].split(",")
        ),
        logo=decoded.raw(input_names.PARTNER_LOGO)
        if input_names.PARTNER_LOGO in step.inputs
        else b"",
    )


def _point(
    view: PointView, frame: Frame, words: Mapping[str, str], decoded: StepInputs
) -> OfficePoint:
    say = partial(alert_phrases.say, words)
    text = "\n\n".join(plain_words(str(one.value)) for one in view.alternative.passages)
    rest = (*text.split("\n\n"), *(one.value for one in view.steps))
    look = Look(frame.brand, view.pull_factor or "", view.tone)
    named = PULL_FACTORS.get(view.pull_factor or "")
    talks: tuple[DiscussionView, ...] = decoded.value(input_names.discussions(frame.lang, ""))
    own = [one for one in typeset_all(talks) if one.point == view.id]
    comma = words.get(", ") or ", "
    named_source = comma.join(name_sources(view.sources[:1], frame, brief=True))
    return OfficePoint(
        fact=view.fact.value,
        source=say(SOURCE, names=named_source) if named_source else "",
        rest=tuple(filter(None, rest)),
        action="" if view.action.kind == "share" else view.action.label.value,
        address=absolute(frame.base_url, f"{frame.lang}/points/{view.id}/index.html"),
        sources=tuple(map(_source, view.sources)),
        discussions=tuple(_discussion(one, say) for one in own),
        helplines=(help_address(frame),)
        if view.misplaced
        else lines_on_slide(frame, words, frame.need_met(view.action.need, view.action.kind)),
        lesson=_lesson(lesson_talk(own), say),
        picture=decoded.raw(input_names.background(view.id, frame.direction)),
        alt=say(named.name) if named else frame.title.value,
        ink=colours_of(look)["words"],
    )


def _discussion(one: DiscussionView, say: Callable[..., str]) -> tuple[str, tuple[str, ...]]:
    title = f"{say(SETTINGS[one.setting].name)} · {one.title.value}"
    age = say("Can be read from about %(age)s years", age=str(one.age))
    text = "\n\n".join(plain_words(str(part.value)) for part in one.body.passages)
    return title, (age, *filter(None, text.split("\n")))


def lines_to_call(frame: Frame, words: Mapping[str, str], need: Need | None) -> tuple[str, ...]:
    """Say the lines for a need; where none serves, the help page, and whom to ask about a worry.

    People who were hurt are not told the latter.
    """
    found = state_helplines(frame, words, need)
    where = () if found else (help_address(frame),)
    lines = found or (() if need in HURT else state_helplines(frame, words, "worried"))
    said = ((one.who, f"{MARK}{one.line.printed}{MARK}", one.passed_on) for one in lines)
    return (*where, *(" · ".join(filter(None, parts)) for parts in said))


def lines_on_slide(frame: Frame, words: Mapping[str, str], need: Need | None) -> tuple[str, ...]:
    """Say the lines of a fact: those for the young first where the police alone would answer.

    Slides are shown to classes; a pupil who asks about faith was told to call the police.
    """
    found = state_helplines(frame, words, need) or state_helplines(frame, words, "worried")
    own = lines_to_call(frame, words, need)
    if need in HURT or not all(one.line.operator in SECURITY for one in found):
        return own
    return tuple(dict.fromkeys((*lines_to_call(frame, words, "young"), *own)))


def _lesson(about: DiscussionView | None, say: Callable[..., str]) -> tuple[str, tuple[str, ...]]:
    """Say what stands on the lesson page beside the fact: the campaign's questions, or general."""
    asked = [one.value for one in questions_of(about)] if about else list(map(say, ASKED))
    return say(TALK), tuple(asked)


def _source(source: SourceView) -> str:
    return f"{source.title}. {source.publisher}. {source.url}"
