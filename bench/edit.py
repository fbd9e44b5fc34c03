"""Edit one line of a campaign, build everything, and print the price beside a cold build.

    python bench/edit.py [--sample DIR] [--points N] [--edits N]

Everything is what ``stopjihad build`` makes: pages, cards, drafts, the report and dossiers. The
sample campaign is measured and, with ``--points``, one of N talking points in six languages; each
edit is of another talking point. The ratios are of processor seconds and of the clock; the worst
edit counts. Goals: 0.05 of the cold build's processors on the sample, 0.04 with 500 talking points.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from corpus import write_workspace
from measure import Run, run

REPOSITORY = Path(__file__).parents[1]
SAMPLE = REPOSITORY / "campaigns" / "stop-jihadism"

BUILD = (sys.executable, "-m", "stopjihad", "build")


def edit(point: Path, number: int) -> None:
    """Add some words to the last paragraph of a talking point."""
    text = point.read_text("utf-8").rstrip("\n")
    point.write_text(f"{text} We read this sentence {number + 2} times.\n", "utf-8")


def measure(label: str, workspace: Path, edits: int) -> None:
    """Build from nothing, then after each of some edits; print seconds, memory and ratios."""
    points = sorted(next(workspace.glob("campaigns/*")).glob("points/*.md"))
    cold = run(BUILD, workspace)
    print(f"{label}, {len(points)} talking points")
    _show("cold", cold, cold)
    _show("nothing changed", run(BUILD, workspace), cold)
    found = []
    for number in range(edits):
        edit(points[number * len(points) // edits], number)
        found.append(run(BUILD, workspace))
        _show(f"edit {number + 1}", found[-1], cold)
    worst = max(one.cpu for one in found) / cold.cpu
    print(f"  worst edit: {worst:.3f} of the cold build's processors", flush=True)


def _show(label: str, one: Run, cold: Run) -> None:
    ratios = f"{one.cpu / cold.cpu:.3f}, {one.wall / cold.wall:.3f}"
    print(f"  {label:<16}{one.cpu:8.2f} s of processors, {one.wall:7.2f} s ({ratios})", end="")
    print(f"{one.peak:8.0f} MiB", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Edit one line, and build everything.")
    parser.add_argument("--sample", type=Path, default=SAMPLE, help="campaign to edit")
    parser.add_argument("--points", type=int, default=0, help="measure a generated one, too")
    parser.add_argument("--edits", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample"
        shutil.copytree(asked.sample, sample / "campaigns" / asked.sample.name)
        measure("sample", sample, asked.edits)
        if asked.points:
            large = Path(folder) / "large"
            write_workspace(large, asked.points)
            measure("generated", large, asked.edits)


if __name__ == "__main__":
    main()
