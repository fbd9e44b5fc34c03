"""Cards of one colour, where a test looks at the words beside them and not at their pixels."""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache

from PIL import Image
from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import has_photo
from stopjihad.draw.job import CardJob
from stopjihad.draw.problems import card_problems
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.problem import Problem
from stopjihad.render.card import steps
from stopjihad.render.steps import _renderer


@cache
def plain(form: str) -> bytes:
    """Give a picture of one colour in the size of a format."""
    out = io.BytesIO()
    Image.new("P", (FORMATS[form].width, FORMATS[form].height)).save(out, "PNG")
    return out.getvalue()


@contextmanager
def plain_alerts() -> Iterator[None]:
    """Let pictures of alerts be of one colour while a block runs in this process."""
    drawn = steps.render_alert_card
    steps.render_alert_card = lambda step, _: plain(dict(step.params)["format"])
    _renderer.cache_clear()  # it may have been looked up before
    yield
    steps.render_alert_card = drawn
    _renderer.cache_clear()


IN_TURN = 3
"""Of so many talking points the cards of one are drawn in a language, of others in the next."""


def is_in_turn(language: str, subject: str) -> bool:
    """Tell whether the pictures of a talking point or helpline are drawn in a language."""
    return zlib.crc32(f"{language}/{subject}".encode()) % IN_TURN == 0


def draw_only(languages: Collection[str]) -> None:
    """Let builds of this process draw a third of the cards of some languages, other ones in each.

    Share images and slides are drawn so in all languages. Words of the others of these are laid
    out and judged as ever, and only their pixels left out: they are of one colour. Other cards of
    other languages are of one colour, and nobody looks at their words. Every file of the site is
    there.
    """
    drawn, made = steps.render_card_step, steps.make_card

    def render(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
        params = dict(step.params)
        left_out = params["lang"] not in languages and params["format"] != "og"
        if left_out and step.output.endswith(".png"):
            return plain(params["format"])
        return drawn(step, decoded)

    def make(job: CardJob) -> bytes | tuple[Problem, ...]:
        if has_photo(job.layout) or is_in_turn(job.frame.lang, job.subject.id):
            return made(job)
        return card_problems(job) or plain(job.format)

    steps.render_card_step, steps.make_card = render, make
    _renderer.cache_clear()  # it may have been looked up before
