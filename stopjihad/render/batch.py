"""Render batches of steps, each by the function that the table of kinds names."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from stopjihad.model.step import Input, Step
from stopjihad.problem import Problem
from stopjihad.render.decode import Decoded
from stopjihad.render.kinds import KINDS

Renderer = Callable[[Step, Decoded], bytes | tuple[Problem, ...]]
"""Makes the output of one step, or says why it cannot be made."""


def render_batch(
    steps: Sequence[Step], inputs: Mapping[str, Input]
) -> list[bytes | tuple[Problem, ...]]:
    """Render steps, in order.

    Args:
        steps: what is to be made.
        inputs: at least the inputs that the steps name.

    Returns:
        For each step its bytes, or the problems that stand in the way; one step's problem does
        not stop the others.
    """
    decoded = Decoded(inputs)
    return [_render(step, decoded) for step in steps]


def _render(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from jinja2 import TemplateError

    try:
        return _renderer(KINDS[step.kind].render)(step, decoded)
    except TemplateError as error:
        return (_template_problem(error, KINDS[step.kind].templates),)


@cache
def _renderer(dotted: str) -> Renderer:
    """Import the function that makes a kind of step."""
    module, _, name = dotted.partition(":")
    renderer: Renderer = getattr(importlib.import_module(f"stopjihad.render.{module}"), name)
    return renderer


def render_asset(step: Step, decoded: Decoded) -> bytes:
    """Give the bytes of a file that is published as it is.

    Args:
        step: names it.
        decoded: inputs of the batch.

    Returns:
        The bytes.
    """
    return decoded.raw(step.inputs[0])


def _template_problem(error: Exception, folder: str) -> Problem:
    """Say where a template is wrong: file and line as Jinja2 knows them."""
    import traceback

    name = getattr(error, "name", None)
    line = getattr(error, "lineno", None)
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith((".html", ".xml")) and frame.filename != "<template>":
            name, line = frame.filename, frame.lineno
    return Problem(
        path=f"{folder}/{name}" if name else folder,
        line=line or 0,
        code="template-error",
        message=str(getattr(error, "message", None) or error),
        hint="mend the template, or delete your copy of it to use the built-in one",
    )
