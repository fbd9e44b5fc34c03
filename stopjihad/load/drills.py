"""Read the results of exercises: a table that people read, too."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator

from stopjihad.model.alert import DrillRow

TABLE, CHART = "alerts/drills.csv", "alerts/drills.svg"
"""Below the folder of the campaign."""

HEADS = (
    "on",
    "id",
    "template",
    "first approval (min)",
    "second approval (min)",
    "published (min)",
    "machine (s)",
    "languages",
    "left out",
    "failed",
)
"""First row of the table."""


def read_table(text: str) -> tuple[DrillRow, ...]:
    """Read the table; lines that are none of ours are passed over."""
    found = []
    for line in _lines(text):
        if len(line) != len(HEADS) or line[0] == HEADS[0]:
            continue
        try:
            minutes = tuple(float(cell) for cell in line[3:6] if cell)
            seconds = float(line[6])
        except ValueError:
            continue
        if not all(map(math.isfinite, (*minutes, seconds))):
            continue
        found.append(
            DrillRow(
                on=line[0],
                id=line[1],
                template=line[2],
                minutes=minutes,
                seconds=seconds,
                failed=line[9],
            )
        )
    return tuple(found)


def _lines(text: str) -> Iterator[list[str]]:
    """Give the cells of each line; a cell that is too long ends no other line."""
    for line in text.splitlines():
        try:
            yield from csv.reader([line])
        except csv.Error:
            continue
