"""Cards of one colour, where a test looks at the words beside them and not at their pixels."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache

from PIL import Image
from stopjihad.catalog.formats import FORMATS
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


def draw_only(languages: Collection[str]) -> None:
    """Let builds of this process draw the cards of some languages, and share images in all.

    Slides are drawn in all languages, too; what is left out is of one colour. Every file of the
    site is there.
    """
    drawn = steps.render_card_step

    def render(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
        params = dict(step.params)
        left_out = params["lang"] not in languages and params["format"] != "og"
        if left_out and step.output.endswith(".png"):
            return plain(params["format"])
        return drawn(step, decoded)

    steps.render_card_step = render
    _renderer.cache_clear()  # it may have been looked up before
