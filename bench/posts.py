"""Compose drafts of a generated campaign: 100 talking points, 24 languages, 12 platforms.

Prints the time per 1,000 drafts on one core, what a pool of two processes needs for all, the
growth from a tenth of the points, and the peak memory of the process that composes.
"""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from render.post.generated import LANGUAGES, PLATFORM_NAMES, generated_drafts  # noqa: E402

POINTS = 100
GOAL = 20
"""Seconds for all drafts on two cores."""


def compose_language(job: tuple[str, int]) -> tuple[int, int, int]:
    """Compose one language's drafts.

    Args:
        job: BCP 47 tag and number of talking points.

    Returns:
        Drafts made, problems found, peak memory of the process in KB.
    """
    lang, points = job
    made = problems = 0
    for draft in generated_drafts(lang, range(points)):
        made += draft is not None
        problems += draft is None
    return made, problems, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def timed(points: int, pool: ProcessPoolExecutor | None = None) -> tuple[float, int, int, int]:
    """Compose all languages, in this process or in a pool."""
    start = time.perf_counter()
    jobs = [(lang, points) for lang in LANGUAGES]
    results = list((pool.map if pool else map)(compose_language, jobs))
    seconds = time.perf_counter() - start
    made, problems, memory = zip(*results, strict=True)
    return seconds, sum(made), sum(problems), max(memory)


def main() -> None:
    """Print the figures."""
    compose_language(("en", 1))  # catalogue, templates and patterns are read once
    print(f"{POINTS} points × {len(LANGUAGES)} languages × {len(PLATFORM_NAMES)} platforms")
    small, few, _, before = timed(POINTS // 10)
    seconds, made, problems, after = timed(POINTS)
    print(f"one core   {seconds:6.2f} s   {made} drafts, {problems} too long")
    print(f"           {seconds / made * 1000:6.3f} s per 1,000 drafts")
    print(f"growth     {seconds / small:6.2f} × the time for {made / few:.1f} × the drafts")
    print(f"memory     {after / before:6.2f} × the peak, {after // 1024} MB")
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(compose_language, [("en", 1), ("fr", 1)]))
        both, made, _, _ = timed(POINTS, pool)
    verdict = "within" if both < GOAL else "over"
    print(f"two cores  {both:6.2f} s   {verdict} the goal of {GOAL} s")


if __name__ == "__main__":
    main()
