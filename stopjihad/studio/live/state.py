"""What requests see of a campaign at one moment: plans, problems; and how a save changes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from stopjihad.build.check.survey import Surveyed
from stopjihad.model import input_names
from stopjihad.model.loaded import Document
from stopjihad.model.point import Point
from stopjihad.problem import Problem
from stopjihad.studio.live.snapshot import Snapshot, changed_inputs, with_point


class State(NamedTuple):
    """What all requests see; it is replaced whole.

    Attributes:
        number: counts the changes of this run, from 1.
        good: the newest plan that can be rendered; None when there never was one.
        settled: the newest good plan that came from reading everything.
        before: the settled plan before that; it answers where the newest fails.
        newest: the plan of the files as they are, with mistakes that can be planned around; for
            people who are writing.
        found: the campaign as it is on disk now.
        errors: why the files as they are now make no plan, or no page.
    """

    number: int
    good: Snapshot | None
    newest: Snapshot | None
    settled: Snapshot | None
    before: Snapshot | None
    found: Surveyed
    errors: tuple[Problem, ...]


class StateChange(NamedTuple):
    """Tell what a save changed: outputs that may look different, and how many problems stand."""

    number: int
    outputs: frozenset[str]
    errors: int
    warnings: int


class Served(NamedTuple):
    """The bytes of an output, and what is wrong with its newest version."""

    data: bytes | None
    problems: tuple[Problem, ...]


class Newer(NamedTuple):
    """A talking point that was saved after everything was read.

    ``sound``: without errors; ``digest`` is that of its file.
    """

    number: int
    document: Document[Point]
    sound: bool
    digest: str


class Own(NamedTuple):
    """What is wrong with a talking point as it was saved when the state had this number."""

    number: int
    problems: tuple[Problem, ...]


class KnownProblems(NamedTuple):
    """Everything wrong that was found when all was read.

    Attributes:
        sources: the tuples it was gathered from; the same objects, or it is out of date.
        every: all problems.
        ordered: the same, sorted by place.
        numbers: severity to the numbers of such problems by path of the file.
    """

    sources: tuple[tuple[Problem, ...], ...]
    every: frozenset[Problem]
    ordered: tuple[Problem, ...]
    numbers: Mapping[str, Counter[str]]

    def is_of(self, sources: tuple[tuple[Problem, ...], ...]) -> bool:
        """Tell whether it was gathered from these very tuples."""
        return all(mine is theirs for mine, theirs in zip(self.sources, sources, strict=True))


def gather(sources: tuple[tuple[Problem, ...], ...]) -> KnownProblems:
    """Gather problems from several places, each once."""
    every = frozenset[Problem]().union(*sources)
    numbers: dict[str, Counter[str]] = {}
    for one in every:
        numbers.setdefault(one.severity, Counter())[one.path] += 1
    return KnownProblems(sources, every, tuple(sorted(every)), numbers)


def failure(error: Exception) -> Problem:
    """Describe a fault of ours that stands in the way of reading."""
    words = " ".join(str(error).split())[:200]
    return Problem(
        code="preview-failed",
        message=f"the campaign cannot be read: {type(error).__name__}: {words}",
        hint="this is a fault of the program; undo the last change and report it",
    )


def with_newer(
    plan: Snapshot | None, newer: Mapping[str, Newer], *, sound: bool
) -> Snapshot | None:
    """Put points that were saved meanwhile into a plan.

    Args:
        plan: the plan, or None.
        newer: the points by path.
        sound: take only those without errors.

    Returns:
        The plan with the points that it has a place for.
    """
    for one in newer.values():
        if plan is not None and (one.sound or not sound):
            plan = with_point(plan, one.document, one.number) or plan
    return plan


def has(plan: Snapshot | None, document: Document[Point]) -> bool:
    """Tell whether ``plan`` has a place for the talking point of ``document``."""
    return plan is not None and input_names.point(document.record.id) in plan.plan.inputs


def differs(old: Snapshot | None, new: Snapshot | None) -> bool:
    """Tell whether two plans are made from other inputs, words that are still wrong among them.

    Args:
        old: what was shown; None when nothing was.
        new: what would be shown.

    Returns:
        True when a page may look another way.
    """
    if old is None or new is None:
        return old is not new
    return bool(changed_inputs(old, new))


def same_looks(state: State, new: Snapshot) -> bool:
    """Tell whether templates, words and designs of ``new`` are those of ``state``."""
    return state.settled is not None and _looks(state.settled) == _looks(new)


def _looks(snapshot: Snapshot) -> dict[str, str]:
    return {
        name: item.digest
        for name, item in snapshot.plan.inputs.items()
        if input_names.kind_of(name) in _LOOKS
    }


_LOOKS = frozenset({"theme", "words", "design", "post-template", "platform"})
"""First parts of the names of such inputs."""
