"""A scheduler and workers of Dask on this computer, for one build and for nobody else.

They listen on loopback alone, take only who shows the certificate of this build, which is made for
it and never on a disk as a file of ours, and serve no HTTP. Each is a process that ends when its
standard input does: however the build ends, the system closes it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from stopjihad.problem import Problem, ProblemsFound

HOST = "127.0.0.1"

START = 120.0
"""Seconds in which scheduler and workers must be there: three are usual, two busy cores took 20."""

LEAVE = 5.0
"""Seconds that a process may take to end by itself."""

MEMBER = {
    "distributed.admin.low-level-log-length": 10,
    "distributed.admin.log-length": 100,
    "distributed.admin.system-monitor.log-length": 60,
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.scheduler.allowed-failures": 2,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
}
"""Settings of Dask: what it keeps for people who look for its faults is short (1,000 to 10,000
messages unless told), there are no HTTP routes, and no samples of what workers do."""


class PrivateCluster(NamedTuple):
    """Where the scheduler is, certificates as ``distributed.Security``, and who runs.

    ``processes`` are the scheduler's, then the workers'.
    """

    address: str
    security: Any
    processes: tuple[int, ...]


@contextmanager
def private_cluster(workers: int) -> Iterator[PrivateCluster]:
    """Start a scheduler and workers of one thread each; end them with the block.

    Raises:
        ProblemsFound: ``executor-silent`` when one of them does not start.
    """
    from distributed.security import Security

    security = Security.temporary()
    tls = {name: getattr(security, name) for name in _fields()}
    members: list[subprocess.Popen[str]] = []
    late = threading.Timer(START, _kill, (members,))
    late.daemon = True
    late.start()
    try:
        members.append(_start_member({"tls": tls, "scheduler": ""}))
        address = _line_of(members[0])
        members += (_start_member({"tls": tls, "scheduler": address}) for _ in range(workers))
        for member in members[1:]:
            _line_of(member)
        late.cancel()
        yield PrivateCluster(address, security, tuple(one.pid for one in members))
    finally:
        late.cancel()
        _end(members)


def _kill(members: Sequence[subprocess.Popen[str]]) -> None:
    """End members at once: nothing more is heard of them."""
    for member in members:
        member.kill()


def _fields() -> tuple[str, ...]:
    roles = ("client", "scheduler", "worker")
    return ("tls_ca_file", *(f"tls_{role}_{part}" for role in roles for part in ("cert", "key")))


def _start_member(order: Mapping[str, object]) -> subprocess.Popen[str]:
    """Start a member; its order holds the key, so it goes by a pipe.

    ``-P`` keeps modules of the folder that the command was given in, which may be a stranger's
    workspace, out of its way. A session of its own: Ctrl+C ends the build, and the build this.
    """
    member = subprocess.Popen(
        [sys.executable, "-P", "-m", "stopjihad.build.work.private_cluster"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert member.stdin
    with suppress(OSError):  # it has ended: nothing is heard of it
        member.stdin.write(json.dumps(order) + "\n")
        member.stdin.flush()
    return member


def _line_of(member: subprocess.Popen[str]) -> str:
    """Wait for the line that a member prints when it is there: its address."""
    assert member.stdout
    line = member.stdout.readline().strip()
    if not line:
        message = "a worker or scheduler on this computer did not start"
        hint = "free some memory, or build without --machines"
        found = Problem(code="executor-silent", message=message, hint=hint)
        raise ProblemsFound((found,))
    return line


def _end(members: Sequence[subprocess.Popen[str]]) -> None:
    """Close what members read, the workers first, and wait until they are gone."""
    for member in reversed(members):
        assert member.stdin
        with suppress(OSError):
            member.stdin.close()
    for member in members:
        try:
            member.wait(LEAVE)
        except subprocess.TimeoutExpired:
            member.kill()
            member.wait()
        assert member.stdout
        member.stdout.close()


def main() -> None:
    """Be a scheduler or a worker, as the first line of standard input says, until that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    order = json.loads(sys.stdin.readline())
    scratch = tempfile.TemporaryDirectory(prefix="stopjihad-", ignore_cleanup_errors=True)
    threading.Thread(target=_end_with_input, args=(scratch,), daemon=True).start()
    asyncio.run(_serve(order["tls"], order["scheduler"], scratch.name))


def _end_with_input(scratch: tempfile.TemporaryDirectory[str]) -> None:
    sys.stdin.read()
    scratch.cleanup()
    os._exit(0)


async def _serve(tls: dict[str, str], scheduler: str, scratch: str) -> None:
    """Listen on loopback with certificates; ``scheduler`` is the address that a worker joins."""
    import dask

    dask.config.set(MEMBER)
    from distributed import Scheduler, Worker
    from distributed.security import Security

    class SilentScheduler(Scheduler):  # type: ignore[misc]
        start_http_server = _serve_no_http

    class SilentWorker(Worker):  # type: ignore[misc]
        start_http_server = _serve_no_http

    security = Security(require_encryption=True, **tls)
    if scheduler:
        # Of how much memory it takes, the one who builds decides with the number of workers.
        member: Any = SilentWorker(
            scheduler,
            nthreads=1,
            host=HOST,
            security=security,
            local_directory=scratch,
            memory_limit=0,
        )
    else:
        member = SilentScheduler(
            host=HOST, port=0, protocol="tls", security=security, dashboard=False
        )
    async with member:
        os.write(1, f"{member.address}\n".encode())
        await member.finished()


def _serve_no_http(*_: object, **__: object) -> None:
    """Listen to no browser: what Dask shows has no password."""


if __name__ == "__main__":
    main()
