"""Give the words of a card by name, each in its language, ready to be shaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from stopjihad.catalog.languages import language_name
from stopjihad.catalog.layout import contents_of, has_chart
from stopjihad.draw.chart import Chart, Speech, chart_of, counted_note
from stopjihad.draw.job import WORDS, CardJob, Contents, Words, says
from stopjihad.model.point import Need, Source
from stopjihad.text.language.sentences import end_sentence
from stopjihad.text.unicode.bidi_controls import hold_shares, isolate, isolate_whole
from stopjihad.view import alert_phrases as phrases
from stopjihad.view.dates import hold_months, month_of
from stopjihad.view.helplines import (
    StatedHelpline,
    emergency_line,
    help_address,
    number_heading,
    state,
    with_hours,
)
from stopjihad.view.line_facts import about_another
from stopjihad.view.notation import native_text
from stopjihad.view.page_address import typed_address
from stopjihad.view.records import (
    AlertView,
    DataView,
    FigureView,
    Frame,
    HelplineView,
    PastView,
    PointView,
    Text,
)
from stopjihad.view.slides import Slide

READY = 512
"""Texts kept in a process as they are set, 2 kB each: those of the talking points of one language
whose cards are made one after the other, in all formats."""

STEPS = 4
"""Most steps of a card."""

DOT = "\u00a0· "
"""What stands between names: a line may end after it and never begins with it."""

POINT_NAMES = (
    "fact",
    "line",
    "claim",
    "warning",
    "source",
    "action",
    "speaker",
    "speaker.note",
    "quote",
    "quote.speaker",
    "question",
    "figure.qualifier",
    "figure.value",
    "figure.unit",
    "figure.label",
    "figure.beside",
    "figure.source",
    "slide.count",
    "slide.kicker",
    "slide.title",
    "slide.text",
    "sources",
    "chart.title",
    "chart.row",
    "chart.note",
    "chart.source",
    *(f"{kind}.{count}" for count in range(1, STEPS + 1) for kind in ("step", "number")),
)
HELPLINE_NAMES = tuple(
    f"helpline.{part}"
    for part in ("who", "number", "name", "country", "hours", "times", "languages", "anonymous")
)


ALERT_NAMES = tuple(
    f"alert.{part}"
    for part in ("mark", "headline", "action", "source", "call", "number", "update", "until")
)


def own_names(job: CardJob) -> tuple[str, ...]:
    """Name the contents that change from card to card; all others are the same per language."""
    if isinstance(job.subject, AlertView | PastView):
        return ALERT_NAMES
    return POINT_NAMES if isinstance(job.subject, PointView) else HELPLINE_NAMES


def contents(
    job: CardJob,
    *,
    brief: bool = False,
    joined: bool = False,
    noted: bool = True,
    timed: bool = True,
) -> Contents:
    """Collect the words that a layout may name; what is absent or empty is left out.

    Args:
        brief: whether sources are named by their short names, for a card without room for more.
        joined: whether the hours of a number stand above it, in the line that says what it is for.
        noted: whether a number stands with what is passed on there.
        timed: whether a number stands with its hours.
    """
    frame, lang = job.frame, job.frame.lang
    found: dict[str, Text | None] = {
        "campaign": frame.title,
        "tagline": frame.tagline,
        "sponsor": _between_dots(frame.sponsor),
        "sample": Text(job.words["sample"], lang) if frame.sample else None,
        "link": Text(isolate_whole(_host(job.link)), lang) if job.link else None,
        "word.fact": Text(job.words["fact"], lang),
        "word.said": Text(says(job, "said"), lang),
        "word.false": Text(job.words["false"], lang),
        "word.talk": Text(_above(job, "talk"), lang),
        "word.testimony": Text(job.words["testimony"], lang),
        "word.todo": Text(job.words["todo"], lang),
        "word.help": Text(_above(job, "help"), lang),
    }
    if isinstance(job.subject, PointView):
        found |= _point(job.subject, frame)
        found["source"] = _source(job.subject.sources[:1], job, brief=brief)
        found |= _figure(_point_on_slide(job.subject, job.slide), job, brief=brief)
        found |= _chart(job.subject, job, brief=brief)
        if job.slide:
            found |= _slide(job.slide, job)
        elif "step.1" in contents_of(job.layout):
            found |= _number_steps(job.subject.steps, 1, frame)
    if isinstance(job.subject, AlertView):
        found |= _alert(job.subject, job)
    if isinstance(job.subject, PastView):
        found |= _past(job.subject, job)
    said = helpline_of(job)
    if said is not None:
        found |= _helpline(said, job, noted=noted)
        if joined:
            found |= _hours_above(found["word.talk"], found["helpline.times"])
        if not timed:
            found["helpline.times"] = None
    address = isolate_whole(typed_address(help_address(frame)))
    apart = brief or not noted or "helpline.hours" in contents_of(job.layout)
    line = said and (said.brief if apart else with_hours(said.brief, said.line, lang))
    found["contact"] = _between_dots(Text(line or address, lang))
    found["help.address"] = None if said else Text(address, lang)
    return {name: ready(text) for name, text in found.items() if text and text.value.strip()}


def _between_dots(names: Text) -> Text:
    """Keep the dot between two names at the end of a line, where it is left out."""
    return Text(names.value.replace(" · ", DOT), names.lang)


def _hours_above(purpose: Text | None, hours: Text | None) -> dict[str, Text | None]:
    """Say in one line above a number what it is for and when somebody answers."""
    if purpose is None or hours is None:
        return {}
    said = Text(f"{purpose.value}{DOT}{hours.value}", purpose.lang)
    return {"word.talk": said, "helpline.times": None}


def helpline_of(job: CardJob) -> StatedHelpline | None:
    """Say the helpline of a card: its subject, or the first that serves what its readers need."""
    line = job.subject if isinstance(job.subject, HelplineView) else None
    if line is None and not _of_another(job):
        line = next(iter(job.frame.lines(_need(job))), None)
    if line is None:
        return None
    words = {english: job.words[name] for name, english in WORDS.items()}
    return state(line, words, job.frame.lang, isolate_whole(line.printed))


def _of_another(job: CardJob) -> bool:
    """Tell whether a card says something of another service than the one beside it."""
    point = job.subject
    if not isinstance(point, PointView) or not (point.elsewhere or point.misplaced):
        return False
    shown: list[FigureView | DataView] = []
    shown += point.data[:1] if has_chart(job.layout) else ()
    shown += point.figures[:1] if "figure.value" in contents_of(job.layout) else ()
    return point.misplaced or any(about_another(point, one) for one in shown)


def _need(job: CardJob) -> Need | None:
    if isinstance(job.subject, HelplineView):
        return job.subject.needs[0]
    if not isinstance(job.subject, PointView):
        return None
    action = job.subject.action
    return job.frame.need_met(action.need, action.kind)


def _above(job: CardJob, general: str) -> str:
    """Say what stands above a number or an address: the need, else the ``general`` words."""
    words = number_heading(_need(job), served=helpline_of(job) is not None)
    return job.words[words or general]


@lru_cache(maxsize=READY)
def ready(text: Text) -> Words:
    """Bring words into Unicode form NFC and set them as their language does."""
    from stopjihad.text.language.typography import hold_pronouns, normalise, typeset
    from stopjihad.text.unicode.script import direction

    value = hold_months(typeset(normalise(text.value), text.lang), text.lang)
    value = hold_pronouns(value, text.lang)
    rtl = direction(text.lang) == "rtl"
    return Words(hold_shares(value) if rtl else value, text.lang, rtl)


def _point(point: PointView, frame: Frame) -> dict[str, Text | None]:
    speaker = next((one for one in frame.messengers if one.id == point.messenger), None)
    return {
        "fact": point.fact,
        "line": point.line,
        "claim": point.claim,
        "warning": point.warning,
        "action": point.action.label,
        "speaker": speaker.name if speaker else None,
        "speaker.note": speaker.note if speaker else None,
        "quote": point.quote.text if point.quote else None,
        "quote.speaker": point.quote.speaker if point.quote else None,
        "question": point.question,
    }


def _alert(view: AlertView, job: CardJob) -> dict[str, Text | None]:
    """Say an alert: an exercise says so twice, so that no crop of the picture hides it."""
    line = emergency_line(job.frame)
    danger = phrases.emergency(job.frame, job.words)[0]
    number = line.emergency.value if line else ""
    said = {
        "mark": job.words[phrases.EXERCISE] if view.exercise else "",
        "headline": phrases.mark_exercise(view, job.words),
        "action": view.short or view.actions[0],
        "source": phrases.source(view, job.words, view.sent),
        "number": number,
        "call": danger.removesuffix(number).rstrip(),
        "update": view.update,
        "until": phrases.say(job.words, phrases.HOLDS, until=view.until),
    }
    return {f"alert.{part}": Text(text, view.lang) for part, text in said.items() if text}


def _past(view: PastView, job: CardJob) -> dict[str, Text | None]:
    """Say that an alert was taken away, why and when, in the places of the phrases."""
    told = phrases.tell_past(view, job.words)
    said = {
        "headline": told.title,
        "action": told.was,
        **dict(zip(("source", "until"), told.lines, strict=False)),
    }
    return {f"alert.{part}": Text(text, job.frame.lang) for part, text in said.items()}


def _figure(point: PointView, job: CardJob, *, brief: bool) -> dict[str, Text | None]:
    """Give the first number of a talking point, with the source that holds it."""
    figure = next(iter(point.figures), None)
    if figure is None:
        return {}
    sources = [one for one in point.sources if one.id == figure.source]
    exact = job.words[figure.qualifier].replace("{number}", "") if figure.qualifier else ""
    return {
        "figure.qualifier": Text(exact.strip(), job.frame.lang),
        "figure.beside": figure.beside,
        "figure.value": Text(isolate_whole(figure.value.value), figure.value.lang),
        "figure.unit": figure.unit,
        "figure.label": figure.label,
        "figure.source": _source(sources, job, brief=brief),
    }


def chart_on(job: CardJob) -> Chart | None:
    """Make the chart of a card: that of the first table; None where none can be drawn."""
    view = next(iter(job.subject.data), None) if isinstance(job.subject, PointView) else None
    if view is None or not has_chart(job.layout):
        return None
    frame = job.frame
    rtl = frame.direction == "rtl"
    return chart_of(view, Speech(job.words, frame.lang, rtl, frame.digits))


def _chart(point: PointView, job: CardJob, *, brief: bool) -> dict[str, Text | None]:
    """Give what stands with a chart: title, what it counts, what makes it fair, and source."""
    view = next(iter(point.data), None)
    if view is None:
        return {}
    sources = [one for name in view.sources for one in point.sources if one.id == name]
    notes = [one for one in (counted_note(view), view.note, view.beside) if one]
    told = " ".join(end_sentence(one.value, one.lang) for one in notes)
    note = Text(told, notes[0].lang) if notes else None
    return {
        "chart.title": view.title,
        "chart.note": note,
        "chart.source": _source(sources, job, brief=brief),
    }


def _number_steps(steps: tuple[Text, ...], first: int, frame: Frame) -> dict[str, Text | None]:
    found: dict[str, Text | None] = {}
    for at, step in enumerate(steps, 1):
        found[f"step.{at}"] = step
        found[f"number.{at}"] = Text(native_text(str(first + at - 1), frame.digits), frame.lang)
    return found


def _slide(slide: Slide, job: CardJob) -> dict[str, Text | None]:
    """Give what stands on a slide alone, and where it stands in its row."""
    frame = job.frame
    count = native_text(f"{slide.number}/{slide.total}", frame.digits) if slide.number else ""
    return {
        "slide.count": Text(isolate_whole(count), frame.lang) if count else None,
        "slide.kicker": slide.kicker,
        "slide.title": slide.title,
        "slide.text": slide.text,
        "sources": _sources(job),
        **_number_steps(slide.steps, slide.first, frame),
    }


def _point_on_slide(point: PointView, slide: Slide | None) -> PointView:
    """Give a talking point as a slide shows it: with its own number alone."""
    if slide is None:
        return point
    return msgspec.structs.replace(point, figures=(slide.figure,) if slide.figure else ())


def _source(sources: Sequence[Source], job: CardJob, *, brief: bool) -> Text | None:
    """Name sources in one line, with month and year, and where a card without address is from."""
    frame, lang = job.frame, job.frame.lang
    if not sources:
        return None
    names = name_sources(sources, frame, brief=brief)
    said = job.words["source"].replace("%(names)s", job.words["comma"].join(names))
    shown = contents_of(job.layout, job.format)
    apart = not job.link or "link" in shown
    apart = apart or ("help.address" in shown and helpline_of(job) is None)  # its address says it
    return Text(said if apart else f"{said}{DOT}{isolate_whole(_host(job.link))}", lang)


def name_sources(sources: Sequence[Source], frame: Frame, *, brief: bool) -> list[str]:
    """Name sources, each with its month and year behind it, on one line."""
    names = []
    for source in sources:
        name = source.brief if brief else source.known_as
        names.append(isolate(name) if frame.direction == "rtl" else name)
        if source.published:
            month = month_of(source.published, frame.lang).replace(" ", "\u00a0")
            names.append(native_text(month, frame.digits))
    return names


def _sources(job: CardJob) -> Text | None:
    """Name the sources of a slide in few words."""
    assert isinstance(job.subject, PointView)
    assert job.slide is not None
    rtl = job.frame.direction == "rtl"
    wanted = job.slide.sources
    names = dict.fromkeys(one.brief for one in job.subject.sources if one.id in wanted)
    if not names:
        return None
    told = DOT.join(isolate(name) if rtl else name for name in names)
    message = job.words["sources" if len(names) > 1 else "source"]
    return Text(message.replace("%(names)s", told), job.frame.lang)


def _helpline(said: StatedHelpline, job: CardJob, *, noted: bool) -> dict[str, Text | None]:
    line, lang = said.line, job.frame.lang
    who = said.answering if noted else said.who
    tongues = DOT.join(language_name(tag, lang) for tag in line.languages)
    return {
        "helpline.who": _between_dots(Text(who, lang)),
        "helpline.name": line.name,
        "helpline.number": Text(isolate_whole(line.printed), lang),
        "helpline.hours": _hours(line, job),
        "helpline.times": line.hours if line.hours.lang == lang else None,
        "helpline.country": Text(line.country_name, lang),
        "helpline.languages": Text(job.words["languages"].replace("{languages}", tongues), lang)
        if tongues
        else None,
        "helpline.anonymous": Text(job.words["anonymous"], lang) if line.anonymous else None,
    }


def _hours(line: HelplineView, job: CardJob) -> Text | None:
    """Say when a line answers, and what does when it is closed; nothing in another language.

    A form or chat has an address that nobody types; the help page links to it.
    """
    lang = job.frame.lang
    said = [one for one in (line.hours, line.night) if one and one.lang == lang]
    told = (
        " ".join(end_sentence(one.value, lang) for one in said)
        if len(said) > 1
        else line.hours.value
    )
    if line.night and line.writes:
        told += f" {isolate_whole(typed_address(help_address(job.frame)))}"
    return Text(told, lang) if said else None


def _host(link: str) -> str:
    """Give the part of an address that people can remember and type."""
    return typed_address(link).partition("/")[0]
