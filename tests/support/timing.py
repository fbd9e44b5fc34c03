"""Measure work, and wait, on a machine that does other work too."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

ROUNDS = 3
"""Times that slow work is tried: what is slow by itself is slow every time."""


def seconds_of(work: Callable[[], object], limit: float = 0.0) -> float:
    """Measure work by the processor time of its own thread.

    A process that runs many tests is interrupted by its collector of cycles and by servers of other
    tests; the quickest of a few rounds is what the work itself takes.

    Args:
        work: what is measured; it may be done several times.
        limit: seconds from which it is tried again.

    Returns:
        Seconds of processor time.
    """
    least = float("inf")
    for _ in range(ROUNDS):
        begun = time.thread_time()
        work()
        least = min(least, time.thread_time() - begun)
        if least < limit:
            break
    return least


def seconds_with_children(work: Callable[[], object]) -> float:
    """Measure work that is done once, in several threads and processes.

    Args:
        work: what is measured.

    Returns:
        Seconds of processor time of this process and of its children that ended meanwhile.
    """
    begun = os.times()[:4]
    work()
    return sum(os.times()[:4]) - sum(begun)


def until(holds: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait for a condition, and fail without it.

    Args:
        holds: asked again and again.
        what: said when it does not hold.
        seconds: to wait at most; a busy machine needs many times what a quiet one does.
    """
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)
