"""Follow a campaign: the last good plan answers requests while the newest is made or is broken."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from stopjihad.build.driver import Surveyed
from stopjihad.check.project import check_one_point
from stopjihad.model.loaded import Document
from stopjihad.model.point import Point
from stopjihad.preview.kitchen import Kitchen
from stopjihad.preview.memory import Memory
from stopjihad.preview.read import read_point
from stopjihad.preview.snapshot import Place, Snapshot, changed_outputs, take, with_point
from stopjihad.problem import Problem


class State(NamedTuple):
    """Hold what all requests see; it is replaced whole.

    Attributes:
        number: counts the changes of this run, from 1.
        good: the newest plan that can be rendered; None when there never was one.
        settled: the newest good plan that came from reading everything.
        before: the settled plan before that; it answers where the newest fails.
        found: the campaign as it is on disk now.
        errors: why the files as they are now make no plan, or no page.
    """

    number: int
    good: Snapshot | None
    settled: Snapshot | None
    before: Snapshot | None
    found: Surveyed
    errors: tuple[Problem, ...]


class Change(NamedTuple):
    """Tell what a save changed: outputs that may look different, and how many errors stand."""

    number: int
    outputs: frozenset[str]
    errors: int


class Served(NamedTuple):
    """Hold the bytes of an output, and what is wrong with its newest version."""

    data: bytes | None
    problems: tuple[Problem, ...]


class Live:
    """Keep the state of one campaign; many threads may ask."""

    def __init__(
        self, root: Path, slug: str, kitchen: Kitchen, today: Callable[[], dt.date]
    ) -> None:
        """Read the campaign.

        Args:
            root: the workspace, absolute.
            slug: the campaign.
            kitchen: renders outputs.
            today: gives the day that counts for helplines.
        """
        self.slug = slug
        self._root, self._kitchen, self._today = root, kitchen, today
        self._memory = Memory()
        self._reading, self._changing = threading.Lock(), threading.Lock()
        # Saved points by path that the settled plan does not know, with the count when they came.
        self._newer: dict[str, tuple[int, Document[Point]]] = {}
        self._trouble: dict[str, tuple[Problem, ...]] = {}
        taken = take(self._place(), self._memory, 1)
        errors = taken.errors or self._probe(taken.snapshot)
        good = taken.snapshot
        self.state = State(1, good, good, None, taken.found, errors)

    def patch(self, paths: Collection[Path]) -> Change | None:
        """Show saved talking points at once, before everything is read again.

        Args:
            paths: absolute paths that were saved.

        Returns:
            What changed; None when only ``refresh`` can tell.
        """
        documents = [read_point(self._root, self.slug, path, self._memory) for path in paths]
        with self._changing:
            state = self.state
            new = state.good
            number = state.number + 1
            for document in documents:
                if new is None or document is None or new.found.project is None:
                    return None
                problems = check_one_point(document, new.found.project)
                if any(problem.severity == "error" for problem in problems):
                    return None
                new = with_point(new, document, number)
            if new is None or state.good is None:
                return None
            outputs = changed_outputs(state.good, new)
            if outputs:
                self.state = state._replace(number=number, good=new)
                self._newer |= {one.path: (number, one) for one in documents if one is not None}
            return Change(self.state.number, outputs, self.count_errors())

    def refresh(self) -> Change:
        """Read everything again after a save.

        Returns:
            What changed. Pages that were made before stay available when the files are broken,
            and when we are: what reading raises becomes the problem ``preview-failed``.
        """
        try:
            return self._refresh()
        except Exception as error:  # noqa: BLE001 - the next save must find someone who follows
            found = self.state.found
            with self._changing:
                return self._settle(None, found, (_failure(error),), 0)

    def _refresh(self) -> Change:
        with self._reading:
            began = self.state.number
            taken = take(self._place(), self._memory, self.state.number + 1)
            new, errors = taken.snapshot, taken.errors
            old = self.state
            if new is not None and (old.settled is None or old.errors or not _same_looks(old, new)):
                errors = self._probe(new)
            with self._changing:
                return self._settle(None if errors else new, taken.found, errors, began)

    def serve(self, output: str) -> Served | None:
        """Make an output of the last good plan.

        Args:
            output: a path as the plan has it; it is looked up, never joined to a folder.

        Returns:
            The bytes, those of the plan before when the newest fails; None for an unknown path.
        """
        state = self.state
        if state.good is None or output not in state.good.steps:
            return None
        made = self._kitchen.make(state.good, output)
        if made.data is not None:
            self._trouble.pop(output, None)
            return Served(made.data, ())
        self._trouble[output] = made.problems
        if state.before is not None and output in state.before.steps:
            earlier = self._kitchen.make(state.before, output)
            return Served(earlier.data, made.problems)
        return Served(None, made.problems)

    def problems(self) -> tuple[Problem, ...]:
        """Give everything wrong now, sorted by place: in files, and in what was rendered."""
        state = self.state
        rendered = [item for found in list(self._trouble.values()) for item in found]
        return tuple(sorted({*state.errors, *state.found.problems, *rendered}))

    def count_errors(self) -> int:
        """Count the problems that would stop a build."""
        return sum(problem.severity == "error" for problem in self.problems())

    def _settle(
        self, new: Snapshot | None, found: Surveyed, errors: tuple[Problem, ...], began: int
    ) -> Change:
        """Replace the state by what reading gave, and by points that were saved since it began."""
        old = self.state
        good = new or old.settled
        if new is not None:
            self._trouble = {}
            self._newer = {path: one for path, one in self._newer.items() if one[0] > began}
        for _, document in self._newer.values() if good else ():
            good = (good and with_point(good, document, good.number)) or good
        if good is None or old.good is None:
            outputs = frozenset(good.steps if good else ())
        else:
            outputs = changed_outputs(old.good, good)
        number = old.number + 1 if outputs or errors != old.errors else old.number
        before = old.settled if new is not None else old.before
        self.state = State(number, good, new or old.settled, before, found, errors)
        return Change(number, outputs, self.count_errors())

    def _place(self) -> Place:
        return Place(self._root, self.slug, self._today())

    def _probe(self, snapshot: Snapshot | None) -> tuple[Problem, ...]:
        """Render one page of each kind: a broken template must not replace a good site."""
        found: set[Problem] = set()
        kinds: set[str] = set()
        for output, step in snapshot.steps.items() if snapshot else ():
            kind = dict(step.params).get("kind", "")
            if snapshot and step.kind == "page" and kind not in kinds:
                kinds.add(kind)
                found.update(self._kitchen.make(snapshot, output).problems)
        return tuple(sorted(found))


def _failure(error: Exception) -> Problem:
    words = " ".join(str(error).split())[:200]
    return Problem(
        code="preview-failed",
        message=f"the campaign cannot be read: {type(error).__name__}: {words}",
        hint="this is a fault of the program; undo the last change and report it",
    )


def _same_looks(state: State, new: Snapshot) -> bool:
    """Tell whether what decides how everything looks is unchanged: templates, words, designs."""
    return state.settled is not None and _looks(state.settled) == _looks(new)


def _looks(snapshot: Snapshot) -> dict[str, str]:
    return {
        name: item.digest
        for name, item in snapshot.plan.inputs.items()
        if name.partition("/")[0] in _LOOKS
    }


_LOOKS = frozenset({"theme", "words", "design", "post-template", "platform"})
"""First parts of the names of such inputs."""
