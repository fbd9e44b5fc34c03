"""Draw the picture that lies below a talking point's words in files that people change.

One serves all languages of a direction: what is edited in one of them leaves it as it was.
"""

from __future__ import annotations

from typing import Any

from stopjihad.draw.background import draw_background
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.view.look import Look


def render_background(step: Step, decoded: StepInputs) -> bytes:
    """Draw it as a PNG."""
    params: Any = dict(step.params)
    accent, ink, paper = params["brand"].split(",")
    look = Look((accent, ink, paper), params["theme"], params["tone"])
    svg = "".join(decoded.value(name) for name in step.inputs)
    return draw_background(svg, look, mirrored=params["direction"] == "rtl")
