"""Make one output when it is asked for, and what it is made from, each thing once."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from stopjihad.build.parts import CARD_SIZES, round_size
from stopjihad.build.request import RENDER
from stopjihad.build.work.batch import Batch, StepOutcome, run_batch
from stopjihad.build.work.joining import join_step
from stopjihad.build.work.keys import step_key
from stopjihad.disk import PRIVATE
from stopjihad.disk.cache import ByteMemory
from stopjihad.model import input_names
from stopjihad.model.step import Input, Step
from stopjihad.render.kinds import COSTLY
from stopjihad.studio.live.snapshot import Snapshot, has_size

T = TypeVar("T")

RESULTS = 64 * 1024 * 1024
"""Bytes of finished outputs kept in memory: some 2,000 share images of 30 KB."""


class Renderer:
    """Render steps of a snapshot; results are shared with builds through the workspace's store."""

    def __init__(self, root: Path, versions: Mapping[str, str]) -> None:
        """Start for a workspace; ``versions`` are those of ``build.work.keys.versions``."""
        self._store = str(root / PRIVATE / "store")
        self._versions = versions
        self._results = ByteMemory(RESULTS)
        # Renderers keep compiled templates and shaped fonts between calls: one thread at a time.
        self._lock = threading.RLock()

    def make(self, snapshot: Snapshot, output: str) -> StepOutcome:
        """Make an output.

        Args:
            output: path of the output, a key of ``snapshot.steps``.

        Returns:
            The bytes, or why there are none.
        """
        return self._make(snapshot, snapshot.steps[output])

    def make_part(self, snapshot: Snapshot, name: str) -> StepOutcome:
        """Make an input that is itself made.

        Args:
            name: of the input, a key of ``snapshot.parts``.

        Returns:
            The bytes, or why there are none.
        """
        return self._make(snapshot, snapshot.parts[name])

    def render_alone(self, work: Callable[[], T]) -> T:
        """Do other work that renders, while nothing else is rendered."""
        with self._lock:
            return work()

    def _make(self, snapshot: Snapshot, step: Step) -> StepOutcome:
        with self._lock:
            inputs: dict[str, Input] = {}
            for name in step.inputs:
                found = self._zip_size(snapshot, name) or snapshot.input(name)
                found = found or self._part(snapshot, name)
                if isinstance(found, StepOutcome):
                    return StepOutcome(step.output, problems=found.problems)
                inputs[name] = found
            if step.files:
                return self._join(snapshot, step, inputs)
            key = step_key(step, inputs, self._versions)
            data = self._results.get(key)
            if data is not None:
                return StepOutcome(step.output, size=len(data), data=data)
            batch = Batch(RENDER, (step,), (key,), inputs, "", self._store, COSTLY, "dist")
            (outcome,) = run_batch(batch)
            if outcome.data is not None:
                self._results.put(key, outcome.data)
            return outcome

    def _join(self, snapshot: Snapshot, step: Step, inputs: Mapping[str, Input]) -> StepOutcome:
        """Put an output together from others; it is not kept: it is large and seldom asked for."""
        files: dict[str, bytes] = {}
        for path in step.files:
            if path in snapshot.steps:
                made = self._make(snapshot, snapshot.steps[path])
                if made.data is not None:
                    files[path] = made.data
        return join_step(step, "", inputs, files)

    def _zip_size(self, snapshot: Snapshot, name: str) -> Input | StepOutcome | None:
        """Make the size of a kit, which a plan does not know; None for another input."""
        if input_names.kind_of(name) != "zip-size":
            return None
        total = 0
        for path in snapshot.steps[f"site/{input_names.rest_of(name)}"].files:
            if path in snapshot.parts:
                made = self._make(snapshot, snapshot.parts[path])
                if made.data is None:
                    return made
                total += len(made.data)
        return round_size(name, total)

    def _part(self, snapshot: Snapshot, name: str) -> Input | StepOutcome:
        """Make an input that is itself an output."""
        if name == CARD_SIZES:
            return self._card_sizes(snapshot)
        made = self._make(snapshot, snapshot.parts[name])
        if made.data is None:
            return made
        return _input(name, made.data)

    def _card_sizes(self, snapshot: Snapshot) -> Input | StepOutcome:
        sizes: dict[str, int] = {}
        for output, step in snapshot.parts.items():
            if has_size(step):
                made = self._make(snapshot, step)
                if made.data is None:
                    return made
                sizes[output.removeprefix("site/")] = len(made.data)
        return _input(CARD_SIZES, msgspec.json.encode(sizes, order="sorted"))


def _input(name: str, data: bytes) -> Input:
    return Input(name, hashlib.sha256(data).hexdigest(), data)
