"""A batch of steps: cut so that what many share is sent seldom, rendered in a worker, and kept."""

from __future__ import annotations

import hashlib
import importlib
import re
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from stopjihad import disk
from stopjihad.build.work.outputs import kept_outputs
from stopjihad.disk.store import StoreAddress
from stopjihad.model import input_names
from stopjihad.model.step import Input, Step
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.kinds import KINDS

Rendered: TypeAlias = bytes | Problem | tuple[Problem, ...]
"""What a renderer gives for one step."""

Renderer: TypeAlias = Callable[[Sequence[Step], Mapping[str, Input]], Sequence[Rendered]]
"""Renders several steps: one result for each, in their order, from nothing but the arguments."""


class Batch(NamedTuple):
    """Steps that are rendered together, with everything they need.

    Attributes:
        render: dotted name of a `Renderer`, ``package.module:function``.
        steps: what to make.
        keys: step key for each.
        inputs: all inputs the steps name, each once.
        root: folder to write outputs into; empty to give the bytes back.
        store: folder of the store, or where a shared one is; empty for none.
        costly: kinds of steps that are kept in the store each for itself.
        shown: how problems name ``root``.
        away: whether bytes that a shared store has are not given back.
    """

    render: str
    steps: tuple[Step, ...]
    keys: tuple[str, ...]
    inputs: dict[str, Input]
    root: str = ""
    store: str | StoreAddress = ""
    costly: frozenset[str] = frozenset()
    shown: str = ""
    away: bool = False


class StepOutcome(NamedTuple):
    """Say what became of one step.

    Attributes:
        output: path of the output.
        sha256: digest of the bytes; empty when there are problems.
        size: number of bytes.
        data: the bytes, unless they were written, or stay in a shared store.
        problems: why there are none.
    """

    output: str
    sha256: str = ""
    size: int = 0
    data: bytes | None = None
    problems: tuple[Problem, ...] = ()


def outcome_of(output: str, data: bytes) -> StepOutcome:
    """Give the outcome of a step whose bytes are here.

    Args:
        data: its bytes.
    """
    return StepOutcome(output, hashlib.sha256(data).hexdigest(), len(data), data)


def outcomes_fault(batch: Batch, outcomes: Sequence[StepOutcome]) -> str:
    """Say why outcomes that another machine gave are not those of a batch; empty if they are.

    Args:
        outcomes: what came back, of the right types.
    """
    if [one.output for one in outcomes] != [step.output for step in batch.steps]:
        return "it names other outputs than its task"
    for one in outcomes:
        if one.problems:
            continue
        if one.data is None:
            right = batch.away and _DIGEST.fullmatch(one.sha256) and one.size >= 0
        else:
            right = one == outcome_of(one.output, one.data)
        if not right:
            return f"size or digest of {one.output} are not those of its bytes"
    return ""


_DIGEST = re.compile("[0-9a-f]{64}")


def run_batch(batch: Batch) -> list[StepOutcome]:
    """Make all outputs of a batch.

    Returns:
        One outcome for each step, in their order. What a renderer raises becomes the problem
        ``render-failed``; what the disk refuses, one of `disk.explain`.
    """
    keys = dict(zip((step.output for step in batch.steps), batch.keys, strict=True))
    kept = kept_outputs(batch.store, batch.costly)
    found: dict[str, Rendered] = {}
    if kept is not None:
        found.update(kept.find(batch.steps, keys))
    held = frozenset(found)
    todo = [step for step in batch.steps if step.output not in found]
    if todo:
        rendered = _render(_renderer(batch.render), todo, batch.inputs)
        found.update(zip((step.output for step in todo), rendered, strict=True))
        if kept is not None:
            made = {path: data for path, data in found.items() if isinstance(data, bytes)}
            held |= kept.keep(todo, keys, made)
    with disk.NewFiles(batch.root, alone=False) as new:
        # Neighbours in a folder come one after the other: it is opened once.
        written = {
            step.output: _keep(step, found.pop(step.output), batch, new)
            for step in sorted(batch.steps)
        }
    outcomes = [written[step.output] for step in batch.steps]
    if not batch.away:
        return outcomes
    return [one._replace(data=None) if one.output in held else one for one in outcomes]


def _renderer(dotted: str) -> Renderer:
    module, _, name = dotted.partition(":")
    renderer: Renderer = getattr(importlib.import_module(module), name)
    return renderer


def _render(
    renderer: Renderer, steps: Sequence[Step], inputs: Mapping[str, Input]
) -> Sequence[Rendered]:
    try:
        results = renderer(steps, inputs)
        _expect(len(results), len(steps))
    except ProblemsFound as found:
        if len(steps) == 1:
            return [found.problems]
    except Exception as error:  # noqa: BLE001 - one bad page must not hide the problems of others
        if len(steps) == 1:
            return [_failed_outcome(steps[0], error)]
    else:
        return results
    return [_render(renderer, [step], inputs)[0] for step in steps]


def _expect(results: int, steps: int) -> None:
    if results != steps:
        raise RuntimeError(f"{results} results for {steps} steps")


def _failed_outcome(step: Step, error: Exception) -> Problem:
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    words = " ".join(str(error).split())[:200]
    return _fault(step, f"{type(error).__name__} at {place}: {words}")


def _fault(step: Step, words: str) -> Problem:
    return Problem(
        code="render-failed",
        message=f"{step.kind} {step.output}: {words}",
        hint="this is a fault of the program or of a template",
    )


def _keep(step: Step, result: Rendered, batch: Batch, new: disk.NewFiles) -> StepOutcome:
    if isinstance(result, Problem):
        return StepOutcome(step.output, problems=(result,))
    if not isinstance(result, bytes):
        wrong = _fault(step, f"the renderer gave {type(result).__name__}, not bytes")
        problems = result if isinstance(result, tuple) and result else (wrong,)
        return StepOutcome(step.output, problems=problems)
    outcome = outcome_of(step.output, result)
    if not batch.root:
        return outcome
    try:
        new.create(step.output, result)
    except OSError as error:
        problem = disk.explain(error, f"{batch.shown}/{step.output}")
        return StepOutcome(step.output, problems=(problem,))
    return outcome._replace(data=None)


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
    """Estimate the work of steps in pages."""
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
    """Sort steps so that neighbours share inputs: costly ones first, they must not come last."""
    uses = Counter(name for step in steps for name in step.inputs)
    # The pictures of a carousel and the document that binds them are made side by side.
    ranks = {
        name: (input_names.kind_of(name) != "slides", -count, name)
        for name, count in uses.items()
        if count > 1
    }

    def place(step: Step) -> tuple[bool, str, list[str], str, str]:
        shared = sorted((name for name in step.inputs if name in ranks), key=ranks.__getitem__)
        return step.kind not in costly, _point_of(step), shared, step.kind, step.output

    return sorted(steps, key=place)


def _point_of(step: Step) -> str:
    """Name the talking point of a page: all its languages begin by reading it."""
    if step.kind != "page":
        return ""
    return next((name for name in step.inputs if input_names.kind_of(name) == "point"), "")


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
        like: an empty batch with everything else that all batches share.
        load: largest load of a batch, in pages.
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
