"""Who reads everything anew stands back while a person waits, and never for ever."""

from __future__ import annotations

import gc
import threading
import time
import weakref

import pytest
from stopjihad.disk.cache import ByteMemory
from stopjihad.studio.live import background as module
from stopjihad.studio.live.background import PatientCache, Turns, without_cycle_search


@pytest.fixture(autouse=True)
def _quiet() -> None:
    """Wait for what a studio of another test still reads in this process: it rests collecting."""
    for _ in range(3000):
        if gc.isenabled():
            return
        time.sleep(0.01)
    raise AssertionError("something is still being read")


def reading(turns: Turns) -> tuple[threading.Thread, threading.Event]:
    """Ask a cache once in a thread; the event tells that it was answered."""
    answered = threading.Event()

    def read() -> None:
        PatientCache(ByteMemory(), turns).get("any")
        answered.set()

    thread = threading.Thread(target=read)
    thread.start()
    return thread, answered


def test_reading_goes_on_when_the_last_person_has_what_they_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LONGEST", 60.0)
    turns = Turns()
    with turns.first():
        with turns.first():
            thread, answered = reading(turns)
        assert not answered.wait(0.1)  # one of the two still waits
    assert answered.wait(30)
    thread.join()


def test_nobody_is_kept_waiting_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 0.05)
    turns = Turns()
    with turns.first():
        began = time.monotonic()
        turns.stand_back()
        assert time.monotonic() - began >= 0.05
        thread, answered = reading(turns)
        assert answered.wait(30)
        thread.join()


def test_alone_it_does_not_wait() -> None:
    cache = PatientCache(ByteMemory(), Turns())
    cache.put("key", b"data")
    assert cache.get("key") == b"data"
    assert cache.get("other") is None


class Circle:
    """Hold itself, so that only a search for cycles frees it."""

    def __init__(self) -> None:
        """Close the circle."""
        self.own = self


def test_collecting_rests_while_anything_is_read_and_is_as_it_was_afterwards() -> None:
    assert gc.isenabled()
    with without_cycle_search():
        with without_cycle_search():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with without_cycle_search():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_read_is_passed_over_and_at_last_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "SEARCH_AFTER", 1)
    with without_cycle_search():
        pass
    with without_cycle_search():
        pass  # whatever came before: from here on the count is known
    with without_cycle_search():
        circle = Circle()
        known = weakref.ref(circle)
    del circle
    gc.collect()
    assert known() is not None
    for _ in range(2):
        with without_cycle_search():
            pass
    assert known() is None
