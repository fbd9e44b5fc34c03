"""A scheduler of Dask and its workers on loopback, each a process that a test may kill.

One process imports what all of them need; each of them is its fork, so that another worker costs
milliseconds. All end with the block.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from support.build import REPOSITORY

SERVER = """
import asyncio, gc, importlib, json, os, pkgutil, signal, sys
import dask, distributed, uharfbuzz
import stopjihad.build.work.machines
from support import lying
for found in pkgutil.walk_packages(importlib.import_module("stopjihad.render").__path__,
                                   "stopjihad.render."):
    importlib.import_module(found.name)
dask.config.set({"distributed.scheduler.allowed-failures": 2,
                 "distributed.comm.timeouts.connect": "3s"})
security = distributed.Security(require_encryption=True, **json.loads(sys.argv[1]))
async def scheduler(words):
    kind = lying.LyingScheduler if words["lies"] else distributed.Scheduler
    kind.lie = words["lies"]
    made = kind(host="127.0.0.1", port=0, dashboard=False, protocol="tls", security=security)
    await told(made)
async def worker(words):
    if words["lies"]:
        lying.make_workers_lie(words["lies"])
    for name, version in words["faked"].items():
        setattr(uharfbuzz, name, lambda: version)
    made = distributed.Worker(words["scheduler"], nthreads=1, dashboard=False, host="127.0.0.1",
                              local_directory=words["folder"], security=security)
    await told(made)
async def told(made):
    async with made:
        os.write(1, (made.address + "\\n").encode())
        await made.finished()
gc.freeze()
children = []
for line in sys.stdin:
    words = json.loads(line)
    pid = os.fork()
    if pid == 0:
        asyncio.run(globals()[words["what"]](words))
        os._exit(0)
    children.append(pid)
    os.write(1, f"{pid}\\n".encode())
for pid in children:
    try:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    except (ChildProcessError, ProcessLookupError):
        pass
"""


class Cluster:
    """Start and end a scheduler and workers."""

    def __init__(self, process: subprocess.Popen[str], folder: Path, lies: str = "") -> None:
        self._process, self._folder = process, folder
        self.scheduler, self.url = self._start(what="scheduler", lies=lies)
        self.workers: list[int] = []

    def beside(self, lies: str) -> Cluster:
        """Start another scheduler, which lies, with a worker of its own."""
        other = Cluster(self._process, self._folder, lies)
        other.add_worker()
        return other

    @property
    def environment(self) -> dict[str, str]:
        """Give variables by which a driver finds its certificates."""
        return environment(self._folder)

    def add_worker(self, lies: str = "", **faked: str) -> str:
        """Start a worker, some functions of HarfBuzz faked; give its address.

        Args:
            lies: what it answers, one of those of `lying`; empty for an honest one.
            faked: name of a function to what it gives.
        """
        pid, address = self._start(
            what="worker", scheduler=self.url, faked=faked, lies=lies, folder=str(self._folder)
        )
        self.workers.append(pid)
        return address

    def kill_worker(self, index: int) -> None:
        """End a worker at once."""
        os.kill(self.workers.pop(index), signal.SIGKILL)

    def kill_scheduler(self) -> None:
        """End the scheduler at once."""
        os.kill(self.scheduler, signal.SIGKILL)

    def end_workers(self) -> None:
        """End all workers that still run."""
        for pid in self.workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.workers.clear()

    def _start(self, **words: object) -> tuple[int, str]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        return pid, self._process.stdout.readline().strip()


_PARTS = {"ca-file": "ca", "client.cert": "cert", "client.key": "key"}


def settings(folder: Path) -> dict[str, str]:
    """Give the settings of Dask for a driver whose certificates are in a folder."""
    return {
        f"distributed.comm.tls.{name}": str(folder / f"{file}.pem") for name, file in _PARTS.items()
    }


def environment(folder: Path) -> dict[str, str]:
    """Give the same as variables of the environment, as docs/machines.md names them."""
    return {
        f"DASK_{name.upper().replace('.', '__').replace('-', '_')}": path
        for name, path in settings(folder).items()
    }


def write_certificates(folder: Path) -> None:
    """Make an authority with one certificate, for scheduler, workers and driver."""
    from distributed.security import Security

    made = Security.temporary()
    for file, text in (
        ("ca", made.tls_ca_file),
        ("cert", made.tls_client_cert),
        ("key", made.tls_client_key),
    ):
        (folder / f"{file}.pem").write_text(text, "ascii")


@contextmanager
def cluster_in(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Start a scheduler and workers of one thread each; end them with the block.

    Args:
        folder: where workers keep what they spill; with certificates, or empty.
        workers: how many.
    """
    if not (folder / "ca.pem").exists():
        write_certificates(folder)
    tests = REPOSITORY / "tests"
    tls = {"tls_ca_file": str(folder / "ca.pem")}
    for role in ("scheduler", "worker"):
        tls |= {f"tls_{role}_{part}": str(folder / f"{part}.pem") for part in ("cert", "key")}
    with (folder / "machines.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER, json.dumps(tls)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(tests)},
        )
    try:
        cluster = Cluster(process, folder)
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        assert process.stdin
        assert process.stdout
        process.stdin.close()
        process.wait(30)
        process.stdout.close()
