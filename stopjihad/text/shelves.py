"""Cut a sequence into shelves: what is looked at together, so that not all is in memory at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

MESSAGES = 512
"""Messages of a PO file that are looked at together: some talking points' texts."""


def shelves(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut a sequence.

    Args:
        items: anything.
        size: items on a shelf.

    Yields:
        Shelves in order, none of them empty.
    """
    for start in range(0, len(items), size):
        yield items[start : start + size]
