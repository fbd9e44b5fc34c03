"""Requests at a time: what they hold together is bounded, whatever the files are."""

from __future__ import annotations

import threading

from stopjihad.publish.changes import IN_FLIGHT, in_groups


def test_files_that_go_up_at_a_time_hold_so_many_bytes_at_most() -> None:
    """Of sixteen at a time: small ones together, a film of 120 MB alone."""
    lock, most, now, seen = threading.Lock(), 0, 0, []
    sizes = [120_000_000, *[5_000_000] * 12, *[1_000] * 40, 120_000_000]

    def put(_: int, size: int) -> None:
        nonlocal now, most
        with lock:
            now += min(size, IN_FLIGHT)
            most = max(most, now)
        threading.Event().wait(0.002)
        with lock:
            now -= min(size, IN_FLIGHT)
            seen.append(size)

    in_groups([sizes], put, 16, lambda size: size)
    assert sorted(seen) == sorted(sizes)
    assert most <= IN_FLIGHT


def test_what_holds_nothing_waits_for_nothing() -> None:
    """Four removals meet each other: none waits until another has ended."""
    together = threading.Barrier(4, timeout=30)
    in_groups([range(4)], lambda *_: together.wait() and None, 4)
