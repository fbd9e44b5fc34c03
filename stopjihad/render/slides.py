"""Turn the steps of a carousel into pictures, their words, and one document of them all."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.render.card import CardJob, alt_text, make_card
from stopjihad.render.card.document import About, BoundPage, document
from stopjihad.render.cards import card_job, slide_words
from stopjihad.render.decode import Decoded
from stopjihad.view.records import PointView
from stopjihad.view.slides import Slide, wrong_size


def render_slide(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Draw one slide.

    Args:
        step: its params name talking point, language, format, number of the slide, and drawing.
        decoded: the values of its inputs.

    Returns:
        A PNG, or what would be wrong with it.
    """
    number = int(dict(step.params)["slide"])
    return make_card(_job(step, _told(step, decoded)[number - 1], decoded))


def render_alts(step: Step, decoded: Decoded) -> bytes:
    """Write what the slides say, for people who cannot see them: a paragraph each.

    Args:
        step: its params name talking point and language.
        decoded: the values of its inputs.

    Returns:
        UTF-8 text; an empty line stands between slides.
    """
    params = dict(step.params)
    view = decoded.view(step, params["id"], params["lang"])
    return ("\n\n".join(slide_words(params["lang"], view, decoded)) + "\n").encode()


def render_document(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Bind the slides into a document for LinkedIn: a page each, with the very pixels.

    Args:
        step: its params name talking point, language, format and drawing.
        decoded: the values of its inputs.

    Returns:
        A PDF with title, language, sponsor and alternative texts, or what would be wrong with it:
        ``carousel-size``, and the problems of its slides.
    """
    jobs = list(_jobs(step, decoded))
    wrong = wrong_size(len(jobs))
    if wrong is not None:
        return (_wrong(jobs[0], *wrong),)
    pages: list[BoundPage] = []
    problems: list[Problem] = []
    for job in jobs:
        made = make_card(job)
        if isinstance(made, tuple):
            problems += made
        else:
            pages.append(BoundPage(made, alt_text(job)))
    return tuple(problems) if problems else document(pages, _about(jobs[0]))


def _wrong(job: CardJob, message: str, hint: str) -> Problem:
    """Say that a translation makes too few slides, or too many."""
    frame = job.frame
    return Problem(
        path=f"campaigns/{frame.campaign}/points/{job.subject.id}.md",
        code="carousel-size",
        message=f"in {frame.lang} {message}",
        hint=hint,
    )


def _jobs(step: Step, decoded: Decoded) -> Iterator[CardJob]:
    for slide in _told(step, decoded):
        yield _job(step, slide, decoded)


def _told(step: Step, decoded: Decoded) -> tuple[Slide, ...]:
    params = dict(step.params)
    found: tuple[Slide, ...] = decoded.value(input_names.slides(params["lang"], params["id"]))
    return found


def _job(step: Step, slide: Slide, decoded: Decoded) -> CardJob:
    own = msgspec.structs.replace(step, params=(*step.params, ("design", slide.design)))
    return msgspec.structs.replace(card_job(own, decoded), slide=slide)


def _about(job: CardJob) -> About:
    frame = job.frame
    assert isinstance(job.subject, PointView)
    return About(
        title=job.subject.fact.value,
        author=frame.sponsor.value,
        lang=frame.lang,
        rtl=frame.direction == "rtl",
    )
