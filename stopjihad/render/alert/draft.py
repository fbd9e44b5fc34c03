"""Compose a notice for one platform: the sentences that people need first, as many as fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from stopjihad.catalog.platforms import Platform
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.render.alert.words import Said, address, notice_of, sentences
from stopjihad.render.steps import Decoded
from stopjihad.text.count import Count, count, sms
from stopjihad.text.count.sms import plain_marks
from stopjihad.view.records import AlertView, Frame

CELL_BROADCAST = "cell-broadcast"
CELL_LIMITS = {"GSM-7": 1395, "UCS-2": 615}
"""Most characters of a cell broadcast: 15 pages of 93 septets, or of 41 UCS-2 units
(alphagov/notifications-utils, pull request 826)."""

SMS_SEGMENTS = 4
"""Most segments of a text message beyond what it must say: longer ones arrive late or in part."""

_RANKS = (
    "headline", "exercise", "action", "update", "until", "confirmed", "call", "unknown", "look",
    "empathy",
)  # fmt: skip
"""What is kept first when room is short; the address always is. An exercise says that nothing has
happened before it says what to do: passed on, it would empty a station."""


class AlertDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A notice for one platform in one language.

    Attributes:
        alert: id of the notice.
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
    """Compose the draft of a notice.

    Args:
        view: the notice in one language.
        frame: the campaign in that language.
        platform: what the platform accepts; None for a cell broadcast.
        words: theme words by English message.

    Returns:
        The draft, or the problem ``alert-too-long`` when not even headline and address fit.
    """
    name = platform.id if platform else CELL_BROADCAST
    plain = platform is None or platform.unit == "sms"
    said = tuple(sentences(view, frame, words))
    link = address(frame)
    kept: list[int] = []
    for index in sorted(range(len(said)), key=lambda at: _rank(said, at)):
        trial = sorted((*kept, index))
        text = _text([said[at].text for at in trial], link, plain=plain)
        if _fits(platform, text, must=len(kept) < MUST):
            kept = trial
        elif said[index].part == "exercise":
            break  # marked by its headline alone, an exercise asks nobody to do anything
    text = _text([said[at].text for at in kept], link, plain=plain)
    measured = _measure(platform, text)
    if 0 not in kept or not measured.fits:
        return Problem(
            path=f"alert/{view.lang}/{name}.txt",
            code="alert-too-long",
            message=f"not even headline and address fit: {measured.count} of {measured.limit}",
            hint="shorten the headline of the template, or leave this platform out",
        )
    return AlertDraft(
        alert=view.id,
        language=view.lang,
        platform=name,
        exercise=view.exercise,
        text=text,
        count=measured.count,
        limit=measured.limit,
        unit=measured.unit,
        left_out=tuple(dict.fromkeys(said[at].part for at in range(len(said)) if at not in kept)),
    )


MUST = 3
"""Sentences that a text message has even when it takes many segments: what happened, what to do,
when the next word comes."""


def _rank(said: Sequence[Said], at: int) -> tuple[int, int]:
    """Put the first sentence of each part before the second ones."""
    before = sum(one.part == said[at].part for one in said[:at])
    return before, _RANKS.index(said[at].part)


def _text(lines: Sequence[str], link: str, *, plain: bool) -> str:
    if plain:
        return plain_marks(" ".join((*lines, link)))
    return "\n\n".join((*lines, link))


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


def render_alert_draft(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Write the notice for one platform in one language, ready to paste.

    Args:
        step: its params name language and platform.
        decoded: the values of its inputs.

    Returns:
        UTF-8 text, or the problem ``alert-too-long``.
    """
    params = dict(step.params)
    found = _draft(params["lang"], params["platform"], decoded)
    return (found,) if isinstance(found, Problem) else f"{found.text}\n".encode()


def render_alert_drafts(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """List the drafts of all languages and platforms.

    Args:
        step: names the frames and platforms.
        decoded: the values of its inputs.

    Returns:
        JSON, one draft a line, or all problems.
    """
    names, tags = (
        [input_names.rest_of(name) for name in step.inputs if input_names.kind_of(name) == kind]
        for kind in ("platform", "frame")
    )
    found = [_draft(tag, name, decoded) for tag in tags for name in (*names, "")]
    problems = tuple(one for one in found if isinstance(one, Problem))
    if problems:
        return problems
    lines = b",\n".join(map(msgspec.json.encode, found))
    return b"[\n" + lines + b"\n]\n"


def _draft(lang: str, platform: str, decoded: Decoded) -> AlertDraft | Problem:
    frame: Frame = decoded.value(input_names.frame(lang))
    row = (
        decoded.value(input_names.platform(platform))
        if platform not in {"", CELL_BROADCAST}
        else None
    )
    return compose(notice_of(frame), frame, row, decoded.value(input_names.words(lang)))
