"""Reading looks for no cycles, and what was read is not looked through later."""

from __future__ import annotations

import gc
import weakref

import pytest
from stopjihad.studio.live import cycles
from stopjihad.studio.live.cycles import unsearched


class Circle:
    """Hold itself, so that only a search for cycles frees it."""

    def __init__(self) -> None:
        """Close the circle."""
        self.own = self


def test_collecting_rests_while_anything_is_read_and_is_as_it_was_afterwards() -> None:
    assert gc.isenabled()
    with unsearched():
        with unsearched():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with unsearched():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_read_is_passed_over_and_at_last_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cycles, "SEARCH_AFTER", 1)
    with unsearched():
        pass
    with unsearched():
        pass  # whatever came before: from here on the count is known
    with unsearched():
        circle = Circle()
        known = weakref.ref(circle)
    del circle
    gc.collect()
    assert known() is not None
    for _ in range(2):
        with unsearched():
            pass
    assert known() is None
