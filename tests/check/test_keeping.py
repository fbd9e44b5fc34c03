"""Sequences are cut without losing anything."""

from __future__ import annotations

from stopjihad.check.keeping import shelves


def test_shelves_hold_everything_in_order():
    assert list(shelves(range(7), 3)) == [range(3), range(3, 6), range(6, 7)]
    assert list(shelves((), 3)) == []
    assert list(shelves("abcdef", 3)) == ["abc", "def"]
