"""Keep the results of exercises: a table that people read, and a chart over time."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from stopjihad.disk import save
from stopjihad.load.drills import CHART, HEADS, TABLE, read_table
from stopjihad.model.alert import DrillRow
from stopjihad.model.review import Review
from stopjihad.render.alert.chart import draw_chart


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
        writer.writerow(HEADS)
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
