"""Turn the steps of a carousel into pictures, their words, and one document of them all."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from stopjihad.catalog.layout import Art
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.render.card import CardJob, alt_text, make_card
from stopjihad.render.card.document import About, BoundPage, document
from stopjihad.render.cards import card_job, slide_words
from stopjihad.render.decode import Decoded
from stopjihad.view.records import PointView
from stopjihad.view.slides import Slide, wrong_size

KEPT = 16
"""Pictures kept in a process, about 60 KB each: a document is made beside its slides."""


def render_slide(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Draw one slide.

    Args:
        step: its params name talking point, language, format, number of the slide, and drawing.
        decoded: the values of its inputs.

    Returns:
        A PNG, or what would be wrong with it.
    """
    number = int(dict(step.params)["slide"])
    return _drawn(_Drawing(step, _told(step, decoded)[number - 1], decoded))


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
    drawings = [_Drawing(step, slide, decoded) for slide in _told(step, decoded)]
    wrong = wrong_size(len(drawings))
    if wrong is not None:
        return (_wrong(drawings[0].job, *wrong),)
    pages: list[BoundPage] = []
    problems: list[Problem] = []
    for one in drawings:
        made = _drawn(one)
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


class _Drawing:
    """A slide to be drawn; equal ones give the same picture: it is drawn once for both outputs."""

    def __init__(self, step: Step, slide: Slide, decoded: Decoded) -> None:
        own = msgspec.structs.replace(step, params=(*step.params, ("design", slide.design)))
        self.job = msgspec.structs.replace(card_job(own, decoded), slide=slide)
        design = input_names.design(slide.design)
        art = any(isinstance(layer, Art) for layer in self.job.layout.layers)
        left = () if art else ("drawing",)
        names = [
            name
            for name in step.inputs
            if input_names.kind_of(name) not in {"design", *left} or name == design
        ]
        params = dict(step.params)
        where = (params["lang"], params["id"], params["format"], slide.number)
        self.key = (where, *((name, decoded.digest(name)) for name in names))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawing) and self.key == other.key


@lru_cache(maxsize=KEPT)
def _drawn(one: _Drawing) -> bytes | tuple[Problem, ...]:
    return make_card(one.job)


def _told(step: Step, decoded: Decoded) -> tuple[Slide, ...]:
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
