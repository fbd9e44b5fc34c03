"""Run the steps that are due: here, in processes of our own, or in an executor that is given."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from stopjihad.build.request import Rendering
from stopjihad.build.work.answers import WrongAnswer
from stopjihad.build.work.batch import (
    LOAD,
    WIDE,
    Batch,
    StepOutcome,
    cut,
    is_long,
    load_of,
    outcome_of,
    run_batch,
)
from stopjihad.build.work.outputs import kept_outputs
from stopjihad.build.work.processes import (
    at_hand,
    give_memory_back,
    processes,
    processors,
    start_method,
)
from stopjihad.disk.store import Store, StoreAddress
from stopjihad.model.step import Input, Step
from stopjihad.problem import Problem, ProblemsFound

_AHEAD = 2
"""Batches waiting for each process: enough that none runs dry, few enough to hold no memory."""


def run_here(batches: Sequence[Batch]) -> Iterator[list[StepOutcome]]:
    """Run batches one after the other in this process."""
    for batch in batches:
        yield run_batch(batch)


def run_in(
    executor: Executor, batches: Sequence[Batch], ahead: int, copied: Sequence[object] = ()
) -> Iterator[list[StepOutcome]]:
    """Run batches in an executor, a bounded number of them at a time.

    Args:
        ahead: batches submitted and not finished, at most.
        copied: what its processes have without being sent it: these batches, or nothing.

    Raises:
        ProblemsFound: ``worker-died`` when a process ended before its batch did.
    """
    waiting: dict[Future[list[StepOutcome]], Batch] = {}
    rest = enumerate(batches)
    try:
        while True:
            for number, batch in islice(rest, ahead - len(waiting)):
                sent = (_run_copied, number) if copied else (run_batch, batch)
                waiting[executor.submit(*sent)] = batch
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield _outcomes(future, waiting.pop(future))
    except RuntimeError as error:  # BrokenExecutor is one; it is not named to import no processes
        raise ProblemsFound((_died_worker(error),)) from error
    finally:
        for future in waiting:
            future.cancel()


def _run_copied(number: int) -> list[StepOutcome]:
    batch = at_hand(number)
    assert isinstance(batch, Batch)
    return run_batch(batch)


class WorkersEnded(Exception):
    """Say that one worker after the other ended over the same task."""


def _outcomes(future: Future[list[StepOutcome]], batch: Batch) -> list[StepOutcome]:
    try:
        return future.result()
    except WrongAnswer:
        return run_batch(batch)  # `Machines` remembers who gave it
    except WorkersEnded as error:
        raise ProblemsFound((_all_died(batch),)) from error


def ahead_of(count: int) -> int:
    """Give how many batches to submit at a time for a number of processes."""
    return count * (_AHEAD + 1)


def ahead_in(executor: Executor) -> int:
    """Give how many tasks an ``executor`` that is given takes at a time; `Machines` says so."""
    return getattr(executor, "ahead", 0) or ahead_of(processors())


def _died_worker(error: Exception) -> Problem:
    words = " ".join(str(error).split())[:200]
    return Problem(
        code="worker-died",
        message=f"a process that renders ended unexpectedly: {words}",
        hint="free some memory, or build with fewer processes (--jobs 1)",
    )


def _all_died(batch: Batch) -> Problem:
    first, others = batch.steps[0], len(batch.steps) - 1
    more = f" and {others} more" if others else ""
    return Problem(
        code="worker-died",
        message=f"each worker that made {first.kind} {first.output}{more} ended",
        hint="give the workers more memory, or build here, without --executor",
    )


FEW = 240
"""Load, in pages, up to which starting processes costs more than it saves: two processes take
about 60 ms to start and to import what renders, 240 pages take about as long (measured)."""


class NotKept(Exception):
    """Say that a shared store has not all that it is asked for: it must be made."""


class Due(NamedTuple):
    """The steps that are due and what they need.

    Attributes:
        steps: what to make.
        keys: step key for each output.
        inputs: all inputs of the plan.
        store: folder of the store, or where a shared one is.
        shown: how problems name the output folder.
        sized: begin of the paths of which only digest and size are wanted; empty for none.
    """

    steps: tuple[Step, ...]
    keys: Mapping[str, str]
    inputs: Mapping[str, Input]
    store: str | StoreAddress
    shown: str
    sized: str = ""


def is_little(due: Due, how: Rendering) -> bool:
    """Tell whether the work is small enough to be done here and kept in memory."""
    few = load_of(due.steps, how.costly) <= FEW
    return how.executor is None and not how.again and few


def make(due: Due, how: Rendering, root: str, closing: Sequence[int] = ()) -> Iterator[StepOutcome]:
    """Render what is due.

    Args:
        root: existing folder for the outputs; empty to give the bytes back. A
            foreign executor always gives them back: it may run on another machine.
        closing: descriptors that worker processes must not keep open.

    Raises:
        ProblemsFound: ``worker-died``.
        NotKept: all was to be taken from the shared store.
        OSError: processes cannot be started.
    """
    if how.again:
        yield from _take_all(due, how)
        return
    jobs = how.jobs if how.jobs > 0 else processors()
    like = Batch(how.render, (), (), {}, root, due.store, how.costly, due.shown)
    if how.executor is not None:
        yield from _make_elsewhere(due, how, how.executor)
        return
    alone = jobs == 1 or is_little(due, how)
    early = {} if alone else _one_of_each(due, how)
    rest = [step for step in due.steps if step.output not in early]
    first = cut(tuple(early.values()), due.keys, due.inputs, like)
    todo = cut(rest, due.keys, due.inputs, like, _load(due))
    if alone or len(todo) == 1:
        yield from _count_progress(run_here([*first, *todo]), due, how)
        return
    made = list(run_here(first))
    give_memory_back()  # else the process that publishes needs 6 MiB more for 1,000 talking points
    with processes(min(jobs, len(todo)), closing, todo) as workers:
        late = run_in(workers.executor, todo, ahead_of(jobs), workers.copied)
        yield from _count_progress(chain(made, late), due, how)


def _one_of_each(due: Due, how: Rendering) -> dict[str, Step]:
    """Choose what is made before processes are copied from this one: a step of each kind.

    What it imports and compiles, 0.15 s of a processor for pages, is then there for all of them.
    After a picture none may be copied: what draws begins threads. What there is one of, such as the
    map of the site, gains others nothing, and would leave 10 MiB for 1,000 talking points.
    """
    if (
        start_method() != "fork"
        or isinstance(due.store, StoreAddress)
        or any(step.kind in how.costly for step in due.steps)
    ):
        return {}
    found: dict[tuple[str, str | None], list[Step]] = defaultdict(list)
    for step in due.steps:
        found[step.kind, dict(step.params).get("kind")].append(step)
    return {some[0].output: some[0] for some in found.values() if len(some) > 1}


def _load(due: Due) -> int:
    """Give the largest load of a batch: in a shared store each machine must find the same ones."""
    return WIDE if isinstance(due.store, StoreAddress) else LOAD


def _make_elsewhere(due: Due, how: Rendering, executor: Executor) -> Iterator[StepOutcome]:
    """Render on machines that do not see our folders."""
    if isinstance(due.store, StoreAddress):
        yield from _count_progress(_make_shared(due, how, executor), due, how)
        return
    store = Store(Path(due.store))
    costly = {step.output for step in due.steps if step.kind in how.costly}
    missing = []
    for step in due.steps:
        kept = store.get(due.keys[step.output]) if step.output in costly else None
        if kept is None:
            missing.append(step)
        else:
            yield outcome_of(step.output, kept)
    like = Batch(how.render, (), (), {}, costly=how.costly)
    todo = cut(missing, due.keys, due.inputs, like, WIDE)
    known = len(due.steps) - len(missing)
    for outcome in _count_progress(run_in(executor, todo, ahead_in(executor)), due, how, known):
        if outcome.data is not None and outcome.output in costly:
            store.put(due.keys[outcome.output], outcome.data)
        yield outcome


def _make_shared(due: Due, how: Rendering, executor: Executor) -> Iterator[list[StepOutcome]]:
    """Let others put outputs into a shared store, and read there what is needed of them."""
    like = Batch(how.render, (), (), {}, "", due.store, how.costly, away=True)
    todo = cut(due.steps, due.keys, due.inputs, like, WIDE)
    by_first = {batch.steps[0].output: batch for batch in todo}
    lost: list[Batch] = []
    for outcomes in run_in(executor, todo, ahead_in(executor)):
        batch = by_first[outcomes[0].output]
        whole = _read(outcomes, batch, due)
        if whole is None:  # gone, or written over by somebody else since
            lost.append(batch._replace(store="", away=False))
        else:
            yield whole
    yield from run_in(executor, lost, ahead_in(executor))


def _read(outcomes: list[StepOutcome], batch: Batch, due: Due) -> list[StepOutcome] | None:
    """Read the bytes that outcomes of a batch left in the store; None when some are not there."""
    wanted = {
        one.output
        for one in outcomes
        if one.data is None
        and not one.problems
        and not (due.sized and one.output.startswith(due.sized))
    }
    if not wanted:
        return outcomes
    found = _find(batch, due, wanted)
    if not wanted <= found.keys():
        return None
    return [
        outcome_of(one.output, found[one.output]) if one.output in wanted else one
        for one in outcomes
    ]


def _find(batch: Batch, due: Due, wanted: Collection[str]) -> dict[str, bytes]:
    kept = kept_outputs(batch.store, batch.costly)
    assert kept is not None
    rest = tuple(
        step
        for step in batch.steps
        if step.output in wanted or step.kind not in batch.costly  # those are one thing
    )
    return kept.find(rest, due.keys)


_READERS = 2
"""Threads that read and check what a shared store has, while another writes what was read."""

_READ_AHEAD = 4
"""Batches that are read before they are wanted, some megabytes each."""


def _take_all(due: Due, how: Rendering) -> Iterator[StepOutcome]:
    """Take everything from the shared store.

    Raises:
        NotKept: something is not there.
    """
    from concurrent.futures import ThreadPoolExecutor

    like = Batch(how.render, (), (), {}, "", due.store, how.costly)
    todo = iter(cut(due.steps, due.keys, due.inputs, like, WIDE))

    def read(batch: Batch) -> list[StepOutcome]:
        outputs = [step.output for step in batch.steps]
        found = _find(batch, due, outputs)
        if len(found) < len(outputs):
            raise NotKept
        # Neighbours in a folder come one after the other: it is opened once.
        return [outcome_of(output, found[output]) for output in sorted(outputs)]

    def read_ahead() -> Iterator[list[StepOutcome]]:
        with ThreadPoolExecutor(_READERS) as readers:
            reading = deque(readers.submit(read, batch) for batch in islice(todo, _READ_AHEAD))
            try:
                while reading:
                    yield reading.popleft().result()
                    reading.extend(readers.submit(read, batch) for batch in islice(todo, 1))
            finally:
                for one in reading:
                    one.cancel()

    yield from _count_progress(read_ahead(), due, how)


def _count_progress(
    results: Iterable[list[StepOutcome]], due: Due, how: Rendering, done: int = 0
) -> Iterator[StepOutcome]:
    """Report progress while outcomes pass by.

    Where films are made, films alone are counted: what is done then tells how long the rest takes.
    """
    films = {step.output for step in due.steps if is_long(step)}
    total = len(films) or len(due.steps)
    how.progress(min(done, total), total)
    for outcomes in results:
        yield from outcomes
        done += sum(one.output in films for one in outcomes) if films else len(outcomes)
        how.progress(min(done, total), total)


def require_all(outcomes: Iterable[StepOutcome]) -> None:
    """Raise all problems of a finished run together.

    Raises:
        ProblemsFound: a step has problems.
    """
    problems: list[Problem] = [item for outcome in outcomes for item in outcome.problems]
    if problems:
        raise ProblemsFound(tuple(set(problems)))
