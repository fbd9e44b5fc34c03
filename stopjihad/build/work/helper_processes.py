"""Share tasks that only save time between this process and others beside it.

What an other process leaves undone, because it was ended or a task failed in it, is done by whoever
needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from stopjihad.build.work.processes import begin_worker, start_method

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

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
                other = _started(context, tasks, left, sending)
            sending.close()  # only then is the end of the other process seen
            others.append((other, results))
        yield finish
    finally:
        for other, results in others:
            other.terminate()
            other.join()
            results.close()
        left.close()


def _started(context: Any, tasks: Sequence[Callable[[], T]], left: Any, sending: Connection) -> Any:
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
