"""Give the words of paper by the names that layouts use, ready to be shaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from stopjihad.catalog.languages import language_name
from stopjihad.catalog.terms import TECHNIQUES
from stopjihad.draw.content import name_sources, ready
from stopjihad.draw.job import Words
from stopjihad.render.paper.lines import (
    CHILD,
    PARENTS,
    CarriedLine,
    PaperLines,
    choose_lines,
    lines_to_carry,
)
from stopjihad.text.language.sentence_marks import sentences_that_stay
from stopjihad.text.unicode.bidi_controls import isolate, isolate_whole
from stopjihad.view import alert_phrases
from stopjihad.view.claim import FLAGGED, claimed_by, flag_claim
from stopjihad.view.credit_words import SOURCE, SPONSOR
from stopjihad.view.dates import month_of
from stopjihad.view.discussions import (
    HEAD_FIRST,
    NEUTRAL,
    PRIVATE,
    PROTECT,
    REPORTED,
    WITH_FILM,
    DiscussionView,
    film_notes,
    questions_of,
    school_notes,
    words_for_leading,
)
from stopjihad.view.helplines import (
    STATE_MUST_TELL,
    STATE_SERVICE,
    StatedHelpline,
    brief_state_warning,
    fill_line,
    help_address,
    number_heading,
    said_in,
    state_helplines,
    with_hours,
)
from stopjihad.view.notation import native_text
from stopjihad.view.page_address import typed_address
from stopjihad.view.records import Frame, PointView, Prose, SourceView, Text
from stopjihad.view.running_text import running_text

CHECKED = "Checked in %(month)s"
PAID = "Paid for by:"
TRICK = "The trick: %(name)s"
ANONYMOUS = "You need not give your name"
SPEAK = "They speak {languages}"
AGE = "Can be read from about %(age)s years"
ALWAYS = "day and night"
SAMPLE = "This is a sample campaign. Verify every helpline before you publish your own."

LONGEST_SOURCE = 70
"""Code points of a publisher's name that stand on one line of a poster beside the month."""

WORDS = (
    *(CHECKED, STATE_SERVICE, STATE_MUST_TELL, PARENTS, CHILD, ALWAYS),
    *(HEAD_FIRST, *NEUTRAL.values(), *PROTECT.values()),
    *(*WITH_FILM, REPORTED, *PRIVATE.values()),
)
"""Messages of the theme that are said on paper alone."""


class Said(NamedTuple):
    """Paragraphs that stand under one name.

    ``stays`` tells which may not be left out, ``headings`` which stand above the next, ``entries``
    which are of a list: it is told whole or not at all.
    """

    paragraphs: tuple[Words, ...]
    stays: tuple[bool, ...] = ()
    headings: tuple[bool, ...] = ()
    entries: tuple[bool, ...] = ()

    def without(self, start: int, stop: int) -> Said:
        """Leave paragraphs out, those from one place to before another."""
        return Said(
            self.paragraphs[:start] + self.paragraphs[stop:],
            self.stays[:start] + self.stays[stop:],
            self.headings[:start] + self.headings[stop:],
            self.entries[:start] + self.entries[stop:],
        )


Contents = dict[str, Said]
"""Name in a layout to what is said there; names without words are missing."""


def parts_to_cut(said: Said, *, lists: bool) -> Iterator[tuple[int, int]]:
    """Find what may be left out, from the end: a paragraph or, of ``lists``, a whole list.

    A heading goes with all that stands below it, and with a list the words that announce it.
    """
    stop = len(said.paragraphs)
    while stop > 1:
        first = stop - 1
        while said.entries[first] and first > 0 and said.entries[first - 1]:
            first -= 1
        whole, at = said.entries[first], first
        announced = said.paragraphs[first - 1].text.rstrip().endswith((":", "："))
        if whole and first > 1 and announced and not said.headings[first - 1]:
            first -= 1
        if said.headings[first - 1] and (*said.headings, True)[stop]:
            first -= 1
        stays = any(said.stays[first:stop]) or said.headings[at]
        if whole == lists and first > 0 and not stays:
            yield first, stop
        stop = at


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


