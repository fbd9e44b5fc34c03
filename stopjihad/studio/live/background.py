"""Keep heavy work out of the way of people who type: it waits, or goes to another process.

Python runs one thread at a time. A campaign that is read anew keeps a processor busy for seconds; a
save that came in the middle of it used to take five times as long as alone. So what a person waits
for has the first turn, and large campaigns are judged by message rules in another process.

A search for cycles in memory stops everything for a fifth of a second: it is made seldom. A plan of
1,000 talking points in six languages is half a million objects with hardly a cycle among them (ten
objects a reading, measured); what is no longer needed goes by counting references. Python looked
through them twice in each reading, 200 ms each, in which no request was answered.
"""

from __future__ import annotations

import datetime as dt
import functools
import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import anyio.to_thread

from stopjihad.build.work.processes import give_memory_back
from stopjihad.disk.cache import ByteMemory, Cache
from stopjihad.problem import Problem

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
"""Readings after which Python collects cycles all the same."""


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
        give_memory_back()  # each thread that read keeps pages of its own: 0.3 MiB an edit


_readings = _Readings()


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Read a campaign while nothing looks for cycles, and keep what was read out of it later."""
    _readings.begin()
    try:
        yield
    finally:
        _readings.end()


LARGE = 600
"""Files of talking points times languages from which a campaign is judged apart. Reading one of 600
anew takes a second of a processor when a source has changed; below, it is judged with the rest."""


def is_large(root: Path, slug: str) -> bool:
    """Tell whether a campaign is judged apart."""
    folder = root / "campaigns" / slug
    points = sum(1 for _ in folder.glob("points/*.md"))
    languages = 1 + sum(1 for _ in folder.glob("locale/*.po"))
    return points * languages >= LARGE


APART = ("waiver-", "style-pack-", "sentences-")
"""Beginnings of the codes of other problems that come with message rules."""


class RuleProcess:
    """The process; it starts when it is needed first, and remembers what it read."""

    def __init__(self) -> None:
        """Wait for work."""
        self._pool: ProcessPoolExecutor | None = None

    async def problems(self, root: Path, slug: str, today: dt.date) -> tuple[Problem, ...]:
        """Find what breaks a message rule in a campaign."""
        if self._pool is None:
            fresh = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=fresh, initializer=_stand_back)
        waiting = self._pool.submit(judge_campaign, root, slug, today)
        return await anyio.to_thread.run_sync(waiting.result, abandon_on_cancel=True)

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._pool is None:
            return
        for process in list(self._pool._processes.values()):  # noqa: SLF001 - nothing else ends it
            process.kill()
        self._pool.shutdown(cancel_futures=True)


def judge_campaign(root: Path, slug: str, today: dt.date) -> tuple[Problem, ...]:
    """Read and judge a campaign, in the process that remembers it.

    Returns:
        The problems that message rules and waivers give; others are found at every save.
    """
    from stopjihad.build.check.survey import survey
    from stopjihad.catalog.rules import rules

    every = rules()
    found = survey(root, slug, today, _memory()).problems
    return tuple(one for one in found if one.code in every or one.code.startswith(APART))


def _stand_back() -> None:
    """Give this process the lowest priority, on systems that have priorities."""
    if hasattr(os, "nice"):
        os.nice(19)


@functools.cache
def _memory() -> ByteMemory:
    return ByteMemory()
