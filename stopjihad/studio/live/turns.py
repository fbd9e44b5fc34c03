"""Let what a person waits for go first: reading everything anew stands back meanwhile.

Python runs one thread at a time. A campaign that is read anew keeps a processor busy for seconds; a
save that came in the middle of it used to take five times as long as alone.

A search for cycles in memory stops everything for a fifth of a second: it is made seldom. A plan of
1,000 talking points in six languages is half a million objects with hardly a cycle among them (ten
objects a reading, measured); what is no longer needed goes by counting references. Python looked
through them twice in each reading, 200 ms each, in which no request was answered.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from stopjihad.disk.cache import Cache

LONGEST = 0.5
"""Seconds that reading stands back at most, at one place: somebody's disk may hang."""


class Turns:
    """Count what people wait for; many threads may ask."""

    def __init__(self) -> None:
        """Start with nobody waiting."""
        self._first = 0
        self._changed = threading.Condition()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Do something that a person waits for."""
        with self._changed:
            self._first += 1
        try:
            yield
        finally:
            with self._changed:
                self._first -= 1
                if not self._first:
                    self._changed.notify_all()

    def stand_back(self) -> None:
        """Wait until nobody waits; asked for between two small pieces of long work."""
        if not self._first:  # without the lock: a turn that is missed comes with the next piece
            return
        until = time.monotonic() + LONGEST
        with self._changed:
            while self._first and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)

    def put_aside(self, data: bytes) -> bytes:
        """Keep an input of a plan as it is, after standing back (``plan.inputs.PutAside``)."""
        self.stand_back()
        return data


class PatientCache:
    """Stand back whenever something is asked of a cache: it is, for each file that is read."""

    def __init__(self, cache: Cache, turns: Turns) -> None:
        """Ask ``cache``."""
        self._cache, self._turns = cache, turns

    def get(self, key: str) -> bytes | None:
        """Find what the cache keeps under ``key``."""
        self._turns.stand_back()
        return self._cache.get(key)

    def put(self, key: str, data: bytes) -> None:
        """Have the cache keep ``data`` under ``key``."""
        self._cache.put(key, data)


SEARCH_AFTER = 64
"""Readings after which everything is looked through all the same: what is in cycles goes then."""


class _Readings:
    """Count readings, those under way and those since the last search."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way, self._since, self._was_on = 0, 0, False

    def begin(self) -> None:
        with self._lock:
            if not self._under_way:
                self._was_on = gc.isenabled()
                gc.disable()
            self._under_way += 1

    def end(self) -> None:
        with self._lock:
            self._under_way -= 1
            self._since += 1
            if self._under_way:
                return
            if self._since > SEARCH_AFTER:
                self._since = 0
                gc.unfreeze()
                gc.collect()
            gc.freeze()  # what was read is passed over from now on
            if self._was_on:
                gc.enable()


_readings = _Readings()


@contextmanager
def unsearched() -> Iterator[None]:
    """Read a campaign while nothing looks for cycles, and keep what was read out of it later."""
    _readings.begin()
    try:
        yield
    finally:
        _readings.end()
