"""Measure work on a machine that does other work too."""

from __future__ import annotations

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
