"""Workers on other machines, reached by a scheduler of Dask.

A worker's answer becomes a page, so every worker says which versions of what decides bytes it has,
before the build and again with each piece of work; one that differs is refused. Nothing that comes
back is made an object of (`driver_comm`, `answers`); what is no answer to its task is named, and
its work is done here.
"""

from __future__ import annotations

import pickle
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, TypeVar

from stopjihad.build.work.answers import (
    TaskFailed,
    WorkerDiffers,
    WrongAnswer,
    answer_to,
    differences,
    harmless,
    result_in,
)
from stopjihad.build.work.batch import Batch, StepOutcome, outcomes_fault, run_batch
from stopjihad.build.work.execute import WorkersEnded, ahead_of
from stopjihad.build.work.keys import library_versions
from stopjihad.build.work.scheduler import (
    ANSWER,
    connect_to,
    require_dask,
    scheduler_address,
    silent_scheduler,
    words_of,
)
from stopjihad.problem import Problem, ProblemsFound

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds that work may wait while there is no worker at all: a worker that was ended is often
started again by its nanny, in about 3 s."""

_LOOK = 1.0
"""Seconds between two looks at the list of workers while there is work."""

_SECRET_BYTES = 32


class Machines(Executor):
    """Run tasks on the workers of a scheduler; only those that make the same bytes."""

    def __init__(self, shown: str, connect: Callable[[], Any], patience: float = PATIENCE) -> None:
        """Remember the way; nobody is asked until there is something to do.

        Args:
            connect: gives a client of Dask whose connection is a `driver_comm`.
            patience: seconds that work may wait while there is no worker.
        """
        self._shown, self._connect, self._patience = shown, connect, patience
        self._versions = library_versions()
        self._pending: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._joined: Any = None
        self._wrong: Counter[tuple[str, str]] = Counter()

    @property
    def ahead(self) -> int:
        """Give how many tasks to submit at a time: few for each thread of the workers."""
        self.join()
        with suppress(Exception):
            return ahead_of(max(1, self._threads()))
        return ahead_of(1)

    def faults(self) -> list[Problem]:
        """Name the workers that answered wrongly, a line each; their work was done here."""
        with self._lock:
            counted = sorted(self._wrong.items())
        first: dict[str, str] = {}
        total: Counter[str] = Counter()
        for (worker, words), count in counted:
            first.setdefault(worker, words)
            total[worker] += count
        return [_wrong(worker, total[worker], words) for worker, words in first.items()]

    def join(self) -> None:
        """Connect to the scheduler, unless that was done, and ask every worker for its versions.

        Raises:
            ProblemsFound: ``executor-address``, ``executor-missing``, ``executor-silent`` or
                ``worker-differs``.
        """
        if self._joined is not None:
            return
        self._joined = self._connect()
        threading.Thread(target=self._watch, daemon=True).start()
        self._require_alike()

    def _require_alike(self) -> None:
        """Refuse workers that have other versions, each by name; require one at least."""
        try:
            self._joined.wait_for_workers(1, timeout=ANSWER)
            found = self._versions_of_all()
        except Exception as error:  # noqa: BLE001 - of the network, or of a worker without us
            raise ProblemsFound((self._unusable(error),)) from None
        problems = [
            _differs(worker, own if isinstance(own, str) else differences(self._versions, own))
            for worker, own in sorted(found.items())
            if own != self._versions
        ]
        if problems:
            raise ProblemsFound(tuple(problems))

    def _versions_of_all(self) -> dict[str, dict[str, str] | str]:
        """Ask every worker for its versions: worker to them, or to words about why it has none."""
        from distributed.protocol.pickle import dumps

        secret = secrets.token_bytes(_SECRET_BYTES)
        packed = pickle.dumps((library_versions, ()), pickle.HIGHEST_PROTOCOL)
        task = {
            "op": "run",
            "function": dumps(answer_to),
            "args": dumps((None, secret, packed)),
            "kwargs": dumps({}),
            "wait": True,
        }
        ask = self._joined.scheduler.broadcast
        replies = self._joined.sync(ask, msg=task, on_error="return_pickle")
        found: dict[str, dict[str, str] | str] = {}
        for worker, reply in replies.items():
            if isinstance(reply, dict):
                result = getattr(reply.get("result"), "data", None)
                try:
                    found[worker] = result_in(result, secret, library_versions)
                except Exception as error:  # noqa: BLE001 - whatever it is, it is not as we are
                    found[worker] = f"it cannot run this program: {words_of(error)}"
            elif not _has_left(reply):
                found[worker] = "it cannot run this program"
        return found

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run a function on some worker.

        Args:
            fn: a function that both sides can import; what it gives is annotated.
            kwargs: must be empty: a worker takes none.

        Returns:
            Its result. It may be ``WrongAnswer``, ``WorkersEnded`` when several workers ended over
            it, or ``ProblemsFound`` with ``worker-differs`` or ``executor-silent``.
        """
        assert not kwargs
        self.join()
        outer: Future[T] = Future()
        secret = secrets.token_bytes(_SECRET_BYTES)
        packed = pickle.dumps((fn, args), pickle.HIGHEST_PROTOCOL)
        try:
            inner = self._joined.submit(answer_to, self._versions, secret, packed, pure=False)
        except Exception as error:
            if self._joined.status == "running":
                raise
            raise ProblemsFound((self._lost_machines(),)) from error
        with self._lock:
            self._pending.add(outer)

        def cancel(done: Future[T]) -> None:
            if done.cancelled() and self._joined.status == "running":
                inner.cancel()

        outer.add_done_callback(cancel)

        def read(data: object) -> Any:
            result = result_in(data, secret, fn)
            return _outcomes(args[0], result) if fn is run_batch else result

        self._joined.loop.add_callback(self._settle, inner, outer, read)
        return outer

    async def _settle(self, inner: Any, outer: Future[Any], read: Callable[[object], Any]) -> None:
        """Wait for an answer, hand its result on, and let all others forget the work.

        They keep work and result as long as somebody here holds ``inner``. What holds it must not
        lead back to it: nobody looks for cycles while a command runs.
        """
        try:
            answer = await self._joined.gather(inner, asynchronous=True)
            result = read(getattr(answer, "data", None))
            with suppress(InvalidStateError):  # the watch was quicker
                outer.set_result(result)
        except CancelledError:
            _fail(outer, ProblemsFound((self._lost_machines(),)))
        except Exception as error:  # noqa: BLE001 - it is told where the result is asked for
            told = self._explain_error(error)
            if isinstance(told, WrongAnswer):
                await self._remember(inner.key, words_of(told))
            _fail(outer, told)
        finally:
            inner.release()
            with self._lock:
                self._pending.discard(outer)

    async def _remember(self, key: str, words: str) -> None:
        """Remember who answered wrongly, as the scheduler says."""
        worker = "that the scheduler does not name"
        with suppress(Exception):
            (names,) = (await self._joined.scheduler.who_has(keys=[key])).values()
            worker = str(names[0])[:200]
        with self._lock:
            self._wrong[worker, words] += 1

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Leave the scheduler; ``wait`` and ``cancel_futures`` say nothing to it."""
        self._closed.set()
        if self._joined is not None:
            with suppress(Exception):
                self._joined.close(timeout=2)

    def _explain_error(self, error: Exception) -> Exception:
        from stopjihad.build.work.driver_comm import has_ended

        if isinstance(error, WorkerDiffers):
            return ProblemsFound((_differs(*error.args),))
        if isinstance(error, WrongAnswer | ProblemsFound | TaskFailed):
            return error
        if has_ended(error):
            return WorkersEnded()
        if self._joined.status != "running":
            return ProblemsFound((self._lost_machines(),))
        return WrongAnswer(words_of(error))  # our own part of a worker raises nothing

    def _watch(self) -> None:
        """End what waits when the scheduler is gone, or has had no worker for too long."""
        seen = time.monotonic()
        while not self._closed.wait(_LOOK):
            with self._lock:
                pending = list(self._pending)
            if self._joined.status != "running":
                self._end(pending, self._lost_machines())
            elif not pending or self._has_workers():
                seen = time.monotonic()
            elif time.monotonic() - seen > self._patience:
                self._end(pending, self._nobody())

    def _end(self, pending: Iterable[Future[Any]], problem: Problem) -> None:
        for future in pending:
            _fail(future, ProblemsFound((problem,)))

    def _has_workers(self) -> bool:
        try:
            return bool(self._threads())
        except Exception:  # noqa: BLE001 - a lost connection is seen by the status
            return True

    def _threads(self) -> int:
        found = self._joined.sync(self._joined.scheduler.ncores, callback_timeout=ANSWER)
        return sum(found.values())

    def _unusable(self, error: Exception) -> Problem:
        if isinstance(error, TimeoutError):
            return self._nobody()
        return silent_scheduler(f"the workers of {self._shown} do not answer: {words_of(error)}")

    def _nobody(self) -> Problem:
        return silent_scheduler(f"the scheduler at {self._shown} has no workers")

    def _lost_machines(self) -> Problem:
        return silent_scheduler(f"the connection to the scheduler at {self._shown} was lost")


def _outcomes(batch: Batch, found: list[StepOutcome]) -> list[StepOutcome]:
    """Take what a worker says of a batch, if it can be that; it names no files beside ours."""
    fault = outcomes_fault(batch, found)
    if fault:
        raise WrongAnswer(fault)
    return [one._replace(problems=tuple(map(harmless, one.problems))) for one in found]


def _has_left(reply: object) -> bool:
    """Tell whether a worker did not answer because it has just ended.

    One that comes instead is asked with its first work.
    """
    data = getattr(reply, "data", None) or b""
    return any(name in data for name in (b"CommClosedError", b"OSError", b"TimeoutError"))


def _fail(future: Future[Any], error: Exception) -> None:
    with suppress(InvalidStateError):  # another was quicker
        future.set_exception(error)


def _differs(worker: str, words: str) -> Problem:
    return Problem(
        code="worker-differs",
        message=f"the worker {worker} would make other bytes: {words}",
        hint="give it the versions of this machine, then start it again",
    )


def _wrong(worker: str, count: int, words: str) -> Problem:
    answers = "an answer that is none" if count == 1 else f"{count} answers that are none"
    return Problem(
        code="worker-answer",
        message=f"the worker {worker} gave {answers}, and its work was done here: {words}",
        hint="look at that machine before you build with it again: docs/machines.md",
        severity="warning",
    )


@contextmanager
def machines_at(url: str) -> Iterator[Machines]:
    """Use the workers of a scheduler, and leave it with the block.

    Yields:
        Its workers. The scheduler is asked only when there is something to do.

    Raises:
        ProblemsFound: ``executor-address``.
    """
    address = scheduler_address(url)
    machines = Machines(url, lambda: connect_to(address))
    try:
        yield machines
    finally:
        machines.shutdown()


@contextmanager
def machines_here(count: int) -> Iterator[Machines]:
    """Use workers that are started on this computer for it, and end them with the block.

    Yields:
        The workers; they are started only when there is something to do.
    """
    with ExitStack() as stack:

        def start() -> Any:
            require_dask("--machines")
            from stopjihad.build.work.private_cluster import private_cluster

            cluster = stack.enter_context(private_cluster(count))
            return connect_to(cluster.address, cluster.security)

        machines = Machines("this computer", start)
        try:
            yield machines
        finally:
            machines.shutdown()
