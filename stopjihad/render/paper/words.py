"""Give the words of paper by the names that layouts use, ready to be shaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import chain

from stopjihad.catalog.terms import TECHNIQUES
from stopjihad.draw.content import name_sources, ready
from stopjihad.render.paper.helpline_words import (
    ALWAYS,
    carried_words,
    despair_words,
    helpline_words,
)
from stopjihad.render.paper.lines import CHILD, PARENTS, choose_lines, lines_to_carry
from stopjihad.render.paper.said import Contents, Said, prose_words
from stopjihad.render.paper.subject import PaperSubject, say, shorten_address
from stopjihad.text.language.sentence_marks import sentences_that_stay
from stopjihad.text.unicode.bidi_controls import isolate
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
)
from stopjihad.view.notation import native_text
from stopjihad.view.records import PointView, SourceView, Text

CHECKED = "Checked in %(month)s"
PAID = "Paid for by:"
TRICK = "The trick: %(name)s"
AGE = "Can be read from about %(age)s years"
SAMPLE = "This is a sample campaign. Verify every helpline before you publish your own."

LONGEST_SOURCE = 70
"""Code points of a publisher's name that stand on one line of a poster beside the month."""

WORDS = (
    *(CHECKED, STATE_SERVICE, STATE_MUST_TELL, PARENTS, CHILD, ALWAYS),
    *(HEAD_FIRST, *NEUTRAL.values(), *PROTECT.values()),
    *(*WITH_FILM, REPORTED, *PRIVATE.values()),
)
"""Messages of the theme that are said on paper alone."""


def paper_words(subject: PaperSubject) -> Contents:
    """Collect what a layout may name."""
    frame, view, lang = subject.frame, subject.view, subject.frame.lang
    found: dict[str, Iterable[Text | None]] = {
        "campaign": [frame.title],
        "tagline": [frame.tagline],
        "partner": [Text(frame.partner, lang)],
        "sponsor": [say(subject, SPONSOR, sponsor=frame.sponsor.value)],
        "funders": [_paid(subject)],
        "sample": [say(subject, SAMPLE)] if frame.sample else [],
        "address": [Text(shorten_address(subject.link), lang)],
        "numerals": [Text(native_text(f"{one}.", frame.digits), lang) for one in range(1, 10)],
        "film": _film_words(subject),
        "school": [say(subject, one) for one in school_notes(frame)],
        "danger": [Text(alert_phrases.call(frame, subject.words), lang)],
    }
    if view is not None:
        found |= _point_words(subject, view)
    if subject.talk is not None:
        found |= _talk_words(subject, subject.talk)
    chosen = choose_lines(frame, subject.words, view, lesson=subject.lesson)
    carried = lines_to_carry(frame, subject.words)
    found |= helpline_words(subject, chosen)
    found["helplines.unnamed"] = carried_words(subject, carried)
    shown = (*chosen.lines, *filter(None, [chosen.worry]))
    found["despair"] = despair_words(subject, shown)
    day = checked_on(view, shown if view else (*shown, *(one.stated for one in carried)))
    if day is not None:
        month = native_text(month_of(day, lang), frame.digits)
        found["checked"] = [say(subject, CHECKED, month=month)]
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


def theme_words(subject: PaperSubject, message: str) -> Said:
    """Say a message of the theme."""
    text = say(subject, message)
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


def _paid(subject: PaperSubject) -> Text | None:
    """Say who pays."""
    head = say(subject, PAID)
    comma = subject.words.get(", ") or ", "
    rtl = subject.frame.direction == "rtl"
    names = comma.join(isolate(name) if rtl else name for name in subject.frame.funders)
    return Text(f"{head.value} {names}", head.lang) if head and names else None


def _film_words(subject: PaperSubject) -> list[Text]:
    def told(message: str) -> str:
        text = say(subject, message)
        return text.value if text else ""

    return [Text(one, subject.frame.lang) for one in film_notes(subject.frame, told)]


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
        name = say(subject, term.name)
        found["trick"] = [say(subject, TRICK, name=name.value if name else "")]
        found["trick.why"] = [say(subject, term.text)]
    return found


def _talk_words(subject: PaperSubject, talk: DiscussionView) -> dict[str, Iterable[Text | None]]:
    leading = words_for_leading(talk)
    age = native_text(str(talk.age), subject.frame.digits)
    return {
        "questions": questions_of(talk),
        "talk.age": [say(subject, AGE, age=age)],
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
    return say(subject, SOURCE, names=(subject.words.get(", ") or ", ").join(names))


def _source(subject: PaperSubject, source: SourceView) -> Text:
    """Name a source as people look for it: who, what and when."""
    frame = subject.frame
    who, *when = name_sources((source,), frame, brief=False)
    title = isolate(source.title) if frame.direction == "rtl" else source.title
    return Text(" · ".join(filter(None, (who, title, *when))), frame.lang)
