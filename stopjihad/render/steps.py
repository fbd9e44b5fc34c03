"""Render steps of any kind, each by the function that the table of kinds names.

The inputs of the steps are decoded once for a batch, those that many pages show once for a process.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from stopjihad.model.output import announced_kind
from stopjihad.model.step import Input, Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.problem import Problem
from stopjihad.render.announced import render_announced
from stopjihad.render.kinds import describe_kind
from stopjihad.text.template import BROKEN, LIMIT, MEND, PLAIN, REACH, SMALLER

Renderer = Callable[[Step, StepInputs], bytes | tuple[Problem, ...]]
"""Makes the output of one step, or says why it cannot be made."""


def render_batch(
    steps: Sequence[Step], inputs: Mapping[str, Input]
) -> list[bytes | tuple[Problem, ...]]:
    """Render steps, in order.

    Args:
        inputs: at least the inputs that the steps name.

    Returns:
        For each step its bytes, or the problems that stand in the way; one step's problem does
        not stop the others.
    """
    decoded, found = StepInputs(inputs), []
    spent: dict[str, tuple[Problem, ...]] = {}
    for step in steps:
        # A template that takes too long takes it on every page: the first one is enough.
        made = spent.get(describe_kind(step.kind).label) or _render(step, decoded)
        if isinstance(made, tuple) and made[0].code == LIMIT:
            spent[describe_kind(step.kind).label] = made
        found.append(made)
    return found


def _render(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    from jinja2 import TemplateError

    if announced_kind(step.kind):
        return render_announced(step, decoded)
    try:
        return _renderer(f"stopjihad.render.{describe_kind(step.kind).render}")(step, decoded)
    except TemplateError as error:
        return (_template_problem(error, describe_kind(step.kind).templates),)


@cache
def _renderer(dotted: str) -> Renderer:
    """Import the function that makes a kind of step."""
    module, _, name = dotted.partition(":")
    renderer: Renderer = getattr(importlib.import_module(module), name)
    return renderer


def render_asset(step: Step, decoded: StepInputs) -> bytes:
    """Give the bytes of a file that is published as it is.

    Returns:
        The bytes.
    """
    return decoded.raw(step.inputs[0])


def _template_problem(error: Exception, folder: str) -> Problem:
    """Say where a template is wrong: file and line as Jinja2 knows them."""
    import traceback

    from jinja2.exceptions import SecurityError

    from stopjihad.theme.budget import TemplateLimit
    from stopjihad.theme.sandbox import TemplateRefused

    name = getattr(error, "name", None)
    line = getattr(error, "lineno", None)
    for frame in traceback.extract_tb(error.__traceback__):
        if not frame.filename.endswith(".py") and not frame.filename.startswith("<"):
            name, line = frame.filename, frame.lineno
    code, hint, column = BROKEN, MEND, 0
    if isinstance(error, TemplateRefused):
        _, column, code, _, hint = error.fault
    elif isinstance(error, SecurityError):
        code, hint = REACH, PLAIN
    elif isinstance(error, TemplateLimit):
        code, hint = LIMIT, SMALLER
    return Problem(
        path=f"{folder}/{name}" if name else folder,
        line=line or 0,
        column=column,
        code=code,
        message=str(getattr(error, "message", None) or error),
        hint=hint,
    )
