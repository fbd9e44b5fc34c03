"""One step of each kind is made before processes are copied, so that they have what it imports."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from stopjihad.build.work import execute
from stopjihad.build.work import processes as processes_module
from stopjihad.build.work.batch import Rendered
from stopjihad.build.work.execute import Due, make
from stopjihad.build.work.keys import plan_keys
from stopjihad.model.step import Input, Plan, Step

from support.toy import VERSIONS, make_plan, texts, toy_rendering


def render_by(steps: Sequence[Step], _: Mapping[str, Input]) -> list[Rendered]:
    """Say which process made a step."""
    return [f"{step.output} {os.getpid()}".encode() for step in steps]


def made(plan: Plan, method: str, costly: str) -> dict[str, bool]:
    """Make a plan in two processes; tell of each output whether this process made it."""
    execute.start_method = lambda: method
    how = toy_rendering(
        jobs=2, render="build.work.test_before_copies:render_by", costly=frozenset({costly})
    )
    due = Due(plan.steps, plan_keys(plan, VERSIONS), plan.inputs, "", "toy")
    found = {one.output: (one.data or b"").decode() for one in make(due, how, "")}
    assert len(found) == len(plan.steps)
    return {output: said == f"{output} {os.getpid()}" for output, said in found.items()}


def make_all(method: str, costly: str, here: str) -> None:
    found = made(make_plan(texts(200)), method, costly)
    own = sorted(output for output, by_us in found.items() if by_us)
    kinds = ["site/ar/points/p0/index.html", "site/cards/ar/p0/og.png"]
    assert own == (kinds if here == "some" else []), own


def in_a_process(body: str, *args: str) -> None:
    """Run a function of this file where no other thread runs."""
    done = subprocess.run(
        [sys.executable, __file__, body, *args],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert not done.returncode, done.stderr[-2000:]


@pytest.mark.parametrize(
    ("method", "costly", "here"),
    [("fork", "film", "some"), ("fork", "card", "none"), ("spawn", "film", "none")],
)
def test_one_of_each_kind_is_made_here(method: str, costly: str, here: str) -> None:
    """Not where pictures are drawn, or where processes begin with nothing."""
    in_a_process("make_all", method, costly, here)


class ReadHere:
    """Bytes that name the process that reads them."""

    def read(self) -> bytes:
        return str(os.getpid()).encode()

    def part(self, start: int, size: int) -> bytes:
        return self.read()[start : start + size]


def read_by(steps: Sequence[Step], inputs: Mapping[str, Input]) -> list[Rendered]:
    """Say which process made a step, and which read its input."""
    return [str(os.getpid()).encode() + b" " + inputs[step.inputs[0]].data for step in steps]


def read_all(method: str) -> None:
    processes_module.start_method = execute.start_method = lambda: method
    plan = make_plan(texts(200))
    inputs = {name: Input(name, one.digest, ReadHere()) for name, one in plan.inputs.items()}
    how = toy_rendering(jobs=2, render="build.work.test_before_copies:read_by")
    due = Due(plan.steps, plan_keys(plan, VERSIONS), inputs, "", "toy")
    found = [(one.data or b"").decode().split() for one in make(due, how, "")]
    own = str(os.getpid())
    assert any(made != own for made, _ in found)
    assert all(read == (made if method == "fork" else own) for made, read in found), found


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_copies_read_inputs_themselves(method: str) -> None:
    """They have the batches that they are asked for; others are sent them, with all bytes."""
    in_a_process("read_all", method)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
