"""Let processes and threads of this machine share work; processes end with their parent.

Shared tasks only save time: what another process leaves undone, because it was ended or a task
failed in it, is done by whoever needs it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from multiprocessing.connection import Connection


def processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers(NamedTuple):
    """Worker processes.

    Attributes:
        executor: takes tasks for them.
        copied: what they have without being sent it; nothing where they are no copies.
    """

    executor: Executor
    copied: Sequence[object]


@contextmanager
def processes(
    count: int, closing: Sequence[int] = (), copied: Sequence[object] = ()
) -> Iterator[Workers]:
    """Start worker processes, and end them with the block.

    Args:
        closing: descriptors that a copy must not keep open, such as that of a lock.
        copied: what a copy has without being sent it: there `at_hand` gives it by its number.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = start_method()
    fork = method == "fork"
    executor = ProcessPoolExecutor(
        count,
        mp_context=multiprocessing.get_context(method),
        initializer=_begin_long,
        initargs=(tuple(closing), copied) if fork else ((), ()),
    )
    try:
        yield Workers(executor, copied if fork else ())
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


MANY = 500
"""Operations that are done before threads are thought of: these take about 0.2 ms to start."""

SLOW = 20e-6
"""Seconds an operation takes from which threads pay. In memory one takes 10 µs, and threads that
wait for each other cost up to half as much again; on a disk (ext4) 25 to 250, and two threads are
done in 0.6 of the time (measured)."""


def in_threads(act: Callable[[Sequence[str]], object], paths: Sequence[str]) -> None:
    """Do something to many paths, in shares where that is slow: a disk serves several at once.

    Neighbours stay in one thread: two threads in one folder would wait for each other.

    Args:
        act: does it to the paths of a share.

    Raises:
        OSError: what ``act`` raises first.
    """
    count = processors()
    first, rest = paths[:MANY], paths[MANY:]
    began = time.perf_counter()
    act(first)
    is_slow = time.perf_counter() - began > SLOW * len(first)
    if not rest:
        return
    if count == 1 or not is_slow:
        act(rest)
        return
    from concurrent.futures import ThreadPoolExecutor

    share = -(-len(rest) // count)
    with ThreadPoolExecutor(count) as executor:
        parts = [rest[start : start + share] for start in range(0, len(rest), share)]
        for done in [executor.submit(act, part) for part in parts]:
            done.result()


def give_memory_back() -> None:
    """Give all that is free now back to the system, where it can be asked for (malloc_trim(3))."""
    library = _allocator()
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def _allocator() -> Any:
    if sys.platform != "linux":
        return None
    import ctypes

    return ctypes.CDLL(None)


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
        return "fork" if _is_alone() else "spawn"
    except OSError:
        return "spawn"


_ENDING = 20
"""Looks at threads, one a millisecond, until those that Python has joined are gone: the system
still lists them for a while (3 ms seen on a busy machine)."""


def _is_alone() -> bool:
    """Tell whether this process has one thread, once those that end have ended."""
    for _ in range(_ENDING):
        if len(os.listdir("/proc/self/task")) == 1:
            return True
        if threading.active_count() > 1:
            return False
        time.sleep(0.001)
    return False


_COPIED: ContextVar[Sequence[object]] = ContextVar("copied", default=())


def at_hand(number: int) -> object:
    """Give what this process was copied with, by its ``number`` (`processes`)."""
    return _COPIED.get()[number]


def _begin_long(closing: tuple[int, ...], copied: Sequence[object]) -> None:
    import gc

    _COPIED.set(copied)
    gc.freeze()  # what is here already stays: looking through it again and again is wasted
    gc.enable()  # what is made from now on may pile up: there is no end to what a worker may do
    begin_worker(closing)


def begin_worker(closing: Sequence[int] = ()) -> None:
    """Give up what belongs to the parent, and end when it does, even if it was killed."""
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


T = TypeVar("T")


@contextmanager
def alongside(tasks: Sequence[Callable[[], T]], count: int) -> Iterator[Callable[[], Iterator[T]]]:
    """Begin tasks in other processes while this one goes on with something else.

    Args:
        tasks: what to do, the longest first; they can be pickled where processes do not fork. At
            most 2,000: their numbers wait in a pipe, which holds 64 KiB (pipe(7)) and takes up
            to 19 bytes for each.
        count: processes that work at a time. Where a process is copied (fork), this one only waits:
            what tasks read and look up would stay in its memory, and in that of each copy that
            renders. Elsewhere a new one takes longer to start, and this one takes part.

    Yields:
        A function that waits for the tasks, or does what is left of them, and gives the results in
        any order. Those of a process that ended early, and tasks that failed there, are missing;
        what fails in this process is raised. When the block ends without it, the tasks do, too.
    """
    import multiprocessing

    method = start_method()
    context: Any = multiprocessing.get_context(method)
    takes_part = method != "fork" or count < 2
    left = context.SimpleQueue()
    for task in [*range(len(tasks)), *[None] * count]:
        left.put(task)
    others: list[tuple[Any, Connection]] = []

    def finish() -> Iterator[T]:
        if takes_part:
            yield from (tasks[index]() for index in iter(left.get, None))
        for other, results in others:
            with suppress(EOFError, OSError):
                yield from results.recv()
            other.join()

    try:
        for _ in range(count - takes_part):
            results, sending = context.Pipe(duplex=False)
            if method == "fork":
                other = context.Process(target=_take_part, args=(tasks, left, sending), daemon=True)
                other.start()
            else:
                other = _start_interpreter(context, tasks, left, sending)
            sending.close()  # only then is the end of the other process seen
            others.append((other, results))
        yield finish
    finally:
        for other, results in others:
            other.terminate()
            other.join()
            results.close()
        left.close()


def _start_interpreter(
    context: Any, tasks: Sequence[Callable[[], T]], left: Any, sending: Connection
) -> Any:
    """Start a new interpreter, and hand it its tasks.

    What ``Process`` is given is written to a pipe whose other end this process holds open, too: if
    the new one ends before it has read all, the write never does, once the pipe is full (64 KiB,
    pipe(7)). So it is given an end of a pipe of our own, of which we keep the other alone.
    """
    reading, giving = context.Pipe(duplex=False)
    other = context.Process(target=_take_part_given, args=(reading, left, sending), daemon=True)
    other.start()
    reading.close()
    with giving, suppress(OSError):  # it has ended: its share is missing
        giving.send(tasks)
    return other


def _take_part_given(reading: Connection, left: Any, sending: Connection) -> None:
    with reading:
        tasks = reading.recv()
    _take_part(tasks, left, sending)


def _take_part(tasks: Sequence[Callable[[], T]], left: Any, sending: Connection) -> None:
    begin_worker()
    done: list[T] = []
    for index in iter(left.get, None):
        with suppress(Exception):  # this process does it again, and says what is wrong
            done.append(tasks[index]())
    sending.send(done)
