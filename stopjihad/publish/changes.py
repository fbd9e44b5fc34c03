"""The changes of a publication: what differs on the target, carried out in order, and read back."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import count, groupby
from typing import NamedTuple, TypeVar

import msgspec

from stopjihad.catalog.headers import kind_of
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.destination import Destination
from stopjihad.publish.release import LARGE, Release, ReleaseFile
from stopjihad.publish.site_record import SiteRecord


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Say what a publication does.

    Attributes:
        new: files that are not there, in the order in which they go up.
        changed: files with other bytes or headers, in the same order.
        gone: paths that are no part of the site any more.
        same: how many files stay.
        unfinished: whether a publication was cut short there.
    """

    new: tuple[ReleaseFile, ...]
    changed: tuple[ReleaseFile, ...]
    gone: tuple[str, ...]
    same: int
    unfinished: bool = False

    @property
    def uploads(self) -> tuple[ReleaseFile, ...]:
        """Everything that goes up, in the order in which it does."""
        return tuple(file for group in self.groups for file in group)

    @property
    def groups(self) -> tuple[tuple[ReleaseFile, ...], ...]:
        """The same, in groups of which each waits for the one before.

        Files go up before the pages that show them, new pages before pages that lead to them, then
        what lists pages, then what signs all.
        """
        marked = [((file.rank, 0), file) for file in self.new]
        marked += [((file.rank, 1), file) for file in self.changed]
        marked.sort()
        return tuple(
            tuple(file for _, file in group)
            for _, group in groupby(marked, key=lambda item: item[0])
        )

    @property
    def bytes(self) -> int:
        """Size of what goes up."""
        return sum(file.bytes for file in (*self.new, *self.changed))

    @property
    def is_empty(self) -> bool:
        """Whether the target is as it shall be."""
        return not (self.new or self.changed or self.gone or self.unfinished)


def compare(
    there: Mapping[str, ReleaseFile | None], release: Release, *, headers: bool = True
) -> Changes:
    """Compare.

    Args:
        there: file by path on the target; None where something unknown has the path.
    """
    new, changed, same = [], [], 0
    wanted = {file.path for file in release.files}
    for file in release.files:
        if file.path not in there:
            new.append(file)
        elif _is_same(there[file.path], file, headers=headers):
            same += 1
        else:
            changed.append(file)
    gone = tuple(sorted(there.keys() - wanted))
    return Changes(new=tuple(new), changed=tuple(changed), gone=gone, same=same)


def compare_published(base: SiteRecord | None, release: Release) -> Changes:
    """Compare with what was published before, on a target that keeps no headers.

    Args:
        base: the last publication; None for the first.
    """
    there = {file.path: file for file in base.files} if base else {}
    return compare(there, release, headers=False)


def _is_same(one: ReleaseFile | None, other: ReleaseFile, *, headers: bool) -> bool:
    if one is None or headers:
        return one == other
    return one.sha256 == other.sha256


def refuse_vanishing(published: SiteRecord | None, changes: Changes, most: int) -> Problem | None:
    """Refuse when more would vanish than a mistake should be able to.

    What an alert brought goes with it, however small the site is: that is no mistake.

    Args:
        most: per cent of the published files that may go.

    Returns:
        The problem ``publish-vanishing``, or None.
    """
    stays = [one for one in published.files if not _of_alert(one.path)] if published else []
    gone, count = [path for path in changes.gone if not _of_alert(path)], len(stays)
    if not count or 100 * len(gone) <= most * count:
        return None
    share = 100 * len(gone) / count
    shown = ", ".join(gone[:3]) + (" …" if len(gone) > 3 else "")
    return Problem(
        code="publish-vanishing",
        message=f"{len(gone)} of {count} files ({share:.0f} %) would go: {shown}",
        hint=f"at most {most} % may; if it is meant: --most-gone {min(100, int(share) + 1)}",
    )


