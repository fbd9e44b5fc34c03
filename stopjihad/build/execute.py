"""Run the steps that are due: here, in processes of our own, or in an executor that is given."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.build.batches import cut, load_of
from stopjihad.build.worker import Batch, StepOutcome, given, run_batch
from stopjihad.disk.store import Store
from stopjihad.model.step import Input, Step
from stopjihad.problem import Problem, ProblemsFound

_AHEAD = 2
"""Batches waiting for each process: enough that none runs dry, few enough to hold no memory."""


def processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_here(batches: Sequence[Batch]) -> Iterator[list[StepOutcome]]:
    """Run batches one after the other in this process.

    Args:
        batches: what to do.

    Yields:
        Outcomes of each batch.
    """
    for batch in batches:
        yield run_batch(batch)


def run_in(executor: Executor, batches: Sequence[Batch], ahead: int) -> Iterator[list[StepOutcome]]:
    """Run batches in an executor, a bounded number of them at a time.

    Args:
        executor: anything with the interface of `concurrent.futures.Executor`.
        batches: what to do.
        ahead: batches submitted and not finished, at most.

    Yields:
        Outcomes of each batch as it finishes.

    Raises:
        ProblemsFound: ``worker-died`` when a process ended before its batch did.
    """
    waiting: dict[Future[list[StepOutcome]], Batch] = {}
    rest = iter(batches)
    try:
        while True:
            while len(waiting) < ahead and (batch := next(rest, None)) is not None:
                waiting[executor.submit(run_batch, batch)] = batch
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield _outcomes(future, waiting.pop(future))
    except RuntimeError as error:  # BrokenExecutor is one; it is not named to import no processes
        raise ProblemsFound((_died(error),)) from error
    finally:
        for future in waiting:
            future.cancel()


class WorkersEnded(Exception):
    """Say that one worker after the other ended over the same task."""


def _outcomes(future: Future[list[StepOutcome]], batch: Batch) -> list[StepOutcome]:
    try:
        return future.result()
    except WorkersEnded as error:
        raise ProblemsFound((_all_died(batch, error),)) from error


@contextmanager
def processes(count: int, closing: Sequence[int] = ()) -> Iterator[Executor]:
    """Start worker processes, and end them with the block.

    Args:
        count: how many.
        closing: descriptors that a copy must not keep open, such as that of a lock.

    Yields:
        The executor.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = start_method()
    executor = ProcessPoolExecutor(
        count,
        mp_context=multiprocessing.get_context(method),
        initializer=_begin_long,
        initargs=(tuple(closing) if method == "fork" else (),),
    )
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def ahead_of(count: int) -> int:
    """Give how many batches to submit at a time for a number of processes."""
    return count * (_AHEAD + 1)


def start_method() -> str:
    """Tell how processes are best started from this one.

    Returns:
        ``fork`` or ``spawn``, for ``multiprocessing``. A copy of this process (fork) starts in
        milliseconds but is safe only while no other thread runs, threads of libraries among them;
        otherwise new interpreters are started.
    """
    if sys.platform != "linux":
        return "spawn"
    try:
        return "fork" if len(os.listdir("/proc/self/task")) == 1 else "spawn"
    except OSError:
        return "spawn"


def _begin_long(closing: tuple[int, ...]) -> None:
    import gc

    gc.freeze()  # what is here already stays: looking through it again and again is wasted
    gc.enable()  # what is made from now on may pile up: there is no end to what a worker may do
    begin_worker(closing)


def begin_worker(closing: Sequence[int] = ()) -> None:
    """Give up what belongs to the parent, and end when it does, even if it was killed.

    Args:
        closing: descriptors to close.
    """
    import signal

    for handle in closing:
        os.close(handle)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and tells us
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing
    from multiprocessing.connection import wait as wait_for

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _died(error: Exception) -> Problem:
    words = " ".join(str(error).split())[:200]
    return Problem(
        code="worker-died",
        message=f"a process that renders ended unexpectedly: {words}",
        hint="free some memory, or build with fewer processes (--jobs 1)",
    )


def _all_died(batch: Batch, error: Exception) -> Problem:
    first, others = batch.steps[0], len(batch.steps) - 1
    more = f" and {others} more" if others else ""
    return Problem(
        code="worker-died",
        message=f"each worker that made {first.kind} {first.output}{more} ended: {error}",
        hint="give the workers more memory, or build here, without --executor",
    )


FEW = 240
"""Load, in pages, up to which starting processes costs more than it saves: two processes take
about 60 ms to start and to import what renders, 240 pages take about as long (measured)."""


def quiet(done: int, total: int) -> None:
    """Report nothing, whatever ``done`` and ``total`` are."""


Progress = Callable[[int, int], None]
"""Called with outputs done and outputs to make."""


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
    progress: Progress = quiet


class Due(NamedTuple):
    """The steps that are due and what they need.

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


def make(due: Due, how: Rendering, root: str, closing: Sequence[int] = ()) -> Iterator[StepOutcome]:
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
    jobs = how.jobs if how.jobs > 0 else processors()
    like = Batch(how.render, (), (), {}, root, due.store, how.costly, due.shown)
    if how.executor is not None:
        yield from _make_elsewhere(due, how, how.executor)
        return
    todo = cut(due.steps, due.keys, due.inputs, like)
    if jobs == 1 or len(todo) == 1 or is_little(due, how):
        yield from _counted(run_here(todo), due, how)
        return
    with processes(min(jobs, len(todo)), closing) as executor:
        yield from _counted(run_in(executor, todo, ahead_of(jobs)), due, how)


def _make_elsewhere(due: Due, how: Rendering, executor: Executor) -> Iterator[StepOutcome]:
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
    ahead = getattr(executor, "ahead", 0) or ahead_of(processors())
    for outcome in _counted(run_in(executor, todo, ahead), due, how, known):
        if outcome.data is not None and outcome.output in costly:
            store.put(due.keys[outcome.output], outcome.data)
        yield outcome


def _counted(
    results: Iterable[list[StepOutcome]], due: Due, how: Rendering, done: int = 0
) -> Iterator[StepOutcome]:
    """Report progress while outcomes pass by."""
    how.progress(done, len(due.steps))
    for outcomes in results:
        yield from outcomes
        done += len(outcomes)
        how.progress(done, len(due.steps))


def require_all(outcomes: Iterable[StepOutcome]) -> None:
    """Raise all problems of a finished run together.

    Args:
        outcomes: of all steps.

    Raises:
        ProblemsFound: a step has problems.
    """
    problems: list[Problem] = [item for outcome in outcomes for item in outcome.problems]
    if problems:
        raise ProblemsFound(tuple(set(problems)))


MANY = 500
"""Operations from which starting threads pays: they take about 0.2 ms to start, and 500 folders
20 ms to create (measured on ext4)."""


def in_threads(act: Callable[[Sequence[str]], object], paths: Sequence[str]) -> None:
    """Do something to many paths, in shares; the disk serves several threads at once.

    Neighbours stay in one thread: two threads in one folder would wait for each other.

    Args:
        act: does it to the paths of a share.
        paths: sorted.

    Raises:
        OSError: what ``act`` raises first.
    """
    count = processors()
    if len(paths) < MANY or count == 1:
        act(paths)
        return
    from concurrent.futures import ThreadPoolExecutor

    share = -(-len(paths) // count)
    with ThreadPoolExecutor(count) as executor:
        parts = [paths[start : start + share] for start in range(0, len(paths), share)]
        for done in [executor.submit(act, part) for part in parts]:
            done.result()
