"""Turn steps of cards and carousels into pictures, the words that stand for them, and a document.

Throughout, ``step`` names in its params the language, the talking point or helpline, and what of
them is drawn; ``decoded`` holds the values of its inputs, ``design/<name>`` of each ``design``
among them; ``lang`` is a BCP 47 tag, ``subject`` or ``view`` what the cards are about.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from stopjihad.catalog.layout import Art, Logo
from stopjihad.draw import CardJob, alt_text, make_card
from stopjihad.draw.encoder import About, BoundPage, document
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.card_jobs import card_job, common_job, describe, slide_words, subject_of
from stopjihad.plan.decoded import StepInputs
from stopjihad.problem import Problem
from stopjihad.view.alert_phrases import address
from stopjihad.view.records import PointView
from stopjihad.view.slides import Slide, wrong_size


def render_card_step(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Draw one card.

    Args:
        step: its params name design, format and language, the talking point or helpline, and
            photo and focus where the design shows one.

    Returns:
        The picture's bytes, or what would be wrong with it.
    """
    return make_card(card_job(step, decoded))


def render_alert_card(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Draw the picture of an alert in one format.

    Args:
        step: its params name alert, format and language.
    """
    params = dict(step.params)
    frame = decoded.alert_frame(params["lang"], params["alert"])
    common = common_job(
        {"design": "alert", "lang": frame.lang, "id": params["alert"]}, None, decoded
    )
    about = {"frame": frame, "link": address(frame), "subject": frame.alert}
    return make_card(
        CardJob(**{**common, **about}, format=params["format"], fonts=decoded.value("fonts"))
    )


def render_past_card(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Draw the picture that says that an alert was taken away, where that of the alert stood.

    Args:
        step: its params name alert, format and language.
    """
    params = dict(step.params)
    view = decoded.past_alert(params["lang"], params["alert"])
    common = common_job({"design": "alert", "lang": params["lang"], "id": view.id}, None, decoded)
    common["link"] = address(common["frame"])
    return make_card(
        CardJob(**common, format=params["format"], subject=view, fonts=decoded.value("fonts"))
    )


def render_alt_step(step: Step, decoded: StepInputs) -> bytes:
    """Write the alternative text of a design's cards: its words are the same in all formats.

    Args:
        step: its params name design and language, and the talking point or helpline.

    Returns:
        UTF-8 text with a line feed at its end.
    """
    params = dict(step.params)
    subject = subject_of(step, params, decoded)
    return f"{describe(params['design'], params['lang'], subject, decoded)}\n".encode()


KEPT = 16
"""Pictures kept in a process, about 60 KB each: a document is made beside its slides."""


def render_slide(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Draw one slide.

    Args:
        step: its params name talking point, language, format, number of the slide, and drawing.
    """
    number = int(dict(step.params)["slide"])
    return _draw_slide(_SlideDrawing(step, _told_slides(step, decoded)[number - 1], decoded))


def render_alts(step: Step, decoded: StepInputs) -> bytes:
    """Write what the slides say, for people who cannot see them: a paragraph each.

    Args:
        step: its params name talking point and language.

    Returns:
        UTF-8 text; an empty line stands between slides.
    """
    params = dict(step.params)
    view = decoded.view(step, params["id"], params["lang"])
    return ("\n\n".join(slide_words(params["lang"], view, decoded)) + "\n").encode()


def render_document(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Bind the slides into a document for LinkedIn: a page each, with the very pixels.

    Args:
        step: its params name talking point, language, format and drawing.

    Returns:
        A PDF with title, language, sponsor and alternative texts, or what would be wrong with it:
        ``carousel-size``, and the problems of its slides.
    """
    drawings = [_SlideDrawing(step, slide, decoded) for slide in _told_slides(step, decoded)]
    wrong = wrong_size(len(drawings))
    if wrong is not None:
        return (_wrong(drawings[0].job, *wrong),)
    pages: list[BoundPage] = []
    problems: list[Problem] = []
    for one in drawings:
        made = _draw_slide(one)
        if isinstance(made, tuple):
            problems += made
        else:
            pages.append(BoundPage(made, alt_text(one.job)))
    return tuple(problems) if problems else document(pages, _about(drawings[0].job))


def _wrong(job: CardJob, message: str, hint: str) -> Problem:
    """Say that a translation makes too few slides, or too many."""
    frame = job.frame
    return Problem(
        path=f"campaigns/{frame.campaign}/points/{job.subject.id}.md",
        code="carousel-size",
        message=f"in {frame.lang} {message}",
        hint=hint,
    )


_PICTURES: tuple[tuple[type, str], ...] = ((Art, "drawing"), (Logo, "logo"))
"""Layers that show an input of their own, and its kind: other slides do not depend on it."""


class _SlideDrawing:
    """A slide to be drawn; equal ones give the same picture: it is drawn once for both outputs."""

    def __init__(self, step: Step, slide: Slide, decoded: StepInputs) -> None:
        own = msgspec.structs.replace(step, params=(*step.params, ("design", slide.design)))
        self.job = msgspec.structs.replace(card_job(own, decoded), slide=slide)
        design = input_names.design(slide.design)
        layers = self.job.layout.layers
        shown = {name for kind, name in _PICTURES if any(isinstance(one, kind) for one in layers)}
        left = {"design", "drawing", "logo"} - shown
        names = [
            name for name in step.inputs if input_names.kind_of(name) not in left or name == design
        ]
        params = dict(step.params)
        where = (params["lang"], params["id"], params["format"], slide.number)
        self.key = (where, *((name, decoded.digest(name)) for name in names))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SlideDrawing) and self.key == other.key


@lru_cache(maxsize=KEPT)
def _draw_slide(one: _SlideDrawing) -> bytes | tuple[Problem, ...]:
    return make_card(one.job)


def _told_slides(step: Step, decoded: StepInputs) -> tuple[Slide, ...]:
    params = dict(step.params)
    found: tuple[Slide, ...] = decoded.value(input_names.slides(params["lang"], params["id"]))
    return found


def _about(job: CardJob) -> About:
    frame = job.frame
    assert isinstance(job.subject, PointView)
    return About(
        title=job.subject.fact.value,
        author=frame.sponsor.value,
        lang=frame.lang,
        rtl=frame.direction == "rtl",
    )