def _of_alert(path: str) -> bool:
    return kind_of(path).name == "alert"


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
        notes: publications that were passed over, and why.
    """

    id: str
    changes: Changes
    uploads: int
    resumed: int = 0
    removed: int = 0
    checked: int = 0
    notes: tuple[str, ...] = ()


IN_FLIGHT = 16 * 1024 * 1024
"""Bytes of files that are held at a time, by all requests together; a larger one goes in pieces."""


class ByteAllowance:
    """Bytes that may be in memory at a time."""

    def __init__(self, most: int) -> None:
        """Start empty."""
        self._most = self._left = most
        self._change = threading.Condition()

    @contextmanager
    def take(self, size: int) -> Iterator[None]:
        """Wait until there is room for ``size`` bytes, or all of it is free, while a block runs."""
        size = min(size, self._most)
        with self._change:
            self._change.wait_for(lambda: self._left >= size)
            self._left -= size
        try:
            yield
        finally:
            with self._change:
                self._left += size
                self._change.notify_all()


def in_groups(
    groups: Sequence[Sequence[T]],
    put: Callable[[int, T], None],
    parallel: int,
    held: Callable[[T], int] = lambda _: 0,
) -> None:
    """Call ``put`` for each item with its number; a group begins when the one before is finished.

    Args:
        groups: files or paths, numbered from 0 through all groups.
        held: bytes that carrying one out holds; together at most `IN_FLIGHT`.

    Raises:
        BaseException: the first that ``put`` raises; nothing is begun after it.
    """
    numbers, allowance = count(), ByteAllowance(IN_FLIGHT)

    def put_within(number: int, item: T) -> None:
        with allowance.take(held(item)):
            put(number, item)

    with ThreadPoolExecutor(parallel) as pool:
        for group in groups:
            pending = [pool.submit(put_within, next(numbers), file) for file in group]
            done, late = wait(pending, return_when=FIRST_EXCEPTION)
            for future in late:
                future.cancel()
            for future in done:
                future.result()


def size_of(file: ReleaseFile) -> int:
    """Give the bytes that are held of a file while it goes up, or is read back."""
    return min(file.bytes, LARGE)


def read_all(release: Release, files: Iterable[ReleaseFile], parallel: int) -> None:
    """Read files of a release once, before anything is changed: reading compares their digests.

    Args:
        release: whose bytes come from elsewhere.

    Raises:
        ProblemsFound: ``publish-lost``.
    """

    def read(_: int, file: ReleaseFile) -> None:
        release.read(file.path)

    in_groups([list(files)], read, parallel, size_of)


def read_back(
    place: Destination, base: str, files: Iterable[ReleaseFile], sent: Sequence[ReleaseFile]
) -> int:
    """Read a sample of the site back and compare it.

    Args:
        base: folder of the site on it; empty, or with a slash at its end.

    Raises:
        ProblemsFound: ``publish-differs`` for each that is not what it should be.
    """
    chance = random.SystemRandom()
    everything = list(files)
    chosen = {file.path: file for file in everything if file.path == "index.html"}
    for group in (everything, list(sent)):
        for file in chance.sample(group, min(SAMPLE, len(group))):
            chosen[file.path] = file
    wrong: list[Problem] = []

    def look(_: int, file: ReleaseFile) -> None:
        problem = _difference(place, base, file)
        wrong.extend([] if problem is None else [problem])

    in_groups([list(chosen.values())], look, place.parallel, size_of)
    if wrong:
        raise ProblemsFound(tuple(sorted(wrong, key=lambda problem: problem.path)))
    return len(chosen)


def _difference(place: Destination, base: str, file: ReleaseFile) -> Problem | None:
    found = place.look(base + file.path)
    wanted = file.headers
    if found is None:
        message = "it went up, and cannot be read back"
    elif found.sha256 != file.sha256:
        message = "what the target gives is not what went up"
    elif found.headers and any(found.headers.get(name) != value for name, value in wanted.items()):
        message = "the target gives other headers than went up"
    else:
        return None
    hint = "publish again; when it stays, ask the host what changes files on their way"
    return Problem(path=file.path, code="publish-differs", message=message, hint=hint)
