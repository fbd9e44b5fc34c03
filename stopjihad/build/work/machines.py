"""Workers on other machines, reached by a scheduler of Dask.

A scheduler of Dask lets everybody who reaches it run any code on its workers, and a worker's answer
becomes a page: so addresses without certificates are taken on this machine only. Every worker says
which versions of what decides bytes it has, before the build and again with each piece of work; one
that differs is refused.
"""

from __future__ import annotations

import ipaddress
import logging
import pickle
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from stopjihad.build.work.execute import WorkersEnded, ahead_of
from stopjihad.build.work.keys import library_versions
from stopjihad.problem import Problem, ProblemsFound

T = TypeVar("T")

ANSWER = 10
"""Seconds in which a scheduler must answer, and a first worker must be there."""

PATIENCE = 30.0
"""Seconds that work may wait while there is no worker at all: a worker that was ended is often
started again by its nanny, in about 3 s."""

_LOOK = 1.0
"""Seconds between two looks at the list of workers while there is work."""

_OURS = {
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.admin.low-level-log-length": 10,
}
"""Settings of Dask. It warns of large tasks; inputs are sent with their batch on purpose. And it
keeps, for people who look for its faults, the last messages that were sent, 1,000 unless told: with
inputs in them, hundreds of megabytes."""


class SchedulerAddress(NamedTuple):
    """Say where a scheduler is: as the user wrote it, and as Dask does."""

    shown: str
    dask: str

    @property
    def encrypted(self) -> bool:
        """Tell whether both sides show certificates."""
        return self.dask.startswith("tls://")


def scheduler_address(url: str) -> SchedulerAddress:
    """Read the address of a scheduler.

    Args:
        url: ``tls://HOST:PORT``, or ``dask://HOST:PORT`` for a host that is this machine.

    Returns:
        The address.

    Raises:
        ProblemsFound: ``executor-address``.
    """
    scheme, _, place = url.partition("://")
    with suppress(ValueError):
        parts = urlsplit(f"//{place}")
        if parts.hostname and parts.port and parts.netloc == place and "@" not in place:
            if scheme == "tls":
                return SchedulerAddress(url, url)
            if scheme == "dask" and _is_here(parts.hostname):
                return SchedulerAddress(url, f"tcp://{place}")
            if scheme == "dask":
                message = f"{url} is another machine, and nothing proves who answers there"
                hint = "use certificates, tls://HOST:PORT: docs/machines.md says how"
                raise ProblemsFound((_address(message, hint),))
    message = f"'{url}' is no address of a scheduler"
    raise ProblemsFound((_address(message, "write tls://HOST:8786, or dask://127.0.0.1:8786"),))


def _address(message: str, hint: str) -> Problem:
    return Problem(code="executor-address", message=message, hint=hint)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class WorkerDiffers(Exception):
    """Say that a worker has other versions: its name, and the differences."""


def run_alike(expected: Mapping[str, str], packed: bytes) -> Any:  # pragma: no cover - on workers
    """Run a task in a worker, if it has the versions that the driver has.

    Args:
        expected: from ``library_versions`` of the driver.
        packed: what to do and its arguments, pickled: the scheduler, which keeps the work of all,
            has bytes to pass on and no objects to make of them.

    Returns:
        What the task gives.

    Raises:
        WorkerDiffers: this worker has other versions.
    """
    own = library_versions()
    if own != expected:
        from distributed import get_worker

        raise WorkerDiffers(get_worker().address, differences(expected, own))
    task, args = pickle.loads(packed)  # noqa: S301 - whoever reaches a worker runs code there
    return task(*args)


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """Name in one line what differs between ``ours``, the driver's versions, and ``theirs``."""
    return ", ".join(
        f"{name} {theirs.get(name) or 'missing'} instead of {ours.get(name) or 'none'}"
        for name in sorted({*ours, *theirs})
        if ours.get(name) != theirs.get(name)
    )


