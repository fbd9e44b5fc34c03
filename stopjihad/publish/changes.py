"""Compare what is on a target with what shall be there."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import msgspec

from stopjihad.problem import Problem
from stopjihad.publish.publication import Published
from stopjihad.publish.release import Release, ReleaseFile


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
    def nothing(self) -> bool:
        """Whether the target is as it shall be."""
        return not (self.new or self.changed or self.gone or self.unfinished)


def compare(
    there: Mapping[str, ReleaseFile | None], release: Release, *, headers: bool = True
) -> Changes:
    """Compare.

    Args:
        there: file by path on the target; None where something unknown has the path.
        release: what shall be there.
        headers: whether the target keeps headers.

    Returns:
        The changes.
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


def _is_same(one: ReleaseFile | None, other: ReleaseFile, *, headers: bool) -> bool:
    if one is None or headers:
        return one == other
    return one.sha256 == other.sha256


def vanishing(published: Published | None, changes: Changes, most: int) -> Problem | None:
    """Refuse when more would vanish than a mistake should be able to.

    Args:
        published: what is there.
        changes: what would be done.
        most: per cent of the published files that may go.

    Returns:
        The problem ``publish-vanishing``, or None.
    """
    count = len(published.files) if published else 0
    if not count or 100 * len(changes.gone) <= most * count:
        return None
    share = 100 * len(changes.gone) / count
    shown = ", ".join(changes.gone[:3]) + (" …" if len(changes.gone) > 3 else "")
    return Problem(
        code="publish-vanishing",
        message=f"{len(changes.gone)} of {count} files ({share:.0f} %) would go: {shown}",
        hint=f"at most {most} % may; if it is meant: --most-gone {min(100, int(share) + 1)}",
    )
