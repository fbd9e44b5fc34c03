"""Set quotation marks and apostrophes of posts as their language does.

Pages and cards are set when they are made; texts to paste are set here, but for messages in which
each character is paid for: one typographic mark turns an SMS of 160 characters into one of 70.
"""

from __future__ import annotations

from typing import TypeVar

from stopjihad.text.language.typography import quoted
from stopjihad.view.digits import retold
from stopjihad.view.records import Text

T = TypeVar("T")

PAID = frozenset({"sms"})
"""Units of platforms whose texts stay as their authors typed them."""


def in_marks(value: T) -> T:
    """Set the marks in all words of a view, each in its own language.

    Args:
        value: view, text, prose, or a tuple or mapping of these; None stays None.

    Returns:
        The same with typographic marks.
    """
    return retold(value, lambda text: Text(quoted(text.value, text.lang), text.lang))
