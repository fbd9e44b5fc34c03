"""Turn a card step and its decoded inputs into a picture."""

from __future__ import annotations

from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.render.card import WORDS, CardJob, make_card
from stopjihad.render.decode import Decoded


def render_card_step(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Draw one card.

    Args:
        step: its params name design, format, language and talking point.
        decoded: the values of its inputs.

    Returns:
        The picture's bytes, or what would be wrong with it.
    """
    params = dict(step.params)
    lang = params["lang"]
    theme = decoded.value(f"words/{lang}")
    job = CardJob(
        layout=decoded.value(f"design/{params['design']}"),
        format=params["format"],
        subject=decoded.view(step, params["id"], lang),
        frame=decoded.value(f"frame/{lang}"),
        words={name: theme.get(english) or english for name, english in WORDS.items()},
        fonts=decoded.value("fonts"),
    )
    return make_card(job)
