"""What one page of a stranger's template may cost: work, text, and how much a value may hold."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jinja2 import TemplateRuntimeError

from stopjihad.view.records import Text

WORK = 1_000_000
"""Steps of one page: a node of the template each, about 0.2 µs. The longest built-in page of the
sample, the report, takes 93,000."""

TEXT = 16 * 1024 * 1024
"""Characters that one page writes or makes on its way; the sample's report has 200,000."""

HELD = 1024 * 1024
"""Most items and characters of one value: a text, or a list with all that is in it."""

COUNT = 10_000
"""Longest range, widest column, most digits: of numbers that say how much is made."""

LARGEST = 2**63
"""Whole numbers stay below it."""

_LETTERS = 64
"""Characters that are handled in the time of one step."""

SCALARS = (str, int, float, type(None), dt.date)
"""Types that have a text of their own, which is short or is paid for: all others have none."""


class TemplateLimit(TemplateRuntimeError):
    """A page would take more work or text than a page may."""


class Budget(threading.local):
    """What is left of the work and the text of a page, and what it may call.

    Each thread fills in one page at a time.
    """

    def __init__(self) -> None:
        """Begin with nothing: a page is granted its own."""
        self.work = self.text = 0
        self.functions: frozenset[int] = frozenset()

    @contextmanager
    def grant(self, values: Mapping[str, Any], *functions: Any) -> Iterator[None]:
        """Grant a page what it may cost and call, for as long as it is filled in.

        Args:
            values: what the page is made from; the functions among them may be called.
        """
        before = self.work, self.text, self.functions  # of the page that this is a part of
        self.work, self.text = WORK, TEXT
        self.functions = frozenset(
            id(one) for one in (*functions, *values.values()) if callable(one)
        )
        try:
            yield
        finally:
            self.work, self.text, self.functions = before

    def spend(self, steps: int, letters: int = 0) -> bool:
        """Pay for work.

        Args:
            steps: nodes of a template that are gone through.

        Raises:
            TemplateLimit: the page costs too much.
        """
        self.work -= steps
        self.text -= letters
        if self.work < 0:
            raise TemplateLimit(f"the page takes more than {WORK} steps")
        if self.text < 0:
            raise TemplateLimit(f"the page makes more than {TEXT} characters of text")
        return True

    def look(self, value: Any) -> None:
        """Pay for a value that is looked through.

        Raises:
            TemplateLimit: it holds too much.
        """
        self.spend(weight(value))

    def take(self, value: Any) -> Any:
        """Pay for a value that was made.

        Raises:
            TemplateLimit: it holds too much.
        """
        if isinstance(value, str):
            if len(value) > HELD:
                raise TemplateLimit(f"a text has more than {HELD} characters")
            self.spend(1 + len(value) // _LETTERS, len(value))
        elif isinstance(value, int):
            if not -LARGEST < value < LARGEST:
                raise TemplateLimit("a number is too large")
        elif isinstance(value, list | tuple | dict):
            self.spend(weight(value))
        return value


def weight(value: Any) -> int:
    """Count what a value holds, lists in lists as often as they stand there.

    Args:
        value: anything; what is no text and no list weighs 1.

    Raises:
        TemplateLimit: more than ``HELD``; no more than that is looked at.
    """
    total, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        total += 1
        if isinstance(one, str):
            total += len(one) // _LETTERS
        elif isinstance(one, range):
            total += len(one)
        elif isinstance(one, list | tuple):
            if total + len(waiting) + len(one) > HELD:
                total = HELD
            else:
                waiting += one
        elif isinstance(one, dict):
            if total + len(waiting) + 2 * len(one) > HELD:
                total = HELD
            else:
                waiting += (*one.keys(), *one.values())
        if total >= HELD:
            raise TemplateLimit(f"a list holds more than {HELD} items")
    return total


def check_count(number: Any) -> None:
    """Refuse a number that would make too much of something.

    Raises:
        TemplateLimit: it is larger than ``COUNT``.
    """
    if isinstance(number, int | float) and not -COUNT <= number <= COUNT:
        raise TemplateLimit(f"the number {str(number)[:20]} is larger than {COUNT}")


def check_product(one: int, other: int) -> None:
    """Refuse to repeat a text or list so often that it gets too long.

    Raises:
        TemplateLimit: the product is larger than ``HELD``.
    """
    if one * other > HELD:
        raise TemplateLimit(f"a text or list would have more than {HELD} characters or items")


def is_scalar(value: Any) -> bool:
    """Tell whether a value has a short text: no list, no record but words with their language."""
    return isinstance(value, (*SCALARS, Text))
