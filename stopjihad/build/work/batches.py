"""Divide steps into batches so that what many of them share is sent and decoded seldom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from stopjihad.build.work.worker import Batch
from stopjihad.model import input_names
from stopjihad.model.step import Input, Step
from stopjihad.render.kinds import KINDS

LIGHT = 1
WEIGHT = 24
"""How much longer a costly step takes than another: a share image about 5 to 10 ms, a page 0.2 to
0.4 ms (measured; it decides only how batches are cut)."""

LOAD = 96
"""Largest load of a batch: about 96 pages or 4 share images, 20 to 40 ms of work. Sending a batch
costs under a millisecond, and at the end a process waits for the other for at most one batch."""


WIDE = 4 * LOAD
"""Largest load of a batch that goes to another machine, or into a shared store: sending it and
asking for it costs some milliseconds."""


def load_of(steps: Sequence[Step], costly: frozenset[str]) -> int:
    """Estimate the work of steps in pages.

    Args:
        steps: what is to be made.
        costly: kinds that cost more.

    Returns:
        Pages that would take as long.
    """
    return sum(weight_of(step, costly) for step in steps)


def is_long(step: Step) -> bool:
    """Tell whether a step takes seconds, as a film does."""
    row = KINDS.get(step.kind)
    return row is not None and row.weight > LOAD


def weight_of(step: Step, costly: frozenset[str]) -> int:
    """Estimate the work of a step in pages, by its kind and whether that is ``costly``."""
    row = KINDS.get(step.kind)
    if row is not None and row.weight:
        return row.weight
    return WEIGHT if step.kind in costly else LIGHT


def in_order(steps: Sequence[Step], costly: frozenset[str]) -> list[Step]:
    """Sort steps so that neighbours share inputs: costly ones first, they must not come last.

    Args:
        steps: what is to be made.
        costly: kinds that cost more.

    Returns:
        The same steps.
    """
    uses = Counter(name for step in steps for name in step.inputs)
    # The pictures of a carousel and the document that binds them are made side by side.
    ranks = {
        name: (input_names.kind_of(name) != "slides", -count, name)
        for name, count in uses.items()
        if count > 1
    }

    def place(step: Step) -> tuple[bool, list[str], str, str]:
        shared = sorted((name for name in step.inputs if name in ranks), key=ranks.__getitem__)
        return step.kind not in costly, shared, step.kind, step.output

    return sorted(steps, key=place)


def _carousel(step: Step) -> str:
    """Name the carousel of a step: the document of one is bound from pictures drawn beside it."""
    if step.kind not in {"slide", "slide-document"}:
        return ""
    return next((name for name in step.inputs if input_names.kind_of(name) == "slides"), "")


def cut(
    steps: Sequence[Step],
    keys: Mapping[str, str],
    inputs: Mapping[str, Input],
    like: Batch,
    load: int = LOAD,
) -> list[Batch]:
    """Cut steps into batches.

    Args:
        steps: what is to be made.
        keys: step key for each output.
        inputs: all inputs of the plan.
        like: an empty batch with everything else that all batches share.
        load: largest load of a batch, in pages.

    Returns:
        Batches that together have every step once.
    """
    groups: list[list[Step]] = [[]]
    filled = 0
    for step in in_order(steps, like.costly):
        weight = weight_of(step, like.costly)
        together = groups[-1] and _carousel(step) == _carousel(groups[-1][-1]) != ""
        if groups[-1] and filled + weight > load and not together:
            groups.append([])
            filled = 0
        groups[-1].append(step)
        filled += weight
    return [
        like._replace(
            steps=tuple(group),
            keys=tuple(keys[step.output] for step in group),
            inputs={name: inputs[name] for step in group for name in step.inputs},
        )
        for group in groups
        if group
    ]
