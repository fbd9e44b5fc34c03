"""Plan and render the outputs that installed packages add; a fault of theirs is told as theirs."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from stopjihad.model.output import AnnouncedOutput, announced_kind, own_kind
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.plan.ready_points import SitePlan
from stopjihad.problem import Problem, ProblemsFound


def plan_announced(outputs: Iterable[AnnouncedOutput], plan: SitePlan) -> list[Step]:
    """Have packages plan their outputs.

    Raises:
        ProblemsFound: ``output-failed``, with the name of the package.
    """
    found: list[Step] = []
    for one in outputs:
        try:
            steps = tuple(import_named(one.output.planner)(plan))
        except Exception as error:
            raise ProblemsFound(
                (_failed_output(one.output.name, one.package, _words(error)),)
            ) from error
        found += (_own_step(one, step) for step in steps)
    return found


def _own_step(one: AnnouncedOutput, step: Step) -> Step:
    """Give a step the kind and the version of its package; it stays in the folder of its output."""
    name = one.output.name
    if not step.output.startswith(f"{name}/"):
        raise ProblemsFound(
            (_failed_output(name, one.package, f"{step.output} is not below {name}/"),)
        )
    params = (*step.params, ("package", one.package), ("code", one.code))
    return Step(step.output, own_kind(name, step.kind), tuple(step.inputs), params)


def render_announced(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Have a package make a file of its output; other files are made though it fails."""
    kind = announced_kind(step.kind)
    assert kind is not None
    package = dict(step.params).get("package", "")
    try:
        made = import_named(kind.render)(step, decoded)
    except Exception as error:  # noqa: BLE001  whatever a stranger's function does
        return (_failed_output(kind.label, package, f"{step.output}: {_words(error)}"),)
    if isinstance(made, bytes):
        return made
    return (_failed_output(kind.label, package, f"{step.output}: {kind.render} gives no bytes"),)


@cache
def import_named(dotted: str) -> Any:
    """Import ``module:function``."""
    module, _, name = dotted.partition(":")
    return getattr(importlib.import_module(module), name)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _failed_output(name: str, package: str, words: str) -> Problem:
    return Problem(
        code="output-failed",
        message=f"the output '{name}' of {package} failed: {' '.join(words.split())}"[:300],
        hint="ask its makers, or uninstall the package",
    )