def paper_words(subject: PaperSubject) -> Contents:
    """Collect what a layout may name."""
    frame, view, lang = subject.frame, subject.view, subject.frame.lang
    found: dict[str, Iterable[Text | None]] = {
        "campaign": [frame.title],
        "tagline": [frame.tagline],
        "partner": [Text(frame.partner, lang)],
        "sponsor": [_say(subject, SPONSOR, sponsor=frame.sponsor.value)],
        "funders": [_paid(subject)],
        "sample": [_say(subject, SAMPLE)] if frame.sample else [],
        "address": [Text(_shorten_address(subject.link), lang)],
        "numerals": [Text(native_text(f"{one}.", frame.digits), lang) for one in range(1, 10)],
        "film": [Text(one, lang) for one in film_notes(frame, lambda told: _said(subject, told))],
        "school": [_say(subject, one) for one in school_notes(frame)],
        "danger": [Text(alert_phrases.call(frame, subject.words), lang)],
    }
    if view is not None:
        found |= _point_words(subject, view)
    if subject.talk is not None:
        found |= _talk_words(subject, subject.talk)
    chosen = choose_lines(frame, subject.words, view, lesson=subject.lesson)
    carried = lines_to_carry(frame, subject.words)
    found |= _helpline_words(subject, chosen)
    found["helplines.unnamed"] = _carried_words(subject, carried)
    shown = (*chosen.lines, *filter(None, [chosen.worry]))
    found["despair"] = _despair_words(subject, shown)
    day = checked_on(view, shown if view else (*shown, *(one.stated for one in carried)))
    if day is not None:
        month = native_text(month_of(day, lang), frame.digits)
        found["checked"] = [_say(subject, CHECKED, month=month)]
    contents: Contents = {}
    for name, texts in found.items():
        paragraphs = tuple(ready(one) for one in texts if one and one.value)
        if paragraphs:
            rest = (False,) * (len(paragraphs) - 1)
            headed = name == "helpline.worry" and bool(chosen.worry_heading)
            contents[name] = Said(paragraphs, (False, *rest), (headed, *rest), (False, *rest))
    for name in ("body", "alternative"):
        if view is not None:
            said = prose_words(getattr(view, name))
            if said.paragraphs:
                contents[name] = said
    return contents


def prose_words(prose: Prose) -> Said:
    """Say prose, with all that decides what of it may be cut."""
    found = running_text(prose)
    return Said(
        tuple(ready(one.text) for one in found),
        tuple(one.stays for one in found),
        tuple(one.heading for one in found),
        tuple(one.entry for one in found),
    )


def _despair_words(subject: PaperSubject, shown: Iterable[StatedHelpline]) -> list[Text | None]:
    """Say whom to call in despair, below what to dial in danger; nothing where it stands already.

    A poster hangs where nobody knows who reads it.
    """
    frame, words = subject.frame, subject.words
    known = {one.line.e164 for one in shown}
    found = next(iter(state_helplines(frame, words, "despair")), None)
    if found is None or found.line.e164 in known:
        return []
    heading = _say(subject, number_heading("despair", served=True))
    return [Text(fill_line(words, heading.value, found.brief), frame.lang)] if heading else []


def theme_words(subject: PaperSubject, message: str) -> Said:
    """Say a message of the theme."""
    text = _say(subject, message)
    return Said((ready(text),) if text else ())


def checked_on(view: PointView | None, lines: Iterable[StatedHelpline]) -> dt.date | None:
    """Tell since when everything on a sheet was checked: the oldest of all days.

    Returns:
        The day; None where the words wait for a reader, or nothing was checked.
    """
    days = [one.line.verified_on for one in lines]
    if view is not None:
        if view.approved_on is None:
            return None
        days.append(view.approved_on)
    return min(days, default=None)


def _say(subject: PaperSubject, message: str, **values: str) -> Text | None:
    """Say a message in the language; None where a value is empty, or it is not translated."""
    lang = subject.frame.lang
    english = message if lang.partition("-")[0] == "en" else ""
    said = subject.words.get(message) or english
    if not said or not all(values.values()):
        return None
    for name, value in values.items():
        said = said.replace(f"%({name})s", value).replace(f"{{{name}}}", value)
    return Text(said, lang)


def _said(subject: PaperSubject, message: str) -> str:
    told = _say(subject, message)
    return told.value if told else ""


def _paid(subject: PaperSubject) -> Text | None:
    """Say who pays."""
    head = _say(subject, PAID)
    comma = subject.words.get(", ") or ", "
    rtl = subject.frame.direction == "rtl"
    names = comma.join(isolate(name) if rtl else name for name in subject.frame.funders)
    return Text(f"{head.value} {names}", head.lang) if head and names else None


