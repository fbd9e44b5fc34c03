"""Compose drafts of a generated campaign: 100 talking points, 24 languages, 12 platforms.

Prints the time per 1,000 drafts on one core, what a pool of two processes needs for all, the
growth from a tenth of the points, and the peak memory of the process that composes.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from render.post.generated import LANGUAGES, PLATFORM_NAMES, generated_drafts  # noqa: E402

POINTS = 100
GOAL = 20
"""Seconds for all drafts on two cores."""


def compose_language(job: tuple[str, int]) -> tuple[int, int, float, int]:
    """Compose one language's drafts.

    Args:
        job: BCP 47 tag and number of talking points.

    Returns:
        Drafts made, problems found, seconds of processor, peak memory of the process in KB.
    """
    lang, points = job
    made = problems = 0
    start = time.process_time()
    for draft in generated_drafts(lang, range(points)):
        made += draft is not None
        problems += draft is None
    seconds = time.process_time() - start
    return made, problems, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class Run(NamedTuple):
    """Hold what a run took: seconds on the wall and of processors, drafts, peak memory in KB."""

    wall: float
    processor: float
    made: int
    problems: int
    memory: int


def timed(points: int, pool: ProcessPoolExecutor | None = None) -> Run:
    """Compose all languages, in this process or in a pool."""
    start = time.perf_counter()
    jobs = [(lang, points) for lang in LANGUAGES]
    results = list((pool.map if pool else map)(compose_language, jobs))
    wall = time.perf_counter() - start
    made, problems, seconds, memory = zip(*results, strict=True)
    return Run(wall, sum(seconds), sum(made), sum(problems), max(memory))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("points", type=int, nargs="?", default=POINTS)
    points = parser.parse_args().points
    compose_language(("en", 1))  # catalogue, templates and patterns are read once
    print(f"{points} points × {len(LANGUAGES)} languages × {len(PLATFORM_NAMES)} platforms")
    small, full = timed(max(1, points // 10)), timed(points)
    times, more = full.processor / small.processor, full.made / small.made
    print(f"one core   {full.wall:6.2f} s   {full.made} drafts, {full.problems} too long")
    print(f"           {full.processor / full.made * 1000:6.3f} s of processor per 1,000 drafts")
    print(f"growth     {times:6.2f} × the processor time for {more:.1f} × the drafts")
    print(f"memory     {full.memory / small.memory:6.2f} × the peak, {full.memory // 1024} MB")
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(compose_language, [("en", 1), ("fr", 1)]))
        both = timed(points, pool)
    verdict = "within" if both.wall < GOAL else "over"
    print(f"two cores  {both.wall:6.2f} s   {verdict} the goal of {GOAL} s")


if __name__ == "__main__":
    main()
