"""Compose an alert for one platform: the sentences that people need first, as many as fit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from stopjihad.catalog.platforms import Platform
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.problem import Problem
from stopjihad.text.count import Count, count, sms
from stopjihad.text.count.sms import plain_marks
from stopjihad.view.alert_phrases import (
    AlertSentence,
    address,
    first_alert,
    nameless,
    sentences,
    tell_past,
    with_full_stop,
)
from stopjihad.view.records import AlertView, Frame

CELL_BROADCAST = "cell-broadcast"
CELL_LIMITS = {"GSM-7": 1395, "UCS-2": 615}
"""Most characters of a cell broadcast: 15 pages of 93 septets, or of 41 UCS-2 units
(alphagov/notifications-utils, pull request 826)."""

SMS_SEGMENTS = 4
"""Most segments of a text message beyond what it must say: longer ones arrive late or in part."""

_RANKS = (
    "headline", "exercise", "action", "call", "confirmed", "unknown", "look", "update", "until",
    "empathy", "past",
)  # fmt: skip
"""What gets room first beyond what an alert must say. An exercise says that nothing has happened
before it says what to do: passed on, it would empty a station."""


class AlertDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An alert for one platform in one language.

    Attributes:
        alert: id of the alert.
        language: BCP 47 tag.
        platform: id of the platform, or ``cell-broadcast``.
        exercise: whether it says that it is one.
        text: what is pasted.
        count: length in units.
        limit: most units; None when no limit is known.
        unit: what is counted.
        left_out: parts for which there was no room: the page has them.
    """

    alert: str
    language: str
    platform: str
    exercise: bool
    text: str
    count: int
    limit: int | None
    unit: str
    left_out: tuple[str, ...] = ()


def compose(
    view: AlertView, frame: Frame, platform: Platform | None, words: Mapping[str, str]
) -> AlertDraft | Problem:
    """Compose the draft of an alert.

    Args:
        platform: what the platform accepts; None for a cell broadcast.

    Returns:
        The draft, or the problem ``alert-too-long`` when what must be said does not fit.
    """
    said = tuple(sentences(view, frame, words))
    return _compose_draft((view.id, view.lang), said, frame, platform, exercise=view.exercise)


def headline_alone(
    view: AlertView, frame: Frame, platform: Platform | None, words: Mapping[str, str]
) -> AlertDraft | Problem:
    """Compose the draft for a platform on which an alert cannot say what it must (`compose`).

    One platform with little room holds no alert back: people read the rest at its address.
    ``alert ready`` names such platforms on a calm day.

    Args:
        platform: what the platform accepts; None for a cell broadcast.

    Returns:
        The draft, or the problem ``alert-too-long`` when not even the headline fits.
    """
    said = tuple(sentences(view, frame, words))
    found = _compose_draft((view.id, view.lang), said[:1], frame, platform, exercise=view.exercise)
    if isinstance(found, Problem):
        return found
    rest = tuple(dict.fromkeys(one.part for one in said[1:]))
    return msgspec.structs.replace(found, left_out=rest)


def _compose_draft(
    names: tuple[str, str],
    said: tuple[AlertSentence, ...],
    frame: Frame,
    platform: Platform | None,
    *,
    exercise: bool = False,
) -> AlertDraft | Problem:
    """Fill a platform with what is ``said``; ``names`` are the alert and the language."""
    alert, lang = names
    name = platform.id if platform else CELL_BROADCAST
    room = _Room(platform, address(frame))
    text, kept = _fill_room(said, room)
    measured = _measure(platform, text)
    if not measured.fits:
        return Problem(
            path=f"alert/{alert}/{lang}/{name}.txt",
            code="alert-too-long",
            message="headline, first action, who confirmed it and the emergency number do not fit:"
            f" {measured.count} of {measured.limit}",
            hint="shorten the headline of the template or its 'short', or leave this platform out",
        )
    return AlertDraft(
        alert=alert,
        language=lang,
        platform=name,
        exercise=exercise,
        text=text,
        count=measured.count,
        limit=measured.limit,
        unit=measured.unit,
        left_out=tuple(dict.fromkeys(said[at].part for at in range(len(said)) if at not in kept)),
    )


class _Room(NamedTuple):
    """How much a platform takes, and the page that a draft leads to."""

    platform: Platform | None
    link: str

    def text(self, said: Sequence[AlertSentence], kept: Mapping[int, int], *, linked: bool) -> str:
        """Write the sentences that are kept, each in its form, 0 for the full one."""
        lines = [(said[at].text, *said[at].shorter)[kept[at]] for at in sorted(kept)]
        lines += [self.link] if linked else []
        if self.platform is None or self.platform.unit == "sms":
            return plain_marks(" ".join(map(with_full_stop, lines)))
        return "\n\n".join(lines)


