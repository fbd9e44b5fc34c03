"""Keep the results of exercises: a table that people read, and a chart over time."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from stopjihad.disk import save
from stopjihad.model.review import Review
from stopjihad.render.alert.chart import DrillRow, draw_chart

TABLE, CHART = "alerts/drills.csv", "alerts/drills.svg"
"""Below the folder of the campaign."""

_HEADS = (
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


def minutes_of(steps: Sequence[Review], people: int = 2) -> tuple[float, ...]:
    """Give the minutes from the first step to each approval and to publication.

    Args:
        steps: of the notice, first ones first.
        people: approvals that are needed.

    Returns:
        Minutes; empty where the notice was never published.
    """
    approved = [one.on for one in steps if one.step == "approve"][:people]
    out = next((one.on for one in steps if one.step == "publish"), None)
    if out is None or len(approved) < people:
        return ()
    first = steps[0].on
    return tuple(round((when - first).total_seconds() / 60, 1) for when in (*approved, out))


def record(
    root: Path, slug: str, row: DrillRow, languages: Sequence[str], left_out: Sequence[str]
) -> None:
    """Add an exercise to the table, and draw the chart anew.

    Args:
        root: the workspace.
        slug: the campaign.
        row: the exercise.
        languages: tags in which the notice was made.
        left_out: tags in which it was not.

    Raises:
        ProblemsFound: the disk refuses, or others keep saving the file.
    """
    folder = f"campaigns/{slug}"
    known = save.current(root, f"{folder}/{TABLE}")
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    if known is None:
        writer.writerow(_HEADS)
    minutes = row.minutes or ("", "", "")
    writer.writerow(
        [
            row.on,
            row.id,
            row.template,
            *minutes,
            f"{row.seconds:.1f}",
            " ".join(languages),
            " ".join(left_out),
            row.failed,
        ]
    )
    save.append(root, f"{folder}/{TABLE}", line.getvalue().encode())
    table = save.current(root, f"{folder}/{TABLE}") or b""
    chart = draw_chart(read_table(table))
    before = save.current(root, f"{folder}/{CHART}")
    digest = save.ABSENT if before is None else save.digest(before)
    save.write(root, f"{folder}/{CHART}", chart, digest)


def read_table(data: bytes) -> tuple[DrillRow, ...]:
    """Read the table; lines that are none of ours are passed over.

    Args:
        data: the file.

    Returns:
        The exercises, in the order of the file.
    """
    found = []
    for line in csv.reader(io.StringIO(data.decode("utf-8", "replace"))):
        if len(line) != len(_HEADS) or line[0] == _HEADS[0]:
            continue
        try:
            minutes = tuple(float(text) for text in line[3:6] if text)
            seconds = float(line[6])
        except ValueError:
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
