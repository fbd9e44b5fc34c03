"""Run whole processes and account for them: wall time, processor time, peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

AS_INSTALLED = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Programs that are installed have their bytecode: a checkout keeps it after its first run."""


_METER = """
import os, subprocess, sys, time
account, command = int(sys.argv[1]), sys.argv[2:]
began = time.perf_counter()
process = subprocess.Popen(command)
_, status, usage = os.wait4(process.pid, 0)
wall = time.perf_counter() - began
process.returncode = os.waitstatus_to_exitcode(status)
os.write(account, f"{wall} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss / 1024}".encode())
sys.exit(process.returncode != 0)
"""
"""Starts a command from a small process: Linux counts the memory of whoever starts a program as
that program's own, and a benchmark that holds a corpus has 100 MiB."""


class Run(NamedTuple):
    """Account for one process and its children: seconds, and MiB of the largest one."""

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end.

    Args:
        command: program and arguments.
        folder: where it runs.

    Returns:
        Wall and processor seconds, peak memory of the largest process in MiB.

    Raises:
        RuntimeError: the command failed; the message holds what it printed.
    """
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as account:
        try:
            done = subprocess.run(
                [sys.executable, "-S", "-E", "-c", _METER, str(writing), *command],
                cwd=folder,
                env=AS_INSTALLED,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                pass_fds=[writing],
                check=False,
            )
        finally:
            os.close(writing)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout[-2000:]}")
        return Run(*map(float, account.read().split()))


def median(runs: Sequence[Run]) -> Run:
    """Give the median of each figure."""
    return Run(*map(statistics.median, zip(*runs, strict=True)))