def _point_words(subject: PaperSubject, view: PointView) -> dict[str, Iterable[Text | None]]:
    lang = subject.frame.lang
    found: dict[str, Iterable[Text | None]] = {
        "question": [view.question],
        "lead": [view.question or view.fact],
        "answer": [view.fact if view.question else None],
        "fact": [view.fact],
        "source": [_brief_source(subject, view)],
        "beside": [_fair_beside(view)],
        "warning": [view.warning],
        "action": [view.action.label],
        "steps": view.steps,
        "sources": [_source(subject, one) for one in view.sources if one.id not in view.elsewhere],
    }
    if view.claim is not None and view.warning is not None:
        pattern = claimed_by(
            subject.words.get(FLAGGED) or FLAGGED, view, subject.frame, subject.words
        )
        flagged = flag_claim(view.claim.value, pattern, lang) if pattern else ""
        found["claim"] = [Text(flagged, lang)]
    if view.technique is not None:
        term = TECHNIQUES[view.technique]
        name = _say(subject, term.name)
        found["trick"] = [_say(subject, TRICK, name=name.value if name else "")]
        found["trick.why"] = [_say(subject, term.text)]
    return found


def _talk_words(subject: PaperSubject, talk: DiscussionView) -> dict[str, Iterable[Text | None]]:
    leading = words_for_leading(talk)
    age = native_text(str(talk.age), subject.frame.digits)
    return {
        "questions": questions_of(talk),
        "talk.age": [_say(subject, AGE, age=age)],
        "talk.before": leading.before,
        "talk.answers": leading.answers,
        "talk.after": leading.after,
    }


def _fair_beside(view: PointView) -> Text | None:
    """Give what must stand beside the number of the fact, else wherever the text is told."""
    numbers = (one.beside for one in view.figures[:1] if one.beside)
    stays = (
        Text(" ".join(said), passage.lang)
        for passage in view.body.passages
        for said in [sentences_that_stay(passage.value, passage.lang)]
        if said
    )
    return next(chain(numbers, stays), None)


def _brief_source(subject: PaperSubject, view: PointView) -> Text | None:
    """Name the first source whole: letters such as GNET tell people on a street nothing."""
    if not view.sources:
        return None
    first = view.sources[0]
    whole = first.publisher.partition(" (")[0]
    names = name_sources(view.sources[:1], subject.frame, brief=False)
    if first.known_as == first.short and len(whole) <= LONGEST_SOURCE:
        names[0] = isolate(whole) if subject.frame.direction == "rtl" else whole
    return _say(subject, SOURCE, names=(subject.words.get(", ") or ", ").join(names))


def _source(subject: PaperSubject, source: SourceView) -> Text:
    """Name a source as people look for it: who, what and when."""
    frame = subject.frame
    who, *when = name_sources((source,), frame, brief=False)
    title = isolate(source.title) if frame.direction == "rtl" else source.title
    return Text(" · ".join(filter(None, (who, title, *when))), frame.lang)


def _helpline_words(subject: PaperSubject, chosen: PaperLines) -> dict[str, Iterable[Text | None]]:
    frame, lang = subject.frame, subject.frame.lang
    heading = _say(subject, chosen.heading)
    below = _worry_words(subject, chosen)
    if not chosen.lines:
        return {
            "helpline.need": [heading],
            "helpline.address": [Text(_shorten_address(help_address(frame)), lang)],
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
            Text(_shorten_address(help_address(frame)), lang) if line.writes else None,
        ]
        if first.is_open
        else [],
        "helpline.passed": [Text(first.passed_on, lang)],
        "helpline.warning": [Text(first.warning, lang)],
        "helpline.languages": [None if foreign else _say(subject, SPEAK, languages=tongues)],
        "helpline.anonymous": [_say(subject, ANONYMOUS) if line.anonymous else None],
        "helplines": [
            Text(" · ".join(filter(None, (one.timed, one.passed_on))), lang) for one in others
        ],
    }


def _worry_words(subject: PaperSubject, chosen: PaperLines) -> dict[str, Iterable[Text | None]]:
    """Say whom to ask about a worry, below the first number or the address."""
    one, lang = chosen.worry, subject.frame.lang
    if one is None:
        return {}
    heading = _say(subject, chosen.worry_heading) if chosen.worry_heading else None
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
    label = _say(subject, one.heading)
    warning = _say(subject, brief_state_warning(line)) if line.passes_on else None
    if label is None or (line.passes_on and warning is None):
        return None
    said = fill_line(subject.words, label.value, isolate_whole(line.printed))
    always = _say(subject, ALWAYS) if line.never_closed else None
    told = f"{said} · {always.value}" if always else with_hours(said, line, lang)
    return Text(f"{told} · {warning.value}" if warning else told, lang)


def _carried_words(subject: PaperSubject, lines: Sequence[CarriedLine]) -> Iterator[Text | None]:
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


def _shorten_address(link: str) -> str:
    """Give an address as people type it; a line may end after each of its parts."""
    return isolate(typed_address(link).replace("/", "/\u200b"), "ltr")
