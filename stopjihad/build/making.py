"""Render the steps that are due, in the way that suits their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.build import execute
from stopjihad.build.batches import cut, load_of
from stopjihad.build.worker import Batch, Outcome, given
from stopjihad.disk.store import Store
from stopjihad.model.step import Input, Step
from stopjihad.problem import Problem, ProblemsFound

FEW = 240
"""Load, in pages, up to which starting processes costs more than it saves: two processes take
about 60 ms to start and to import what renders, 240 pages take about as long (measured)."""


def _quiet(done: int, total: int) -> None:
    """Report to nobody."""


class Rendering(msgspec.Struct, frozen=True, kw_only=True):
    """Say how steps are rendered.

    Attributes:
        render: dotted name of a `worker.Renderer`, ``package.module:function``.
        versions: for each kind, a text that changes whenever its outputs may change.
        costly: kinds whose outputs are kept in the store.
        jobs: processes; 0 for one on each processor.
        executor: runs the batches instead of processes of our own.
        progress: called with the number of outputs made and to be made.
    """

    render: str
    versions: Mapping[str, str]
    costly: frozenset[str] = frozenset()
    jobs: int = 0
    executor: Executor | None = None
    progress: Callable[[int, int], None] = _quiet


class Due(NamedTuple):
    """Hold the steps that are due and what they need.

    Attributes:
        steps: what to make.
        keys: step key for each output.
        inputs: all inputs of the plan.
        store: folder of the store.
        shown: how problems name the output folder.
    """

    steps: tuple[Step, ...]
    keys: Mapping[str, str]
    inputs: Mapping[str, Input]
    store: str
    shown: str


def is_little(due: Due, how: Rendering) -> bool:
    """Tell whether the work is small enough to be done here and kept in memory.

    Args:
        due: what is to be made.
        how: how it is rendered.

    Returns:
        True when no processes are worth starting.
    """
    return how.executor is None and load_of(due.steps, how.costly) <= FEW


def make(due: Due, how: Rendering, root: str, closing: Sequence[int] = ()) -> Iterator[Outcome]:
    """Render what is due.

    Args:
        due: what is to be made.
        how: how it is rendered.
        root: existing folder for the outputs; empty to give the bytes back. A
            foreign executor always gives them back: it may run on another machine.
        closing: descriptors that worker processes must not keep open.

    Yields:
        One outcome for each step, in any order.

    Raises:
        ProblemsFound: ``worker-died``.
        OSError: processes cannot be started.
    """
    jobs = how.jobs if how.jobs > 0 else execute.processors()
    like = Batch(how.render, (), (), {}, root, due.store, how.costly, due.shown)
    if how.executor is not None:
        yield from _make_elsewhere(due, how, how.executor)
        return
    todo = cut(due.steps, due.keys, due.inputs, like)
    if jobs == 1 or len(todo) == 1 or is_little(due, how):
        yield from _counted(execute.run_here(todo), due, how)
        return
    with execute.processes(min(jobs, len(todo)), closing) as executor:
        yield from _counted(execute.run_in(executor, todo, execute.ahead_of(jobs)), due, how)


def _make_elsewhere(due: Due, how: Rendering, executor: Executor) -> Iterator[Outcome]:
    """Render on machines that see neither our folders nor our store; keep the store here."""
    store = Store(Path(due.store))
    costly = {step.output for step in due.steps if step.kind in how.costly}
    missing = []
    for step in due.steps:
        kept = store.get(due.keys[step.output]) if step.output in costly else None
        if kept is None:
            missing.append(step)
        else:
            yield given(step.output, kept)
    like = Batch(how.render, (), (), {}, costly=how.costly)
    todo = cut(missing, due.keys, due.inputs, like)
    known = len(due.steps) - len(missing)
    for outcome in _counted(execute.run_in(executor, todo, len(todo) or 1), due, how, known):
        if outcome.data is not None and outcome.output in costly:
            store.put(due.keys[outcome.output], outcome.data)
        yield outcome


def _counted(
    results: Iterable[list[Outcome]], due: Due, how: Rendering, done: int = 0
) -> Iterator[Outcome]:
    """Report progress while outcomes pass by."""
    how.progress(done, len(due.steps))
    for outcomes in results:
        yield from outcomes
        done += len(outcomes)
        how.progress(done, len(due.steps))


def require_all(outcomes: Iterable[Outcome]) -> None:
    """Raise all problems of a finished run together.

    Args:
        outcomes: of all steps.

    Raises:
        ProblemsFound: a step has problems.
    """
    problems: list[Problem] = [item for outcome in outcomes for item in outcome.problems]
    if problems:
        raise ProblemsFound(tuple(set(problems)))
