"""What was wrong with a talking point that people have read, and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from msgspec import Meta

from stopjihad.model import Record

CORRECTION_CHARACTERS = 300
"""Most code points of what is said about a mistake: two or three sentences, read on a phone."""

Said = Annotated[str, Meta(min_length=1, max_length=CORRECTION_CHARACTERS)]


class Correction(Record, frozen=True, kw_only=True):
    """Say what was wrong until a day.

    ``why`` is for readers, in the source language; ``was`` repeats the words that were wrong.
    """

    day: dt.date
    why: Said
    was: Said | None = None


class Withdrawal(Record, frozen=True, kw_only=True):
    """Say that a talking point is told no more, since when, and to its readers why."""

    day: dt.date
    why: Said
