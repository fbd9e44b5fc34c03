"""Carry out requests side by side, in their order by groups, and read back what was written."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from itertools import count
from typing import NamedTuple, TypeVar

from stopjihad.catalog.headers import content_type
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.changes import Changes
from stopjihad.publish.place import Destination
from stopjihad.publish.release import ReleaseFile

T = TypeVar("T")

SAMPLE = 20
"""Files that are read back of all, and of those that went up, beside the first page."""


class Outcome(NamedTuple):
    """Say what a publication did.

    Attributes:
        id: of the publication that is there now.
        changes: what was different before.
        uploads: files that went up.
        resumed: uploads that a publication which was cut short had finished.
        removed: files that were removed.
        checked: files that were read back.
    """

    id: str
    changes: Changes
    uploads: int
    resumed: int = 0
    removed: int = 0
    checked: int = 0


def in_groups(groups: Sequence[Sequence[T]], put: Callable[[int, T], None], parallel: int) -> None:
    """Call ``put`` for each item with its number; a group begins when the one before is finished.

    Args:
        groups: files or paths, numbered from 0 through all groups.
        put: carries one out.
        parallel: how many at a time.

    Raises:
        BaseException: the first that ``put`` raises; nothing is begun after it.
    """
    numbers = count()
    with ThreadPoolExecutor(parallel) as pool:
        for group in groups:
            pending = [pool.submit(put, next(numbers), file) for file in group]
            done, late = wait(pending, return_when=FIRST_EXCEPTION)
            for future in late:
                future.cancel()
            for future in done:
                future.result()


def read_back(
    place: Destination, base: str, files: Iterable[ReleaseFile], sent: Sequence[ReleaseFile]
) -> int:
    """Read a sample of the site back and compare it.

    Args:
        place: the target.
        base: folder of the site on it; empty, or with a slash at its end.
        files: all files.
        sent: those that went up.

    Returns:
        How many were read.

    Raises:
        ProblemsFound: ``publish-differs`` for each that is not what it should be.
    """
    chance = random.SystemRandom()
    everything = list(files)
    chosen = {file.path: file for file in everything if file.path == "index.html"}
    for group in (everything, list(sent)):
        for file in chance.sample(group, min(SAMPLE, len(group))):
            chosen[file.path] = file
    with ThreadPoolExecutor(place.parallel) as pool:
        found = list(pool.map(lambda file: _difference(place, base, file), chosen.values()))
    wrong = tuple(problem for problem in found if problem is not None)
    if wrong:
        raise ProblemsFound(wrong)
    return len(chosen)


def _difference(place: Destination, base: str, file: ReleaseFile) -> Problem | None:
    found = place.read(base + file.path)
    wanted = {"Content-Type": content_type(file.path), "Cache-Control": file.cache}
    if found is None:
        message = "it went up, and cannot be read back"
    elif hashlib.sha256(found.data).hexdigest() != file.sha256:
        message = "what the target gives is not what went up"
    elif found.headers and any(found.headers.get(name) != value for name, value in wanted.items()):
        message = "the target gives other headers than went up"
    else:
        return None
    hint = "publish again; when it stays, ask the host what changes files on their way"
    return Problem(path=file.path, code="publish-differs", message=message, hint=hint)