class Machines(Executor):
    """Run tasks on the workers of a scheduler; only those that make the same bytes."""

    def __init__(self, address: SchedulerAddress, patience: float = PATIENCE) -> None:
        """Remember the address; the scheduler is asked when there is something to do.

        Args:
            address: of the scheduler.
            patience: seconds that work may wait while there is no worker.
        """
        self._address, self._patience = address, patience
        self._versions = library_versions()
        self._pending: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._joined: Any = None

    @property
    def ahead(self) -> int:
        """Give how many tasks to submit at a time: few for each thread of the workers."""
        self.join()
        with suppress(Exception):
            return ahead_of(max(1, self._threads()))
        return ahead_of(1)

    def join(self) -> None:
        """Connect to the scheduler, unless that was done, and ask every worker for its versions.

        Raises:
            ProblemsFound: ``executor-address``, ``executor-missing``, ``executor-silent`` or
                ``worker-differs``.
        """
        if self._joined is not None:
            return
        self._joined = connected(self._address)
        threading.Thread(target=self._watch, daemon=True).start()
        self._require_alike()

    def _require_alike(self) -> None:
        """Refuse workers that have other versions, each by name; require one at least."""
        try:
            self._joined.wait_for_workers(1, timeout=ANSWER)
            found = self._joined.run(library_versions, on_error="return")
        except Exception as error:  # noqa: BLE001 - of the network, or of a worker without us
            raise ProblemsFound((self._unusable(error),)) from None
        problems = []
        for worker, own in sorted(found.items()):
            if isinstance(own, OSError):
                continue  # it has just ended; one that comes instead is asked with its first work
            if isinstance(own, BaseException):
                problems.append(_differs(worker, f"it cannot run this program: {_words(own)}"))
            elif own != self._versions:
                problems.append(_differs(worker, differences(self._versions, own)))
        if problems:
            raise ProblemsFound(tuple(problems))

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run a function on some worker.

        Args:
            fn: a function that both sides can import.
            args: sent with it.
            kwargs: must be empty: a worker takes none.

        Returns:
            Its result. It may be ``WorkersEnded`` when several workers ended over it, or
            ``ProblemsFound`` with ``worker-differs`` or ``executor-silent``.
        """
        assert not kwargs
        self.join()
        outer: Future[T] = Future()
        packed = pickle.dumps((fn, args), pickle.HIGHEST_PROTOCOL)
        try:
            inner = self._joined.submit(run_alike, self._versions, packed, pure=False)
        except Exception as error:
            if self._joined.status == "running":
                raise
            raise ProblemsFound((self._lost(),)) from error
        with self._lock:
            self._pending.add(outer)

        def cancel(done: Future[T]) -> None:
            if done.cancelled() and self._joined.status == "running":
                inner.cancel()

        outer.add_done_callback(cancel)
        self._joined.loop.add_callback(self._settle, inner, outer)
        return outer

    async def _settle(self, inner: Any, outer: Future[Any]) -> None:
        """Wait for a result, hand it on, and let the scheduler and its worker forget the work.

        They keep work and result as long as somebody here holds ``inner``. What holds it must not
        lead back to it: nobody looks for cycles while a command runs.
        """
        try:
            result = await self._joined.gather(inner, asynchronous=True)
            with suppress(InvalidStateError):  # the watch was quicker
                outer.set_result(result)
        except CancelledError:
            _fail(outer, ProblemsFound((self._lost(),)))
        except Exception as error:  # noqa: BLE001 - it is told where the result is asked for
            _fail(outer, self._told(error))
        finally:
            inner.release()
            with self._lock:
                self._pending.discard(outer)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Leave the scheduler; ``wait`` and ``cancel_futures`` say nothing to it."""
        self._closed.set()
        if self._joined is not None:
            with suppress(Exception):
                self._joined.close(timeout=2)

    def _told(self, error: Exception) -> Exception:
        if isinstance(error, WorkerDiffers):
            return ProblemsFound((_differs(*error.args),))
        if type(error).__name__ == "KilledWorker":
            return WorkersEnded(_words(error))
        return error

    def _watch(self) -> None:
        """End what waits when the scheduler is gone, or has had no worker for too long."""
        seen = time.monotonic()
        while not self._closed.wait(_LOOK):
            with self._lock:
                pending = list(self._pending)
            if self._joined.status != "running":
                self._end(pending, self._lost())
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
        return _silent(f"the workers of {self._address.shown} do not answer: {_words(error)}")

    def _nobody(self) -> Problem:
        return _silent(f"the scheduler at {self._address.shown} has no workers")

    def _lost(self) -> Problem:
        return _silent(f"the connection to the scheduler at {self._address.shown} was lost")


def _fail(future: Future[Any], error: Exception) -> None:
    with suppress(InvalidStateError):  # another was quicker
        future.set_exception(error)


def _silent(message: str) -> Problem:
    hint = "see that scheduler and workers run, then build again: docs/machines.md"
    return Problem(code="executor-silent", message=message, hint=hint)


def _differs(worker: str, words: str) -> Problem:
    return Problem(
        code="worker-differs",
        message=f"the worker {worker} would make other bytes: {words}",
        hint="give it the versions of this machine, then start it again",
    )


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


@contextmanager
def machines_at(url: str) -> Iterator[Machines]:
    """Use the workers of a scheduler, and leave it with the block.

    Args:
        url: as in ``scheduler_address``.

    Yields:
        Its workers. The scheduler is asked only when there is something to do.

    Raises:
        ProblemsFound: ``executor-address``.
    """
    machines = Machines(scheduler_address(url))
    try:
        yield machines
    finally:
        machines.shutdown()


def connected(address: SchedulerAddress) -> Any:
    """Connect to a scheduler.

    Args:
        address: where it is.

    Returns:
        A client of Dask.

    Raises:
        ProblemsFound: ``executor-address``, ``executor-missing`` or ``executor-silent``.
    """
    try:
        import dask
        from distributed import Client
        from distributed.security import Security
    except ImportError:
        message = "--executor needs the package 'distributed'"
        hint = "pip install 'stopjihad[machines]'"
        found = Problem(code="executor-missing", message=message, hint=hint)
        raise ProblemsFound((found,)) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said by us
    dask.config.set(_OURS)
    security = Security(require_encryption=address.encrypted)
    if address.encrypted and security.get_connection_args("client")["ssl_context"] is None:
        message = f"there are no certificates for {address.shown}"
        hint = "set DASK_DISTRIBUTED__COMM__TLS__CA_FILE and its like: docs/machines.md"
        raise ProblemsFound((_address(message, hint),))
    try:
        return Client(address.dask, timeout=ANSWER, set_as_default=False, security=security)
    except (OSError, ValueError) as error:
        message = f"no scheduler answers at {address.shown}: {_words(error)}"
        raise ProblemsFound((_silent(message),)) from None
