"""Put outputs together from files that are there already: kits as zips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stopjihad import disk
from stopjihad.build.request import RENDER
from stopjihad.build.work.batch import Batch, StepOutcome, run_batch
from stopjihad.model.step import Input, Step


def join_files(
    steps: Sequence[Step], keys: Mapping[str, str], inputs: Mapping[str, Input], root: str
) -> Iterator[StepOutcome]:
    """Render steps one by one, each from its inputs and the files that it names.

    Here, not elsewhere: reading and copying is most of it, and only this machine has the files.

    Args:
        root: folder that the files are below; one that is not there is left out.
    """
    for step in steps:
        found = {path: disk.read_below(root, path) for path in step.files}
        there = {path: data for path, data in found.items() if data is not None}
        yield join_step(step, keys[step.output], inputs, there)


def join_step(
    step: Step, key: str, inputs: Mapping[str, Input], files: Mapping[str, bytes]
) -> StepOutcome:
    """Render a step from its inputs and ``files``, bytes by path."""
    known = {name: inputs[name] for name in step.inputs}
    known |= {path: Input(path, "", data) for path, data in files.items()}
    (outcome,) = run_batch(Batch(RENDER, (step,), (key,), known))
    return outcome
