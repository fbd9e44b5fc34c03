"""Do tasks in several processes, each taking the next one that nobody has taken.

Batches of a build (``execute``) must all be done. These tasks only save time: whatever is missing,
because another process was ended or a task failed in it, is found again by who asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from stopjihad.build.execute import begin_worker, start_method

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
        count: processes, this one among them.

    Yields:
        A function that takes part in what is left, then gives the results in any order. Those of a
        process that ended early, and tasks that failed there, are missing; what fails in this
        process is raised. When the block ends without it, the tasks do, too.
    """
    import multiprocessing

    context: Any = multiprocessing.get_context(start_method())
    left = context.SimpleQueue()
    for task in [*range(len(tasks)), *[None] * count]:
        left.put(task)
    others: list[tuple[Any, Connection]] = []

    def finish() -> Iterator[T]:
        yield from (tasks[index]() for index in iter(left.get, None))
        for other, results in others:
            with suppress(EOFError, OSError):
                yield from results.recv()
            other.join()

    try:
        for _ in range(count - 1):
            results, sending = context.Pipe(duplex=False)
            other = context.Process(target=_take_part, args=(tasks, left, sending), daemon=True)
            other.start()
            sending.close()  # only then is the end of the other process seen
            others.append((other, results))
        yield finish
    finally:
        for other, results in others:
            other.terminate()
            other.join()
            results.close()
        left.close()


def _take_part(tasks: Sequence[Callable[[], T]], left: Any, sending: Connection) -> None:
    begin_worker()
    done: list[T] = []
    for index in iter(left.get, None):
        with suppress(Exception):  # who asks again is told
            done.append(tasks[index]())
    sending.send(done)