def _fill_room(said: Sequence[AlertSentence], room: _Room) -> tuple[str, Mapping[int, int]]:
    """Begin with the shortest text that says what must be said, and add to it what has room.

    Returns:
        The text, and the form of each sentence that is in it, 0 for the full one.
    """
    whole = dict.fromkeys(range(len(said)), 0)
    text = room.text(said, whole, linked=True)
    if _fits(room.platform, text, must=False):
        return text, whole
    exercise = any(one.part == "exercise" for one in said)
    must = [at for at, one in enumerate(said) if one.must and not (exercise and at)]
    kept, linked = {at: len(said[at].shorter) for at in must}, False
    for at, form in _steps(said, must):
        trial = kept if at is None else {**kept, at: form}
        text = room.text(said, trial, linked=linked or at is None)
        if _fits(room.platform, text, must=not linked):
            kept, linked = trial, linked or at is None
        elif at is not None and said[at].part == "exercise":
            linked = _fits(room.platform, room.text(said, kept, linked=True), must=True)
            break  # marked by its headline alone, an exercise asks nobody to do anything
    return room.text(said, kept, linked=linked), kept


def _steps(
    said: Sequence[AlertSentence], must: Collection[int]
) -> Iterator[tuple[int | None, int]]:
    """Give what is tried, first things first: a sentence and its form; None for the address."""
    ranked = sorted(range(len(said)), key=lambda at: _rank(said, at))
    yield from ((at, 0) for at in ranked if said[at].part == "exercise")
    yield from ((at, len(said[at].shorter)) for at in ranked if said[at].must and at not in must)
    yield None, 0
    for at in ranked:
        if said[at].must:
            yield from ((at, form) for form in range(len(said[at].shorter) - 1, 0, -1))
    yield from ((at, 0) for at in ranked)


def _rank(said: Sequence[AlertSentence], at: int) -> tuple[bool, int, int]:
    """Put what must be said first, then the first sentence of each part before the second ones."""
    before = sum(one.part == said[at].part for one in said[:at])
    return not said[at].must, before, _RANKS.index(said[at].part)


def _measure(platform: Platform | None, text: str) -> Count:
    if platform is not None:
        return count(platform.rule, text)
    message = sms.measure(text)
    limit = CELL_LIMITS[message.encoding]
    unit = "septets" if message.encoding == "GSM-7" else "utf16-units"
    return Count(unit=unit, count=message.units, limit=limit, fits=message.units <= limit)


def _fits(platform: Platform | None, text: str, *, must: bool) -> bool:
    measured = _measure(platform, text)
    if must or platform is None or platform.unit != "sms":
        return measured.fits
    return measured.fits and (measured.segments or 0) <= SMS_SEGMENTS


def render_alert_draft(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Write the alert for one platform in one language, ready to paste.

    Args:
        step: its params name alert, language and platform.

    Returns:
        UTF-8 text, or the problem ``alert-too-long``.
    """
    params = dict(step.params)
    frame = decoded.alert_frame(params["lang"], params["alert"])
    found = _draft(frame, params["platform"], decoded)
    return (found,) if isinstance(found, Problem) else f"{found.text}\n".encode()


def render_past_draft(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Write for one platform, in one language, that an alert was taken away, when and why.

    Args:
        step: its params name alert, language and platform.

    Returns:
        UTF-8 text, or the problem ``alert-too-long``.
    """
    params = dict(step.params)
    lang, platform = params["lang"], params["platform"]
    view = decoded.past_alert(lang, params["alert"])
    words = decoded.value(input_names.words(lang))
    told = tell_past(view, words)
    at, *more = told.lines
    said = (
        AlertSentence("past", told.title, must=True),
        AlertSentence("past", with_full_stop(told.was), (nameless(view, words),), must=True),
        AlertSentence("past", at, (view.when,), must=True),
        *(AlertSentence("past", text) for text in more),
    )
    row = decoded.value(input_names.platform(platform)) if platform != CELL_BROADCAST else None
    found = _compose_draft((view.id, lang), said, decoded.value(input_names.frame(lang)), row)
    return (found,) if isinstance(found, Problem) else f"{found.text}\n".encode()


def render_alert_drafts(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """List the drafts of all languages and platforms."""
    names, tags = (
        [input_names.rest_of(name) for name in step.inputs if input_names.kind_of(name) == kind]
        for kind in ("platform", "frame")
    )
    frames = [decoded.alert_frame(tag, dict(step.params)["alert"]) for tag in tags]
    found = [_draft(frame, name, decoded) for frame in frames for name in (*names, "")]
    problems = tuple(one for one in found if isinstance(one, Problem))
    if problems:
        return problems
    lines = b",\n".join(map(msgspec.json.encode, found))
    return b"[\n" + lines + b"\n]\n"


def _draft(frame: Frame, platform: str, decoded: StepInputs) -> AlertDraft | Problem:
    row = (
        decoded.value(input_names.platform(platform))
        if platform not in {"", CELL_BROADCAST}
        else None
    )
    view, words = first_alert(frame), decoded.value(input_names.words(frame.lang))
    found = compose(view, frame, row, words)
    return headline_alone(view, frame, row, words) if isinstance(found, Problem) else found
