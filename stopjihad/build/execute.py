"""Run batches: here, in processes of our own, or wherever a given executor runs them."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager

from stopjihad.build.worker import Batch, Outcome, run_batch
from stopjihad.problem import Problem, ProblemsFound

_AHEAD = 2
"""Batches waiting for each process: enough that none runs dry, few enough to hold no memory."""


def processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_here(batches: Sequence[Batch]) -> Iterator[list[Outcome]]:
    """Run batches one after the other in this process.

    Args:
        batches: what to do.

    Yields:
        Outcomes of each batch.
    """
    for batch in batches:
        yield run_batch(batch)


def run_in(executor: Executor, batches: Sequence[Batch], ahead: int) -> Iterator[list[Outcome]]:
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
    waiting: set[Future[list[Outcome]]] = set()
    rest = iter(batches)
    try:
        while True:
            while len(waiting) < ahead and (batch := next(rest, None)) is not None:
                waiting.add(executor.submit(run_batch, batch))
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    except RuntimeError as error:  # BrokenExecutor is one; it is not named to import no processes
        raise ProblemsFound((_died(error),)) from error
    finally:
        for future in waiting:
            future.cancel()


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
