"""Tell from its opening hours whether a helpline answers at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def answers_at(opening: Iterable[str], moment: dt.datetime, *, same_clock: bool) -> bool | None:
    """Tell whether somebody answers.

    Args:
        opening: days and hours as ``model.helpline.OPENING`` has them; holidays are not in them.
        same_clock: whether its hours are of that clock.

    Returns:
        None where nothing is known: no hours are given, or those of another clock.
    """
    rows = tuple(opening)
    if not rows or not (
        same_clock or all(" " not in row and _days(row) == {*range(7)} for row in rows)
    ):
        return None
    return any(_answers(row, moment) for row in rows)


def _answers(row: str, moment: dt.datetime) -> bool:
    _, _, hours = row.partition(" ")
    today, before = moment.weekday(), (moment.weekday() - 1) % 7
    if not hours:
        return today in _days(row)
    start, end = hours.split("-")
    now = f"{moment:%H:%M}"
    if start < end:
        return today in _days(row) and start <= now < end
    # Open over midnight: the night belongs to the day on which it began.
    return (today in _days(row) and now >= start) or (before in _days(row) and now < end)


def _days(row: str) -> set[int]:
    return {day for part in row.partition(" ")[0].split(",") for day in _span(part)}


def _span(part: str) -> Iterator[int]:
    first, _, last = part.partition("-")
    start = _DAYS.index(first)
    for more in range((_DAYS.index(last or first) - start) % 7 + 1):
        yield (start + more) % 7
