"""Judge large campaigns by message rules in a process of its own: typing never waits for it."""

from __future__ import annotations

import datetime as dt
import functools
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import anyio.to_thread

from stopjihad.disk.cache import ByteMemory
from stopjihad.problem import Problem

LARGE = 600
"""Files of talking points times languages from which a campaign is judged apart. Reading one of 600
anew takes a second of a processor when a source has changed; below, it is judged with the rest."""


def is_large(root: Path, slug: str) -> bool:
    """Tell whether a campaign is judged apart.

    Args:
        root: the workspace, absolute.
        slug: the campaign.

    Returns:
        Whether its talking points times its languages reach ``LARGE``.
    """
    folder = root / "campaigns" / slug
    points = sum(1 for _ in folder.glob("points/*.md"))
    languages = 1 + sum(1 for _ in folder.glob("locale/*.po"))
    return points * languages >= LARGE


APART = ("waiver-", "style-pack-", "sentences-")
"""Beginnings of the codes of other problems that come with message rules."""


class RuleProcess:
    """The process; it starts when it is needed first, and remembers what it read."""

    def __init__(self) -> None:
        """Wait for work."""
        self._pool: ProcessPoolExecutor | None = None

    async def problems(self, root: Path, slug: str, today: dt.date) -> tuple[Problem, ...]:
        """Find what breaks a message rule in a campaign.

        Args:
            root: the workspace, absolute.
            slug: the campaign.
            today: the day that counts for helplines.

        Returns:
            What message rules say.
        """
        if self._pool is None:
            fresh = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=fresh, initializer=_stand_back)
        waiting = self._pool.submit(judged, root, slug, today)
        return await anyio.to_thread.run_sync(waiting.result, abandon_on_cancel=True)

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._pool is None:
            return
        for process in list(self._pool._processes.values()):  # noqa: SLF001 - nothing else ends it
            process.kill()
        self._pool.shutdown(cancel_futures=True)


def judged(root: Path, slug: str, today: dt.date) -> tuple[Problem, ...]:
    """Read and judge a campaign, in the process that remembers it.

    Args:
        root: the workspace, absolute.
        slug: the campaign.
        today: the day that counts for helplines.

    Returns:
        The problems that message rules and waivers give; others are found at every save.
    """
    from stopjihad.build.check.survey import survey
    from stopjihad.catalog.rules import rules

    every = rules()
    found = survey(root, slug, today, _memory()).problems
    return tuple(one for one in found if one.code in every or one.code.startswith(APART))


def _stand_back() -> None:
    """Let everything else on the machine go first, where a system knows of that."""
    if hasattr(os, "nice"):
        os.nice(19)


@functools.cache
def _memory() -> ByteMemory:
    return ByteMemory()
